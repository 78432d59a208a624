from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..engine import outside
from ..engine.registered import RegisteredSelection
from ..tools.day import show_day
from . import serial_report_rows

NO_RESTRICTIONS = "none"
ASKED_FOR = [
    (NO_RESTRICTIONS, "No Restrictions"),
    (serial_report_rows.IN_STOCK, "In Stock"),
    ("available", "Available in stock"),
    ("received", "Received w/out Serial"),
    ("issued", "Issued w/out Serial"),
]
DATES = [
    ("date_received", "Received on"),
    ("date_sold", "Sold on"),
    ("date_registered", "Registered on"),
    ("warranty_end", "Warranty until"),
    ("vendor_warranty_end", "Vendor Warranty until"),
    ("expiration_date", "Expires on"),
]
# How the report is ordered, and what its groups are on screen and on paper: the field of the units.
ORDERS = {
    "serial": None,
    "product": "product_id",
    "customer": "customer_id",
    "vendor": "vendor_id",
    "owner": "owner_id",
    "date": "date",
}
# Choice: how it restricts the units.
RESTRICTIONS = {
    "serial_ids": ("id", "in"),
    "product_ids": ("product_id", "in"),
    "categ_ids": ("product_id.categ_id", "child_of"),
    "vendor_ids": ("vendor_id", "child_of"),
    "owner_ids": ("owner_id", "child_of"),
    "customer_ids": ("customer_id", "child_of"),
    "end_user_ids": ("end_user_id", "child_of"),
}
ARCHIVED_TOO = {"active_test": False}  # a choice that dropped out unseen would widen the report to everything
PDF_LIMIT = 10_000  # units; so many print in under a minute
PHOTO_LIMIT = 200  # photos behind the rows of a PDF, of PHOTO_SIDE pixels
PHOTO_SIDE = 240
XLSX_LIMIT = 1_048_575  # rows of a sheet under its header


