"""Find out which rows of the register are one piece, and join them."""

from itertools import takewhile

from odoo.exceptions import UserError
from odoo.tools import groupby

from ..tools.facts import INVOICED_FACTS
from . import by_hand, invoice_match, keyless, stock_source, swap
from .sql import register_sql


def join(unit, other, name):
    """Number this blank with a number that the register knows: the two are one piece, or change places.

    :raise UserError: when the other unit cannot be this piece
    """
    if unit.name:
        raise UserError(by_hand.message_exists(unit, name, unit.product_id))
    other_in_stock = other.location_id.is_serial_stock
    twin = _find_twin(unit, other)
    if twin:
        join(twin, other, name)
        return
    _check_join(unit, other, other_in_stock)
    check_same_owner(unit, other)
    if may_be(unit, other):
        merge(unit, other, name)
    elif other_in_stock:
        swap.change_places(unit, other)
    elif invoice_match.is_invoiced_for(unit, other):
        invoice_match.give_invoice(unit, other, ("invoice_line_id",))
    else:
        swap.change_places(other, unit)


def join_all(pairs):
    """Do what :func:`join` does for many blanks: all at once, as far as no stock has to follow.

    :param list pairs: a blank, the unit that has its number, and the number, for each
    :raise UserError: when one of the other units cannot be its piece
    """
    ways = {"merge": [], "swap": [], "": []}
    for pair in pairs:
        ways[_find_way(*pair[:2])].append(pair)
    for unit, other, _name in ways["merge"] + ways["swap"]:
        _check_join(unit, other, other.location_id.is_serial_stock)
        check_same_owner(unit, other)
    if ways["merge"]:
        _merge_all([_Merge(*pair) for pair in ways["merge"]])
    if ways["swap"]:
        swap.change_all([pair[:2] for pair in ways["swap"]])
    _join_each(ways[""])


def _find_way(unit, other):
    """Return how a blank gets the number of a unit, where that can be done for many at once; empty for one by one."""
    if unit.name or _find_twin(unit, other):
        return ""
    place = _find_place_of_both(unit, other)[0]
    if place:
        return "" if stock_source.is_to_follow(unit, other, place) else "merge"
    return "swap" if other.location_id.is_serial_stock and stock_source.lies_as_said(unit, other) else ""


def _join_each(pairs):
    """Join one by one; a blank whose twin takes its number gets the twin's."""
    blanks = [unit for unit, _other, _name in pairs]
    for index, (_unit, other, name) in enumerate(pairs):
        unit = blanks[index]
        twin = _find_twin(unit, other)
        if twin in blanks:
            blanks[blanks.index(twin)] = unit
        join(unit, other, name)


def may_be(unit, other):
    """Tell whether two rows may be one piece, see :func:`_find_place_of_both`."""
    return bool(_find_place_of_both(unit, other)[0])


def _find_place_of_both(this, other):
    """Return where one piece is that two rows speak of, and whether it stays uncovered.

    Documents are booked late: the order of history rows is not the order of what happened. What decides is what
    each row leaves open. An uncovered one has left stock, and nobody knows as what: the other may be where it came
    from. One that came back, and that nobody had sold, may be what the other became. Of two that both came and
    that both went on, one is the other only if it came after the other had left.

    No piece is lost: what is on hand stays the units in stock less the uncovered ones, so a mark that ends takes
    the place in stock with it. Pieces that stood on one document are two.

    :return: the row whose place the piece has, an empty one when they are two pieces; and its mark
    """
    mine, theirs = (unit.location_id.is_serial_stock for unit in (this, other))
    if other.status == "expected":
        return this, this.uncovered
    if swap.get_documents(this) & swap.get_documents(other):
        return this.browse(), False
    if invoice_match.is_invoiced_for(this, other):
        return other if this.uncovered else this.browse(), False
    if this.uncovered and theirs:
        is_back = mine and not this._is_sold() and not other._is_sold()
        if mine and (other.uncovered or came_back_first(other)):
            return this.browse(), False
        return other if is_back else this, other.uncovered
    if mine and other.uncovered and not came_back_first(this):
        return other, False
    if theirs or this.uncovered:
        return this.browse(), False
    is_continued = other._is_sold() if came_back_first(this) else _begins_after(this, other)
    return this if is_continued else this.browse(), other.uncovered


