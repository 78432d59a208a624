"""Which units a recall is about, by their numbers; what cannot be told is kept in *Not Found*."""

from odoo.fields import Domain

from ...engine import parts, scan
from ...tools import naming

SHOWN = 200


def find_wanted(recall, names, products):
    """Return what :func:`scan.find_wanted` does, of the units that may be on a recall.

    :param products: the products to look among; none for all
    """
    domain = Domain("company_id", "=", recall.company_id.id)
    domain &= Domain("product_id", "in", products.ids) if products else Domain.TRUE
    return scan.find_wanted(recall.env["serial.number"], names, domain)


def describe_leftover(recall):
    """Yield what to do about the first numbers that were not found: sentences."""
    names = naming.split_text(recall.leftover or "")
    for wanted in find_wanted(recall, names[:SHOWN], recall.product_ids):
        name, found = wanted.name, wanted.units
        if wanted.message:
            yield wanted.message
        elif not found:
            yield recall.env._("%s: no unit has this number. Check it.", naming.show(name, naming.MAX_LENGTH))
        elif len(found) > 1:
            products = ", ".join(found.product_id.sorted("id").mapped("display_name"))
            yield recall.env._(
                "%(serial)s: several products have it (%(products)s). Add it once more, with the right product.",
                serial=name,
                products=products,
            )
        else:
            yield recall.env._("%s: a unit has this number now. Look up again.", name)
    if len(names) > SHOWN:
        yield recall.env._("And %s more.", len(names) - SHOWN)


def add_names(recall, names, products, keep_unknown=True, in_wholes=False):
    """Add the units with these numbers; what cannot be told is kept in *Not Found*.

    :param list names: the numbers
    :param products: the products to look among; none for all
    :param bool keep_unknown: whether numbers that no unit has are kept as well
    :param bool in_wholes: add what contains the units, see :func:`~...engine.parts.find_wholes`
    :return: dict, see ``_add_units`` of the recall, with ``left``, how many numbers were not added
    """
    wanted = find_wanted(recall, names, products)
    single = {naming.make_key(each.name): each.units for each in wanted if len(each.units) == 1}
    known = {name: naming.make_key(name) for name in naming.split_text(recall.leftover or "")}
    left = {key: name for name, key in known.items() if key not in single}
    fresh = set()
    for each in wanted:
        if len(each.units) != 1 and (keep_unknown or each.units):
            # A label that cannot be taken is kept whole: what is wrong with it is said again.
            name = naming.clean_text(each.typed) if each.message else each.name
            fresh.add(naming.make_key(name))
            left.setdefault(naming.make_key(name), name)
    found = recall.env["serial.number"].browse().union(*single.values())
    result = recall._add_units(parts.find_wholes(found) if in_wholes else found)
    recall.leftover = "\n".join(left.values())
    return {**result, "left": len(fresh)}


def make_notification(recall, result):
    """Return the action that tells what became of a search, and closes its window."""
    parts = [recall.env._("Units added: %s.", result["added"])]
    if known := result["found"] - result["added"]:
        parts.append(recall.env._("On the recall already: %s.", known))
    if result.get("left"):
        parts.append(recall.env._("Not added, see Not Found: %s.", result["left"]))
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "type": "warning" if result.get("left") else "success",
            "message": " ".join(parts),
            "next": {"type": "ir.actions.act_window_close"},
        },
    }
