from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common.base import PaperCommon


@tagged("post_install", "-at_install")
class TestBatchList(PaperCommon):
    """The list that a batch of transfers is picked by."""

    report = "stock_picking_batch.report_picking_batch"

    def _batch(self, *pickings):
        ids = [picking.id for picking in pickings]
        return self.env["stock.picking.batch"].create({"picking_ids": [(6, 0, ids)]})

    def _deliver(self, quantity, *names):
        order = self._order(quantity)
        self._unit(names[0]).action_designate(self.customer, order.order_line) if names else None
        order.picking_ids.action_assign()
        return order.picking_ids

    def test_when_units_are_designated_then_each_transfer_says_which_to_pick(self):
        self._receive(["A1", "A2", "A3"])

        paper = self._paper(self._batch(self._deliver(1, "A2"), self._deliver(2, "A3")))

        self.assertEqual(self._printed(paper), ["A2", "A3"])
        self.assertEqual(self._count_places(paper), 1)

    def test_when_a_transfer_takes_from_two_places_then_its_numbers_stand_once(self):
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.stock.id})
        self._receive(["A1"])
        self._validate(self._transfer("int", 1, target=shelf), ["A1"])
        self._receive(["A2"])
        picking = self._deliver(2)
        self.assertEqual(len(picking.move_line_ids), 2)
        picking.move_ids.assign_serials(["A1", "A2"])

        self.assertEqual(self._printed(self._paper(self._batch(picking))), ["A1", "A2"])

    def test_when_nothing_is_followed_then_the_list_is_the_same_as_without_the_addon(self):
        picking = self._transfer("in", 2, product=self.plain)

        self.assertFalse(self._paper(self._batch(picking)).xpath("//tr[@name='serial_row']"))
