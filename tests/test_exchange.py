from odoo.tests import Form, tagged

from .common.base import SerialCommon


@tagged("post_install", "-at_install")
class TestExchange(SerialCommon):
    def _exchange(self, picking, quantity=1, **vals):
        """Ask Odoo's return wizard for an exchange; return the return and what goes out instead."""
        before = self.env["stock.picking"].search([])
        wizard = Form(self.env["stock.return.picking"].with_context(active_id=picking.id, active_model="stock.picking"))
        wizard = wizard.save()
        wizard.write(vals)
        wizard.product_return_moves.quantity = quantity
        wizard.action_create_exchanges()
        made = self.env["stock.picking"].search([]) - before
        back = made.filtered(lambda one: picking.move_ids in one.move_ids.origin_returned_move_id)
        return back, made - back

    def test_when_a_delivered_unit_is_exchanged_then_both_point_at_each_other(self):
        self._receive(["A1", "A2"])
        back, out = self._exchange(self._ship(["A1"]))
        self._validate(back, ["A1"])
        out.action_assign()

        self._validate(out, ["A2"])

        self.assertRecordValues(
            self._unit("A1") | self._unit("A2"),
            [
                {"status": "hold", "replaced_by_id": self._unit("A2").id, "replaces_id": False},
                {"status": "sold", "replaced_by_id": False, "replaces_id": self._unit("A1").id},
            ],
        )
        self.assertAddsUp()

    def test_when_another_condition_is_chosen_then_the_broken_unit_goes_back_so(self):
        self._receive(["A1", "A2"])
        back, _out = self._exchange(self._ship(["A1"]), serial_exchange_condition="void")
        entry = self._entry(back.button_validate(), back)
        self.assertEqual(entry.get_state()["lines"][0]["return_status"], "void")

        entry.line_ids.add_serials(["A1"])
        entry.action_confirm()

        self.assertEqual(self._unit("A1").status, "void")

    def test_when_the_replacement_leaves_first_then_they_are_paired_on_the_return(self):
        self._receive(["A1", "A2"])
        back, out = self._exchange(self._ship(["A1"]))
        out.action_assign()
        self._validate(out, ["A2"])
        self.assertFalse(self._unit("A2").replaces_id)

        self._validate(back, ["A1"])

        self.assertEqual(self._unit("A2").replaces_id, self._unit("A1"))

    def test_when_a_product_is_exchanged_then_earlier_returns_and_other_products_stay(self):
        self._receive(["A1", "A2", "A3"])
        delivery = self._ship(["A1", "A2"])
        earlier, _out = self._exchange(delivery, serial_exchange_condition="void")

        later, _out = self._exchange(delivery, serial_exchange_condition="hold")

        self.assertEqual(earlier.move_ids.serial_condition, "void")
        self.assertEqual((later - earlier).move_ids.serial_condition, "hold")

    def test_when_a_vendor_exchanges_then_what_goes_to_him_has_no_condition(self):
        back, _again = self._exchange(self._receive(["A1"]), serial_exchange_condition="void")

        self.assertFalse(back.move_ids.serial_condition)

    def test_when_an_exchange_is_duplicated_then_its_condition_is_not(self):
        self._receive(["A1", "A2"])
        back, _out = self._exchange(self._ship(["A1"]), serial_exchange_condition="void")

        self.assertFalse(back.copy().move_ids.serial_condition)

    def test_when_part_of_an_exchange_comes_later_then_it_goes_back_as_chosen(self):
        self._receive(["A1", "A2", "A3"])
        back, _out = self._exchange(self._ship(["A1", "A2"]), 2, serial_exchange_condition="void")
        back.move_ids.assign_serials(["A1"])
        back.move_ids.quantity = 1
        back.with_context(skip_backorder=True).button_validate()

        rest = back.backorder_ids

        self.assertEqual(rest.move_ids.serial_condition, "void")

    def test_when_a_vendor_exchanges_a_unit_then_both_point_at_each_other(self):
        back, again = self._exchange(self._receive(["A1"]))
        self._validate(back, ["A1"])

        self._validate(again, ["B1"])

        self.assertEqual(self._unit("A1").replaced_by_id, self._unit("B1"))
        self.assertEqual(self._unit("B1").status, "available")
        self.assertAddsUp()
