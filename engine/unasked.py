"""Numbers that were taken where nobody could be asked, as at a till: entered to be booked, and told of afterwards."""

from collections import Counter

from ..tools import naming

MANAGERS = "serial_number_tracking.group_serial_number_manager"
LOOKUP = "serial_number_tracking.group_serial_number_lookup"


def share(lines, names, statuses):
    """Enter numbers, see :meth:`SerialCaptureMixin._enter_unasked`.

    :return: their checks, in order
    """
    checks, left = {}, list(range(len(names)))
    for line in lines:
        mine = left if line == lines[-1] else _find_mine(line, names, left)
        left = [index for index in left if index not in set(mine)]
        chosen = {place: statuses[index] for place, index in enumerate(mine) if index in statuses}
        checks |= zip(mine, _enter(line, [names[index] for index in mine], chosen), strict=True)
    return [check for _index, check in sorted(checks.items())]


def _find_mine(line, names, indexes):
    """Return the indexes of the numbers that a line can take, one of several that they may be of."""
    said = line._say_of_serials([names[index] for index in indexes])
    return [index for index, check in zip(indexes, said, strict=True) if check["ok"]]


def _enter(line, names, statuses):
    checks, extra = line._read_serials(names)
    chosen = {check.key: statuses[index] for index, check in enumerate(checks) if statuses.get(index)}
    good = [check.row["name"] if check.row else check.name for check in checks if check.ok]
    if line.product_id._has_serial_lots():  # stock has the lots already but those of a kit, and the register follows
        doubts = [check for check in checks if not check.ok and check.code != "unknown"]
        _keep_doubts(line, good, doubts, chosen)
        return checks
    refused = [check.message for check in checks if not check.ok]
    typed = [check.name for check in checks]
    line._write_serial_draft(good + _find_others(line, good), statuses=chosen, refused=refused, unasked=typed, **extra)
    return checks


def _keep_doubts(line, good, checks, statuses):
    refused, typed = [check.message for check in checks], [check.name for check in checks]
    line._write_serial_draft(good, statuses=statuses, refused=refused, unasked=typed)


def _find_others(line, names):
    """Return the numbers of more units that the line must be about, where its document says which ones it may be.

    Blanks among them are booked by themselves.
    """
    choices = line._get_serial_choices()
    if choices is None:
        return []
    named = choices.filtered("name").sorted("id")
    room = line._serial_quantity() - len(names) - len(choices - named)
    keys = set(naming.make_keys(names))
    return [unit.name for unit in named if unit.name_key not in keys][: max(0, room)]


def tell(line):
    """Give somebody an activity where numbers that were taken unasked could not be booked.

    :param line: the booked document line, whose entry is still there
    """
    typed = (line.serial_draft or {}).get("unasked")
    if not typed:
        return
    left = Counter(map(naming.make_key, typed))
    units = line.serial_ids.sorted(lambda unit: (bool(unit.name), -unit.id))
    if line.product_id._has_serial_lots():
        units = units.filtered(lambda unit: unit.name_key in left)
    else:
        left -= Counter(units.filtered("name").mapped("name_key"))
    if not left or not units:
        return
    unit = units[0]
    noted = unit.event_ids[:1].note if not unit.name else ""
    _schedule(unit, line, [name for name in typed if naming.make_key(name) in left], noted)


def tell_waiting(lines):
    """Give somebody an activity on each document that waits because of numbers that were taken unasked: of Odoo's lots.

    :param lines: its lines that could not be booked
    """
    for line in lines.filtered(lambda line: line._get_refused_serials()):
        _schedule(line.picking_id, line, line.serial_draft["unasked"])


def _schedule(record, line, names, reason=None):
    note = line.env._(
        "%(serials)s was entered on %(document)s for %(product)s. %(reason)s Find out which unit it was, and enter its "
        "number here.",
        serials=", ".join(names),
        document=line._serial_document(),
        product=line.product_id.display_name,
        reason=reason or " ".join(line._get_refused_serials()),
    )
    summary = line.env._("Serial number to check")
    user = _find_user(line)
    record.activity_schedule("mail.mail_activity_data_todo", summary=summary, note=note, user_id=user.id)


def _find_user(line):
    """Return who is told: who answers for the document, if they may see units, else a manager."""
    user = line._serial_responsible()
    if user.has_group(LOOKUP):
        return user
    managers = line.env.ref(MANAGERS).sudo().all_user_ids
    return managers.filtered(lambda manager: line._serial_company() in manager.company_ids)[:1] or managers[:1]
