from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..engine import adopt
from ..engine.adopt import Adoption
from .common.base import SerialCommon
from .common.lots import LotCommon


@tagged("post_install", "-at_install")
class TestAdopt(LotCommon):
    """A product with lots is followed from some day on: its lots become units, with their past."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.write({"is_serialized": False, "warranty_months": 24, "vendor_warranty_months": 12})

    def _adopt(self):
        self.product.is_serialized = True
        self.env.flush_all()

    def _facts(self, names=("name", "status", "location_id", "customer_id", "vendor_id")):
        return [[unit[name] for name in names] for unit in self._units().sorted("name")]

    def test_when_switched_on_then_each_lot_is_the_unit_that_its_moves_made(self):
        purchase = self._purchase(3)
        receipt = purchase.picking_ids
        self._choose_lots(receipt, ["A1", "A2", "A3"])
        receipt.button_validate()
        order = self._order(1)
        delivery = order.picking_ids
        self._choose_lots(delivery, ["A2"])
        delivery.button_validate()
        self._do_lots("int", ["A3"])

        self._adopt()

        day = receipt.move_ids.date.date()
        bought = {
            "vendor_id": self.vendor.id,
            "purchase_line_id": purchase.order_line.id,
            "receipt_move_id": receipt.move_ids.id,
            "date_received": day,
        }
        self.assertRecordValues(self._units(), [{**bought, "name": name} for name in ("A1", "A2", "A3")])
        self.assertEqual(self._units().mapped("status"), ["available", "sold", "available"])
        self.assertEqual([unit.location_id for unit in self._units()], [self.stock, self.customer_location, self.shelf])
        self.assertRecordValues(
            self._unit("A2"),
            [
                {
                    "customer_id": self.customer.id,
                    "sale_line_id": order.order_line.id,
                    "delivery_move_id": delivery.move_ids.id,
                    "date_sold": delivery.move_ids.date.date(),
                }
            ],
        )
        self.assertFalse((self._units() - self._unit("A2")).customer_id)
        self.assertTrue(self._unit("A2").warranty_end)
        self.assertTrue(self._unit("A2").vendor_warranty_end)
        self.assertEqual(self._unit("A2").move_ids, receipt.move_ids | delivery.move_ids)
        self.assertEqual(self._unit("A2").event_ids.kind, "imported")
        self.assertAddsUp()

    def test_when_sold_lot_was_invoiced_then_its_unit_is_on_the_invoice(self):
        self._receive_lots("A1", "A2")
        order = self._order(2)
        self._choose_lots(order.picking_ids, ["A1", "A2"])
        order.picking_ids.button_validate()
        invoice = order._create_invoices()
        invoice.action_post()

        self._adopt()

        self.assertEqual(self._units().invoice_line_id, invoice.invoice_line_ids)
        self.assertEqual(invoice.invoice_line_ids.serial_ids, self._units())

    def test_when_adopted_twice_then_nothing_changes(self):
        self._receive_lots("A1", "A2")
        self._ship_lots("A2")
        self._adopt()
        events = self._units().event_ids

        Adoption(self.product).run()

        self.assertEqual(self._units().event_ids, events)
        self.assertEqual(len(self._units()), 2)

    def test_when_lots_have_stock_and_no_moves_then_they_are_available(self):
        lot = self._make_lot("A1")
        self.env["stock.quant"]._update_available_quantity(self.product, self.shelf, 1, lot_id=lot)

        self._adopt()

        self.assertRecordValues(self._units(), [{"name": "A1", "status": "available", "location_id": self.shelf.id}])
        self.assertAddsUp()

    def test_when_lots_are_gone_then_they_are_void(self):
        self._receive_lots("A1", "A2", "A3")
        self._do_lots("out", ["A1"], target=self.supplier_location)
        self._do_lots("out", ["A2"], target=self.loss_location)

        self._adopt()

        self.assertEqual([facts[1] for facts in self._facts()], ["void", "void", "available"])
        self.assertAddsUp()

    def test_when_lot_came_back_then_it_is_in_stock_and_knows_its_last_customer(self):
        self._receive_lots("A1")
        self._ship_lots("A1")
        self._return_lots("A1")

        self._adopt()

        self.assertRecordValues(
            self._units(),
            [{"status": "available", "customer_id": False, "former_customer_id": self.customer.id}],
        )

    def test_when_the_delivery_has_an_earlier_day_than_the_receipt_then_the_sale_is_known(self):
        receipt = self._receive_lots("A1", "A2")
        delivery = self._ship_lots("A1", "A2")
        self._return_lots("A2")
        receipt.date_done, delivery.date_done = "2026-01-15 12:00:00", "2026-01-14 12:00:00"
        self.env.flush_all()

        self._adopt()
        self.assertRecordValues(
            self._unit("A1"),
            [
                {
                    "status": "sold",
                    "customer_id": self.customer.id,
                    "delivery_move_id": delivery.move_ids.id,
                    "receipt_move_id": receipt.move_ids.id,
                    "date_sold": date(2026, 1, 14),
                }
            ],
        )
        self.assertEqual(self._unit("A2").status, "available")
        self.assertEqual(self._unit("A2").former_customer_id, self.customer)
        self.assertAddsUp()

    def test_when_names_differ_only_in_case_then_neither_is_taken_and_pieces_are_blank(self):
        self._receive_lots("A1", "a1", "B1")
        self.assertEqual(len(Adoption(self.product).preview().faults), 2)

        self._adopt()

        self.assertEqual(sorted(self._units().mapped("status")), ["available", "received", "received"])
        self.assertEqual(self._units("available").name, "B1")
        SerialCommon.assertAddsUp(self)

    def test_when_lot_is_more_than_one_piece_then_it_is_not_taken(self):
        lot = self._make_lot("A1")
        for location in (self.stock, self.shelf):
            self.env["stock.quant"]._update_available_quantity(self.product, location, 1, lot_id=lot)

        self._adopt()

        self.assertEqual(self._units().mapped("status"), ["received", "received"])

    def test_when_previewed_then_nothing_is_changed_and_counts_are_told(self):
        self._receive_lots("A1", "A2", "A3")
        self._ship_lots("A3")
        self._receive_lots("a2", target=self.shelf)

        action = self.product.product_tmpl_id.with_user(self.manager).action_serial_lots()

        window = self.env["serial.adopt"].browse(action["res_id"])
        self.assertRecordValues(
            window,
            [{"lot_count": 4, "available_count": 1, "sold_count": 1, "void_count": 0, "known_count": 0}],
        )
        self.assertIn("a2", window.problem)
        self.assertFalse(self._units())

        window.with_user(self.manager).sudo().action_apply()
        self.assertTrue(self.product.is_serialized)

    def test_when_switched_off_and_on_again_then_units_are_as_their_lots_are(self):
        self._receive_lots("A1", "A2")
        self._adopt()
        self._unit("A1").action_hold("broken")
        before = self._units()

        self.product.is_serialized = False
        self._ship_lots("A2")
        self._receive_lots("A3")
        self._adopt()

        self.assertEqual(self._unit("A1").status, "hold")
        self.assertEqual(self._unit("A2").status, "sold")
        self.assertEqual(self._unit("A2").customer_id, self.customer)
        self.assertEqual(self._unit("A3").status, "available")
        self.assertEqual(before & self._units(), before)
        self.assertAddsUp()

    def test_when_there_are_many_lots_then_a_background_job_makes_their_units(self):
        self._receive_lots("A1", "A2", "A3")
        self.patch(adopt, "BATCH", 2)

        self._adopt()
        self.assertTrue(self.product.serial_adopting)
        self.assertFalse(self._units())

        job = self.env["serial.job"].search([], limit=1)
        self._work(job)
        self.assertEqual(job.state, "done")
        self.assertEqual(self._units().mapped("name"), ["A1", "A2", "A3"])
        self.assertFalse(self.product.serial_adopting)
        self.assertAddsUp()

    def test_when_lots_were_mended_meanwhile_then_the_job_takes_all_that_have_no_unit(self):
        self._receive_lots("A1", "A2", "A3", "A4", "A5")
        self.patch(adopt, "BATCH", 2)
        self._adopt()
        job = self.env["serial.job"].search([], limit=1)
        self._lot("A1").name = "a3"  # from here on alike, and so neither is taken
        Adoption(self.product).take(self._lot("A2").ids)
        job.write({"done": 1, "settings": {**job.settings, "last": self._lot("A2").id}})
        self._lot("a3").name = "A1"

        self._work(job)
        self.assertEqual(job.state, "done")
        self.assertEqual(sorted(self._units().mapped("name")), ["A1", "A2", "A3", "A4", "A5"])
        self.assertAddsUp()

    def test_when_two_companies_have_a_lot_of_the_same_name_then_each_has_its_unit(self):
        other = self.env["res.company"].create({"name": "Other"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", other.id)], limit=1)
        for company, place in ((self.company, self.stock), (other, warehouse.lot_stock_id)):
            lot = self.lots.create({"name": "A1", "product_id": self.product.id, "company_id": company.id})
            self.env["stock.quant"]._update_available_quantity(self.product, place, 1, lot_id=lot)

        self.assertFalse(Adoption(self.product).faults)
        self._adopt()
        self.assertEqual(self._units().company_id, self.company | other)
        self.assertEqual(self._units().mapped("name"), ["A1", "A1"])
        self.assertAddsUp()

    def test_when_lots_of_two_companies_have_the_same_name_then_they_can_be_made_at_once(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._adopt()
        common = {"name": "A1", "product_id": self.product.id}
        made = self.lots.create([{**common, "company_id": company.id} for company in (self.company, other)])
        self.assertEqual(made.mapped("name"), ["A1", "A1"])
        with self.assertRaisesRegex(ValidationError, "only case or spaces"):
            self.lots.create([{**common, "name": name, "company_id": other.id} for name in ("B1", "b1")])

    def test_when_a_part_of_a_piece_is_on_hand_then_the_preview_says_so(self):
        lot = self.lots.create({"name": "A1", "product_id": self.product.id})
        self.env["stock.quant"]._update_available_quantity(self.product, self.stock, 0.5, lot_id=lot)
        window = self.env["serial.adopt"].create({"product_tmpl_id": self.product.product_tmpl_id.id})
        self.assertIn("no whole number", window.problem)
        self.assertFalse(window.can_apply)
        self.patch(adopt, "BATCH", 0)
        with self.assertRaisesRegex(UserError, "no whole number"):
            self._adopt()

    def _work(self, job):
        with self.enter_registry_test_mode():
            self.env.ref("serial_number_tracking.ir_cron_serial_job").method_direct_trigger()

    def test_when_lot_moves_before_the_job_then_its_unit_follows_and_the_job_agrees(self):
        self._receive_lots("A1", "A2", "A3")
        self.patch(adopt, "BATCH", 2)
        self._adopt()

        self._ship_lots("A2")
        Adoption(self.product).run()
        self.product.product_tmpl_id.serial_adopting = False

        self.assertEqual([facts[1] for facts in self._facts()], ["available", "sold", "available"])
        self.assertAddsUp()


@tagged("post_install", "-at_install")
class TestGiveLots(LotCommon):
    """Units of a product that was followed without lots get some."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls._make_product("Printer", tracking="none", standard_price=10)

    def _give(self):
        action = self.product.product_tmpl_id.with_user(self.manager).action_serial_lots()
        window = self.env["serial.adopt"].browse(action["res_id"])
        window.action_apply()
        return window

    def test_when_lots_are_given_then_each_unit_has_its_lot_and_quant(self):
        self._receive(["A1", "A2"])
        self._receive(["B1"], target=self.shelf)
        self._ship(["A2"])
        value = self.product.total_value

        self._give()

        self.assertEqual(self.product.tracking, "serial")
        self.assertEqual(self._unit("A1").lot_id.location_id, self.stock)
        self.assertEqual(self._unit("B1").lot_id.location_id, self.shelf)
        self.assertFalse(self._unit("A2").lot_id)
        self.assertEqual(self.product.qty_available, 2)
        self.env.invalidate_all()
        self.assertEqual(self.product.total_value, value)
        self.assertAddsUp()

        self._return_lots("A2")
        self.assertEqual(self._unit("A2").status, "available")
        self.assertTrue(self._unit("A2").lot_id)
        self.assertAddsUp()

    def test_when_two_companies_have_the_number_then_both_units_have_the_lot_of_all_companies(self):
        other = self.env["res.company"].create({"name": "Other"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", other.id)], limit=1)
        self._receive(["A1"])
        self._adjust(1, location=warehouse.lot_stock_id)
        blank = self._units().filtered(lambda unit: unit.company_id == other)
        blank.name = "A1"

        self._give()
        self.assertEqual(self._units().lot_id.mapped("name"), ["A1"])
        self.assertFalse(self._units().lot_id.company_id)
        self.assertAddsUp()

    def test_when_the_product_had_lots_once_then_units_get_the_lots_of_their_numbers(self):
        product = self.product
        product.write({"is_serialized": False, "tracking": "serial"})
        lot = self.lots.create({"name": "a1", "product_id": product.id})
        product.write({"tracking": "none", "is_serialized": True})
        self._receive(["A1", "A2"])

        self._give()
        self.assertEqual(self._unit("A1").lot_id, lot)
        self.assertEqual(lot.name, "A1")
        self.assertAddsUp()

    def test_when_order_has_reserved_then_it_has_reserved_lots_afterwards(self):
        self._receive(["A1", "A2"])
        order = self._order(1)

        self._give()

        self.assertEqual(order.picking_ids.move_line_ids.lot_id.name, "A1")
        order.picking_ids.button_validate()
        self.assertEqual(self._unit("A1").status, "sold")
        self.assertAddsUp()

    def test_when_blanks_are_in_stock_then_it_is_refused_with_the_list(self):
        self._receive(["A1"], blanks=1)

        with self.assertRaisesRegex(UserError, "has no number yet"):
            self._give()

        self.assertEqual(self.product.tracking, "none")

    def test_when_tracking_is_changed_by_hand_with_units_in_stock_then_refused(self):
        self._receive(["A1"])

        with self.assertRaisesRegex(UserError, "Give Lots to Units"):
            self.product.tracking = "serial"

    def test_when_lots_are_given_then_switching_off_and_on_keeps_all(self):
        self._receive(["A1", "A2"])
        self._unit("A1").action_hold("broken")
        self._give()
        before = self._units().mapped("status")

        self.product.is_serialized = False
        self.product.is_serialized = True

        self.assertEqual(self._units().mapped("status"), before)
        self.assertAddsUp()
