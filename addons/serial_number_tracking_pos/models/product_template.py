from odoo import api, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    @api.model
    def _load_pos_data_fields(self, config_id):
        # EXTENDS 'point_of_sale'
        return [*super()._load_pos_data_fields(config_id), "is_serialized"]

    @api.model
    def _load_pos_data_read(self, records, config):
        """Let the till ask for the numbers of followed products, and of kits, as it does for those of Odoo's lots."""
        # EXTENDS 'point_of_sale'
        read = super()._load_pos_data_read(records, config)
        products = records.browse(vals["id"] for vals in read).product_variant_ids
        pieces = {}
        for product, parts in products._find_serial_parts(config.company_id).items():
            pieces[product.product_tmpl_id.id] = sum(parts.values())
        for vals in read:
            followed = vals["is_serialized"] and vals["tracking"] == "none"
            if followed or vals["id"] in pieces:
                vals.update(tracking="serial", is_serialized=True, _asks_serials=True)
            vals["_serial_pieces"] = pieces.get(vals["id"], 1)
        return read
