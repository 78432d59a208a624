"""What recalls know of a unit, and how they follow what becomes of it."""

from odoo import api, fields, models
from odoo.tools import SQL

from . import recall_sql

# Kinds of events after which somebody else may have a unit, or it may not be on hold for a recall any more.
FOLLOWED = {
    "shipped",
    "invoiced",
    "returned",
    "credited",
    "numbered",
    "renumbered",
    "registered",
    "released",
    "corrected",
    "imported",
}


class SerialNumber(models.Model):
    _inherit = "serial.number"

    recall_line_ids = fields.One2many("serial.recall.line", "serial_id", "Recalls", readonly=True)
    open_recall_ids = fields.Many2many("serial.recall", string="Recalled by", compute="_compute_open_recall_ids")

    @api.depends("recall_line_ids.recall_id.state")
    def _compute_open_recall_ids(self):
        for unit in self:
            unit.open_recall_ids = unit.recall_line_ids.recall_id.filtered(lambda recall: recall.state == "open")

    @api.model
    def _get_open_case(self):
        # EXTENDS 'serial.hook.mixin'
        return SQL(recall_sql.OPEN_RECALL)

    def _before_merge(self, other):
        # EXTENDS 'serial_number_tracking'
        super()._before_merge(other)
        recall_sql.move_lines(self, other)

    # EXTENDS 'serial_number_tracking'
    def _after_change(self, kind):
        super()._after_change(kind)
        if kind in FOLLOWED and self._are_recalled():
            recall_sql.follow_units(self, is_return=kind == "returned")

    @api.model
    def _get_recalled_keys(self, product):
        """Return a subquery of the keys of a product's units that an open recall asks for."""
        domain = [("product_id", "=", product.id), ("recall_line_ids.recall_id.state", "=", "open")]
        return self.sudo()._search(domain).subselect("name_key")

    def _are_recalled(self):
        return bool(self.env["serial.recall.line"].sudo().search_count([("serial_id", "in", self.ids)], limit=1))
