"""What other systems do with many transfers in one call: enter numbers, validate, take back."""

from dataclasses import dataclass, field

from odoo.exceptions import RedirectWarning, UserError
from odoo.fields import Domain
from odoo.tools.misc import clean_context

from . import outside, scan, take_back

TRANSFERS_LIMIT = 1_000
LINES_LIMIT = 10_000
ASKED = {"id", "return_of", "names", "lines", "blanks", "backorder"}
ASKED_OF_LINE = {"move_id", "product_id", "names", "quantity"}


@dataclass(eq=False)
class Asked:
    """What is to be done with one transfer: ``picking`` is the transfer, or the delivery that comes back."""

    picking: object
    is_return: bool = False
    names: list = None
    lines: list = field(default_factory=list)
    blanks: bool = False
    backorder: bool = True


def read(env, transfers):
    """Return what a call asks for, as :class:`Asked`; nothing has been done when it is wrong.

    :raise UserError: for what is no list of dicts as ``process_serials`` says, and too much of it
    :raise AccessError: for a transfer that the user may not change
    """
    if isinstance(transfers, (list, tuple)) and len(transfers) > TRANSFERS_LIMIT:
        raise UserError(
            env._(
                "%(count)s transfers are too many for one call, which takes %(limit)s. Call several times.",
                count=len(transfers),
                limit=TRANSFERS_LIMIT,
            )
        )
    if not isinstance(transfers, (list, tuple)) or not all(isinstance(each, dict) for each in transfers):
        raise UserError(env._("Transfers are given as a list of objects, each with the id of a transfer."))
    asked = [_read_transfer(env, each) for each in transfers]
    given = [name for each in asked for line in [{"names": each.names}, *each.lines] for name in line["names"] or ()]
    outside.check_count(env, given, outside.NAMES_LIMIT)
    pickings = [each.picking.id for each in asked]
    if len(set(pickings)) < len(pickings):
        raise UserError(env._("A transfer is given twice. Put all its numbers in one place."))
    return asked


def _read_transfer(env, given):
    _check_words(env, given, ASKED)
    is_return = "return_of" in given
    picking = outside.take_record(env, "stock.picking", given.get("return_of" if is_return else "id"))
    if not picking or ("id" in given and is_return):
        raise UserError(env._("Each transfer has the id of a transfer, or return_of: the id of the delivery."))
    picking.check_access("write")
    if "names" in given and "lines" in given:
        raise UserError(env._("%s: give names, or lines with names, not both.", picking.name))
    return Asked(
        picking,
        is_return,
        _read_names(env, given),
        _read_lines(env, given.get("lines", [])),
        _read_choice(env, given, "blanks", default=False),
        _read_choice(env, given, "backorder", default=True),
    )


def _read_choice(env, given, word, default):
    """Return true or false; a text such as "false" is neither."""
    choice = default if given.get(word) is None else given[word]
    if not isinstance(choice, bool):
        raise UserError(outside.message_bad_value(env, f"{word} (true, false)", choice))
    return choice


def _read_lines(env, lines):
    if not isinstance(lines, (list, tuple)) or not all(isinstance(line, dict) for line in lines):
        raise UserError(env._("Lines are given as a list of objects, each with a move_id or a product_id."))
    if len(lines) > LINES_LIMIT:
        raise UserError(env._("%(count)s lines are too many. At most: %(limit)s.", count=len(lines), limit=LINES_LIMIT))
    return [_read_line(env, line) for line in lines]


def _read_line(env, line):
    _check_words(env, line, ASKED_OF_LINE)
    quantity = line.get("quantity")
    if quantity is not None and (type(quantity) not in (int, float) or not 0 <= quantity < 10**9):
        raise UserError(env._("A line's quantity is a number."))
    return {
        "move": outside.take_record(env, "stock.move", line.get("move_id")),
        "product": outside.take_record(env, "product.product", line.get("product_id")),
        "names": _read_names(env, line),
        "quantity": quantity,
    }


def _read_names(env, given):
    names = given.get("names")
    if names is not None:
        outside.take_entries(env, names)
    return names


def _check_words(env, given, known):
    strange = [str(word)[:50] for word in given if word not in known]
    if strange:
        raise UserError(
            env._(
                "%(strange)s is not known here. Known: %(known)s.", strange=strange[0], known=", ".join(sorted(known))
            )
        )


