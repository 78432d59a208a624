from odoo import models


class SerialProductHookMixin(models.AbstractModel):
    """What features do with products. Each method does nothing by itself."""

    _name = "serial.product.hook.mixin"
    _description = "Hooks of Products with Serial Numbers"

    def _queue_adoption(self):
        """Let a background job make the units of these products' lots.

        :return: whether there is one; the caller does it at once otherwise
        """
        return False
