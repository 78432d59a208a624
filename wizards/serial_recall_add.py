from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..engine import outside, parts
from ..models.serial_number import MOVE_READERS
from ..tools import naming

# Ways that lead over a document, which not everybody may see.
DOCUMENTS = {"receipt": "stock.picking", "purchase": "purchase.order"}


class SerialRecallAdd(models.TransientModel):
    """Find the units of a recall."""

    _name = "serial.recall.add"
    _inherit = ["serial.guard.mixin"]
    _description = "Add Units to a Recall"

    recall_id = fields.Many2one("serial.recall", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="recall_id.company_id")
    way = fields.Selection("_get_ways", "Find by", required=True, default="numbers")
    product_ids = fields.Many2many(
        "product.product",
        string="Products",
        domain=[("is_serialized", "=", True)],
        help="Units are looked for among these. Empty: among all products.",
    )
    names = fields.Text("Serial Numbers", help="One a line, or separated by commas, semicolons or tabs.")
    first = fields.Char("From", help="For instance A001. The last digits count up, and keep their zeros.")
    last = fields.Char("To", help="For instance A050.")
    picking_ids = fields.Many2many(
        "stock.picking",
        string="Receipts",
        domain="[('picking_type_code', '=', 'incoming'), ('state', '=', 'done'), ('company_id', '=', company_id)]",
        groups=MOVE_READERS,
    )
    purchase_ids = fields.Many2many(
        "purchase.order",
        string="Purchase Orders",
        domain="[('company_id', '=', company_id)]",
        groups=MOVE_READERS,
    )
    date_from = fields.Date("First Day")
    date_to = fields.Date("Last Day")
    vendor_id = fields.Many2one("res.partner", help="Empty: units of all vendors.")
    in_wholes = fields.Boolean(
        "What Contains Them",
        help="These numbers are of parts: the recall is about all units that contain one of them. Of parts that are "
        "not built in, it is about the parts themselves.",
    )
    found = fields.Integer("Units Found", compute="_compute_found")
    blanks = fields.Integer(compute="_compute_found", help="They have no number, so that nobody can tell them apart.")

    @api.model
    def _get_ways(self):
        """Return how units are found; not by documents that the user may not see."""
        ways = [
            ("numbers", self.env._("Numbers")),
            ("range", self.env._("Range of numbers")),
            ("receipt", self.env._("Vendor receipts")),
            ("purchase", self.env._("Purchase orders")),
            ("received", self.env._("Period of receipt")),
            ("sold", self.env._("Period of sale")),
        ]
        return [(code, label) for code, label in ways if self._may_find_by(code)]

    def _may_find_by(self, way):
        return way not in DOCUMENTS or self.env[DOCUMENTS[way]].has_access("read")

    @api.depends("way", "product_ids", "picking_ids", "purchase_ids", "date_from", "date_to", "vendor_id", "in_wholes")
    def _compute_found(self):
        register = self.env["serial.number"]
        for wizard in self:
            domain = wizard._get_domain()
            if wizard.in_wholes:
                domain = Domain("id", "in", parts.find_wholes(register.search(domain)).ids)
            wizard.found = register.search_count(domain & Domain("name", "!=", False))
            wizard.blanks = register.search_count(domain & Domain("name", "=", False))

    def _get_domain(self):
        """Return the domain of the units that documents or days tell; none where nothing was chosen."""
        domain = Domain("company_id", "=", self.company_id.id)
        if self.product_ids:
            domain &= Domain("product_id", "in", self.product_ids.ids)
        if self.way == "receipt":
            return domain & Domain("move_ids.picking_id", "in", self.picking_ids.ids)
        if self.way == "purchase":
            return domain & Domain("purchase_line_id.order_id", "in", self.purchase_ids.ids)
        if self.way in ("received", "sold") and (self.date_from or self.date_to):
            return domain & self._get_period_domain(f"date_{self.way}")
        return Domain.FALSE

    def _get_period_domain(self, field):
        """Return the domain of the days that were chosen, both included."""
        domain = Domain(field, "!=", False)
        if self.date_from:
            domain &= Domain(field, ">=", self.date_from)
        if self.date_to:
            domain &= Domain(field, "<=", self.date_to)
        if self.vendor_id:
            domain &= Domain("vendor_id", "child_of", self.vendor_id.commercial_partner_id.ids)
        return domain

    def action_add(self):
        """Add the units to the recall. Those that are on it stay; numbers that cannot be told are listed on it.

        :return: the action that says how many were added, and closes the dialog
        :raise UserError: when nothing was chosen, the range cannot be counted up, or no unit was found
        """
        outside.check_one(self)
        return self.recall_id._notify_added(self._find())

    def _find(self):
        if self.way == "numbers":
            return self.recall_id._add_names(self._get_names(), self.product_ids, in_wholes=self.in_wholes)
        if self.way == "range":
            options = {"keep_unknown": False, "in_wholes": self.in_wholes}
            return self.recall_id._add_names(self._get_range(), self.product_ids, **options)
        units = self.env["serial.number"].search(self._get_domain() & Domain("name", "!=", False))
        if not units:
            raise UserError(self.env._("No unit with a number was found. Choose something else."))
        return self.recall_id._add_units(parts.find_wholes(units) if self.in_wholes else units)

    def _get_names(self):
        names = outside.split_text(self.env, self.names)
        if not names:
            raise UserError(self.env._("Paste or scan at least one serial number."))
        return names

    def _get_range(self):
        """Return the numbers from the first to the last.

        :raise UserError: when one cannot be reached by counting up from the other
        """
        count = naming.count_range(self.first or "", self.last or "")
        if not 0 < count <= outside.NAMES_LIMIT:
            raise UserError(
                self.env._(
                    "There is no counting up from %(first)s to %(last)s: give two numbers that differ in their last "
                    "digits alone, for example A001 and A050, at most %(limit)s apart.",
                    first=naming.show(self.first or "?"),
                    last=naming.show(self.last or "?"),
                    limit=outside.NAMES_LIMIT,
                )
            )
        return naming.make_range(self.first, count)
