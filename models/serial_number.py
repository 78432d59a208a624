from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

from ..engine import (
    by_hand,
    card,
    change,
    entry_list,
    identity,
    keeping,
    keyless,
    label_words,
    link_views,
    lot_cover,
    number_search,
    outside,
    parts,
    register_file,
    registration,
    scan,
    warranty,
)
from ..engine.import_file import clean_cells
from ..engine.intake import SerialIntake
from ..engine.keyless import KeylessMany2many, KeylessMany2one
from ..engine.place import Place
from ..engine.registered import RegisteredSelection
from ..engine.sql import listeners, merge_sql, register_sql, row_sql
from ..engine.status_views import show_statuses
from ..tools import empty, naming
from ..tools.context import hear, tell
from ..tools.day import show_day
from ..tools.facts import EVERYDAY, LABEL_FACTS, LOCKED_FACTS, OURS, SALE_FACTS
from ..tools.flow import FLOWS
from ..tools.rules import Rules
from ..tools.status import KINDS, STATUSES
from ..tools.warranty_rule import Warranty

MANAGER = "serial_number_tracking.group_serial_number_manager"
REASON = "serial_number_tracking_reason"  # context key: why units are corrected, kept in their history
INVOICE_READERS = (
    "account.group_account_invoice,account.group_account_readonly,sales_team.group_sale_salesman,"
    "purchase.group_purchase_user"
)
MOVE_READERS = (
    "stock.group_stock_user,account.group_account_invoice,sales_team.group_sale_salesman,purchase.group_purchase_user"
)
HISTORY_LIMIT = 2 * outside.TEXT_LIMIT  # characters of a note, whatever documents add to a reason
RELEASE_BATCH = 5000
TALK = frozenset({"activity_ids", "message_follower_ids", "message_ids"})  # beside the unit, not facts of it


