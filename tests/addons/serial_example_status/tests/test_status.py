from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common import SerialCommon


@tagged("post_install", "-at_install")
class TestStatus(SerialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.is_checked = True

    def _statuses(self):
        return self._units().sorted("name").mapped("status")

    def test_when_a_unit_is_received_then_it_waits(self):
        self._receive(["A1"], blanks=1)

        self.assertCountEqual(self._statuses(), ["received", "quality"])
        self.assertEqual(self._unit("A1").event_ids.status_to, "quality")

    def test_when_a_unit_waits_then_nobody_gets_it(self):
        self._receive(["A1"])
        picking = self._transfer("out", 1)
        [check] = picking.move_ids.check_serials(["A1"])

        self.assertEqual((check["code"], check["ok"]), ("quality", False))
        self.assertEqual(check["message"], "A1 (Phone) waits for its quality check. Release it first.")
        self.assertEqual(self.product.free_qty, 0)

    def test_when_a_waiting_unit_is_released_then_it_can_be_sold(self):
        self._receive(["A1"])
        self._unit("A1").with_user(self.clerk).action_release()
        self._ship(["A1"])

        self.assertEqual(self._statuses(), ["sold"])
        self.assertAddsUp()

    def test_when_a_blank_gets_its_number_then_it_waits(self):
        self._receive(blanks=1)
        self._units().with_user(self.clerk).name = "A1"
        self.assertEqual(self._statuses(), ["quality"])

    def test_when_a_delivery_numbers_a_blank_then_it_is_refused(self):
        self._receive(blanks=1)
        [check] = self._transfer("out", 1).move_ids.check_serials(["A1"])
        self.assertEqual(check["code"], "quality")

    def test_when_a_waiting_unit_is_scrapped_then_it_is_void(self):
        self._receive(["A1"])
        scrap = self.env["stock.scrap"].with_user(self.clerk).create({"product_id": self.product.id, "scrap_qty": 1})
        entry = self._entry(scrap.action_validate())
        entry.line_ids.add_serials(["A1"])
        entry.action_confirm()

        self.assertEqual(self._statuses(), ["void"])
        self.assertAddsUp()

    def test_when_the_scrap_was_of_another_unit_then_the_one_that_never_left_waits_again(self):
        self._receive(["A1"])
        scrap = self.env["stock.scrap"].with_user(self.clerk).create({"product_id": self.product.id, "scrap_qty": 1})
        entry = self._entry(scrap.action_validate())
        entry.line_ids.add_serials(["A1"])
        entry.action_confirm()

        scrap.move_ids.sudo()._undo_serials(self._unit("A1"), "It was another one")

        self.assertEqual(self._statuses(), ["quality"])

    def test_when_a_unit_comes_back_then_it_may_wait_again(self):
        self._receive(["A1"])
        self._unit("A1").with_user(self.clerk).action_release()
        returned = self._open_return(self._ship(["A1"]), 1)
        entry = self._entry(returned.button_validate(), returned)
        line = entry.line_ids
        line.add_serials(["A1"])
        shown = {status["value"]: status["label"] for status in line._get_state()["return_statuses"]}
        self.assertEqual(shown["quality"], "Quality Check")

        line.set_return_status("quality")
        entry.action_confirm()

        self.assertEqual(self._statuses(), ["quality"])

    def test_when_a_hold_ends_then_the_unit_waits_again(self):
        self._receive(["A1"])
        unit = self._unit("A1").with_user(self.clerk)
        unit.action_hold("Box is dented")
        unit.action_release()
        self.assertEqual(self._statuses(), ["quality"])

    def test_when_a_file_brings_units_then_they_wait(self):
        self._receive(blanks=2)
        for status in ("available", "quality"):
            self.register.with_user(self.manager).create(
                {"name": status, "product_id": self.product.id, "status": status}
            )
        self.assertEqual(self._statuses(), ["quality", "quality"])

    def test_when_a_promised_unit_is_imported_then_it_is_refused(self):
        self._receive(blanks=1)
        vals = {"name": "A1", "product_id": self.product.id, "status": "designated", "customer_id": self.customer.id}
        with self.assertRaises(UserError):
            self.register.with_user(self.manager).create(vals)

    def test_when_a_recall_starts_then_waiting_units_are_to_be_held(self):
        self._receive(["A1"])
        recall = self.env["serial.recall"].with_user(self.clerk).create({"reason": "Battery"})
        self.env["serial.recall.add"].browse(recall.action_add()["res_id"]).write({"names": "A1"})
        self.env["serial.recall.add"].search([], limit=1).action_add()
        recall.action_start()
        self.assertEqual((recall.loose_count, recall.line_ids.state), (1, "loose"))

        recall.action_hold()

        self.assertEqual(self._statuses(), ["hold"])

    def test_when_the_register_is_shown_then_it_offers_the_status(self):
        arch = self.register.get_view(view_type="form")["arch"]
        labels = dict(self.register.fields_get(["status"])["status"]["selection"])
        self.assertIn("quality", self.register.get_view(view_type="search")["arch"])
        self.assertIn("quality", arch)
        self.assertEqual(labels["quality"], "Quality Check")

    def test_when_the_forecast_is_shown_then_it_says_how_many_wait(self):
        self._receive(["A1"])
        report = self.env["stock.forecasted_product_product"]
        docs = report.get_report_values(docids=self.product.ids)["docs"]
        self.assertIn({"status": "quality", "label": "Quality Check"}, docs["serial_statuses"])
        self.assertEqual(docs["product"][self.product.id]["serials_kept"]["quality"], 1)

    def test_when_units_are_gone_then_waiting_ones_may_be_it(self):
        self.assertIn("quality", self.env["serial.reconcile"]._get_gone_statuses())

    def _lend(self, name):
        self._receive([name])
        unit = self._unit(name)
        unit.with_user(self.clerk).action_release()
        self._ship([name])
        unit._record_change("corrected", {"status": "lent"}, unit._prepare_event_vals("corrected"))
        return unit

    def test_when_a_unit_is_lent_then_a_recall_counts_it_with_its_customer(self):
        unit = self._lend("A1")
        recall = self.env["serial.recall"].create({"reason": "Battery"})
        recall._add_units(unit)
        recall.action_start()

        self.assertEqual((recall.out_count, recall.line_ids.state, recall.stock_count), (1, "sold", 0))
        self.assertEqual(recall.line_ids.customer_id, self.customer)
        self.assertEqual(recall.notice_ids.partner_id, self.customer)

        self._return(["A1"])

        self.assertEqual((recall.out_count, recall.returned_count, recall.line_ids.state), (0, 1, "returned"))
        self.assertAddsUp()

    def test_when_a_unit_is_lent_then_it_is_no_stock_and_its_sale_can_be_corrected(self):
        unit = self._lend("A1")
        self.assertNotIn(unit, self.register.search(self.register._get_in_stock_domain()))

        unit.with_user(self.manager).customer_id = self.other_customer

        self.assertEqual((unit.status, unit.customer_id), ("lent", self.other_customer))

    def test_when_a_lent_unit_is_released_then_it_is_sold(self):
        unit = self._lend("A1")
        unit.with_user(self.clerk).action_release()
        self.assertEqual((unit.status, unit.customer_id), ("sold", self.customer))
