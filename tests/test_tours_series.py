from odoo.tests import tagged

from .common.tours import TourCommon


@tagged("post_install", "-at_install")
class TestSeriesTours(TourCommon):
    """Numbers that the company makes itself, generated in the window."""

    def setUp(self):
        super().setUp()
        self.series = self.env["serial.series"].create(
            {
                "name": "Meters",
                "prefix": "UX",
                "padding": 3,
                "check_digit": "luhn",
                "prints_labels": True,
                "label_format": "zpl",
            }
        )
        self.product.serial_series_id = self.series

    def test_generate_fills_the_rest_and_its_labels_are_printed(self):
        receipt = self._transfer("in", 3)

        self._tour("serial_series_generate", receipt)

        self.assertEqual(self._names(receipt), ["V-7", "UX0018", "UX0026"])
        labels = self.env["serial.label.layout"].search([("serial_ids", "in", receipt.move_ids.serial_ids.ids)])
        self.assertEqual(sorted(labels.serial_ids.mapped("name")), ["UX0018", "UX0026"])
        self.assertAddsUp()

    def test_range_begins_with_the_next_number_of_the_series(self):
        receipt = self._transfer("in", 2)

        self._tour("serial_series_range", receipt)

        self.assertEqual(self._names(receipt), ["UX0018", "UX0026"])
