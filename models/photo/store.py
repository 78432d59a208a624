"""Where photos are: with their window until it is confirmed, with the document line until it is booked, then units."""

from odoo.exceptions import UserError
from odoo.fields import Domain

from ...engine.sql import entry_sql
from ...tools import naming
from . import picture

CODE = "photo:picture"  # of the column of a table: no code of another feature begins like this
MARK = "serial_number_tracking.photo"  # the description of what is not booked yet
TITLES = ("photo", "picture", "image")


def find_columns(env, row):
    """Return ``{column: code}`` of a table's heading."""
    titles = {*TITLES, env._("Photo").lower(), env._("Picture").lower()}
    return {column: CODE for column, cell in enumerate(row) if str(cell).strip().lower() in titles}


def keep(owner, serial, content):
    """Keep a photo with a window or a document line; return its name there, a text.

    :param owner: the ``serial.entry``, or the document line
    :param str serial: the number that it is of
    :param str content: base64
    :raise UserError: for what is no picture, and what is too large
    """
    raw, ending = picture.read(owner.env, serial, content)
    values = {"name": f"{serial}.{ending}", "raw": raw, "description": MARK}
    attachment = owner.env["ir.attachment"].sudo().create({**values, "res_model": owner._name, "res_id": owner.id})
    return str(attachment.id)


def take(owner, checks, given):
    """Keep the photos that a table has beside its numbers; mark the checks of those that are none as bad.

    :return: ``{key of a number: its photo}``
    """
    kept = {}
    for index, others in given.items():
        content, check = others.get(CODE) if isinstance(others, dict) else None, checks[index]
        if content and check.ok:
            try:
                kept[check.key] = keep(owner, check.name, content if isinstance(content, str) else "".join(content))
            except (TypeError, UserError) as error:
                check.decide("bad_photo", _message_bad(owner.env, check.name, error))
    return kept


def _message_bad(env, serial, error):
    return env._(
        "%(why)s A table has pictures as base64 text, as Odoo exports them; picture files that bear the number of "
        "their unit as a name (%(serial)s.jpg) can be dropped on the window.",
        why=str(error),
        serial=serial,
    )


def find_kept(draft, names):
    """Return what stays of the photos of a draft when the numbers are entered anew: those of numbers among them."""
    taken = draft.get("photo") or {}
    keys = set(naming.make_keys(names)) & taken.keys() if taken else ()
    return {"photo": {key: taken[key] for key in keys}} if keys else {}


def hand_over(entry):
    """Let the photos of a confirmed window go with its document lines."""
    for line in entry.line_ids:
        source, texts = line._get_source(), entry_sql.read_beside(line).get("photo", {})
        kept = _browse(entry.env, texts.values())
        if kept:
            kept.write({"res_model": source._name, "res_id": source.id})
        _find_waiting(source).filtered(lambda each, kept=kept: each not in kept).unlink()


def give(units, texts):
    """Give units the photos that were taken of them; those that they had stay among their files.

    :param units: ``serial.number`` records, as superuser
    :param dict texts: ``{key of a number: its photo}``
    :return: the units that got one
    """
    wanted = {unit.name_key: unit for unit in units if unit.name_key in texts}
    photos = {key: _browse(units.env, [texts[key]]) for key in wanted}
    got = {unit: photos[key] for key, unit in wanted.items() if photos[key]}
    put_aside(units.browse(unit.id for unit in got))
    for unit, photo in got.items():
        photo.write({"res_model": unit._name, "res_id": unit.id, "res_field": "photo", "description": False})
    units.invalidate_model(["photo"])
    return units.browse(unit.id for unit in got)


def put_aside(units):
    """Keep the photos of units among their files: another one is to stand on them."""
    find_photos(units).write({"res_field": False})
    units.invalidate_model(["photo"])


def find_photos(units):
    """Return the attachments that are the photos of units."""
    return (
        units.env["ir.attachment"]
        .sudo()
        .search([("res_model", "=", "serial.number"), ("res_field", "=", "photo"), ("res_id", "in", units.ids)])
    )


def check_complete(lines):
    """Refuse to confirm while a unit that comes in or is sold lacks a photo that its product requires.

    :raise UserError: with the units
    """
    faults = []
    for line in lines.filtered(lambda line: line.product_id.sudo().serial_ask_photo == "require"):
        if line._get_source()._serial_flow().needs_all and (lacking := _find_lacking(line)):
            faults.append(f"{line.product_id.display_name}: {naming.show_first(lacking)}")
    if faults:
        raise UserError(
            lines.env._(
                "These units lack the photo that their product requires:\n%s\nTake it by the camera beside each "
                "number, or drop picture files that bear the numbers as names on the window.",
                "\n".join(f"- {fault}" for fault in faults),
            )
        )


def _find_lacking(line):
    given, units = entry_sql.read_beside(line).get("photo", {}), line._find_units()
    known = set(find_photos(units.serial_id).mapped("res_id"))
    return [unit.name for unit in units if unit.name_key not in given and unit.serial_id.id not in known]


def _browse(env, texts):
    """Return the photos that are not booked yet, of those that these texts name."""
    kept = env["ir.attachment"].sudo().browse(int(text) for text in texts).exists()
    return kept.filtered(lambda photo: photo.description == MARK)


def _find_waiting(source):
    """Return the photos that wait with a document line."""
    mine = Domain("res_model", "=", source._name) & Domain("res_id", "=", source.id) & Domain("description", "=", MARK)
    return source.env["ir.attachment"].sudo().search(mine)
