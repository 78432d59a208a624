from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from . import serial_name, serial_sql, serial_sql_rows
from .serial_status import PLACEHOLDERS, STATUSES, is_allowed

MANAGER = "serial_number_tracking.group_serial_number_manager"
REASON = "serial_number_tracking_reason"  # context key: why units are corrected, kept in their history
INVOICE_READERS = (
    "account.group_account_invoice,account.group_account_readonly,sales_team.group_sale_salesman,"
    "purchase.group_purchase_user"
)
# Facts that end when a unit is back in stock.
CUSTOMER_FACTS = (
    "customer_id",
    "sale_line_id",
    "delivery_move_id",
    "invoice_line_id",
    "date_sold",
    "warranty_end",
    "end_user_id",
    "date_registered",
    "registration_channel",
    "warranty_fixed",
)
# Facts that end when a unit is no longer on hold.
HOLD_FACTS = ("hold_reason", "hold_reason_id", "hold_until")
VENDOR_FACTS = ("vendor_id", "purchase_line_id", "receipt_move_id", "date_received", "vendor_warranty_end")
# What the register alone may write.
KEPT = {
    *("name_key", "product_id", "company_id", "uncovered", "event_ids", "move_ids", "invoice_line_ids"),
    *("former_customer_id", "former_warranty_end", "warranty_reminded"),
}
EVERYDAY = {"note", "serial_properties", "end_user_id"}


