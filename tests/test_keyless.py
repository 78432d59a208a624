from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.invoices import InvoiceCommon

# What a batch writes for each unit, and what PostgreSQL checks of it.
KEYS = {
    "serial_number": {
        *("product_id", "location_id", "owner_id", "package_id", "lot_id", "part_of_id"),
        *("vendor_id", "customer_id", "former_customer_id", "end_user_id", "purchase_line_id", "sale_line_id"),
        *("hold_reason_id", "replaces_id", "replaced_by_id"),
    },
    "serial_event": {"serial_id"},
    "serial_number_stock_move_rel": set(),
    "serial_number_account_move_line_rel": set(),
    "serial_entry_unit": {"create_uid", "write_uid"},  # which a batch leaves empty
}
LOG = "odoo.addons.serial_number_tracking.engine.keyless"


@tagged("post_install", "-at_install")
class TestKeyless(InvoiceCommon):
    """What is named without a foreign key is as safe as what is named with one."""

    def _lost(self, query, *params):
        """Delete past the ORM."""
        self.env.flush_all()
        self.env.cr.execute(query, params)
        self.env.invalidate_all()

    def _clear_lost(self):
        with self.assertLogs(LOG, "WARNING") as log:
            self.env["serial.event"]._gc_lost_references()
        return log.output

    def test_each_row_is_checked_by_the_keys_that_protect(self):
        for table, columns in KEYS.items():
            with self.subTest(table=table):
                self.env.cr.execute(
                    """SELECT column_name FROM pg_constraint
                         JOIN information_schema.key_column_usage ON constraint_name = conname AND table_name = %s
                        WHERE contype = 'f' AND conrelid = %s::regclass""",
                    [table, table],
                )
                self.assertEqual({column for (column,) in self.env.cr.fetchall()}, columns)

    def test_when_units_name_a_company_then_it_is_not_deleted(self):
        company = self.env["res.company"].create({"name": "Second"})
        self.register.sudo()._record_new_rows(
            "imported",
            [
                {
                    "name": "A1",
                    "product_id": self.product.id,
                    "company_id": company.id,
                    "location_id": self.supplier_location.id,
                    "status": "expected",
                }
            ],
            [self.register._prepare_event_vals("imported")],
        )

        with self.assertRaisesRegex(UserError, "Second cannot be deleted: A1 .*as Company"):
            company.unlink()

    def test_rows_of_a_document_stand_together_in_its_key(self):
        for table in ("serial_number_stock_move_rel", "serial_number_account_move_line_rel"):
            with self.subTest(table=table):
                self.env.cr.execute("SELECT pg_get_indexdef(%s::regclass)", [f"{table}_pkey"])
                self.assertRegex(self.env.cr.fetchone()[0], r"\(\w+_(move|line)_id, serial_number_id\)")

    def test_when_an_invoice_is_deleted_then_history_keeps_its_name(self):
        self._receive(["A1"])
        invoice = self._confirm(self._invoice(1), ["A1"])
        name, unit = invoice.name, self._unit("A1")
        invoice.button_draft()
        event = unit.event_ids.filtered(lambda event: event.kind == "invoiced")
        self.assertTrue(event.invoice_line_id)

        invoice.with_context(force_delete=True).unlink()

        self.env.invalidate_all()
        self.assertFalse(event.invoice_line_id)
        self.assertEqual(event.document, name)
        self.assertFalse(unit.invoice_line_id or unit.invoice_line_ids)

    def test_when_a_move_is_deleted_then_nothing_names_it(self):
        receipt = self._receive(["A1"])
        move, unit, (event, *_) = receipt.move_ids, self._unit("A1"), self._unit("A1").event_ids
        move.move_line_ids.with_context(force_delete=True).state = "draft"
        move.state = "draft"

        move.sudo().unlink()

        self.env.invalidate_all()
        self.assertFalse(unit.receipt_move_id or unit.move_ids or event.move_id)
        self.assertEqual(event.document, receipt.name)

    def test_when_a_move_was_deleted_past_odoo_then_it_is_cleared_at_night(self):
        self.env["serial.event"]._gc_lost_references()  # what tests that commit left
        receipt = self._receive(["A1", "A2"])
        unit, kept = self._unit("A1"), self._receive(["A3"]).move_ids
        event = unit.event_ids
        self._lost("DELETE FROM stock_move_line WHERE move_id = %s", receipt.move_ids.id)
        self._lost("DELETE FROM stock_move WHERE id = %s", receipt.move_ids.id)

        output = self._clear_lost()

        self.assertEqual(len(output), 3)  # events, units, and their documents
        self.assertFalse(unit.receipt_move_id or unit.move_ids or event.move_id)
        self.assertEqual(event.document, receipt.name)
        other = self._unit("A3")
        self.assertEqual(other.receipt_move_id | other.move_ids | other.event_ids.move_id, kept)
        with self.assertNoLogs(LOG, "WARNING"):
            self.env["serial.event"]._gc_lost_references()

    def test_when_a_window_is_thrown_away_then_what_was_entered_goes_with_it(self):
        receipts = [self._transfer("in", 2) for _window in range(3)]
        entries = [self._entry(receipt.button_validate(), receipt) for receipt in receipts]
        for number, entry in enumerate(entries):
            entry.line_ids.add_serials([f"A{number}", f"B{number}"])
        entered = [entry.line_ids.unit_ids for entry in entries]

        entries[0].action_discard()
        self._lost("DELETE FROM serial_entry_line WHERE id = %s", entries[1].line_ids.id)
        self._clear_lost()

        self.assertEqual([bool(units.exists()) for units in entered], [False, False, True])

    def test_when_references_are_merged_then_the_history_follows(self):
        receipt, other = self._receive(["A1"]), self._receive(["A2"])
        wizard = self.env["base.partner.merge.automatic.wizard"]

        wizard._update_foreign_keys_generic("stock.move", receipt.move_ids, other.move_ids)

        self.env.invalidate_all()
        units = self._units()
        self.assertEqual(units.receipt_move_id | units.move_ids | units.event_ids.move_id, other.move_ids)
