"""Other numbers of units as one text each that people correct: ``IMEI: 356938035643809, Asset Tag: T1``."""

import re

from odoo.exceptions import UserError

from ...tools import naming
from . import typed


def get_texts(units):
    """Return ``{unit id: text}`` of the units that carry other numbers, or whose products want some."""
    return {
        unit.id: join(unit.identity_ids.mapped(lambda each: (each.kind_id.name, each.name)))
        for unit in units
        if unit.identity_ids or unit.product_id.sudo().serial_identity_kind_ids
    }


def join(pairs):
    """Return one text of (name of a kind, number) each."""
    return ", ".join(f"{kind}: {number}" for kind, number in pairs)


def read(unit, text):
    """Return the identities in a text: (kind, number) each, of the kind that stands before it or that its form says.

    :raise UserError: for a number without a kind that the unit's product does not take
    """
    kinds = unit.env["serial.identity.kind"].with_context(active_test=False).search([])
    by_title = {title.lower(): kind for kind in kinds for title in (kind.code, kind.name)}
    titles = "|".join(re.escape(title) for title in sorted(by_title, key=len, reverse=True))
    found = []
    parts = re.split(rf"(?:^|[,;\n])\s*({titles})\s*:", naming.clean_text(text), flags=re.IGNORECASE)
    for number in naming.split_text(parts[0]):
        found.append(_find_kind(unit, found, number))
    for title, numbers in zip(parts[1::2], parts[2::2], strict=True):
        kind = by_title[title.lower()]
        known = unit.identity_ids.filtered(lambda each, kind=kind: each.kind_id == kind).mapped("name")
        whole = naming.clean(numbers)  # which may have a comma in it
        found += [(kind, name) for name in ([whole] if whole in known else naming.split_text(numbers))]
    return found


def _find_kind(unit, found, number):
    rooms = {kind: kind.count for kind in unit.product_id.sudo().serial_identity_kind_ids.with_env(unit.env)}
    for kind, _number in found:
        if kind in rooms:
            rooms[kind] -= 1
    kind, name = typed.find_kind(unit.env, rooms, number)
    if kind:
        return kind, name
    raise UserError(
        unit.env._(
            "%(serial)s: write the kind before %(number)s, for example %(example)s.",
            serial=unit.display_name,
            number=naming.show(number),
            example=f"IMEI: {naming.show(number)}",
        )
    )


def merge(unit, text, others):
    """Return a text with the numbers of some kinds in place of those that it has of them.

    :param dict others: lists of numbers by the codes of their kinds
    """
    kinds = {kind.code: kind for kind in unit.env["serial.identity.kind"].search([])}
    kept = [(kind.name, number) for kind, number in read(unit, text) if kind.code not in others]
    return join(kept + [(kinds[code].name, number) for code, numbers in others.items() for number in numbers])


def write(texts):
    """Give units the identities of their texts in place of those that they have, all of them at once.

    :param dict texts: ``{unit: text}``
    :raise UserError: for what is no number of its kind, another unit's, and more than a unit has of a kind
    """
    wanted = {unit: read(unit, text) for unit, text in texts.items()}
    going = next(iter(texts)).env["serial.identity"]
    for unit in texts:
        for each in unit.identity_ids:
            if (each.kind_id, each.name) in wanted[unit]:
                wanted[unit].remove((each.kind_id, each.name))
            else:
                going |= each
    going._replace(
        [
            {"serial_id": unit.id, "kind_id": kind.id, "name": number}
            for unit, pairs in wanted.items()
            for kind, number in pairs
        ]
    )
