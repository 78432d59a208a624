"""Links of a form that lead nowhere for who looks at it: documents that somebody else's record rules keep from them."""

from copy import deepcopy

# Documents that record rules keep from people who may read others of their kind, and who opens each kind in Odoo: their
# forms read what others may not (payments, lots, orders), so that being allowed to read the document is not enough.
INVOICING = "account.group_account_invoice"
OPENED_BY = {
    "sale.order": ("sales_team.group_sale_salesman", INVOICING),
    "sale.order.line": ("sales_team.group_sale_salesman", INVOICING),
    "purchase.order": ("purchase.group_purchase_user", INVOICING),
    "purchase.order.line": ("purchase.group_purchase_user", INVOICING),
    "account.move": (INVOICING,),
    "account.move.line": (INVOICING,),
    "stock.picking": ("stock.group_stock_user",),
    "stock.move": ("stock.group_stock_user",),
}
NO_LINK = "{'no_open': True}"


def may_open(model):
    """Tell whether the user may open the form of some record of a model."""
    groups = OPENED_BY.get(model._name)
    return model.has_access("read") and (not groups or any(map(model.env.user.has_group, groups)))


def filter_open(records):
    """Return those of some records whose form the user may open."""
    return records._filtered_access("read") if may_open(records.browse()) else records.browse()


def close_links(arch, model, hidden):
    """Show documents as text that the user may not open: all of a kind, and those that record rules keep from them.

    :param arch: the form, which is changed
    :param model: the model of the form, which has ``closed_links``
    :param hidden: the names of the fields whose kind of documents the user may not read
    """
    guarded = False
    for node in arch.xpath("//form//field[not(ancestor::field) and not(@options)]"):
        name = node.get("name")
        if name in hidden:
            node.set("options", NO_LINK)
        elif model._fields[name].comodel_name in OPENED_BY and model._fields[name].type == "many2one":
            guarded = True
            _close_by_rule(node, f"'{name}' in (closed_links or [])")
    if guarded:
        arch.insert(0, arch.makeelement("field", {"name": "closed_links", "invisible": "1"}))


def _close_by_rule(node, closed):
    text = deepcopy(node)
    text.tail = None
    text.set("options", NO_LINK)
    for field, condition in ((node, closed), (text, f"not ({closed})")):
        before = field.get("invisible")
        field.set("invisible", f"({before}) or {condition}" if before else condition)
    node.addnext(text)


def find_closed(record):
    """Return the names of the fields of a record whose documents the user may not open."""
    names = [
        name
        for name, field in record._fields.items()
        if field.type == "many2one" and field.comodel_name in OPENED_BY and record._has_field_access(field, "read")
    ]
    values = {name: record.sudo()[name].with_env(record.env) for name in names}
    return [name for name, value in values.items() if value and not filter_open(value)]
