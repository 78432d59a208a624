"""Other numbers of units in the entry window: what it waits for, where a scanned one belongs, and what is missing."""

import re

from odoo.exceptions import UserError
from odoo.fields import Domain

from ...engine import entry_undo, scan
from ...engine.check import Check
from ...engine.sql import entry_sql
from ...tools import label, naming
from . import entry, form, lookup, typed

NUMBERED = re.compile(r"[\s_]*\d$")  # IMEI 1, IMEI 2


def get_entered(lines):
    """Return ``{(code, key): unit's number}`` of the other numbers that are entered on lines of a window."""
    texts = entry_sql.read_beside(lines).get("identities", {})
    units = lines._find_entered(Domain("name_key", "in", list(texts))) if texts else ()
    return {(code, key): unit.name for unit in units for code, key, _name in entry.split(texts.get(unit.name_key, ""))}


def find_columns(env, row):
    """Return ``{column: code of a kind}`` of a table's heading: by the kind's name or code, numbered or not."""
    kinds = env["serial.identity.kind"].search([])
    titles = {title.lower(): kind.code for kind in kinds for title in (kind.name, kind.code)}
    titles |= {"mac": "mac"} if "mac" in titles.values() else {}
    found = {}
    for column, cell in enumerate(row):
        text = str(cell).strip().lower()
        code = titles.get(text) or titles.get(NUMBERED.sub("", text))
        if code:
            found[column] = code
    return found


def describe_waiting(line):
    """Return what the window asks for beside the number that was entered last, empty for nothing."""
    asks = line.product_id.serial_identity_kind_ids and not line.is_doubtful
    unit = _get_last(line) if asks else None
    rooms = {kind: room for kind, room in _get_rooms(line, unit).items() if room > 0} if unit else {}
    if not rooms:
        return ""
    required = line.product_id.serial_identity_required_ids
    kind = next((kind for kind in rooms if kind in required), next(iter(rooms)))
    count = kind.count - rooms[kind] + 1
    return line.env._(
        "%(serial)s: scan %(kind)s (%(count)s of %(limit)s), or go on with the next serial number.",
        serial=unit.name,
        kind=kind.name,
        count=count,
        limit=kind.count,
    )


def ask(line, text):
    """Return what the window asks for beside a number: as many numbers of each kind as a unit of the product has."""
    product, numbers, asked = line.product_id.sudo(), {}, []
    for code, _key, name in entry.split(text or ""):
        numbers.setdefault(code, []).append(name)
    for kind in product.serial_identity_kind_ids.with_env(line.env):
        given = numbers.get(kind.code, [])
        for index in range(max(kind.count, len(given))):
            asked.append(
                {
                    "code": kind.code,
                    "label": kind.name if kind.count == 1 else f"{kind.name} {index + 1}",
                    "kind": "char",
                    "choices": [],
                    "required": not index and kind in product.serial_identity_required_ids.with_env(line.env),
                    "value": given[index] if index < len(given) else "",
                }
            )
    return asked


def take_scanned(line, text):
    """Give a scanned number to the unit that was entered last, where its form is one that this unit waits for.

    After a serial number that was not taken nobody knows whose it is: it is refused then.

    :return: a check of the number; None for what is a serial number, or a number of a unit that is known
    """
    if line.is_doubtful:
        return _refuse_doubtful(line, text)
    unit = _get_last(line) if line.product_id.serial_identity_kind_ids else None
    kind, text = _find_kind(line, unit, text) if unit else (None, text)
    kind = kind or (unit and _find_mistyped(line, unit, text))
    if not kind:
        return None
    check = Check(unit.name, key=unit.name_key)
    check.decide(unit.code, "")
    source, others = line._get_source(), {kind.code: [text]}
    for known, _key, name in entry.split((unit.beside or {}).get("identities", "")):
        others.setdefault(known, []).insert(0, name)
    kept = entry.EntryCheck(source, [check], {0: others}, get_entered(line._get_siblings())).run()
    check.line_id, check.typed = line.id, text
    if check.ok:
        entry_undo.keep_beside(unit)
        entry_sql.write_beside(line, {"identities": kept})
        line.entry_id._touch()
        check.code, check.message = "ok", entry.describe(line.env, kept[unit.name_key])
    return check


def _refuse_doubtful(line, text):
    kind, text = _find_kind(line, line.env["serial.entry.unit"], text)
    if not kind:
        return None
    check = Check(text, line_id=line.id)
    message = line.env._(
        "%(number)s looks like the %(kind)s of a unit whose serial number was not taken. Correct that number first, "
        "and scan this one again.",
        number=naming.show(text),
        kind=kind.name,
    )
    check.decide("bad_format", message)
    return check


