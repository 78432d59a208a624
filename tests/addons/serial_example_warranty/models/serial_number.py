from dataclasses import replace

from odoo import models


class SerialNumber(models.Model):
    _inherit = "serial.number"

    def _find_warranty(self, sale):
        warranty = super()._find_warranty(sale)
        return replace(warranty, months=36) if sale.customer.country_id.has_long_warranty else warranty
