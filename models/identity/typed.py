"""Other numbers that are typed beside the number of a unit: which kind each of them is of."""

from odoo.exceptions import UserError

from ...engine import scan
from ...tools import label, naming
from . import form


def find_rooms(unit):
    """Return ``{kind: how many more the unit takes}`` of the kinds that its product wants, required ones first."""
    product = unit.product_id.sudo()
    kinds = product.serial_identity_required_ids | product.serial_identity_kind_ids
    has = unit.sudo().identity_ids
    rooms = {kind: kind.count - len(has.filtered(lambda each, kind=kind: each.kind_id == kind)) for kind in kinds}
    return {kind.with_env(unit.env): room for kind, room in rooms.items() if room > 0}


def describe_wanted(unit):
    """Return the names of what the unit's product wants and the unit lacks."""
    return ", ".join(kind.name if room == 1 else f"{kind.name} ({room})" for kind, room in find_rooms(unit).items())


def describe_lacking(unit):
    """Return the names of the kinds that the unit's product requires and the unit has none of."""
    required = unit.product_id.sudo().serial_identity_required_ids.with_env(unit.env)
    return ", ".join((required - unit.sudo().identity_ids.kind_id.with_env(unit.env)).mapped("name"))


def check_complete(units):
    """Refuse to number units that lack what their products require.

    :raise UserError: with the first of them
    """
    for unit in units.filtered(lambda unit: unit.product_id.serial_identity_required_ids):
        if lacking := describe_lacking(unit):
            raise UserError(
                unit.env._(
                    "%(serial)s: %(product)s requires %(kinds)s. Enter it beside the serial number, under Add Other "
                    "Numbers.",
                    serial=unit.name,
                    product=unit.product_id.display_name,
                    kinds=lacking,
                )
            )


def read(unit, text):
    """Return the values of the identities that stand in a text, each of the kind that its form or its label says.

    :raise UserError: for what is of no kind that the unit takes
    """
    rooms, vals_list = find_rooms(unit), []
    for typed in naming.split_text(text):
        kind, name = find_kind(unit.env, rooms, typed)
        if not kind:
            raise UserError(_message_not_wanted(unit, naming.show(typed)))
        rooms[kind] -= 1
        vals_list.append({"serial_id": unit.id, "kind_id": kind.id, "name": name})
    return vals_list


def _message_not_wanted(unit, number):
    words = {"number": number, "product": unit.product_id.display_name, "kinds": describe_wanted(unit)}
    if not words["kinds"]:
        return unit.env._(
            "%(number)s is nothing that %(product)s takes beside its serial number: it wants no more. Check it, or "
            "enter it on the unit.",
            **words,
        )
    return unit.env._(
        "%(number)s is nothing that %(product)s takes beside its serial number: %(kinds)s. Check it, or enter it on "
        "the unit.",
        **words,
    )


def find_kind(env, rooms, text, guessed=None):
    """Return the kind that a text is of, by its label or its form, and the number in it; no kind where none fits.

    A label that names a kind is of no other one.

    :param dict rooms: ``{kind: how many more the unit takes}``; a label may name one that has no room left
    :param guessed: those of the kinds without a form that a text may be of; None: any of them
    """
    free = [kind for kind, room in rooms.items() if room > 0]
    if said := read_said(env, text):
        return next(((kind, name) for code, name in said for kind in rooms if kind.code == code), (None, text))
    checked = [kind for kind in free if kind.check != "none" and not form.make_key(kind.check, text)[1]]
    formless = [kind for kind in free if kind.check == "none" and (guessed is None or kind in guessed)]
    return next(iter(checked or formless), None), text


def read_said(env, text):
    """Return the numbers that a label names the kind of: a code and a number each."""
    read = label.read(text, scan.get_prefixes(env))
    return [(code, values[0]) for code, values in read.identities.items() if values]
