from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common.base import PaperCommon

from .common import RepairCommon


@tagged("post_install", "-at_install")
class TestRepairPaper(RepairCommon, PaperCommon):
    """The repair order on paper."""

    report = "repair.report_repairorder2"

    def test_when_it_is_printed_then_the_unit_and_its_parts_are_named(self):
        self._receive(["A1"])
        self._receive(["B1", "B2"], product=self.part)
        repair = self._make_repair(self._unit("A1"))
        self._add_line(repair, quantity=2)
        self._begin(repair)
        self._end(repair, {"add": ["B1", "B2"]})

        paper = self._paper(repair)

        self.assertIn("A1", paper.xpath("string(//p[@name='serial_unit'])"))
        self.assertEqual(self._printed(paper), ["B1", "B2"])

    def test_when_nothing_is_followed_then_nothing_is_added(self):
        repair = self.env["repair.order"].create({"product_id": self.plain.id})

        self.assertFalse(self._paper(repair).xpath("//p[@name='serial_unit'] | //tr[@name='serial_row']"))
