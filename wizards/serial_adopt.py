from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import give_lots, outside, placeholders
from ..engine.adopt import Adoption


class SerialAdopt(models.TransientModel):
    """What becomes of a product's lots, or of its units, before it is done: lots become units, or units get lots."""

    _name = "serial.adopt"
    _inherit = ["serial.guard.mixin"]
    _description = "Lots and Units"

    product_tmpl_id = fields.Many2one("product.template", "Product", required=True, readonly=True)
    is_giving = fields.Boolean(compute="_compute_is_giving")
    lot_count = fields.Integer("Lots", compute="_compute_preview")
    known_count = fields.Integer("Units Known Already", compute="_compute_preview")
    available_count = fields.Integer("In Stock", compute="_compute_preview")
    sold_count = fields.Integer("With Customers", compute="_compute_preview")
    void_count = fields.Integer("Gone", compute="_compute_preview")
    unit_count = fields.Integer("Units in Stock", compute="_compute_preview")
    problem = fields.Text("What Cannot Be Taken", compute="_compute_preview")
    can_apply = fields.Boolean(compute="_compute_preview")

    @api.depends("product_tmpl_id")
    def _compute_is_giving(self):
        for window in self:
            template = window.product_tmpl_id
            window.is_giving = template.is_serialized and template.tracking == "none"

    @api.depends("product_tmpl_id")
    def _compute_preview(self):
        for window in self:
            window.update(dict.fromkeys(COUNTS, 0))
            if window.is_giving:
                window._preview_giving()
            else:
                window._preview_adoption()

    def _get_products(self):
        return self.product_tmpl_id.with_context(active_test=False).product_variant_ids

    def _preview_giving(self):
        products, register = self._get_products(), self.env["serial.number"]
        self.unit_count = register.search_count(products._get_serial_domain() & register._get_in_stock_domain())
        self.problem = give_lots.find_obstacle(products)
        self.can_apply = not self.problem

    def _preview_adoption(self):
        adoption = Adoption(self._get_products())
        preview = adoption.preview()
        self.lot_count, self.known_count = preview.lots, preview.known
        self.available_count, self.sold_count = preview.found["available"], preview.found["sold"]
        self.void_count = preview.found["void"]
        fraction = placeholders.find_fraction(adoption.products)
        self.problem = "\n".join(filter(None, [fraction, *adoption.describe_faults()]))
        self.can_apply = self.product_tmpl_id.tracking == "serial" and not fraction

    def action_apply(self):
        """Make the units of the lots, or the lots of the units.

        :return: the action that closes the dialog
        :raise AccessError: for others than managers of serial numbers
        :raise UserError: when pieces in stock have no number, or the product is not tracked by serial number
        """
        outside.check_one(self)
        self.env["serial.number"]._check_manager()
        self.product_tmpl_id.check_access("write")
        if self.is_giving:
            give_lots.give(self._get_products())
        elif self.product_tmpl_id.tracking == "serial":
            self.product_tmpl_id.is_serialized = True
        else:
            raise UserError(self.env._("%s has no lots: track it by unique serial number.", self.product_tmpl_id.name))
        return {"type": "ir.actions.act_window_close"}


COUNTS = ("lot_count", "known_count", "available_count", "sold_count", "void_count", "unit_count")