def came_back_first(unit):
    """Tell whether the unit's history begins with a return, because nobody had booked its sale."""
    first = min(unit.event_ids, key=lambda event: event.id, default=unit.event_ids)
    return first.kind == "returned" and not first.status_from


def _begins_after(unit, other):
    """Tell whether the history of this unit begins after the other's current stay outside of stock began."""
    outside = (*unit._get_serial_rules().sold, "void")
    stay = takewhile(lambda event: event.status_to in outside, other.event_ids)
    return min([event.id for event in stay], default=0) < min(unit.event_ids.ids)


def _check_join(unit, other, other_in_stock):
    flow = unit._get_flow("ship" if unit.status == "issued" else "adjust_out")
    own = _was_with(unit, other.customer_id)
    if unit.status == "received":
        allowed = may_be(unit, other) if other_in_stock else other.status in unit._get_flow("receive").accepts
    elif other_in_stock:
        allowed = other.status in flow.accepts or (other.status in ("designated", *flow.accepts_own) and own)
        allowed &= not _is_invoiced_with(unit, other)
    else:
        allowed = other.status == "expected" or invoice_match.is_invoiced_for(unit, other)
    if why := other._find_refusal(None, flow, unit.customer_id).get(other.id):
        raise UserError(why)
    if not allowed or (unit.uncovered and other.uncovered and not other_in_stock):
        raise UserError(
            unit.env._(
                "%(serial)s (%(product)s) exists already, and cannot be this unit (%(state)s). Check the number, or "
                "correct the other unit first.",
                serial=other.name,
                product=other.product_id.display_name,
                state=other._describe_state(),
            )
        )


def _was_with(unit, customer):
    """Tell whether the unit is a customer's, or was before it came back and left again."""
    partners = (unit.customer_id | unit.sudo().event_ids.partner_id).commercial_partner_id
    return customer.commercial_partner_id in partners or customer == unit.customer_id


def _takes_invoice_of(unit, other):
    """Tell whether the customer who has this unit was invoiced for it by the other row of the piece."""
    is_theirs = other.customer_id.commercial_partner_id == unit.customer_id.commercial_partner_id
    return unit._is_sold() and is_theirs and bool(other.invoice_line_id) and not unit.invoice_line_id


def _is_invoiced_with(unit, other):
    """Tell whether both stand on one invoice line and none has been delivered, so that they are two pieces."""
    is_open = not (unit.delivery_move_id or other.delivery_move_id)
    return is_open and bool(unit.invoice_line_id & other.invoice_line_id)


def check_same_owner(unit, other):
    """Refuse to let a unit in stock be the one that left, where the operation took somebody else's stock.

    :raise UserError: with both owners, and what to do
    """
    if unit.owner_id == other.owner_id or not other.location_id.is_serial_stock:
        return
    company = unit.company_id.partner_id
    raise UserError(
        unit.env._(
            "%(serial)s (%(product)s) belongs to %(owner)s, and %(document)s took stock of %(other)s. Change the "
            "owner on its operation first, or check the number.",
            serial=other.display_name,
            product=unit.product_id.display_name,
            owner=(other.owner_id or company).sudo().display_name,
            document=unit.sudo().event_ids[:1].document or unit.display_name,
            other=(unit.owner_id or company).sudo().display_name,
        )
    )


def merge(unit, other, name):
    """Make two rows one: this one survives, and takes over the other's facts, documents and history."""
    one = _Merge(unit, other, name)  # as long as the rows say where they lie: stock that follows says it anew
    stock_source.retake_stock_of_both(unit, other, one.place)
    _merge_all([one])


