from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common.base import PaperCommon

from .common import ProduceCommon


@tagged("post_install", "-at_install")
class TestProducePaper(ProduceCommon, PaperCommon):
    """The manufacturing order on paper."""

    report = "mrp.report_mrporder"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = cls.worker

    def test_when_it_is_printed_then_it_names_what_was_made_and_what_went_into_it(self):
        self._stock_parts("B1", "B2")
        order = self._make_order(1)
        self.assertFalse(self._printed(self._paper(order)))

        self._press(order, 1, ["A1"], ["B1", "B2"])

        self.assertEqual(self._printed(self._paper(order)), ["A1", "B1", "B2"])
