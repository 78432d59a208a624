from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.entry import EntryCommon


@tagged("post_install", "-at_install")
class TestProductPolicy(EntryCommon):
    """Whether numbers are asked for is the operation type's to say, and a product may differ where that asks."""

    def test_when_the_product_requires_numbers_then_blanks_are_refused_in_its_name(self):
        self.product.serial_entry = "require"
        line = self._validate_and_open(self._transfer("in", 1)).line_ids

        self.assertEqual(line._get_state()["policy"], "require")
        with self.assertRaisesRegex(UserError, "^Phone requires every serial number"):
            line.use_blanks()

    def test_when_the_product_never_asks_then_its_units_wait_without_a_window(self):
        self.product.serial_entry = "skip"
        picking = self._transfer("in", 2)

        self.assertIs(picking.button_validate(), True)
        self.assertEqual(self._units().mapped("status"), ["received"] * 2)

    def test_when_the_type_requires_and_the_product_does_not_then_blanks_are_allowed(self):
        self.warehouse.in_type_id.serial_entry = "require"
        self.product.serial_entry = "ask"
        line = self._validate_and_open(self._transfer("in", 1)).line_ids

        self.assertTrue(line.use_blanks()["blanks"])

    def test_when_the_type_never_asks_then_neither_does_the_product(self):
        self.warehouse.in_type_id.serial_entry = "skip"
        self.product.serial_entry = "require"

        self.assertIs(self._transfer("in", 1).button_validate(), True)
