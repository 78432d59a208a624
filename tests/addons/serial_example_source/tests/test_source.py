from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.serial_number_tracking.engine.sql import register_sql
from odoo.addons.serial_number_tracking.tests.common import SerialCommon


@tagged("post_install", "-at_install")
class TestSource(SerialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk.group_ids |= cls.env.ref("serial_number_tracking.group_serial_number_user")

    def _repair(self, quantity=1, **vals):
        vals = {"name": "R1", "partner_id": self.customer.id, "product_id": self.product.id, **vals}
        return self.env["serial.example.repair"].with_user(self.clerk).create({**vals, "quantity": quantity})

    def _sell(self, *names):
        self._receive(names)
        self._ship(names)

    def test_when_a_number_is_checked_then_only_the_customers_own_is_taken(self):
        self._sell("A1")
        self._receive(["A2"])
        codes = [check["code"] for check in self._repair(2).check_serials(["A1", "A2"])]
        self.assertEqual(codes, ["ok", "not_sold_here"])

    def test_when_it_is_done_then_the_history_says_so(self):
        self._sell("A1")
        repair = self._repair()
        repair.assign_serials(["A1"])
        self.assertEqual(repair.serial_missing, 0)

        repair.action_done()

        event = self._unit("A1").event_ids[0]
        self.assertRecordValues(
            event,
            [{"kind": "repaired", "status_to": "sold", "document": "R1", "partner_id": self.customer.id}],
        )
        self.assertEqual((event.source_model, event.source_id), (repair._name, repair.id))
        self.assertEqual(repair.serial_ids, self._unit("A1"))
        self.assertFalse(repair.serial_draft)

    def test_when_the_number_is_missing_then_its_button_asks_and_is_continued(self):
        self._sell("A1")
        repair = self._repair()
        entry = self._entry(repair.action_done())
        self.assertEqual(repair.state, "draft")
        entry.line_ids.add_serials(["A1"])
        entry.line_ids.set_reason("Broken glass")
        self.assertEqual(entry.get_state()["lines"][0]["document"], "R1")

        entry.action_confirm()

        self.assertEqual(repair.state, "done")
        self.assertEqual(self._unit("A1").event_ids[0].note, "Broken glass")

    def test_when_its_window_is_opened_again_then_it_goes_on(self):
        self._sell("A1")
        repair = self._repair()
        first = repair.action_done()
        self.assertEqual(repair.action_done()["res_id"], first["res_id"])

    def test_when_another_customers_unit_is_entered_then_it_is_refused(self):
        self._sell("A1")
        with self.assertRaisesRegex(UserError, "was not sold to Other Customer"):
            self._repair(partner_id=self.other_customer.id).assign_serials(["A1"])

    def test_when_two_rows_become_one_then_the_repair_follows(self):
        self._receive(["A1"])
        self._ship(blanks=1)
        repair = self._repair()
        register_sql.link_document(self._unit("A1"), repair)
        self._units("issued").with_user(self.clerk).name = "A1"
        self.assertEqual(repair.serial_ids, self._units())

    def test_when_a_window_names_a_foreign_model_then_it_is_refused(self):
        entry = (
            self.env["serial.entry"]
            .with_user(self.clerk)
            .create({"button": "call", "document_model": "res.users", "document_ids": self.clerk.ids})
        )
        with self.assertRaises(UserError):
            entry.action_confirm()
