from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.lots import LotCommon


@tagged("post_install", "-at_install")
class TestLotsInTheWindow(LotCommon):
    """The entry window asks for lots where the operation type says so; its numbers become the operations' lots."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        types = cls.warehouse.in_type_id | cls.warehouse.out_type_id
        types.serial_entry_lots = True

    def test_when_type_says_so_then_window_asks_and_numbers_become_lots(self):
        picking = self._transfer("in", 3)

        entry = self._entry(picking.button_validate(), picking)
        entry.line_ids.add_serials(["A1", "A2", "A3"])
        entry.action_confirm()

        self.assertEqual(picking.state, "done")
        self.assertEqual(picking.move_line_ids.lot_id.mapped("name"), ["A1", "A2", "A3"])
        self.assertEqual(self._units().mapped("status"), ["available"] * 3)
        self.assertAddsUp()

    def test_when_other_lots_were_reserved_then_the_entered_ones_leave(self):
        self._receive_lots("A1", "A2", "A3")
        picking = self._transfer("out", 2)
        self.assertEqual(picking.move_line_ids.lot_id.mapped("name"), ["A1", "A2"])

        picking.move_ids.assign_serials(["A3", "A1"])
        picking.button_validate()

        self.assertEqual(sorted(self._units("sold").mapped("name")), ["A1", "A3"])
        self.assertEqual(sum(picking.move_line_ids.mapped("quantity")), 2)
        self.assertAddsUp()

    def test_when_entered_lot_lies_elsewhere_then_it_leaves_from_there(self):
        self._receive_lots("A1")
        self._receive_lots("B1", target=self.shelf)
        picking = self._transfer("out", 1)
        picking.move_ids.move_line_ids.lot_id = self._lot("A1")

        picking.move_ids.assign_serials(["B1"])
        picking.button_validate()

        self.assertEqual(self._unit("B1").status, "sold")
        self.assertEqual(self._unit("A1").status, "available")
        self.assertAddsUp()

    def test_when_lots_are_entered_by_odoos_own_screen_then_the_window_does_not_ask(self):
        picking = self._do_lots("in", ["A1", "A2"])

        self.assertEqual(self._units().mapped("name"), ["A1", "A2"])
        self.assertEqual(picking.state, "done")

    def test_when_number_is_on_hold_then_entering_it_is_refused(self):
        self._receive_lots("A1")
        self._unit("A1").action_hold("broken")
        picking = self._transfer("out", 1)

        with self.assertRaisesRegex(UserError, "on hold"):
            picking.move_ids.assign_serials(["A1"])

    def test_when_type_does_not_say_so_then_nothing_is_asked(self):
        self.warehouse.in_type_id.serial_entry_lots = False
        picking = self._do_lots("in", ["A1"])

        self.assertEqual(picking.state, "done")
        self.assertEqual(picking.serial_missing, 0)