class SerialNumber(models.Model):
    """One physical unit of a serialized product, with or without its number."""

    _name = "serial.number"
    _description = "Serial Number"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char("Serial Number", help="As it stands on the unit. Empty while nobody knows it.")
    name_key = fields.Char("Comparable Number", readonly=True, copy=False)
    product_id = fields.Many2one(
        "product.product", required=True, ondelete="restrict", domain=[("is_serialized", "=", True)]
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, ondelete="restrict"
    )
    status = fields.Selection(STATUSES, required=True, default="available")
    location_id = fields.Many2one(
        "stock.location",
        check_company=True,
        required=True,
        ondelete="restrict",
        index=True,
        help="Where the unit was last seen. Exact where it was named on a transfer; totals per company always are.",
    )
    uncovered = fields.Boolean(
        readonly=True,
        help="It left as a blank while every unit in stock had a number: one of the numbers in stock is really gone. "
        "Enter this unit's number, or close the difference in the reconciliation.",
    )
    note = fields.Text()
    # Of the template: grouping and importing look for the definition in the table of the model named here.
    serial_properties = fields.Properties(
        "Properties", definition="product_tmpl_id.serial_properties_definition", copy=True
    )
    lot_id = fields.Many2one("stock.lot", index="btree_not_null", ondelete="set null")

    vendor_id = fields.Many2one("res.partner", index="btree_not_null", ondelete="restrict")
    purchase_line_id = fields.Many2one("purchase.order.line", index="btree_not_null", ondelete="set null")
    receipt_move_id = fields.Many2one("stock.move", "Receipt", index="btree_not_null", ondelete="set null")
    date_received = fields.Datetime("Received on")
    vendor_warranty_end = fields.Date("Vendor Warranty until")

    customer_id = fields.Many2one("res.partner", index="btree_not_null", ondelete="restrict")
    sale_line_id = fields.Many2one("sale.order.line", "Sales Order Line", index="btree_not_null", ondelete="set null")
    delivery_move_id = fields.Many2one("stock.move", "Delivery", index="btree_not_null", ondelete="set null")
    invoice_line_id = fields.Many2one("account.move.line", index="btree_not_null", ondelete="set null")
    date_sold = fields.Datetime("Sold on")
    warranty_end = fields.Date("Warranty until", index="btree_not_null")

    move_ids = fields.Many2many(
        "stock.move", "serial_number_stock_move_rel", "serial_number_id", "stock_move_id", "Stock Moves", readonly=True
    )
    invoice_line_ids = fields.Many2many(
        "account.move.line",
        "serial_number_account_move_line_rel",
        "serial_number_id",
        "account_move_line_id",
        "Invoiced on",
        readonly=True,
        groups=INVOICE_READERS,
    )
    event_ids = fields.One2many("serial.event", "serial_id", "History", readonly=True)
    product_tmpl_id = fields.Many2one("product.template", "Product Template", related="product_id.product_tmpl_id")
    purchase_order_id = fields.Many2one(related="purchase_line_id.order_id", string="Purchase Order")
    sale_order_id = fields.Many2one(related="sale_line_id.order_id", string="Sales Order")

    _name_unique = models.UniqueIndex(
        "(product_id, company_id, name_key)",
        "This serial number exists already for this product. If somebody else entered it at the same moment, look the "
        "unit up in the register before you try again.",
    )
    _name_length = models.Constraint(
        f"CHECK (char_length(name) <= {serial_name.MAX_LENGTH} AND char_length(name_key) <= {serial_name.MAX_LENGTH})",
        "A serial number has at most 128 characters.",
    )
    _name_with_key = models.Constraint(
        "CHECK ((name IS NULL) = (name_key IS NULL) AND name_key != '')",
        "A serial number and its comparable form go together.",
    )
    _blank_index = models.Index("(product_id, company_id, status, id) WHERE name_key IS NULL")
    _status_index = models.Index("(product_id, status, location_id)")
    _uncovered_index = models.Index("(product_id, company_id) WHERE uncovered IS TRUE")
    _key_index = models.Index(
        lambda registry: "USING gin (name_key gin_trgm_ops)" if registry.has_trigram else "(name_key)"
    )

    @api.model
    def _get_placeholder_domain(self):
        """Return the domain of the units that wait for their number."""
        return Domain([("name", "=", False), ("status", "in", PLACEHOLDERS)])

    @api.model
    def _get_in_stock_domain(self):
        """Return the domain of the units in stock, whatever their status."""
        own_transit = self.env["product.product"]._get_own_transit_domain("location_id.")
        return Domain("location_id.usage", "=", "internal") | own_transit

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

    def _get_outside_location(self, status, company):
        """Return where a unit is that is not in stock."""
        warehouse = self.env["stock.warehouse"].sudo()
        usage = {"sold": "customer", "expected": "supplier"}.get(status)
        if usage:
            customer, supplier = warehouse._get_partner_locations()
            return customer if usage == "customer" else supplier
        return (
            self.env["stock.location"]
            .sudo()
            .search([("usage", "=", "inventory"), ("company_id", "in", [company.id, False])], limit=1)
        )

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

    @api.readonly
    def action_view_transfers(self):
        """Open the transfers that these units were on.

        :return: a window action
        """
        return {
            "name": self.env._("Transfers"),
            "type": "ir.actions.act_window",
            "res_model": "stock.picking",
            "view_mode": "list,form",
            "domain": [("id", "in", self.move_ids.picking_id.ids)],
        }

    def _sorted_by_announcement(self):
        """Return announced units in the order of their announcements."""
        groups = self.env["serial.event"]._read_group(
            [("serial_id", "in", self.ids), ("kind", "=", "expected"), ("status_from", "!=", "expected")],
            ["serial_id"],
            ["id:max"],
        )
        last = {unit.id: event for unit, event in groups}
        return self.sorted(lambda unit: last.get(unit.id, 0))

    def _check_manager(self):
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(
                self.env._("Only a Serial Numbers manager may do this. Ask one of them, or your administrator.")
            )

    def _check_name(self, name, product):
        """Return the cleaned number and its key.

        :raise UserError: when it is no number for this product, with what to do
        """
        name = serial_name.clean(name)
        fault = product._find_serial_fault(name)
        if fault:
            raise UserError(fault[1])
        return name, serial_name.make_key(name)

    def _message_exists(self, name, product):
        return self.env._(
            "%(serial)s exists already for %(product)s. Check the number on the unit and enter it again.",
            serial=name,
            product=product.display_name,
        )

    def _prepare_event_vals(self, kind, partner=None, source=None, note=None):
        """Return the values of one line of the history; extend it to keep more.

        :param str kind: what happened
        :param partner: the ``res.partner``, or its id, that it happened with
        :param source: the document line that made it happen
        :param str note: what else is worth knowing; the reason in the context comes after it
        """
        note = " ".join(filter(None, map(serial_name.clean_text, [note, self.env.context.get(REASON)])))
        return {
            "kind": kind,
            "date": fields.Datetime.now(),
            "partner_id": getattr(partner, "id", partner) or False,
            "move_id": source.id if source is not None and source._name == "stock.move" else False,
            "invoice_line_id": source.id if source is not None and source._name == "account.move.line" else False,
            "document": source._serial_document() if source is not None else False,
            "user_id": self.env.uid,
            "note": note or False,
        }

    def _record_change(self, kind, vals, event, source=None, names=None):
        """Change units and write their history, all at once: no other code changes a status.

        :param str kind: the kind of event; with the statuses it must stand in the status table
        :param dict vals: the facts to write, the status among them if it changes
        :param dict event: what :meth:`_prepare_event_vals` returned
        :param source: the document line to link the units to
        :param list names: the numbers that they get, in order
        :raise UserError: when a unit's status does not allow it; it names these units
        """
        if not self:
            return
        statuses = self._check_change(kind, vals.get("status"))
        keys = names and [serial_name.make_key(name) for name in names]
        serial_sql.update_units(self, statuses, vals, event, source=source, names=names, keys=keys)

    def _record_new(self, kind, names, vals, event, source=None):
        """Create units with the first line of their history, all at once.

        :param list names: their numbers; None for a placeholder
        :return: the units, in the order of ``names``
        """
        if not names:
            return self.browse()
        self._check_beginning(kind, vals["status"])
        keys = [serial_name.make_key(name) if name else None for name in names]
        return self.browse(serial_sql.insert_units(self.browse(), names, keys, vals, event, source=source))

    def _record_rows(self, kind, vals_list, events):
        """Do what :meth:`_record_change` does where each unit has facts of its own: all at once, as well.

        :param list vals_list: the facts of each unit, its number among them if it gets one
        :param list events: what :meth:`_prepare_event_vals` returned, for each unit
        :raise UserError: when a unit's status does not allow it; it names these units
        """
        groups = {}
        for row in zip(self._ids, vals_list, events, strict=True):
            groups.setdefault((row[1].get("status"), *sorted(row[1])), []).append(row)
        for (status, *_fields), rows in groups.items():
            ids, group, said = zip(*rows, strict=True)
            units = self.browse(ids)
            serial_sql_rows.update_rows(units, units._check_change(kind, status), self._with_keys(group), said)

    def _record_new_rows(self, kind, vals_list, events):
        """Do what :meth:`_record_new` does where each unit has facts of its own.

        :return: the units, in order
        """
        for status in {vals["status"] for vals in vals_list}:
            self._check_beginning(kind, status)
        names = {name for vals in vals_list for name in vals}
        rows = [{name: vals.get(name, False) for name in names} for vals in vals_list]
        return self.browse(serial_sql_rows.insert_rows(self.browse(), self._with_keys(rows), events))

    def _with_keys(self, vals_list):
        return [
            {**vals, "name_key": serial_name.make_key(vals["name"])} if "name" in vals else vals for vals in vals_list
        ]

    def _check_beginning(self, kind, status):
        if not is_allowed(kind, None, status):
            raise UserError(self.env._("A unit cannot begin as %s.", status))

    def _check_change(self, kind, status):
        """Lock units, and return the statuses that they have now, in order.

        :raise UserError: when one of them may not change like this
        """
        statuses = serial_sql.lock_statuses(self)
        refused = {before for before in statuses.values() if not is_allowed(kind, before, status or before)}
        if not refused and len(statuses) == len(self):
            return [statuses[id_] for id_ in self._ids]
        labels = self._get_status_labels()
        units = self.browse(id_ for id_, before in statuses.items() if before in refused)
        lines = [f"- {unit.display_name} ({unit.product_id.display_name}): {labels[unit.status]}" for unit in units]
        raise UserError(
            self.env._(
                "This cannot be done to these units as they are now:\n%(units)s\nChange their status first, or leave "
                "them out.",
                units="\n".join(lines) or self.env._("- somebody else has just joined one of them with another unit"),
            )
        )
