"""What a table says of the units in the window that corrects them."""

from odoo.exceptions import UserError

from ..tools import columns, naming
from . import entry_file

NEW_HEADINGS = ("Really Moved", "Right Serial Number", "New Serial Number", "Correct Serial Number")


def fill(correct):
    """Fill in the window from its file: right numbers, and what stands beside them; empty cells change nothing.

    :param correct: the ``serial.correct``
    :raise UserError: for a file that cannot be read or says nothing, and for numbers that are not in the window
    """
    env = correct.env
    rows = entry_file.read_table(correct, correct.table_name or env._("Table"), correct.table).rows
    titles = _get_titles(env, entry_file.NUMBER_HEADINGS, env._("Serial Number"))
    heading, column = columns.find_heading(rows, titles, titles)
    others = _find_columns(env, rows[heading], column) if heading is not None else None
    if not others:
        raise UserError(
            env._(
                "The file needs a row of headings: Serial Number, and Really Moved or a kind of identity such as IMEI. "
                "Add it, and choose the file again."
            )
        )
    lines = correct.line_ids.grouped(lambda line: naming.make_key(line.booked_name or ""))
    unknown = []
    for row in rows[heading + 1 :]:
        number = _get(row, column)
        found = lines.get(naming.make_key(number), ()) if number else ()
        if len(found) == 1:
            _fill_line(found, row, *others)
        elif number:
            unknown.append(naming.show(number))
    if unknown:
        raise UserError(
            env._(
                "These numbers of the file are not on %(document)s, or are those of several products: %(serials)s. "
                "Leave them out, or correct them in their rows.",
                document=correct._get_document().display_name,
                serials=naming.show_first(unknown),
            )
        )


def _get_titles(env, english, translated):
    return {title.lower() for title in (*english, translated)}


def _find_columns(env, row, column):
    """Return the column of the right numbers, and ``{column: code}`` of what stands beside; None without any."""
    titles = _get_titles(env, NEW_HEADINGS, env._("Really Moved"))
    new = next((index for index in range(len(row)) if index != column and _get(row, index).lower() in titles), None)
    others = env["serial.number"]._get_beside_columns(env["product.product"], row)
    others = {index: code for index, code in others.items() if index not in (column, new)}
    return (new, others) if new is not None or others else None


def _fill_line(line, row, new, others):
    name = _get(row, new) if new is not None else ""
    if name and naming.make_key(name) != naming.make_key(line.booked_name):
        line.name = name
        line._onchange_name()
    beside = {}
    for index, code in others.items():
        if _get(row, index):
            beside.setdefault(code, []).append(_get(row, index))
    if beside:
        line.beside = (line._find_typed() or line.serial_id)._merge_beside(line.beside, beside)


def _get(row, index):
    return str(row[index]).strip() if index < len(row) else ""
