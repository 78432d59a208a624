from lxml import etree

from odoo.tests import new_test_user, tagged

from .common.access_records import AccessRecords
from .common.access_table import ADDON, GROUPS, INSIDERS, LOOKERS


@tagged("post_install", "-at_install")
class TestAccessScreens(AccessRecords):
    """Whoever may open a record sees all of its screen: no field of it is refused."""

    def _get_shown(self, record, kind):
        """Return what the web client asks of a record: the fields of its view that the user gets, as a specification.

        Of Odoo's own screens only the addon's fields: the others are Odoo's to grant.
        """
        arch = etree.fromstring(record.get_view(view_type=kind)["arch"])
        names = {node.get("name") for node in arch.iter("field") if not list(node.iterancestors("field"))}
        own = record._name.startswith("serial.")
        fields = [record._fields[name] for name in names if own or record._fields[name]._module == ADDON]
        return {field.name: {"fields": {"display_name": {}}} if field.relational else {} for field in fields}

    def test_when_a_record_is_opened_then_all_that_its_screen_shows_can_be_read(self):
        for group in INSIDERS:
            user = new_test_user(self.env, f"{group} opens", GROUPS[group])
            for name in (*self.records, *self.windows):
                record = self._get_record(name, user)
                for kind in ("form", "list") if record.has_access("read") else ():
                    with self.subTest(group=group, record=name, kind=kind):
                        record.invalidate_recordset()
                        shown = self._get_shown(record, kind)
                        self.assertEqual(len(record.web_read(shown)), len(record))

    def test_when_a_unit_is_shown_then_only_what_one_may_read_is_a_link(self):
        for group in LOOKERS:
            register = self.env["serial.number"].with_user(new_test_user(self.env, f"{group} follows", GROUPS[group]))
            arch = etree.fromstring(register.get_view(view_type="form")["arch"])
            for name in ("purchase_order_id", "sale_order_id", "receipt_move_id", "delivery_move_id"):
                with self.subTest(group=group, field=name):
                    linked = "no_open" not in arch.find(f".//field[@name='{name}']").get("options", "")
                    self.assertEqual(linked, register[name].has_access("read"))

    def test_when_the_order_of_a_unit_is_somebody_else_s_then_it_is_no_link(self):
        seller = new_test_user(self.env, "own_documents", "sales_team.group_sale_salesman")
        self._receive(["LINK-1"])
        order = self._order()
        self._validate(order.picking_ids.with_user(self.clerk), ["LINK-1"])
        unit = self._unit("LINK-1").with_user(seller)
        arch = etree.fromstring(unit.get_view(view_type="form")["arch"])
        linked, text = arch.xpath(".//field[@name='sale_order_id']")
        self.assertIn("'sale_order_id' in (closed_links or [])", linked.get("invisible"))
        self.assertEqual(text.get("options"), "{'no_open': True}")
        for salesperson, is_closed in ((self.manager, True), (seller, False)):
            order.user_id = salesperson
            unit.invalidate_recordset()
            with self.subTest(of=salesperson.login):
                self.assertEqual("sale_order_id" in (unit.closed_links or []), is_closed)
                self.assertEqual("sale_line_id" in (unit.closed_links or []), is_closed)
