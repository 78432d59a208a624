from odoo import api, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    @api.model_create_multi
    def create(self, vals_list):
        """Follow products that Odoo tracks by unique serial number from the beginning."""
        templates = super().create(vals_list)
        templates._follow_lots()
        return templates

    def write(self, vals):
        """Follow products once Odoo tracks them by unique serial number, and no longer when it does not."""
        if vals.get("tracking") not in (None, "serial") or not vals.get("is_storable", True):
            self.filtered("is_serialized").is_serialized = False
        result = super().write(vals)
        if "tracking" in vals or "is_storable" in vals:
            self._follow_lots()
        return result

    def _follow_lots(self):
        for template in self:
            can_follow = template.tracking == "serial" and not template._find_serial_obstacle()
            if can_follow and not template.is_serialized:
                template.is_serialized = True
