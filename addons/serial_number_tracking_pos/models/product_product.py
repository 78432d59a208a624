from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _find_serial_parts(self, company):
        """Return ``{product: {followed component: pieces}}`` of those of these products that are kits.

        :param company: the ``res.company`` whose bills of materials count
        """
        others = self.filtered(lambda product: not product.is_serialized)
        if not others or "mrp.bom" not in self.env:
            return {}
        boms = self.env["mrp.bom"].sudo()._bom_find(others, company_id=company.id, bom_type="phantom")
        found = {}
        for product, bom in boms.items():
            for line, values in bom.explode(product, 1)[1] if bom else ():
                if line.product_id.is_serialized:
                    pieces = line.product_uom_id._compute_quantity(values["qty"], line.product_id.uom_id)
                    parts = found.setdefault(product, {})
                    parts[line.product_id] = parts.get(line.product_id, 0) + pieces
        return found
