from odoo import api, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    @api.model
    def _load_pos_data_fields(self, config_id):
        # EXTENDS 'point_of_sale'
        return [*super()._load_pos_data_fields(config_id), "is_serialized"]

    @api.model
    def _load_pos_data_read(self, records, config):
        """Let the till ask for the numbers of followed products as it does for those of Odoo's lots."""
        # EXTENDS 'point_of_sale'
        read = super()._load_pos_data_read(records, config)
        parts = records.browse(vals["id"] for vals in read).product_variant_ids._find_serial_parts(config.company_id)
        kits = {product.product_tmpl_id.id for product, components in parts.items() if components}
        for vals in read:
            vals["is_serialized"] = vals["is_serialized"] or vals["id"] in kits
            if vals["is_serialized"] and vals["tracking"] == "none":
                vals["tracking"] = "serial"
        return read
