from datetime import date
from importlib import util
from pathlib import Path

from odoo.tests import tagged

from .common.warranty import WarrantyCommon

SCRIPT = Path(__file__).parents[1] / "migrations" / "19.0.1.1.1" / "post-sales.py"
FALSE = {"date_sold": "2026-01-03", "warranty_end": "2028-01-03"}


@tagged("post_install", "-at_install")
class TestMigration(WarrantyCommon):
    """What an update mends of databases that an earlier commit left."""

    def _migrate(self):
        spec = util.spec_from_file_location("post_sales", SCRIPT)
        script = util.module_from_spec(spec)
        spec.loader.exec_module(script)
        self.env.flush_all()
        script.migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()

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
