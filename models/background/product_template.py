from odoo import models

from .adopt_work import ADOPT


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def _queue_adoption(self):
        # EXTENDS 'serial.product.hook.mixin'
        self.sudo().serial_adopting = True
        name = self.env._("Units for the lots of %s", ", ".join(self.mapped("display_name"))[:100])
        self.env["serial.job"]._queue(ADOPT, name, {"settings": {"product_tmpl_ids": self.ids}})
        return True
