from odoo import fields, models

from ..tools import day
from ..tools.warranty_rule import STARTS

ENTRY_POLICIES = [
    ("ask", "Ask, may be left blank"),
    ("require", "Require every number"),
    ("skip", "Do not ask"),
]


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "serial.reference.mixin"]

    serial_entry_inventory = fields.Selection(
        ENTRY_POLICIES,
        "Serial Numbers on Inventory Adjustments",
        required=True,
        default="ask",
        help="Whether applying a counted quantity asks for the serial numbers of the difference.",
    )
    serial_entry_invoice = fields.Selection(
        ENTRY_POLICIES,
        "Serial Numbers on Invoices",
        required=True,
        default="ask",
        help="Whether confirming an invoice that comes from no order asks for serial numbers.",
    )
    serial_warranty_start = fields.Selection(
        STARTS,
        "Warranty begins with",
        required=True,
        default="sale",
        help="What begins the customer's warranty. With the registration, a unit has no warranty until its end user is "
        "registered. Warranties that have begun keep their end when you change this.",
    )

    serial_paper_ranges = fields.Boolean(
        "Print Numbers as Ranges",
        help="Delivery slips, receipts, invoices, picking and batch lists print three or more numbers that follow each "
        "other as the first and the last one: UXB00001 – UXB01000 (1000). A number that is missing between them ends "
        "the range. Without this, every number is printed.",
    )
    serial_paper_warranty = fields.Boolean(
        "Print the Warranty's End",
        help="Delivery slips and invoices say above the numbers until when the customer's warranty lasts.",
    )

    serial_paper_designated = fields.Boolean(
        "Print Designated Numbers on Orders",
        help="Quotations and order confirmations list the numbers of the units that are designated to the customer or "
        "to the order, and those that it delivered.",
    )

    def _get_serial_day(self, moment=None, user=None):
        """Return the day on which something is done in the company: where the user is, else where the company is.

        :param moment: a naive datetime in UTC (default: now)
        :param user: the ``res.users`` who does it (default: the current one)
        """
        zone = day.find_zone(
            self.env.context.get("tz") if user in (None, self.env.user) else None,
            (user or self.env.user).sudo().tz,
            self.sudo().partner_id.tz,
        )
        return day.find_day(moment or fields.Datetime.now(), zone)