class SerialNumber(models.Model):
    """One physical unit of a serialized product, with or without its number."""

    _name = "serial.number"
    _inherit = ["serial.onchange.mixin", "serial.hook.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Serial Number"
    _mail_post_access = "read"  # who answers for a unit writes about it; what the unit is stands in its history alone
    _order = "id desc"
    _check_company_auto = True
    _parent_name = "part_of_id"

    name = fields.Char("Serial Number", help="As it stands on the unit. Empty while nobody knows it.")
    name_key = fields.Char("Comparable Number", readonly=True, copy=False)
    product_id = fields.Many2one(
        "product.product", required=True, ondelete="restrict", domain=[("is_serialized", "=", True)]
    )
    company_id = KeylessMany2one(
        "res.company", required=True, default=lambda self: self.env.company, ondelete="restrict"
    )
    status = RegisteredSelection(required=True, default="available")
    location_id = fields.Many2one(
        "stock.location",
        check_company=True,
        required=True,
        ondelete="restrict",
        index=True,
        help="Where the unit was last seen. Exact where it was named on a transfer; totals per company always are.",
    )
    owner_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
        help="Whose unit it is, where it is not the company's: goods in consignment, as the operations say.",
    )
    package_id = fields.Many2one(
        "stock.package",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        help="The package that the unit was last seen in.",
    )
    uncovered = fields.Boolean(
        readonly=True,
        help="It left without serial while every unit in stock had one: one of the numbers in stock is really gone. "
        "Enter this unit's number, or close the difference in the reconciliation.",
    )
    needs_number = fields.Boolean(
        compute="_compute_needs_number",
        search="_search_needs_number",
        help="A piece stands for it that came or left without its number being entered.",
    )
    note = fields.Text()
    # Of the template: grouping and importing look for the definition in the table of the model named here.
    serial_properties = fields.Properties(
        "Properties", definition="product_tmpl_id.serial_properties_definition", copy=True
    )
    lot_id = fields.Many2one("stock.lot", index="btree_not_null", ondelete="set null", readonly=True)
    vendor_id = fields.Many2one("res.partner", index="btree_not_null", ondelete="restrict")
    purchase_line_id = fields.Many2one("purchase.order.line", index="btree_not_null", ondelete="set null")
    receipt_move_id = KeylessMany2one("stock.move", index="btree_not_null", ondelete="set null")
    date_received = fields.Date("Received on")
    vendor_warranty_end = fields.Date("Vendor Warranty until")
    expiration_date = fields.Date(
        "Expires on",
        index="btree_not_null",
        help="The last day on which the unit may be used, as its label says. Shipping it later is warned about.",
    )
    batch_name = fields.Char("Vendor's Lot", help="The lot that the maker's label names.")
    customer_id = fields.Many2one("res.partner", index="btree_not_null", ondelete="restrict")
    sale_line_id = fields.Many2one("sale.order.line", "Sales Order Line", index="btree_not_null", ondelete="set null")
    delivery_move_id = KeylessMany2one("stock.move", index="btree_not_null", ondelete="set null")
    invoice_line_id = KeylessMany2one("account.move.line", index="btree_not_null", ondelete="set null")
    date_sold = fields.Date("Sold on")
    warranty_end = fields.Date("Warranty until", index="btree_not_null")
    warranty_fixed = fields.Boolean(
        "End is Fixed",
        help="The warranty ends on this day whenever the unit is registered: it was corrected by hand, the unit came "
        "back from a repair, or it replaces another one.",
    )
    former_customer_id = fields.Many2one(
        "res.partner", "Last Returned by", index="btree_not_null", ondelete="restrict", readonly=True
    )
    former_warranty_end = fields.Date(
        "Warranty when Returned", readonly=True, help="Goes on when the unit is sent back to who returned it."
    )
    part_of_id = fields.Many2one(
        "serial.number",
        "Part of",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The unit that this one is built into, by production or by a repair.",
    )
    part_ids = fields.One2many("serial.number", "part_of_id", "Parts", readonly=True)
    end_user_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        help="Who uses the unit, where the customer resold it. Register adds the day, which may begin the warranty.",
    )
    date_registered = fields.Date("Registered on", index="btree_not_null")
    entry_mark = fields.Char(
        "In this Document", compute="_compute_entry_mark", help="Says which are entered in the window that asks."
    )
    registration_channel = fields.Char()
    move_ids = KeylessMany2many(
        "stock.move",
        "serial_number_stock_move_rel",
        "serial_number_id",
        "stock_move_id",
        "Stock Moves",
        readonly=True,
        groups=MOVE_READERS,
    )
    invoice_line_ids = KeylessMany2many(
        "account.move.line",
        "serial_number_account_move_line_rel",
        "serial_number_id",
        "account_move_line_id",
        "Invoiced on",
        readonly=True,
        groups=INVOICE_READERS,
    )
    event_ids = fields.One2many("serial.event", "serial_id", "History", readonly=True)
    create_uid = KeylessMany2one("res.users", "Created by", readonly=True, ondelete="restrict")
    write_uid = KeylessMany2one("res.users", "Last Updated by", readonly=True, ondelete="restrict")
    product_tmpl_id = fields.Many2one("product.template", "Product Template", related="product_id.product_tmpl_id")
    purchase_order_id = fields.Many2one(related="purchase_line_id.order_id", string="Purchase Order")
    sale_order_id = fields.Many2one(related="sale_line_id.order_id", string="Sales Order")
    receipt_id = fields.Many2one(related="receipt_move_id.picking_id", string="Receipt")
    delivery_id = fields.Many2one(related="delivery_move_id.picking_id", string="Delivery")
    invoice_id = fields.Many2one(related="invoice_line_id.move_id", string="Invoice")
    hold_reason = fields.Char("Reason for Hold", help="Shown wherever somebody tries to sell the unit.")
    hold_reason_id = fields.Many2one(
        "serial.hold.reason", "Kind of Hold", check_company=True, index="btree_not_null", ondelete="set null"
    )
    hold_until = fields.Date(
        "On Hold until", index="btree_not_null", help="The last day on hold; the unit is released the day after."
    )
    can_correct = fields.Boolean(
        compute="_compute_can_correct", help="Whether you may correct more than the notes and the end user."
    )
    closed_links = fields.Json(
        compute="_compute_closed_links", help="Names of the fields whose documents you may not open: somebody else's."
    )
    warranty_months = fields.Integer(
        "Warranty (Months)",
        store=False,
        exportable=False,
        help="For an import: how many months the warranty runs, where its end is not known.",
    )

    # The number first: so that it finds a number of whichever product as well.
    _name_unique = models.UniqueIndex(
        "(name_key, product_id, company_id)",
        "This serial number exists already for this product. If somebody else entered it at the same moment, look the "
        "unit up in the register before you try again.",
    )
    _name_length = models.Constraint(
        f"CHECK (char_length(name) <= {naming.MAX_LENGTH} AND char_length(name_key) <= {naming.MAX_LENGTH})",
        "A serial number has at most 128 characters.",
    )
    _name_with_key = models.Constraint(
        "CHECK ((name IS NULL) = (name_key IS NULL) AND name_key != '')",
        "A serial number and its comparable form go together.",
    )
    _lot_unique = models.UniqueIndex(
        "(lot_id, company_id) WHERE lot_id IS NOT NULL", "A lot is one unit, and this one has another already."
    )
    _blank_index = models.Index("(product_id, company_id, status, id) WHERE name_key IS NULL")
    _status_index = models.Index("(product_id, status, location_id)")
    _uncovered_index = models.Index("(product_id, company_id) WHERE uncovered IS TRUE")

    @api.constrains("part_of_id")
    def _check_part_of(self):
        parts.check(self)

    # What other addons add to: docs/extend.md

    @api.model
    def _serial_statuses(self):
        """List the statuses of units: :class:`~.tools.status.Status` objects. Extend it to add some."""
        return list(STATUSES)

    @api.model
    def _serial_kinds(self):
        """List what can happen to units: :class:`~.tools.status.Kind` objects. Extend it to add some."""
        return list(KINDS)

    @api.model
    def _serial_flows(self):
        """List what documents do to units: :class:`~.tools.flow.Flow` objects. Extend it to add some."""
        return list(FLOWS.values())

    @api.model
    @ormcache()
    def _get_serial_rules(self):
        """Return the :class:`~.tools.rules.Rules` of this database."""
        return Rules(self._serial_statuses(), self._serial_kinds(), self._serial_flows())

    def _is_sold(self):
        """Tell whether the unit is a customer's, with a number or without: delivered to them, or invoiced."""
        return self.status in self._get_serial_rules().sold

    @api.model
    def _get_flow(self, code):
        """Return a row of the flow table by its code."""
        return self._get_serial_rules().flows[code]

    @api.model
    def _find_status(self, flow, product, status):
        """Return the status that units with a number get; extend it to give them another one.

        Asked wherever a number comes into the register: received, entered, filled into a placeholder, returned,
        imported or restored.

        :param flow: the row of the flow table by which they move; None where they do not
        :param product: their product
        :param str status: what they become otherwise; what a user chose is not asked about
        """
        return status

    def _valid_field_parameter(self, field, name):
        # EXTENDS 'base'
        return name == "serial" or super()._valid_field_parameter(field, name)

    @api.model
    @ormcache()
    def _get_tables(self):
        """Return ``{table: names of its models}`` of the database: statements of ours name tables."""
        tables = {}
        for name, model in self.env.registry.items():
            if model._auto and not model._abstract:
                tables.setdefault(model._table, []).append(name)
        return tables

    @api.model
    @ormcache()
    def _get_keyless(self):
        """Return the fields of this database that have no foreign key: pairs of model and name."""
        models = [name for names in self._get_tables().values() for name in names]
        return [(model, name) for model in models for name in keyless.find_names(self.env[model])]

    @api.model
    @ormcache()
    def _get_added_facts(self):
        """Return ``{field: Fact}`` of the fields of other addons that say what they are to a unit."""
        return {name: field.serial for name, field in self._fields.items() if getattr(field, "serial", None)}

    @api.model
    def _get_facts(self, *belongs):
        """Return the names of the fields that belong to the ``customer``, the ``vendor``, a ``hold``, the ``unit``."""
        added = self._get_added_facts()
        ours = [name for whose in belongs for name in OURS[whose]]
        return (*ours, *(name for name, fact in added.items() if fact.belongs in belongs))

    @api.model
    def _describe_facts(self, vals):
        """Return what the history says of facts of labels and of other addons: ``Label: value``."""
        added = {name for name, fact in self._get_added_facts().items() if fact.history}
        kept = [name for name in (*LABEL_FACTS, *sorted(added)) if vals.get(name)]
        return [by_hand.describe_fact(self, name, vals[name]) for name in kept]

    @api.model
    def _find_warranty(self, sale):
        """Return the warranty that a sale begins; extend it to promise another one.

        :param sale: the :class:`~..engine.warranty.Sale`
        :return: a :class:`~..tools.warranty_rule.Warranty`
        """
        return Warranty(sale.company.sudo().serial_warranty_start, sale.product.warranty_months)

    @api.model
    def _get_placeholder_domain(self):
        """Return the domain of the units that wait for their number."""
        return Domain([("name", "=", False), ("status", "in", self._get_serial_rules().blank)])

    @api.depends("name", "status")
    def _compute_needs_number(self):
        waiting = self.filtered_domain(self._get_placeholder_domain())
        waiting.needs_number = True
        (self - waiting).needs_number = False

    @api.model
    def _search_needs_number(self, operator, value):
        return self._get_placeholder_domain() if operator == "in" else NotImplemented

    @api.model
    def _get_in_stock_domain(self):
        """Return the domain of the units in stock, whatever their status."""
        return Domain("location_id.is_serial_stock", "=", True)

    @api.depends_context(entry_list.LINE)
    def _compute_entry_mark(self):
        self.entry_mark = False
        entry_list.find_entered(self).entry_mark = self.env._("Entered")

    @api.depends("name", "status")
    def _compute_display_name(self):
        labels = self._get_status_labels()
        for unit in self:
            unit.display_name = unit.name or f"{labels.get(unit.status, '')} #{unit.id or ''}"

    def _get_status_labels(self):
        return dict(self._fields["status"]._description_selection(self.env))

    def _describe_state(self):
        """Say what the unit is now and where, for messages: "Sold at Partners/Customers"."""
        status, location = self._get_status_labels()[self.status], self.location_id.display_name
        return self.env._("%(status)s at %(location)s", status=status, location=location)

    def _get_serial_place(self):
        """Return the :class:`Place` where the unit is."""
        return Place.where(self)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("Units are never deleted: their history is the register's purpose. Void them instead.")
        )

    def copy(self, default=None):
        """Refuse: a physical unit exists once.

        :raise UserError: always
        """
        raise UserError(self.env._("A unit exists once and cannot be duplicated."))

    # Forms

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        # EXTENDS 'base'
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, *self._get_hidden_links()) if view_type == "form" else key

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Show documents that the user may not open as text: a link would only be refused."""
        # EXTENDS 'base'
        arch, view = super()._get_view(view_id, view_type, **options)
        show_statuses(arch, self._get_serial_rules(), self._get_status_labels())
        if view_type == "form":
            link_views.close_links(arch, self, self._get_hidden_links())
        return arch, view

    @api.depends_context("uid")
    @api.depends("sale_line_id", "purchase_line_id", "receipt_move_id", "delivery_move_id", "invoice_line_id")
    def _compute_closed_links(self):
        for unit in self:
            unit.closed_links = link_views.find_closed(unit)

    @api.model
    def _get_hidden_links(self):
        """Return the names of the fields that link to records of a kind that the user may not open, in order."""
        links = {name: field.comodel_name for name, field in self._fields.items() if field.type == "many2one"}
        hidden = {model for model in set(links.values()) if not link_views.may_open(self.env[model])}
        return tuple(sorted(name for name, model in links.items() if model in hidden))

    @api.readonly
    def read_label(self, text):
        """Say what is read in what a scanner sent. Nothing is looked up but the product, and nothing is entered.

        :param str text: what arrived
        :return: dict of ``rows`` (dicts of ``label`` and ``value``) and ``fault``: a message, empty where all is well
        :raise AccessError: for those who may not look units up
        :raise UserError: for what is no text, and one that is too long
        """
        self.check_access("read")
        return label_words.describe(self.env, outside.take_label(self.env, text))

    @api.model
    @api.readonly
    def look_up(self, text):
        """Say all about the units that somebody means who scanned a text, in a constant number of queries.

        Example::

            {"text": "SN-0001"}

        :param str text: a serial number, a label, another number of a unit, or a product's barcode
        :return: dict of ``text`` (the number that was read), ``cards`` (see :meth:`get_cards`), ``more`` (how many
            units beyond these), ``product`` (``id`` and ``name``, where its barcode was scanned) and ``message``: why
            there is no card, empty where there is one
        :raise AccessError: for those who may not look units up
        :raise UserError: for what is no text, and one that is too long
        """
        self.browse().check_access("read")
        return card.look_up(self.browse(), text)

    @api.model
    def _find_products(self, text, domain):
        """Return the products that have units with a number, where a scan is to say what is sold.

        :param str text: a number, or a label
        :param domain: which units to look among
        :return: their ids, and a message: why a label cannot be taken, empty where it can
        """
        return card.find_products(self.browse(), text, domain)

    @api.readonly
    def get_cards(self):
        """Return the cards of these units: where each is, who has it, its documents, warranty, recall and history.

        :return: list of dicts with ``id``, ``name``, ``product``, ``status``, ``company``, ``alerts``, ``rows``,
            ``events`` and ``actions``, what the user can do with it now
        :raise UserError: for more units than one looks at
        """
        outside.check_some(self)
        self.check_access("read")
        outside.check_count(self.env, self, card.MOST)
        return card.describe(self)

    def action_return(self):
        """Open Scan to Return with these units in it.

        :return: a window action
        :raise AccessError: for those who do not take goods back
        """
        outside.check_some(self)
        self.check_access("read")
        if not self.env.user.has_group(card.RETURNER):
            raise AccessError(self.env._("Only who works in the warehouse takes units back. Ask one of them."))
        return self.env["serial.return"]._open(self)

    @api.readonly
    def get_number_question(self, name):
        """Return what people are asked before they give this unit a number: the number is known elsewhere.

        :param str name: what was typed
        :return: a question, empty where nothing is to be asked
        :raise AccessError: for those who may not look the unit up
        """
        outside.check_one(self)
        self.check_access("read")
        return by_hand.find_question(self, outside.take_text(self.env, name))

    @api.readonly
    def action_view_transfers(self):
        """Open the transfers that these units were on.

        :return: a window action
        """
        outside.check_some(self)
        return {
            "name": self.env._("Transfers"),
            "type": "ir.actions.act_window",
            "res_model": "stock.picking",
            "view_mode": "list,form",
            "domain": [("id", "in", self.move_ids.picking_id.ids)],
            "help": empty.describe(
                self.env._("No transfer has moved these units yet"),
                self.env._("Validate a receipt or a delivery with their numbers: it stands here then."),
            ),
        }

    @api.readonly
    def action_view_parts(self):
        """Open what these units are built from, the parts of their parts too.

        :return: a window action
        """
        outside.check_some(self)
        self.check_access("read")
        return {
            "name": self.env._("Parts"),
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "view_mode": "list,form",
            "domain": [("id", "child_of", self.ids), ("id", "not in", self.ids)],
            "context": {"group_by": "part_of_id", "create": False},
            "help": empty.describe(
                self.env._("No parts are known"),
                self.env._("A manufacturing or a repair order that takes units by their numbers says what is in what."),
            ),
        }

    def _build_in(self, wholes, source=None):
        """Note that these units are parts of others now: in their order, as many in each. Keeps their history.

        :param wholes: the units that they are built into; of several with different products as well
        :param source: the document line that did it
        """
        parts.build_in(self, wholes, source)

    def _sorted_by_announcement(self):
        """Return announced units in the order of their announcements."""
        groups = self.env["serial.event"]._read_group(
            [("serial_id", "in", self.ids), ("kind", "=", "expected"), ("status_from", "!=", "expected")],
            ["serial_id"],
            ["id:max"],
        )
        last = {unit.id: event for unit, event in groups}
        return self.sorted(lambda unit: last.get(unit.id, 0))

    def _is_manager(self):
        return self.env.su or self.env.user.has_group(MANAGER)

    def _check_manager(self):
        if not self._is_manager():
            raise AccessError(
                self.env._("Only a Serial Numbers manager may do this. Ask one of them, or your administrator.")
            )

    # History

    def _prepare_event_vals(self, kind, partner=None, source=None, note=None, day=None):
        """Return the values of one line of the history; extend it to keep more.

        :param str kind: what happened
        :param partner: the ``res.partner``, or its id, that it happened with
        :param source: the document line that made it happen
        :param str note: what else is worth knowing; the reason in the context comes after it
        :param day: the day that it counts for (default: the document line's)
        :raise UserError: for a reason in the context that is too long
        """
        source = source if source is None else source.sudo()  # who numbers units may not see what they stand on
        if not day and source is not None and "serial_ids" in source._fields:
            day = source._get_serial_day()
        reason = outside.take_text(self.env, self.env.context.get(REASON))
        note = " ".join(filter(None, [naming.clean_text(note), reason]))[:HISTORY_LIMIT]
        return {
            "kind": kind,
            "date": fields.Datetime.now(),
            "day": day or False,
            "partner_id": getattr(partner, "id", partner) or False,
            "move_id": source.id if source is not None and source._name == "stock.move" else False,
            "invoice_line_id": source.id if source is not None and source._name == "account.move.line" else False,
            **self._prepare_event_source(source),
            "document": source._serial_document() if source is not None else False,
            "user_id": self.env.uid,
            "note": note or False,
        }

    def _prepare_event_source(self, source):
        """Return which document of another addon an event is about."""
        if source is None or not self._is_serial_source(source._name):
            return {"source_model": False, "source_id": False}
        return {"source_model": source._name, "source_id": source.id}

    @api.model
    def _is_serial_source(self, name):
        """Tell whether units are entered on a model of another addon."""
        model = self.env.get(name)
        return model is not None and not model._abstract and hasattr(model, "_serial_button")

    @api.model
    @ormcache("model")
    def _get_heard_fields(self, model):
        """Return the names of the fields of a model that fields of other addons depend on."""
        return listeners.find_heard(self.env[model])

    def _record_change(self, kind, vals, event, source=None, names=None, locked=None):
        """Change units and write their history, all at once: no other code changes a status.

        :param str kind: the kind of event; with the statuses it must stand in the status table
        :param dict vals: the facts to write, the status among them if it changes
        :param dict event: what :meth:`_prepare_event_vals` returned
        :param source: the document line to link the units to
        :param list names: the numbers that they get, in order
        :param dict locked: see :func:`.change.check_change`
        :raise UserError: when a unit's status does not allow it; it names these units
        """
        if not self:
            return
        statuses = change.check_change(self, kind, vals.get("status"), locked)
        keys = names and naming.make_all_keys(names)
        register_sql.update_units(self, statuses, vals, event, source=source, names=names, keys=keys)
        keeping.tell_losses(self, kind)
        what = {"before": tuple(statuses), "after": vals.get("status"), "source": source}
        change.tell(self, kind, event, vals.keys() | ({"name"} if names else set()), **what)

    def _record_new(self, kind, names, vals, event, source=None):
        """Create units with the first line of their history, all at once.

        :param list names: their numbers; None for a placeholder
        :return: the units, in the order of ``names``
        """
        if not names:
            return self.browse()
        change.check_beginning(self, kind, vals["status"])
        keys = naming.make_all_keys(names) if all(names) else [name and naming.make_key(name) for name in names]
        units = self.browse(register_sql.insert_units(self.browse(), names, keys, vals, event, source=source))
        change.tell(units, kind, event, vals, after=vals["status"], source=source)
        return units

    def _record_rows(self, kind, vals_list, events, absorbed=None):
        """Do what :meth:`_record_change` does where each unit has facts of its own: all at once, as well.

        :param list vals_list: the facts of each unit, its number among them if it gets one
        :param list events: what :meth:`_prepare_event_vals` returned, for each unit
        :param dict absorbed: ``{unit id: id of another row of the register that was the same piece}``
        :raise UserError: when a unit's status does not allow it; it names these units
        """
        groups, told = {}, []
        for row in zip(self._ids, vals_list, events, strict=True):
            groups.setdefault((row[1].get("status"), *sorted(row[1])), []).append(row)
        for (status, *_fields), rows in groups.items():
            ids, group, said = zip(*rows, strict=True)
            units = self.browse(ids)
            statuses = change.check_change(units, kind, status)
            row_sql.update_rows(units, statuses, change.with_keys(group), said)
            gone = {id_: absorbed[id_] for id_ in ids} if absorbed else {}
            told.append((units, said[0], group[0], {"before": tuple(statuses), "after": status, "absorbed": gone}))
        keeping.tell_losses(self, kind)
        for units, event, facts, what in told:
            change.tell(units, kind, event, facts, **what)

    def _record_new_rows(self, kind, vals_list, events):
        """Do what :meth:`_record_new` does where each unit has facts of its own.

        :return: the units, in order
        """
        for status in {vals["status"] for vals in vals_list}:
            change.check_beginning(self, kind, status)
        empty = register_sql.with_defaults(self.browse(), {})
        names = {"name", *empty}.union(*vals_list)
        rows = [{name: vals.get(name, empty.get(name, False)) for name in names} for vals in vals_list]
        units = self.browse(row_sql.insert_rows(self.browse(), change.with_keys(rows), events))
        by_status = {}
        for unit, vals in zip(units, vals_list, strict=True):
            by_status.setdefault(vals["status"], []).append(unit.id)
        for status, ids in by_status.items():
            change.tell(self.browse(ids), kind, events[0], names, after=status)
        return units

    # What people do to units

    def action_hold(self, reason, until=None, detail=None):
        """Put units on hold: they stay where they are and cannot be sold. Units on hold get another reason or day.

        An order that loses units by it gets a note.

        Example::

            {"ids": [5, 6], "reason": "Packaging damaged", "until": "2026-12-31"}

        :param reason: why, shown wherever somebody tries to sell them: a text, or a ``serial.hold.reason`` or its id
        :param until: the last day on hold, after which they are released by themselves; None for no end
        :param str detail: what else is to be said beside a reason of the list
        :raise UserError: for units that are not available, designated or on hold, a day that is over, a text that is
            too long, and a reason of another company
        """
        outside.check_some(self, "write")
        self.check_access("write")
        until = by_hand.as_day(self, until)
        vals = self._prepare_hold_vals(reason, until, detail)
        note = vals["hold_reason"]
        if until:
            note = keeping.describe_hold(self, note, until)
        promises = keeping.get_promises(self)
        ended = {"status": "hold", "customer_id": False, "sale_line_id": False}
        self._record_change("held", vals | ended, self._prepare_event_vals("held", note=note, day=until))
        text = self.env._("These units were put on hold and taken from this order.")
        if note:
            text = self.env._("These units were put on hold and taken from this order: %s", note)
        keeping.tell_orders(self, promises, text, keeping.take_back_reserved(self))
        return True

    def _prepare_hold_vals(self, reason, until, detail=None):
        """Return the facts of units that are on hold; extend it to keep more.

        :raise UserError: for a day that is over, and a reason of another company
        """
        if until and until < self.env.company._get_serial_day():
            raise UserError(self.env._("%s is over. Choose today or a later day, or none.", show_day(self.env, until)))
        detail = outside.take_text(self.env, detail)
        if not isinstance(reason, str) and reason:
            chosen = outside.take_record(self.env, "serial.hold.reason", reason, self.company_id)
            # An exported unit brings the whole text back as the detail.
            detail = detail.removeprefix(chosen.name or "").removeprefix(": ")
            text = ": ".join(filter(None, [chosen.name, detail]))[: outside.TEXT_LIMIT]
        else:
            chosen, text = self.env["serial.hold.reason"], outside.take_text(self.env, reason) or detail
        return {"hold_reason": text or False, "hold_reason_id": chosen.id, "hold_until": until or False}

    @api.model
    def _cron_release_due(self):
        """Release the units whose last day on hold is over, in batches."""
        domain = keeping.get_due_domain(self)
        units = self.search(domain, limit=RELEASE_BATCH, order="hold_until, id").try_lock_for_update()
        for day, part in units.grouped("hold_until").items():
            keeping.release(part, self.env._("Hold ended on %s.", show_day(self.env, day)))
        remaining = self.search_count(domain) if len(units) == RELEASE_BATCH else 0
        self.env["ir.cron"]._commit_progress(len(units), remaining=remaining)

    def action_designate(self, partner, sale_line=None):
        """Promise available units to one customer: nobody else's delivery or invoice takes them.

        Example::

            {"ids": [5], "partner": 12, "sale_line": 34}

        :param partner: the ``res.partner``, or its id; with a line, its order's customer is meant if it is empty
        :param sale_line: the ``sale.order.line`` that they are for, or its id
        :raise AccessError: for a customer or a line that the user may not read
        :raise UserError: for units that are not available, without a customer or with another company's, and for a
            line that does not want them
        """
        outside.check_some(self, "write")
        self.check_access("write")
        partner = outside.take_record(self.env, "res.partner", partner, self.company_id)
        sale_line = outside.take_record(self.env, "sale.order.line", sale_line)
        if sale_line:
            partner = partner or sale_line.order_id.partner_id
            sale_line._check_designation(self, partner)
        if not partner:
            raise UserError(self.env._("Choose the customer that the units are for."))
        keeping.designate(self, partner, sale_line)
        return True

    def action_release(self):
        """Make units available again that are on hold or designated.

        Example::

            {"ids": [5]}

        :raise UserError: for units with another status
        """
        outside.check_some(self, "write")
        self.check_access("write")
        keeping.release(self)
        return True

    @api.model
    def _get_kept_domain(self):
        """Return the domain of the units in stock that are not free: on hold, void, or designated to somebody."""
        return Domain("status", "in", self._get_serial_rules().kept_back) & self._get_in_stock_domain()

    def action_void(self, reason):
        """Take units out of use for good, for managers.

        Quantities on hand stay as they are: a void unit that lies in stock still counts until it is scrapped.

        Example::

            {"ids": [5], "reason": "Burnt"}

        :param str reason: why
        :raise UserError: for units that are void already, and a text that is too long
        """
        outside.check_some(self, "write")
        self.check_access("write")
        self._check_manager()
        reason = outside.take_text(self.env, reason)
        promises = keeping.get_promises(self)
        event = self._prepare_event_vals("voided", note=reason)
        self._record_change("voided", {"status": "void", **dict.fromkeys(self._get_facts("hold"), False)}, event)
        text = self.env._("These units were voided and taken from this order: %s", reason or "-")
        keeping.tell_orders(self, promises, text, keeping.take_back_reserved(self))
        return True

    def action_restore(self):
        """Bring void units back that lie in stock, for managers.

        Example::

            {"ids": [5]}

        :raise UserError: for units that are not void or not in stock; these come in by a receipt or an adjustment
        """
        outside.check_some(self, "write")
        self.check_access("write")
        self._check_manager()
        away = self.filtered(lambda unit: not unit.location_id.is_serial_stock)
        if away:
            raise UserError(
                self.env._(
                    "These units are not in stock, receive them or adjust the inventory instead: %s",
                    ", ".join(away.mapped("display_name")),
                )
            )
        event = self._prepare_event_vals("restored")
        cleared = dict.fromkeys(self._get_facts("customer"), False)
        named = self.filtered("name")
        for product, units in named.grouped("product_id").items():
            status = self._find_status(None, product, "available")
            units._record_change("restored", {"status": status, **cleared}, event)
        (self - named)._record_change("restored", {"status": "received", **cleared}, event)
        return True

    def action_register(self, end_user, date=None, channel=None):
        """Note who uses sold units, where the customer resold them. It may begin their warranty.

        Example::

            {"ids": [5], "end_user": 12, "date": "2026-02-28", "channel": "Web shop"}

        :param end_user: the ``res.partner``, or its id
        :param date: the day of the registration (default: today, in the user's time zone)
        :param str channel: how it reached us
        :raise AccessError: for an end user whom the user may not read
        :raise UserError: for units that are not sold, a day to come, a text that is too long, and without an end user
            or with another company's
        """
        outside.check_some(self, "write")
        self.check_access("write")
        end_user = outside.take_record(self.env, "res.partner", end_user, self.company_id)
        if not end_user:
            raise UserError(self.env._("Choose who uses the units."))
        date = registration.check_day(self, date)
        registration.register(self, end_user, date, outside.take_text(self.env, channel))
        return True

    # What is written by hand

    @api.depends_context("uid")
    def _compute_can_correct(self):
        self.can_correct = self.env.user.has_group(MANAGER)

    def write(self, vals):
        """Number, rename, change the status of, or correct units: checked and kept in the history, or refused.

        :raise AccessError: for a record that the user may not read
        :raise UserError: for what only the register writes, a bad or known number, another company's record, or a
            status that the unit cannot have now
        """
        by_hand.check_vals(self, vals)
        if locked := (LOCKED_FACTS | self._get_locked_fields()) & vals.keys():
            raise UserError(by_hand.message_locked(self, sorted(locked)))
        if "warranty_months" in vals:
            raise UserError(self.env._("Only new units and imports take months of warranty. Write its end instead."))
        self.check_access("write")
        vals, lines = self._split_lines(vals)
        if lines and "name" not in vals:
            super().write(lines)
            self._after_lines(lines.keys())
        for name in vals.keys() - {"name"}:
            by_hand.convert_value(self, name, vals[name])
            by_hand.check_link(self, name, vals[name])
        if "name" in vals:
            self = self._write_typed(vals.pop("name"), lines)  # what else is written is about the unit that has it
        if "status" in vals:
            by_hand.write_status(self, vals)
        if vals.get("date_registered"):
            registration.write_by_hand(self, vals)
        if vals:
            self._correct(vals)
        return True

    def _write_typed(self, name, lines):
        """Give units a number that was typed, with the records that were written beside it.

        :return: the units that have it: of two that changed places, the other one
        """
        by_hand.lock_against_others(self)
        blanks = self.filtered(lambda unit: not unit.name)
        for unit in self:
            by_hand.write_name(unit, name)
        units = by_hand.find_typed(self, name)
        if lines:
            super(SerialNumber, units).write(lines)
        if not naming.clean(name):  # nothing was typed
            return units
        scan.keep_said(units, name)
        if blanks:
            units._check_beside_named()
        lot_cover.cover_named(units, name)
        return units

    @api.model
    def _split_lines(self, vals):
        """Divide values into facts of units, and records that are written with them."""
        by_hand.check_vals(self, vals)
        names = (TALK | self._get_line_fields()) & vals.keys()
        by_hand.check_commands(self, names, vals)
        return {name: vals[name] for name in vals.keys() - names}, {name: vals[name] for name in names}

    def _write_lines(self, lines):
        """Write the records that each of these units came with: a dict for each of them, in order."""
        for unit, vals in zip(self, lines, strict=True):
            if vals := unit._prepare_lines(vals):
                super(SerialNumber, unit).write(vals)
                unit._after_lines(vals.keys())

    def _load_lines(self, lines, data_list):
        """Do :meth:`_write_lines` with the rows of a file, and return what is wrong with them."""
        faults = []
        for unit, vals, data in zip(self, lines, data_list, strict=True):
            try:
                unit._write_lines([vals])
            except UserError as error:
                field = next(iter(vals))
                faults.append({**data["info"], "type": "error", "message": str(error), "field": field})
        return faults

    def _correct(self, vals):
        """Write facts by hand, with a line in the history that says what they were."""
        if vals.keys() - EVERYDAY:
            self._check_manager()
        if "location_id" in vals:
            by_hand.check_correct_location(self, self.env["stock.location"].browse(vals["location_id"]))
        for unit in self:
            by_hand.check_sale_facts(unit, by_hand.find_changed(unit, vals, SALE_FACTS), unit.status)
        notes = {}
        labels = by_hand.get_labels(self, vals)
        for unit in self:
            text = by_hand.describe_changes(unit, vals, labels)
            if text:
                notes.setdefault(text, []).append(unit.id)
        sold = by_hand.as_day(self, vals.get("date_sold"))
        sold = sold if any(unit.date_sold != sold for unit in self) else None
        super().write(vals | warranty.prepare_corrected(self, vals))
        for text, ids in notes.items():
            event = self._prepare_event_vals("corrected", note=text, day=sold)
            self.browse(ids)._record_change("corrected", {}, event)

    @api.model_create_multi
    def create(self, vals_list):
        """Take units into the register that exist already: by hand or by API.

        A unit in stock takes the place of a placeholder of its product, because the piece must be on hand. Ordered and
        void units are added; so are sold ones, unless their customer has a unit without number.

        :raise UserError: for a bad number, a number that exists, or a unit in stock without a placeholder
        """
        self.browse().check_access("create")
        vals_list, lines = zip(*map(self._split_lines, vals_list), strict=True) if vals_list else ((), ())
        intake = SerialIntake(self.browse(), vals_list)
        units = intake.run()
        faults = list(intake.faults.values())
        if len(faults) == 1:
            raise faults[0]
        if faults:
            raise UserError("\n".join(dict.fromkeys(map(str, faults))))
        units._write_lines(lines)
        lot_cover.cover(units)
        return units

    # Finding units by their numbers

    @api.model
    def _search_display_name(self, operator, value):
        return Domain("name", operator, value)

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        """Compare numbers by their keys, and put the unit whose number is exactly the one asked for first."""
        # EXTENDS 'base'
        domain, exact = number_search.compare_by_key(self.env, domain, self._get_otherwise_domain)
        query = super()._search(domain, offset, limit, order, **kwargs)
        if exact and query.order:
            field = self._field_to_sql(query.table, "name_key", query)
            query.order = SQL("%s = %s DESC NULLS LAST, %s", field, exact[0], query.order)
        return query

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        # EXTENDS 'base'
        if field_name != "name":
            return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        key = self._field_to_sql(alias, "name_key", query)
        return SQL("%s IS NULL, %s %s", key, number_search.count_naturally(key), direction)

    # Odoo's own import and export

    @api.model
    def load(self, fields, data):
        """Take a file into the register: all of it, or nothing and every bad row by its line.

        :param list fields: the fields of the columns
        :param list data: the rows
        :return: the ids, and the messages about bad rows
        """
        # EXTENDS 'base'
        self.browse().check_access("write")
        data = clean_cells(self, fields, [[register_file.unescape(cell) for cell in row] for row in data])
        loading = register_file.Loading(found=register_file.find_partners(self, fields, data))
        savepoint = self.env.cr.savepoint()
        result = super(SerialNumber, self.with_context(**tell(register_file.LOADING, loading))).load(fields, data)
        faults = loading.faults
        savepoint.close(rollback=bool(faults))
        if faults:
            result["messages"] += register_file.drop_consequences(faults, result["messages"])
            result["messages"].sort(key=lambda message: message.get("rows", {}).get("from", -1))
            result["ids"] = False
        return result

    def _load_records(self, data_list, update=False):
        """Take the rows in at once; what stays for Odoo are their external ids."""
        # EXTENDS 'base'
        loading = hear(self.env, register_file.LOADING)
        if not loading:
            return super()._load_records(data_list, update)
        rows = [self._split_lines(data["values"]) for data in data_list]
        intake = SerialIntake(
            self.browse(), [facts for facts, _lines in rows], register_file.find_loaded(self, data_list)
        )
        units = intake.run()
        if intake.faults:
            loading.faults += [
                {
                    **data_list[index]["info"],
                    "type": "error",
                    "message": str(fault),
                    "field": intake.rows[index].faulty_field or False,
                }
                for index, fault in intake.faults.items()
            ]
            return self.browse()
        loading.faults += units._load_lines([lines for _facts, lines in rows], data_list)
        lot_cover.cover(units)
        for data, unit in zip(data_list, units, strict=True):
            data["values"] = {"id": unit.id}
        return super()._load_records(data_list, update)

    def _load_records_create(self, vals_list):
        # EXTENDS 'base'
        if not hear(self.env, register_file.LOADING):
            return super()._load_records_create(vals_list)
        return self.browse(vals["id"] for vals in vals_list)

    def _load_records_write(self, values):
        # EXTENDS 'base'
        if not hear(self.env, register_file.LOADING):
            super()._load_records_write(values)

    @api.model
    def get_property_definition(self, full_name):
        """Return what a property of units is; it is kept with the template, where Odoo does not look.

        :param str full_name: the field and the property
        :return: dict, empty for one that is not known
        """
        # EXTENDS 'base'
        field_name, _dot, name = full_name.partition(".")
        if field_name != "serial_properties":
            return super().get_property_definition(full_name)
        self.browse().check_access("read")
        templates = self.env["product.template"].search([("serial_properties_definition", "!=", False)])
        definitions = (item for template in templates for item in template.serial_properties_definition)
        return next((dict(item) for item in definitions if item["name"] == name), {})

    def export_data(self, fields_to_export):
        """Export units; what a spreadsheet would take for a formula gets an apostrophe before it.

        :param list fields_to_export: the fields
        :return: dict with the rows under ``datas``
        """
        # EXTENDS 'base'
        result = super().export_data(fields_to_export)
        result["datas"] = [[register_file.escape(cell) for cell in row] for row in result["datas"]]
        return result

    @api.model
    def get_import_templates(self):
        """Return the file that shows how a register is imported.

        :return: list of dicts with ``label`` and ``template``
        """
        self.browse().check_access("read")
        return [
            {
                "label": self.env._("Import Template for Serial Numbers"),
                "template": "/serial_number_tracking/static/import/serial_number_import_template.xlsx",
            }
        ]

    # Two rows that are one piece

    def _merge_references(self, others):
        """Let all that names other rows of these pieces name these: keys, relations, messages, files, external ids.

        The columns are found in the database and the registry, as Odoo's merge of contacts does; so those of other
        addons are among them. The others' events keep all that they say. The caller writes an event afterwards, so
        that the last one names each unit's status.

        :param others: the other row of each of these pieces, in order
        """
        self._before_merges(others)
        for unit, other in zip(self, others, strict=True):
            unit._before_merge(other)
        identity.unfollow_twice(self, others)
        merge_sql.move_references(self, others)
