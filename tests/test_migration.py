from datetime import date
from importlib import util
from pathlib import Path

from odoo.tests import tagged

from .common.warranty import WarrantyCommon

FOLDER = Path(__file__).parents[1] / "migrations"
FALSE = {"date_sold": "2026-01-03", "warranty_end": "2028-01-03"}


@tagged("post_install", "-at_install")
class TestMigration(WarrantyCommon):
    """What an update mends of databases that an earlier commit left."""

    def _migrate(self, path="19.0.1.1.1/post-sales.py"):
        spec = util.spec_from_file_location("script", FOLDER / path)
        script = util.module_from_spec(spec)
        spec.loader.exec_module(script)
        self.env.flush_all()
        script.migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()

    def _find_keys(self, table):
        query = "SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass"
        self.env.cr.execute(query, [table])
        return {name for (name,) in self.env.cr.fetchall()}

    def _redate(self, picking, units):
        """Correct the date of a transfer, as it was done when it made a sale of its units too."""
        picking.move_ids.date = "2026-01-03 12:00:00"
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE serial_number SET date_sold = %s, warranty_end = %s WHERE id = ANY(%s)",
            [*FALSE.values(), units.ids],
        )
        self.env.invalidate_all()

    def test_when_a_receipt_made_days_of_sale_then_they_are_taken_off(self):
        receipt = self._receive(["A1", "A2", "A3"])
        units = self._units()
        units[1].with_user(self.manager).action_designate(self.customer)
        self._redate(receipt, units)

        self._migrate()

        self.assertRecordValues(units, [{"date_sold": False, "warranty_end": False}] * 3)
        self.assertEqual(units.mapped("date_received"), [date(2026, 1, 3)] * 3)
        self.assertEqual(units[0].event_ids[0].note, "Not kept, for nobody has it: Sold on")
        self.assertAddsUp()

    def test_when_units_were_really_sold_then_their_days_stay(self):
        self._receive(["A1"])
        delivery = self._ship(["A1"])
        unit = self._units()
        self._redate(delivery, unit)

        self._migrate()

        self.assertRecordValues(unit, [{"date_sold": date(2026, 1, 3), "warranty_end": date(2028, 1, 3)}])

    def test_when_no_correction_says_the_day_then_nobody_knows_whether_it_is_false(self):
        self._receive(["A1"])
        unit = self._units()
        self.env.cr.execute("UPDATE serial_number SET date_sold = '2025-05-05' WHERE id = %s", [unit.id])
        self.env.invalidate_all()

        self._migrate()

        self.assertEqual(unit.date_sold, date(2025, 5, 5))

    def test_when_documents_were_named_with_foreign_keys_then_these_go_and_the_rows_stay(self):
        receipt = self._receive(["A1"])
        self.env.cr.execute(
            """ALTER TABLE serial_event ADD CONSTRAINT serial_event_move_id_fkey
               FOREIGN KEY (move_id) REFERENCES stock_move"""
        )
        before = self._find_keys("serial_event")

        self._migrate("19.0.1.1.2/post-keys.py")

        self.assertEqual(before - self._find_keys("serial_event"), {"serial_event_move_id_fkey"})
        self.assertEqual(self._unit("A1").event_ids.move_id, receipt.move_ids)

    def test_when_numbers_were_known_before_then_they_are_found_by_parts_afterwards(self):
        self._receive(["XA1", "XA2"], blanks=1)
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM serial_number_key WHERE id = %s", [self._unit("XA1").id])
        self.env.cr.execute(
            """ALTER TABLE serial_entry_unit ADD CONSTRAINT serial_entry_unit_line_id_fkey
               FOREIGN KEY (line_id) REFERENCES serial_entry_line"""
        )

        self._migrate("19.0.1.1.3/post-parts.py")

        self.assertAddsUp()
        self.assertEqual(len(self.register.search([("name", "ilike", "xa")])), 2)
        self.assertNotIn("serial_entry_unit_line_id_fkey", self._find_keys("serial_entry_unit"))

    def test_when_documents_began_with_the_unit_then_their_key_is_turned_and_the_rows_stay(self):
        receipt, table = self._receive(["A1", "A2"]), "serial_number_stock_move_rel"
        self.env.flush_all()
        self.env.cr.execute(
            f"""ALTER TABLE {table} DROP CONSTRAINT {table}_pkey;
                DROP INDEX {table}_serial_number_id_stock_move_id_idx;
                ALTER TABLE {table} ADD CONSTRAINT other PRIMARY KEY (serial_number_id, stock_move_id);
                CREATE INDEX ON {table} (stock_move_id, serial_number_id)"""
        )

        for _time in range(2):
            self._migrate("19.0.1.1.5/post-documents.py")

            self.env.cr.execute(
                """SELECT indisprimary, substring(pg_get_indexdef(indexrelid) FROM '\\((\\w+)') FROM pg_index
                    WHERE indrelid = %s::regclass ORDER BY 1""",
                [table],
            )
            self.assertEqual(self.env.cr.fetchall(), [(False, "serial_number_id"), (True, "stock_move_id")])
        self.assertEqual(receipt.move_ids.serial_ids, self._units())

    def test_when_companies_were_named_with_a_foreign_key_then_it_goes_and_the_rows_stay(self):
        self._receive(["A1"])
        self.env.flush_all()
        self.env.cr.execute(
            """ALTER TABLE serial_number ADD CONSTRAINT serial_number_company_id_fkey
               FOREIGN KEY (company_id) REFERENCES res_company"""
        )

        self._migrate("19.0.1.1.6/post-company.py")

        self.assertNotIn("serial_number_company_id_fkey", self._find_keys("serial_number"))
        self.assertEqual(self._unit("A1").company_id, self.company)