def process(asked):
    """Do what is asked with one transfer, or leave it as it was.

    :param asked: an :class:`Asked`
    :return: dict, see ``process_serials`` of ``stock.picking``
    """
    picking, cr = asked.picking, asked.picking.env.cr
    answer = {"id": picking.id, "ok": True, "message": ""}
    if asked.is_return:
        answer = {"return_of": picking.id, **answer, "id": False}
    try:
        with cr.savepoint():
            done = _take_back(asked) if asked.is_return else _do(asked, picking)
    except (UserError, RedirectWarning) as error:
        done = picking.browse() if asked.is_return else picking
        answer |= {"ok": False, "message": str(error.args[0])}
    done.invalidate_recordset(["serial_missing"])
    return answer | {
        "id": done.id,
        "name": done.name,
        "state": done.state,
        "serial_missing": done.serial_missing,
        "backorder_ids": done.backorder_ids.ids if answer["ok"] else [],
    }


def _do(asked, picking):
    if picking.state in ("done", "cancel"):
        state = dict(picking._fields["state"]._description_selection(picking.env))[picking.state]
        raise UserError(picking.env._("%(transfer)s is closed (%(state)s).", transfer=picking.name, state=state))
    if picking.state == "draft":
        picking.action_confirm()
    if picking.state in ("confirmed", "waiting"):
        picking.action_assign()
    for move, names, quantity in _find_moves(asked, picking):
        if quantity is not None:
            move.quantity = quantity
        if names is not None:
            move.assign_serials(names)
    _validate(asked, picking)
    return picking


def _find_moves(asked, picking):
    """Yield the moves that numbers or quantities are for, with these."""
    moves = picking.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
    if asked.names is not None:
        yield _choose(picking, moves.filtered("is_serialized")), asked.names, None
    for line in asked.lines:
        found = moves & line["move"]
        if not line["move"]:
            found = moves.filtered(lambda move, line=line: move.product_id == line["product"])
        yield _choose(picking, found), line["names"], line["quantity"]


def _choose(picking, moves):
    if not moves:
        raise UserError(picking.env._("%s has no line that this can be for. Check its products.", picking.name))
    if len(moves) > 1:
        raise UserError(
            picking.env._(
                "%(transfer)s has %(count)s lines that this can be for. Give lines with the move_id of each.",
                transfer=picking.name,
                count=len(moves),
            )
        )
    return moves


def _validate(asked, picking):
    """Press the button, and answer what it asks as the call says."""
    context = clean_context(picking.env.context) | {"skip_backorder": True}
    if not asked.backorder:
        context["picking_ids_not_to_backorder"] = picking.ids
    result = picking.with_context(context).button_validate()
    if isinstance(result, dict) and result.get("res_model") == "serial.entry":
        result = _leave_blank(asked, picking, result)
    if picking.state != "done":
        raise UserError(_message_asks(picking, result.get("name") if isinstance(result, dict) else ""))


def _message_asks(picking, window):
    if not window:
        return picking.env._("%s asks something before it is done. Validate it on the screen.", picking.name)
    return picking.env._(
        "%(transfer)s asks something before it is done (%(window)s). Validate it on the screen.",
        transfer=picking.name,
        window=window,
    )


def _leave_blank(asked, picking, action):
    entry = picking.env["serial.entry"].browse(action["res_id"])
    lines = entry.line_ids.filtered("missing")
    if not asked.blanks:
        raise UserError(_message_missing(picking, lines))
    for line in lines:
        line.use_blanks()
    return entry.action_confirm()


def _message_missing(picking, lines):
    count, products = sum(lines.mapped("missing")), ", ".join(lines.product_id.mapped("display_name"))
    if count == 1:
        return picking.env._(
            "%(transfer)s: 1 unit has no serial number yet (%(product)s). Give its number, or say that it may stay "
            "without (blanks: true).",
            transfer=picking.name,
            product=products,
        )
    return picking.env._(
        "%(transfer)s: %(count)s units have no serial number yet (%(products)s). Give their numbers, or say that they "
        "may stay without (blanks: true).",
        transfer=picking.name,
        count=count,
        products=products,
    )


def _take_back(asked):
    """Make the return of a delivery, with the units that came back, and do it."""
    delivery = asked.picking
    given = [name for line in [{"names": asked.names}, *asked.lines] for name in line["names"] or ()]
    names = outside.take_entries(delivery.env, given)[0]
    brought = Domain("move_ids.picking_id", "=", delivery.id)
    wanted = scan.find_wanted(delivery.env["serial.number"], names, brought)
    if message := next((each.message for each in wanted if each.message), ""):
        raise UserError(message)
    units = delivery.move_ids.serial_ids & delivery.env["serial.number"].union(*(each.units for each in wanted))
    missing = [each.name for each in wanted if not each.units & units]
    if missing or not units:
        raise UserError(
            delivery.env._(
                "%(transfer)s did not bring these units: %(serials)s. Name units of the delivery that come back.",
                transfer=delivery.name,
                serials=", ".join(missing[:20]) or "-",
            )
        )
    returned = take_back.create_return(delivery, units)
    _validate(asked, returned)
    return returned
