"""Links of a form that lead nowhere for who looks at it: documents that somebody else's record rules keep from them."""

from copy import deepcopy

# What record rules keep from people who may read others of their kind: a salesperson sees their own documents.
GUARDED = frozenset(
    (
        "sale.order",
        "sale.order.line",
        "purchase.order",
        "purchase.order.line",
        "account.move",
        "account.move.line",
        "stock.picking",
        "stock.move",
    )
)
NO_LINK = "{'no_open': True}"


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
        elif model._fields[name].comodel_name in GUARDED and model._fields[name].type == "many2one":
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
        if field.type == "many2one" and field.comodel_name in GUARDED and record._has_field_access(field, "read")
    ]
    values = {name: record.sudo()[name].with_env(record.env) for name in names}
    return [name for name, value in values.items() if value and not value.has_access("read")]
