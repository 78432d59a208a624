"""What a phone in the hall shows: the open transfers of one kind of work, with what is still to scan."""

from odoo.exceptions import UserError
from odoo.fields import Domain

from .outside import take_text

OPEN = ("assigned", "confirmed", "waiting")
READY = ("assigned",)
SEARCHED = ("name", "origin", "partner_id")
PAGE = 40

# What a transfer of each kind of work does, by the places of its moves.
PLACES = {
    "receive": [("location_id.usage", "in", ("supplier", "transit")), ("location_dest_id.is_serial_stock", "=", True)],
    "ship": [("location_id.is_serial_stock", "=", True), ("location_dest_id.usage", "=", "customer")],
    "take_back": [("location_id.usage", "=", "customer"), ("location_dest_id.is_serial_stock", "=", True)],
}


def get_domain(work=None):
    """Return the domain of the open transfers that the entry window can ask about.

    :param work: a kind of work, a key of ``PLACES``; None for all of them
    """
    places = Domain.OR([PLACES[work]] if work else PLACES.values())
    by_lots = Domain("product_id.tracking", "!=", "serial") | Domain("picking_type_id.serial_entry_lots", "=", True)
    is_open = Domain("state", "not in", ("draft", "done", "cancel"))
    moves = places & by_lots & is_open & Domain("product_id.is_serialized", "=", True)
    return (
        Domain("state", "in", OPEN)
        & Domain("picking_type_id.serial_entry", "!=", "skip")
        & Domain("move_ids", "any", moves)
    )


def count(transfers):
    """Return how many transfers are ready for each kind of work, as far as the user may do it."""
    _check_insider(transfers)
    if not transfers.has_access("write"):
        return {}
    ready = Domain("state", "in", READY)
    return {work: transfers.search_count(get_domain(work) & ready) for work in PLACES}


def find(transfers, work, text, type_id, offset):
    """Return one page of the open transfers of a kind of work; those that are not ready only where they are asked for.

    :param str text: a part of its name, its order's or its partner's; a whole name comes first
    :param type_id: the ``stock.picking.type``; False for all of them
    """
    _check_insider(transfers)
    text = take_text(transfers.env, text).strip()
    if (
        (work is not None and work not in list(PLACES))
        or not _is_number(offset)
        or (type_id and not _is_number(type_id))
    ):
        raise UserError(transfers.env._("Choose what to do: %s.", ", ".join(PLACES)))
    domain = get_domain(work)
    if type_id:
        domain &= Domain("picking_type_id", "=", type_id)
    if text:
        domain &= Domain.OR(Domain(name, "ilike", text) for name in SEARCHED)
    else:
        domain &= Domain("state", "in", READY)
    named = transfers.search(domain & Domain("name", "=ilike", text), limit=1) if text else transfers.browse()
    found = transfers.search(domain, offset=offset, limit=PAGE, order="scheduled_date, id")
    types = transfers.env["stock.picking.type"]
    if work and not offset:
        types = types.browse(ready.id for [ready] in transfers._read_group(get_domain(work), ["picking_type_id"]))
    return {
        "total": transfers.search_count(domain),
        "rows": [_show(each) for each in named | found],
        "types": [{"id": each.id, "name": each.display_name} for each in types],
    }


def _check_insider(transfers):
    """Refuse people from outside, also those whom an app lets see transfers of their own, as subcontractors."""
    if not transfers.env.user._is_internal():
        transfers.check_access("write")


def _is_number(value):
    return type(value) is int and 0 <= value < 2**31


def _show(transfer):
    moves = transfer.move_ids.filtered(lambda move: move._takes_serials() and not move._serial_is_closed())
    return {
        "id": transfer.id,
        "name": transfer.name,
        "partner": transfer.sudo().partner_id.display_name or "",
        "origin": transfer.origin or "",
        "date": transfer.scheduled_date,
        "is_ready": transfer.state in READY,
        "quantity": sum(move._serial_room() for move in moves),
        "entered": sum(len(move._serial_names()) for move in moves),
    }