def _get_last(line):
    return line.env["serial.entry.unit"].search([("line_id", "=", line.id)], order="id desc", limit=1)


def _get_rooms(line, unit):
    """Return ``{kind: how many more the unit takes}`` of the kinds of its product."""
    kinds = line.product_id.sudo().serial_identity_kind_ids.with_env(line.env)
    keys = {(code, key) for code, key, _name in entry.split((unit.beside or {}).get("identities", ""))}
    keys |= {(each.kind_id.code, each.name_key) for each in unit.serial_id.sudo().identity_ids}
    return {kind: kind.count - sum(code == kind.code for code, _key in keys) for kind in kinds}


def _find_mistyped(line, unit, text):
    """Return the kind that a scanned text has the form of, and a wrong check digit; None for a serial number.

    A text that looks like the number of the unit is one.
    """
    if _is_serial(line, text) or naming.make_shape(text) == naming.make_shape(unit.name):
        return None
    free = [kind for kind, room in _get_rooms(line, unit).items() if room > 0 and kind.check in form.STRICT]
    return next((kind for kind in free if form.make_key(kind.check, text)[1] == "digit"), None)


def _find_kind(line, unit, text):
    """Return the kind that a scanned text is of, and the number in it; no kind for a serial number."""
    if _is_serial(line, text):
        return None, text
    required = line.product_id.serial_identity_required_ids
    return typed.find_kind(line.env, _get_rooms(line, unit), text, required)


def _is_serial(line, text):
    """Tell whether a scanned text is a serial number: its label says so, its form, or the register."""
    read = label.read(text, scan.get_prefixes(line.env))
    said = typed.read_said(line.env, text)
    if said and read.kind == "prefix":
        return _is_known(line, said[0][1])
    if read.serials and read.kind != "text":
        return True
    if said:
        return False
    product = line.product_id
    fits = bool(product.serial_format) and not product._find_serial_fault(text, product._compile_serial_format())
    return fits or _is_known(line, text)


def _is_known(line, text):
    """Tell whether a text is a number of a unit that the register knows, or of one that is entered."""
    register = line.env["serial.number"].sudo()
    company = Domain("company_id", "=", line._get_source()._serial_company().id)
    of_product = company & Domain("product_id", "=", line.product_id.id)
    key = naming.make_key(text)
    if register.search_count(of_product & Domain("name_key", "=", key), limit=1):
        return True
    return bool(lookup.find_units(register, [text], of_product)) or bool(line._get_siblings()._find_units([text]))


def check_complete(lines):
    """Refuse to confirm while a unit that comes in or is sold lacks a number that its product requires.

    :raise UserError: with the units and what they lack
    """
    faults = []
    for line in lines.filtered(lambda line: line.product_id.serial_identity_required_ids):
        if line._get_source()._serial_flow().needs_all:
            faults += _find_lacking(line)
    if faults:
        raise UserError(
            lines.env._(
                "These units lack numbers that their product requires:\n%s\nScan each unit's serial number and then "
                "its other numbers, or paste a table with a column for each of them.",
                "\n".join(f"- {fault}" for fault in faults),
            )
        )


def _find_lacking(line):
    """Return what the units of a line lack: a text for each kind."""
    texts = entry_sql.read_beside(line).get("identities", {})
    units = line._find_units()
    faults = []
    for kind in line.product_id.serial_identity_required_ids:
        known = {
            each.serial_id.name_key
            for each in line.env["serial.identity"]
            .sudo()
            .search([("kind_id", "=", kind.id), ("serial_id", "in", units.serial_id.ids)])
        }
        given = {key for key, text in texts.items() if any(code == kind.code for code, *_rest in entry.split(text))}
        names = [unit.name for unit in units if unit.name_key not in known | given]
        if names:
            faults.append(f"{line.product_id.display_name}, {kind.name}: {naming.show_first(names)}")
    return faults


def get_printed(units):
    """Return ``{unit id: text}`` of the other numbers that their products want on paper."""
    printed = {product.id: product.serial_identity_printed_ids.ids for product in units.sudo().product_id}
    if not any(printed.values()):
        return {}
    found = units.env["serial.identity"].sudo().search([("serial_id", "in", units.ids)], order="kind_id, id")
    texts = {}
    for identity in found.with_env(units.env(su=True)):
        if identity.kind_id.id in printed[identity.serial_id.product_id.id]:
            texts.setdefault(identity.serial_id.id, []).append(f"{identity.kind_id.name}: {identity.name}")
    return {unit: ", ".join(parts) for unit, parts in texts.items()}
