"""Shared records, and the flow in verbs, for the tests of every step."""

import io
from contextlib import contextmanager

from lxml import html

from odoo.tests import Form, TransactionCase, new_test_user
from odoo.tools.pdf import PdfFileReader

NOW = "2026-03-14 12:00:00"
ARABIC = "ar_001"
QUERIES_ASIDE = 5
# What a paper must print as it was typed.
HOSTILE_NAMES = [
    "A1",
    '<script>alert(1)</script> & "q"',
    "=1+1",
    "\u0631\u0642\u0645-1",
    "\u5e8f\u5217-1",
    "L" * 128,
    "it's",
]
# What must hold after whatever happened, by SQL: random walks ask after each step.
ADDS_UP = {
    "units and stock on hand differ, by company": """
        WITH hand AS (
            SELECT quant.company_id, SUM(quant.quantity) AS pieces
              FROM stock_quant AS quant JOIN stock_location AS place ON place.id = quant.location_id
             WHERE quant.product_id = %(product)s AND place.usage IN ('internal', 'transit')
               AND quant.company_id IS NOT NULL
             GROUP BY 1
        ), register AS (
            SELECT unit.company_id,
                   COUNT(*) FILTER (WHERE place.is_serial_stock) - COUNT(*) FILTER (WHERE unit.uncovered) AS units
              FROM serial_number AS unit JOIN stock_location AS place ON place.id = unit.location_id
             WHERE unit.product_id = %(product)s GROUP BY 1
        )
        SELECT company_id, pieces, units FROM hand FULL JOIN register USING (company_id)
         WHERE COALESCE(pieces, 0) != COALESCE(units, 0)""",
    "the last event of a unit does not name its status": """
        SELECT unit.id, unit.name, unit.status FROM serial_number AS unit
         WHERE unit.product_id = %(product)s AND unit.status IS DISTINCT FROM (
               SELECT status_to FROM serial_event WHERE serial_id = unit.id ORDER BY id DESC LIMIT 1)""",
    "a number is not found by a part of it": """
        SELECT unit.id, unit.name, part.name_key
          FROM serial_number AS unit LEFT JOIN serial_number_key AS part ON part.id = unit.id
         WHERE unit.product_id = %(product)s AND unit.name_key IS DISTINCT FROM part.name_key""",
}