class _Merge:
    """Two rows of the register that are one piece: what becomes of the one that survives.

    :ivar unit: the row that survives
    :ivar other: the one whose facts, documents and history it takes over
    :ivar place: which of them is where the piece is
    :ivar str kind: the kind of what happens
    :ivar str note: what the history says of it
    :ivar dict vals: the facts that the unit gets, its number among them
    """

    def __init__(self, unit, other, name):
        self.unit, self.other = unit, other
        self.place, uncovered = _find_place_of_both(unit, other)
        self.vals = {"uncovered": uncovered, **_prepare_merged_vals(unit, other, self.place), "name": name}
        self.note = unit.env._("The unit in the register and this one were the same piece.")
        kind = "numbered"
        if unit.name:
            kind, self.note = "renumbered", f"{unit.name} → {name}; {self.note}"
        elif self.place == unit:
            self.vals["status"] = by_hand.find_numbered(unit)
        after = self.vals.get("status", unit.status)
        self.kind = kind if unit._get_serial_rules().is_allowed(kind, unit.status, after) else "corrected"


def _merge_all(merges):
    """Make two rows one, for each of several pieces, once stock is where it is to be: all at once."""
    units = merges[0].unit.browse(each.unit.id for each in merges)
    others = units.browse(each.other.id for each in merges)
    names = {name for each in merges for name in each.vals} - {"status"}
    for unit, each in zip(units, merges, strict=True):
        each.vals |= {name: getattr(unit[name], "id", unit[name]) for name in names - each.vals.keys()}
    absorbed = dict(zip(units._ids, others._ids, strict=True))
    units._merge_references(others)
    keyless.forget(others)
    register_sql.delete_absorbed(others)
    for kind, group in groupby(merges, key=lambda each: each.kind):
        events = [units._prepare_event_vals(kind, note=each.note) for each in group]
        changed = units.browse(each.unit.id for each in group)
        changed._record_rows(kind, [each.vals for each in group], events, absorbed)
    stock_source.retake_own_stock(units)


def unfollow_twice(units, others):
    """Let nobody follow a piece twice: who follows both of its rows follows one.

    :param units: ``serial.number`` records
    :param others: the other row of each of these pieces, in order
    """
    followers = units.env["mail.followers"].sudo()
    found = followers.search([("res_model", "=", units._name), ("res_id", "in", [*units._ids, *others._ids])])
    kept = dict(zip(others._ids, units._ids, strict=True))
    mine = {(follower.res_id, follower.partner_id) for follower in found}
    found.filtered(lambda follower: (kept.get(follower.res_id), follower.partner_id) in mine).unlink()


def _prepare_merged_vals(unit, other, place):
    """Return the facts that a row takes over from another one that is the same piece.

    :param place: which of the two rows is where the piece is
    """
    names = [name for name in (*unit._get_facts("vendor", "unit"), "lot_id", "note") if not unit[name]]
    if place == other:
        names += [*unit._get_facts("customer", "hold"), "status"]
        if invoice_match.is_invoiced_for(unit, other):
            names.remove("invoice_line_id")
    elif _takes_invoice_of(unit, other):
        names += INVOICED_FACTS
    if _lies_with(unit, other, place) == other:
        names += ["location_id", "package_id"]
    return {name: getattr(other[name], "id", other[name]) for name in dict.fromkeys(names)}


def _lies_with(unit, other, place):
    """Return which of two rows of one piece says where it is.

    Where both lie in stock, that is the one that came back there, if the other has not moved on by name since; one
    that was only invoiced says nothing.

    :param place: the row whose status the piece has
    """
    if not (unit.location_id.is_serial_stock and other.location_id.is_serial_stock):
        return place
    if not unit.uncovered or unit._is_sold():
        return other
    came = unit.event_ids.filtered("move_id")[:1]
    moved = other.event_ids.filtered(lambda event: event.id > came.id and stock_source.moves_within(event.move_id))
    return other if moved else unit


def _find_twin(this, other):
    """Return another blank that came back with this one, where that one may be the numbered unit and this one not.

    Of several that came back without number, one is as good as another: that one is it which nobody had sold.
    """
    if this.status != "received" or not other._is_sold() or may_be(this, other):
        return this.browse()
    moves = this.sudo().event_ids.move_id[:1]
    twins = (moves.serial_ids - this).filtered(lambda unit: not unit.name and unit.status == "received")
    alike = twins.filtered(lambda unit: unit._get_serial_place() == this._get_serial_place())
    return alike.filtered(lambda unit: may_be(unit, other))[:1]
