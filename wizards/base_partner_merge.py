from odoo import api, models
from odoo.exceptions import UserError

from ..engine import keyless
from ..engine.sql import entry_sql


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _get_fk_on(self, table):
        # EXTENDS 'base': it asks the database, and these have no keys
        return [*super()._get_fk_on(table), *keyless.find_columns(self.env, table)]

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        # EXTENDS 'base': it changes references by SQL, and knows no ids inside of Json
        entry_sql.replace_vendors(self.env, src_partners, dst_partner)
        super()._update_foreign_keys(src_partners, dst_partner)

    @api.model
    def _update_foreign_keys_generic(self, model, src_records, dst_record):
        # EXTENDS 'base': other addons merge products by it
        if model == "product.product":
            self._check_merged_serials(src_records, dst_record)
        super()._update_foreign_keys_generic(model, src_records, dst_record)

    def _check_merged_serials(self, src_products, dst_product):
        """Refuse to merge products that have units with the same number: there would be two of them.

        :raise UserError: with these numbers
        """
        products = src_products | dst_product
        groups = (
            self.env["serial.number"]
            .sudo()
            ._read_group(
                [("product_id", "in", products.ids), ("name_key", "!=", False)],
                ["company_id", "name_key"],
                having=[("__count", ">", 1)],
            )
        )
        if groups:
            raise UserError(
                self.env._(
                    "%(products)s cannot be merged: they have units with the same number (%(serials)s). Rename or void "
                    "these units first.",
                    products=", ".join(products.mapped("display_name")),
                    serials=", ".join(key for _company, key in groups[:20]),
                )
            )
