from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools import naming
from ..tools.status import PLACEHOLDERS, STATUSES

MANAGER = "serial_number_tracking.group_serial_number_manager"
REASON = "serial_number_tracking_reason"  # context key: why units are corrected, kept in their history
INVOICE_READERS = (
    "account.group_account_invoice,account.group_account_readonly,sales_team.group_sale_salesman,"
    "purchase.group_purchase_user"
)
MOVE_READERS = (
    "stock.group_stock_user,account.group_account_invoice,sales_team.group_sale_salesman,purchase.group_purchase_user"
)


class SerialNumber(models.Model):
    """One physical unit of a serialized product, with or without its number."""

    _name = "serial.number"
    _inherit = ["serial.onchange.mixin", "serial.hook.mixin"]
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
    date_received = fields.Date("Received on")
    vendor_warranty_end = fields.Date("Vendor Warranty until")

    customer_id = fields.Many2one("res.partner", index="btree_not_null", ondelete="restrict")
    sale_line_id = fields.Many2one("sale.order.line", "Sales Order Line", index="btree_not_null", ondelete="set null")
    delivery_move_id = fields.Many2one("stock.move", "Delivery", index="btree_not_null", ondelete="set null")
    invoice_line_id = fields.Many2one("account.move.line", index="btree_not_null", ondelete="set null")
    date_sold = fields.Date("Sold on")
    warranty_end = fields.Date("Warranty until", index="btree_not_null")

    move_ids = fields.Many2many(
        "stock.move",
        "serial_number_stock_move_rel",
        "serial_number_id",
        "stock_move_id",
        "Stock Moves",
        readonly=True,
        groups=MOVE_READERS,
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
        f"CHECK (char_length(name) <= {naming.MAX_LENGTH} AND char_length(name_key) <= {naming.MAX_LENGTH})",
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
        return Domain("location_id.is_serial_stock", "=", True)

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

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        # EXTENDS 'base'
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, *self._get_hidden_links()) if view_type == "form" else key

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Show documents of a kind that the user may not read as text: a link would only be refused."""
        # EXTENDS 'base'
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            hidden = self._get_hidden_links()
            for node in arch.xpath("//form//field[not(ancestor::field) and not(@options)]"):
                if node.get("name") in hidden:
                    node.set("options", "{'no_open': True}")
        return arch, view

    @api.model
    def _get_hidden_links(self):
        """Return the names of the fields that link to records of a kind that the user may not read, in order."""
        links = {name: field.comodel_name for name, field in self._fields.items() if field.type == "many2one"}
        hidden = {model for model in set(links.values()) if not self.env[model].has_access("read")}
        return tuple(sorted(name for name, model in links.items() if model in hidden))

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

    def _is_manager(self):
        return self.env.su or self.env.user.has_group(MANAGER)

    def _check_manager(self):
        if not self._is_manager():
            raise AccessError(
                self.env._("Only a Serial Numbers manager may do this. Ask one of them, or your administrator.")
            )

    def _check_name(self, name, product):
        """Return the cleaned number and its key.

        :raise UserError: when it is no number for this product, with what to do
        """
        name = naming.clean(name)
        fault = product._find_serial_fault(name)
        if fault:
            raise UserError(fault[1])
        return name, naming.make_key(name)

    def _message_exists(self, name, product):
        return self.env._(
            "%(serial)s exists already for %(product)s. Check the number on the unit and enter it again.",
            serial=name,
            product=product.display_name,
        )
