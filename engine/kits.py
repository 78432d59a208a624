"""Kits: products that are sold as one, and whose components are what moves."""


def find_parts(products, company):
    """Return ``{product: {followed component: pieces}}`` of those of these products that are kits of followed ones.

    None without the app that knows kits.

    :param company: the ``res.company`` whose bills of materials count
    """
    others = products.filtered(lambda product: not product.is_serialized)
    if not others or "mrp.bom" not in products.env:
        return {}
    found = {}
    boms = products.env["mrp.bom"].sudo()._bom_find(others, company_id=company.id, bom_type="phantom")
    for product, bom in boms.items():
        for line, values in bom.explode(product, 1)[1] if bom else ():
            if line.product_id.is_serialized:
                pieces = line.product_uom_id._compute_quantity(values["qty"], line.product_id.uom_id)
                parts = found.setdefault(product, {})
                parts[line.product_id] = parts.get(line.product_id, 0) + pieces
    return found