class SerialCommon(TransactionCase):
    """A serialized product, a vendor, customers, and a warehouse clerk who does the work."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # New users are not invited by e-mail: that takes longer than all the other records together.
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True, no_reset_password=True))
        cls.company = cls.env.company
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.stock = cls.warehouse.lot_stock_id
        cls.customer_location, cls.supplier_location = cls.warehouse._get_partner_locations()
        cls.loss_location = cls.env["stock.location"].search(
            [("usage", "=", "inventory"), ("company_id", "=", cls.company.id)], limit=1
        )
        cls.shelf = cls.env["stock.location"].create({"name": "Shelf", "location_id": cls.stock.id})
        # Together: most of what a record costs is the same for two.
        partners = cls.env["res.partner"].create([{"name": name} for name in ("Vendor", "Customer", "Other Customer")])
        cls.vendor, cls.customer, cls.other_customer = cls._apart(partners)
        cls.product, cls.plain = cls._apart(cls._make_products(("Phone", True), ("Cable", False)))
        users = cls._make_users(
            ("clerk", "Warehouse Clerk", "stock.group_stock_user"),
            (
                "manager",
                "Serial Manager",
                "stock.group_stock_manager",
                "serial_number_tracking.group_serial_number_manager",
            ),
        )
        cls.clerk, cls.manager = cls._apart(users)
        cls.register = cls.env["serial.number"]

    @staticmethod
    def _apart(records):
        """Return the records one by one; none is read along with another."""
        return [record.with_prefetch() for record in records]

    @classmethod
    def _make_product(cls, name, is_serialized=True, **vals):
        return cls._make_products((name, is_serialized), **vals)

    @classmethod
    def _make_products(cls, *products, **vals):
        """Return storable products of these names, serialized or not."""
        return cls.env["product.product"].create(
            [
                {"name": name, "is_storable": True, "is_serialized": is_serialized, **vals}
                for name, is_serialized in products
            ]
        )

    @classmethod
    def _make_users(cls, *users):
        """Return users by login, name and groups, as ``new_test_user`` makes one."""
        return cls.env["res.users"].create(
            [
                {
                    "login": login,
                    "password": login + "x" * (8 - len(login)),
                    "name": name,
                    "email": f"{login[0]}.{login[0]}@example.com",
                    "group_ids": [(6, 0, [cls.env.ref(group).id for group in groups])],
                }
                for login, name, *groups in users
            ]
        )

    @classmethod
    def _make_stranger(cls, groups):
        """Return a user of another company, which is new."""
        company = cls.env["res.company"].create({"name": "Other"})
        return new_test_user(cls.env, "stranger", groups, company_id=company.id, company_ids=[(6, 0, company.ids)])

    # The flow in verbs

    def _transfer(self, kind, quantity, product=None, partner=None, source=None, target=None, user=None, **vals):
        """Return a confirmed transfer with one move (and its other ``vals``), as the clerk makes it.

        :param str kind: ``in``, ``out``, ``int``, or ``back`` from a customer
        """
        picking_type, *places = {
            "in": (self.warehouse.in_type_id, self.supplier_location, self.stock),
            "out": (self.warehouse.out_type_id, self.stock, self.customer_location),
            "int": (self.warehouse.int_type_id, self.stock, self.shelf),
            "back": (self.warehouse.in_type_id, self.customer_location, self.stock),
        }[kind]
        source, target = source or places[0], target or places[1]
        product = product or self.product
        picking = (
            self.env["stock.picking"]
            .with_user(user or self.clerk)
            .create(
                {
                    "picking_type_id": picking_type.id,
                    "partner_id": (partner or (self.vendor if kind == "in" else self.customer)).id,
                    "location_id": source.id,
                    "location_dest_id": target.id,
                    "move_ids": [
                        (
                            0,
                            0,
                            {
                                "product_id": product.id,
                                "product_uom_qty": quantity,
                                "location_id": source.id,
                                "location_dest_id": target.id,
                                **vals,
                            },
                        )
                    ],
                }
            )
        )
        picking.action_confirm()
        picking.action_assign()
        if picking.move_ids.quantity < quantity:
            picking.move_ids.quantity = quantity
        return picking

    def _validate(self, picking, names=(), blanks=True):
        """Enter the numbers and validate; units beyond them are left blank."""
        move = picking.move_ids
        if names:
            move.assign_serials(list(names))
        result = picking.button_validate()
        if isinstance(result, dict) and result.get("res_model") == "serial.entry" and blanks:
            entry = self._entry(result, picking)
            for line in entry.line_ids.filtered("missing"):
                line.use_blanks()
            result = entry.action_confirm()
        return result

    def _entry(self, action, picking=None):
        """Return the entry window that a button's action opens."""
        self.assertEqual(action["res_model"], "serial.entry")
        env = picking.env if picking is not None else self.env
        return env["serial.entry"].browse(action["res_id"])

    def _receive(self, names=(), blanks=0, **options):
        """Receive units by name, and others without number; return the transfer."""
        return self._do("in", names, blanks, **options)

    def _ship(self, names=(), blanks=0, **options):
        """Ship units by name, and others without number; return the transfer."""
        return self._do("out", names, blanks, **options)

    def _return(self, names=(), **options):
        """Take units back from a customer by name, or one without saying which; return the transfer."""
        return self._do("back", names, blanks=0 if names else 1, **options)

    def _do(self, kind, names, blanks, **options):
        picking = self._transfer(kind, len(names) + blanks, **options)
        self._validate(picking, names)
        self.assertEqual(picking.state, "done")
        return picking

    def _move(self, source, target, quantity, names=()):
        """Do a move without any document, as manufacturing or another addon does."""
        move = (
            self.env["stock.move"]
            .with_user(self.clerk)
            .create(
                {
                    "product_id": self.product.id,
                    "product_uom_qty": quantity,
                    "location_id": source.id,
                    "location_dest_id": target.id,
                }
            )
        )
        move._action_confirm()
        move.write({"quantity": quantity, "picked": True})
        if names:
            move.assign_serials(list(names))
        move._action_done()
        self.assertEqual(move.state, "done")
        return move

    def _demand_for_production(self):
        """Return a move that production takes one piece by, as far as stock can be reserved for it."""
        domain = [("usage", "=", "production"), ("company_id", "=", self.company.id)]
        vals = {"product_id": self.product.id, "product_uom_qty": 1, "location_id": self.stock.id}
        vals["location_dest_id"] = self.env["stock.location"].search(domain, limit=1).id
        move = self.env["stock.move"].create(vals)
        move._action_confirm()
        move._action_assign()
        return move

    def _adjust(self, quantity, product=None, location=None):
        """Count the product at a location."""
        quant = (
            self.env["stock.quant"]
            .with_context(inventory_mode=True)
            .create(
                {
                    "product_id": (product or self.product).id,
                    "location_id": (location or self.stock).id,
                    "inventory_quantity": quantity,
                }
            )
        )
        quant.action_apply_inventory()
        return quant

    def _dropship(self, names=(), blanks=0, **options):
        """Ship units from the vendor straight to the customer; return the transfer."""
        return self._ship(names, blanks, source=self.supplier_location, **options)

    def _return_of(self, picking, quantity, names=()):
        """Return units of a done transfer by the return wizard; return the new transfer, done."""
        returned = self._open_return(picking, quantity)
        self._validate(returned, names)
        self.assertEqual(returned.state, "done")
        return returned

    def _open_return(self, picking, quantity):
        """Return the transfer that the return wizard makes of a done one, ready for entering numbers."""
        wizard = picking.env["stock.return.picking"].create({"picking_id": picking.id})
        wizard.product_return_moves.quantity = quantity
        returned = picking.browse(wizard.action_create_returns()["res_id"])
        returned.move_ids.quantity = quantity
        return returned

    def _order(self, quantity=1, partner=None, product=None, **vals):
        """Return a confirmed sales order with one line (and its other ``vals``)."""
        line = {"product_id": (product or self.product).id, "product_uom_qty": quantity, **vals}
        order = self.env["sale.order"].create(
            {"partner_id": (partner or self.customer).id, "order_line": [(0, 0, line)]}
        )
        order.action_confirm()
        return order

    def _open_order_return(self):
        """Return the receipt of a sales order that takes one unit back, ready for entering its number."""
        picking = self._order(-1).picking_ids.with_user(self.clerk)
        picking.move_ids.quantity = 1
        return picking

    def _purchase(self, quantity=1, product=None, user=None, **vals):
        """Return a confirmed purchase order with one line (and its other ``vals``)."""
        line = {"product_id": (product or self.product).id, "product_qty": quantity, "price_unit": 1, **vals}
        order = self.env["purchase.order"].with_user(user or self.env.user)
        order = order.create({"partner_id": self.vendor.id, "order_line": [(0, 0, line)]})
        order.button_confirm()
        return order

    def _promise(self, order, *names):
        """Receive units and designate them to an order; return them as the clerk sees them."""
        units = self._receive(names).move_ids.serial_ids.with_user(self.clerk)
        units.action_designate(order.partner_id, order.order_line)
        return units

    # Looking at the outcome

    def _unit(self, name, product=None):
        return self.register.search([("name", "=", name), ("product_id", "=", (product or self.product).id)])

    def _units(self, status=None, product=None):
        domain = [("product_id", "=", (product or self.product).id)]
        return self.register.search(domain + ([("status", "=", status)] if status else []), order="id")

    def _on_hand(self, product=None, company=None):
        quants = self.env["stock.quant"].search(
            [
                ("product_id", "=", (product or self.product).id),
                ("location_id.usage", "in", ("internal", "transit")),
                ("company_id", "=", (company or self.company).id),
            ]
        )
        return sum(quants.mapped("quantity"))

    def assertAddsUp(self, product=None):
        """On hand = units in stock - uncovered units; last events name the statuses; numbers are found by parts."""
        self.env.flush_all()
        for what, query in ADDS_UP.items():
            self.env.cr.execute(query, {"product": (product or self.product).id})
            self.assertFalse(self.env.cr.fetchall(), what)

    def _codes(self, source, names):
        """Return the codes that a document line's checks give these names."""
        return [check["code"] for check in source.check_serials(names)]

    def _assert_no_more_queries(self, many, few):
        """Check that many records took as many queries as few: not one more a record.

        A few more are allowed: where a second ends between two writes, Odoo writes their rows in two statements.
        """
        self.assertLessEqual(many - few, QUERIES_ASIDE, f"{many} queries for many, {few} for few")

    def _count_queries(self, act):
        """Return how many queries an act takes that begins with an empty cache."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        act()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    @contextmanager
    def _record_queries(self):
        """Collect the statements of a block that begins with an empty cache."""
        self.env.flush_all()
        self.env.invalidate_all()
        queries = []
        with contextmanager(self._patchExecute)(queries):
            yield queries
            self.env.flush_all()

    def _product_form(self, product, user=None):
        return Form(product.with_user(user or self.env.user).product_tmpl_id)


class PaperCommon(SerialCommon):
    """Reports, rendered as their reader prints them and read back."""

    report = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang(ARABIC)
        cls.reader = cls.clerk

    def _reports(self, records, lang):
        """Return the reports for a reader and a partner of that language."""
        self.reader.lang = lang
        if "partner_id" in records:
            records.sudo().partner_id.lang = lang
        return self.env["ir.actions.report"].with_user(self.reader).with_context(lang=lang)

    def _render(self, report, records, lang="en_US"):
        """Return what the report prints, before it becomes a PDF."""
        return self._reports(records, lang)._render_qweb_html(report, records.ids)[0]

    def _paper(self, records, lang="en_US"):
        return html.fromstring(self._render(self.report, records, lang))

    def _printed(self, paper):
        """Return the numbers on the paper, in order."""
        return [part.text for part in paper.xpath("//bdi[@name='serial_name']")]

    def _count_places(self, paper):
        return len(paper.xpath("//span[@name='serial_blank']"))

    def _pages(self, report, records, lang="en_US"):
        """Return the text of each page of the PDF without white space, which a PDF puts anywhere."""
        reports = self._reports(records, lang).with_context(force_report_rendering=True)
        content, _type = reports._render_qweb_pdf(report, records.ids)
        return ["".join(page.extract_text().split()) for page in PdfFileReader(io.BytesIO(content)).pages]
