from ast import literal_eval

from lxml import etree

from odoo.fields import Domain
from odoo.tests import tagged

from ..engine.sql import register_sql
from ..models.recall import recall_sql
from .common.recall import RecallCommon

STOCK = {("internal", True), ("internal", False), ("transit", True)}  # of a company, or of none


@tagged("post_install", "-at_install")
class TestInStock(RecallCommon):
    """What is in stock is said once: code, statements, filters and figures agree at every kind of location."""

    def _place(self, usage, own):
        """Put the only unit at a location of a kind: as an import or a correction of the database would."""
        company = self.company.id if own else False
        place = self.env["stock.location"].create({"name": f"{usage} {own}", "usage": usage, "company_id": company})
        self.env.flush_all()
        self.env.cr.execute("UPDATE serial_number SET location_id = %s WHERE id = %s", [place.id, self._unit("A1").id])
        self.env.invalidate_all()
        return place

    def _find_filter(self, model, name):
        """Return the domain of a filter of a model's search view."""
        arch = etree.fromstring(self.env[model].get_view(view_type="search")["arch"])
        return Domain(literal_eval(arch.xpath(f"//filter[@name='{name}']/@domain")[0]))

    def _judge(self, recall):
        """Return what each place that knows says of the unit."""
        unit, line = self._unit("A1"), recall.line_ids
        row = self.env["serial.reconciliation"].search([("product_id", "=", self.product.id)])
        gone = Domain(literal_eval(self._find_gone_domain()))
        return {
            "location": unit.location_id.is_serial_stock,
            "domain": unit in self.register.search(unit._get_in_stock_domain()),
            "filter of the register": unit in self.register.search(self._find_filter("serial.number", "in_stock")),
            "filter of the recall": line in line.search(self._find_filter("serial.recall.line", "loose")),
            "figure of the recall": bool(recall_sql.count_units(recall)[recall.id]["loose"]),
            "list behind the figure": line in line.search(recall._get_line_domain("loose")),
            "reconciliation": bool(row.in_stock),
            "units that may be gone": unit in self.register.search(gone & Domain("id", "=", unit.id)),
            "check": register_sql.find_units(self.register, self.product, self.company, ["A1"])["A1"]["in_stock"],
            "units to number": self._count_blank_places() == 0,
        }

    def _find_gone_domain(self):
        domain = self.env["serial.reconcile"].fields_get(["serial_ids"])["serial_ids"]["domain"]
        domain = domain.partition(" + ")[0]  # what else a purpose asks is not about the place
        return domain.replace("product_id)", f"{self.product.id})").replace("company_id)", f"{self.company.id})")

    def _count_blank_places(self):
        where = register_sql.issued_to(self.product, self.company, self.customer, is_away=True)
        return register_sql.count_blanks(self.register, where)

    def test_when_a_unit_lies_anywhere_then_all_agree_whether_it_is_in_stock(self):
        self._receive(["A1"])
        self._ship(blanks=1)
        blank, unit = self._units("issued"), self._unit("A1")
        recall = self.env["serial.recall"].create({"reason": "Battery"})
        recall._add_units(unit)
        for usage, _label in self.env["stock.location"]._fields["usage"].selection:
            for own in (True, False):
                with self.subTest(usage=usage, own=own):
                    place = self._place(usage, own)
                    self.env.cr.execute("UPDATE serial_number SET location_id = %s WHERE id = %s", [place.id, blank.id])
                    self.env.invalidate_all()
                    expected = (usage, own) in STOCK
                    judged = self._judge(recall)

                    self.assertEqual(judged, dict.fromkeys(judged, expected))


@tagged("post_install", "-at_install")
class TestNeedsNumber(RecallCommon):
    """What waits for its number is said once: code, statements, filters and figures agree for every status."""

    def _judge(self, unit):
        action = self.env.ref("serial_number_tracking.serial_number_action_worklist")
        arch = etree.fromstring(unit.get_view(view_type="search")["arch"])
        missing = literal_eval(arch.xpath("//filter[@name='missing']/@domain")[0])
        row = self.env["serial.reconciliation"].search([("product_id", "=", self.product.id)])
        blanks = [register_sql.placeholders_of(self.product, self.company, code) for code in ("received", "issued")]
        return {
            "field": unit.needs_number,
            "domain": unit in unit.search(unit._get_placeholder_domain()),
            "filter": unit in unit.search(missing),
            "worklist": unit in unit.search(literal_eval(action.domain)),
            "figure of the product": bool(self.product.serial_blank_count),
            "reconciliation": bool(row.received_blanks or row.issued_blanks),
            "units to number": any(register_sql.count_blanks(self.register, where) for where in blanks),
        }

    def test_when_a_unit_has_any_status_then_all_agree_whether_it_needs_its_number(self):
        self._receive(["A1"])
        unit = self._unit("A1")
        for status, _label in unit._fields["status"].selection:
            for name in ("A1", None):
                with self.subTest(status=status, name=name):
                    self.env.flush_all()
                    query = "UPDATE serial_number SET status = %s, name = %s, name_key = %s WHERE id = %s"
                    self.env.cr.execute(query, [status, name, name and name.lower(), unit.id])
                    self.env.invalidate_all()
                    judged = self._judge(unit)

                    self.assertEqual(judged["field"], not name and status in ("received", "issued"))
                    self.assertEqual(judged, dict.fromkeys(judged, judged["field"]))