class SerialReport(models.TransientModel):
    """Choose units, and see them on screen, on paper or in a spreadsheet."""

    _name = "serial.report"
    _inherit = ["serial.selection.mixin"]
    _description = "Serial Number Report"

    status = RegisteredSelection(before=ASKED_FOR, required=True, default=NO_RESTRICTIONS)
    order_by = fields.Selection(
        [
            ("serial", "Serial Number"),
            ("product", "Product"),
            ("customer", "Customer"),
            ("vendor", "Vendor"),
            ("owner", "Owner"),
            ("date", "Date"),
        ],
        "Ordered by",
        required=True,
        default="serial",
        help="Numbers are counted as people count: A2 comes before A10.",
    )
    serial_ids = fields.Many2many(string="Selection", required=False)
    product_ids = fields.Many2many(
        "product.product", string="Products", domain=[("is_serialized", "=", True)], context=ARCHIVED_TOO
    )
    categ_ids = fields.Many2many("product.category", string="Product Categories")
    vendor_ids = fields.Many2many("res.partner", "serial_report_vendor_rel", string="Vendors", context=ARCHIVED_TOO)
    owner_ids = fields.Many2many(
        "res.partner",
        "serial_report_owner_rel",
        string="Owners",
        context=ARCHIVED_TOO,
        help="Of goods in consignment.",
    )
    customer_ids = fields.Many2many(
        "res.partner", "serial_report_customer_rel", string="Customers", context=ARCHIVED_TOO
    )
    end_user_ids = fields.Many2many(
        "res.partner", "serial_report_end_user_rel", string="End Users", context=ARCHIVED_TOO
    )
    date_field = fields.Selection(DATES, "Date", required=True, default="date_received")
    date_from = fields.Date("From")
    date_to = fields.Date("To", help="This day is included.")
    selected = fields.Integer("Selected Units", compute="_compute_count")
    count = fields.Integer("Units", compute="_compute_count")
    is_too_long = fields.Boolean(compute="_compute_count")
    pdf_limit = fields.Integer(default=PDF_LIMIT, readonly=True)

    @api.depends("status", "date_field", "date_from", "date_to", *RESTRICTIONS)
    def _compute_count(self):
        for report in self:
            report.count = self.env["serial.number"].search_count(report._get_domain())
            report.is_too_long = report.count > PDF_LIMIT
            report.selected = len(report._get_chosen_units())

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for report in self:
            if report.date_from and report.date_to and report.date_from > report.date_to:
                raise UserError(self.env._("The first day is after the last one. Exchange the two dates."))

    def _get_domain(self):
        """Return the domain of the chosen units; extend it for more choices."""
        domain = self._get_status_domain()
        for choice, (path, operator) in RESTRICTIONS.items():
            records = self._get_chosen_units() if choice == "serial_ids" else self[choice]
            if choice in ("vendor_ids", "owner_ids", "customer_ids"):
                records = records.commercial_partner_id
            if records:
                domain &= Domain(path, operator, records.ids)
        for operator, day in ((">=", self.date_from), ("<=", self.date_to)):
            if day:
                domain &= Domain(self.date_field, operator, day)
        return domain

    def _get_status_domain(self):
        if self.status == NO_RESTRICTIONS:
            return Domain.TRUE
        if self.status == serial_report_rows.IN_STOCK:
            return self.env["serial.number"]._get_in_stock_domain()
        return Domain("status", "=", self.status)

    def _get_group_field(self):
        """Return the field that the report is ordered by before the numbers, or None."""
        field = ORDERS[self.order_by]
        return self.date_field if field == "date" else field

    def _get_order(self):
        field = self._get_group_field()
        return f"{field}, name, id" if field else "name, id"

    @api.readonly
    def action_open(self):
        """Show the chosen units on screen, in the report's order.

        :return: a window action on the register
        """
        outside.check_one(self)
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("serial_number_tracking.serial_report_units_action")
        field = self._get_group_field()
        group_by = f"{field}:day" if field == self.date_field else field
        return action | {"domain": list(self._get_domain()), "context": {"group_by": group_by} if group_by else {}}

    def action_print(self):
        """Print the chosen units.

        :return: the action that downloads the PDF
        :raise UserError: when there is nothing to print, or so much that it would take over a minute
        """
        outside.check_one(self)
        self.check_access("read")
        self._check_printable()
        return self.env.ref("serial_number_tracking.action_report_serial_report").report_action(self) | {
            "close_on_report_download": True
        }

    @api.readonly
    def action_export_xlsx(self):
        """Write the chosen units into a spreadsheet.

        :return: the action that downloads it
        :raise UserError: when there is no unit, or more than a sheet has rows
        """
        outside.check_one(self)
        self._check_sheet()
        return {"type": "ir.actions.act_url", "target": "download", "url": f"/serial_number_tracking/report/{self.id}"}

    def _check_sheet(self):
        self.ensure_one()
        self.check_access("read")
        self._check_count(XLSX_LIMIT, self.env._("A sheet ends there: choose fewer products or a shorter time."))

    def _prepare_choices(self):
        """Return the values of a report with the same choices: this one is deleted after a while."""
        names = ("status", "order_by", "date_field", "date_from", "date_to", *RESTRICTIONS)
        return {name: self._fields[name].convert_to_write(self[name], self) for name in names}

    def _prepare_paper(self):
        """Return what the PDF shows, see :func:`serial_report_rows.prepare_paper`.

        :raise UserError: when there is nothing to print, or too much
        """
        self._check_printable()
        return serial_report_rows.prepare_paper(self)

    def _get_photos(self):
        """Return the photos that the PDF shows behind its rows: pairs of number and picture, of the first units."""
        units = self.env["serial.number"].search(self._get_domain(), order=self._get_order())
        pictures = units._make_pictures(PHOTO_SIDE, PHOTO_LIMIT)
        return [(unit.display_name, pictures[unit.id]) for unit in units.browse(pictures)]

    def _get_choices(self):
        """Return what was chosen, in words: pairs of label and text."""
        label = {name: field["string"] for name, field in self.fields_get().items()}
        text = {name: dict(self._fields[name]._description_selection(self.env)) for name in ("status", "date_field")}
        pairs = [(label["status"], text["status"][self.status])]
        if self.serial_ids:
            pairs.append((label["selected"], str(len(self.serial_ids))))
        for name in RESTRICTIONS:
            if name != "serial_ids" and self[name]:
                pairs.append((label[name], ", ".join(self[name].mapped("display_name"))))
        for name in ("date_from", "date_to"):
            if self[name]:
                date = text["date_field"][self.date_field]
                pairs.append((f"{date}: {label[name]}", show_day(self.env, self[name])))
        orders = dict(self._fields["order_by"]._description_selection(self.env))
        return [*pairs, (label["order_by"], orders[self.order_by])]

    def _get_xlsx_name(self):
        return f"{self.env._('Serial Number Report')} {self.env.company._get_serial_day()}.xlsx"

    def _check_printable(self):
        self._check_count(PDF_LIMIT, self.env._("Use Export to Excel, which takes any number, or choose fewer units."))

    def _check_count(self, limit, advice):
        if not self.count:
            raise UserError(self.env._("No unit matches these choices. Choose another status, or drop one of them."))
        if self.count > limit:
            raise UserError(
                self.env._(
                    "%(count)s units are more than the %(limit)s that fit. %(advice)s",
                    count=self.count,
                    limit=limit,
                    advice=advice,
                )
            )
