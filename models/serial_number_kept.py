"""Units that are in stock and not free."""

from odoo import api, models
from odoo.fields import Domain

from .serial_flow import KEPT_BACK


class SerialNumber(models.Model):
    _inherit = "serial.number"

    @api.model
    def _get_kept_domain(self):
        """Return the domain of the units in stock that are not free: on hold, void, or designated to somebody."""
        return Domain("status", "in", KEPT_BACK) & self._get_in_stock_domain()
