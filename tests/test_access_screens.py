from lxml import etree

from odoo.tests import new_test_user, tagged

from .common.access_records import AccessRecords
from .common.access_table import ADDON, GROUPS, INSIDERS, LOOKERS

# Who follows the links of a unit to these, in Odoo's own forms.
OPENING = {
    "sale.order": ("salesman", "accountant"),
    "purchase.order": ("buyer", "accountant"),
    "stock.picking": ("stock", "manager"),
    "account.move": ("accountant",),
}


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

    def _sell_one(self, name):
        """Return a unit that was bought, sold and invoiced by orders, which were made by nobody in particular."""
        purchase = self._purchase()
        self._validate(purchase.picking_ids.with_user(self.clerk), [name])
        order = self._order()
        order.user_id = False
        self._validate(order.picking_ids.with_user(self.clerk), [name])
        order._create_invoices().action_post()
        return self._unit(name)

    def _ask_for(self, node, model):
        """Return what the web client asks of a record to show a view of it: all fields, those of lists in it too."""
        shown = {}
        for field in node.xpath(
            ".//field[count(ancestor::field) = $depth]", depth=len(list(node.iterancestors("field")))
        ):
            known = model._fields[field.get("name")]
            lines = [view for view in field if view.tag in ("list", "kanban", "form")]
            shown[known.name] = {}
            if known.relational and field.get("invisible") not in ("1", "True"):
                asked = {"display_name": {}} if known.type == "many2one" or field.get("widget") else {}
                for view in lines:
                    asked |= self._ask_for(view, self.env[known.comodel_name])
                shown[known.name] = {"fields": asked} if asked else {}
        return shown

    def _open(self, record):
        """Open a record's own form, as a click on a link to it does."""
        arch = etree.fromstring(record.get_view(view_type="form")["arch"])
        record.invalidate_recordset()
        return record.web_read(self._ask_for(arch, record))

    def _find_links(self, unit):
        """Return what the unit's form and its card link to, for who looks at it."""
        arch = etree.fromstring(unit.get_view(view_type="form")["arch"])
        found = set()
        for node in arch.xpath(".//field[not(ancestor::field)]"):
            field, name = unit._fields[node.get("name")], node.get("name")
            closed = "no_open" in node.get("options", "") or name in (unit.closed_links or [])
            if field.type == "many2one" and node.get("invisible") != "1" and not closed and unit.sudo()[name]:
                found.add(unit.sudo()[name].with_env(unit.env))
        (card,) = unit.look_up(unit.name)["cards"]
        links = [row["link"] for row in card["rows"] if row["link"]]
        return found | {unit.env[link["model"]].browse(link["id"]) for link in links}

    def test_when_a_unit_links_to_a_document_then_that_opens(self):
        insiders = self.env.ref("base.group_user")
        insiders.implied_ids |= self.env.ref("stock.group_production_lot")  # the form of a transfer shows lots then
        unit = self._sell_one("LINK-2")
        documents = {"sale.order", "purchase.order", "stock.picking", "account.move"}
        for group in LOOKERS:
            user = new_test_user(self.env, f"{group} follows", GROUPS[group])
            links = self._find_links(unit.with_user(user))
            for record in links:
                with self.subTest(group=group, to=record._name):
                    self.assertTrue(self._open(record))
            with self.subTest(group=group):
                found = {record._name for record in links} & documents
                self.assertEqual(found, {name for name in documents if group in OPENING[name]})

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
