"""Which fields screens offer for grouping."""

# Lines of documents: the documents themselves are fields too, and have names that people know.
LINES = frozenset(("stock.move", "stock.move.line", "account.move.line", "sale.order.line", "purchase.order.line"))
# What a register keeps for itself.
OWN = frozenset(("name_key", "warranty_fixed", "source_model", "source_id"))


def hide_technical(model, descriptions):
    """Offer for grouping only what people have a word for.

    :param model: the model whose fields are described
    :param dict descriptions: what ``fields_get`` returns, which is changed
    :return: the same
    """
    for name, field in descriptions.items():
        if "groupable" in field and (name in OWN or model._fields[name].comodel_name in LINES):
            field["groupable"] = False
    return descriptions
