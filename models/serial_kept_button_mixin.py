from odoo import api, fields, models

from ..engine import outside
from ..tools.flow import KEPT_BACK
from .serial_button_mixin import LOOKUP

FIGURE = "serial_number_tracking_figure"  # context key: the status of the units that a figure counts


class SerialKeptButtonMixin(models.AbstractModel):
    """A product, which says how many of its units are in stock and not free, and leads to them."""

    _name = "serial.kept.button.mixin"
    _inherit = ["serial.button.mixin"]
    _description = "Units of a Product that are not Free"

    serial_hold_count = fields.Integer(
        "Units on Hold", compute="_compute_serials_kept", groups=LOOKUP, help="In stock, and nobody may have them."
    )
    serial_void_count = fields.Integer(
        "Void Units", compute="_compute_serials_kept", groups=LOOKUP, help="In stock, and out of use."
    )
    serial_designated_count = fields.Integer(
        "Designated Units", compute="_compute_serials_kept", groups=LOOKUP, help="In stock, and promised to a customer."
    )

    @api.depends_context("company", "warehouse_id", "location", "strict")
    def _compute_serials_kept(self):
        counts = self._count_serials_kept()
        for record in self:
            for status in KEPT_BACK:
                record[f"serial_{status}_count"] = counts.get(record, {}).get(status, 0)

    def _count_serials_kept(self):
        """Return ``{record: {status: count}}`` of the units in stock that are not free. Extend per model."""
        raise NotImplementedError

    @api.readonly
    def action_view_kept_serials(self):
        """Open the units in stock that are not free; only those of one status if the context names it.

        The key is ``serial_number_tracking_figure``: ``hold``, ``void`` or ``designated``.

        :return: a window action on the register
        :raise AccessError: without the right to read the records, and for those who may not look units up
        """
        outside.check_some(self)
        action = self.action_view_serials()
        figure = self.env.context.get(FIGURE)
        domain = self._get_serial_domain() & self.env["serial.number"]._get_kept_domain()
        if figure in self.env["serial.number"]._get_serial_rules().kept_back:
            domain &= fields.Domain("status", "=", figure)
        return action | {"domain": list(domain)}
