"""What papers print of units under the line of a document."""

from ..tools import paper
from ..tools.day import show_day


def arrange(lines):
    """Return the units of these lines as papers show them: a list of :class:`.paper.Row`.

    Where the company wants it, the numbers stand apart by the end of their warranty.
    """
    company = lines[:1]._serial_company().sudo()
    beside = _find_beside(lines)
    ends = _find_ends(lines) if company.serial_paper_warranty else {}
    groups = {}
    for line in lines:
        for heading, names in line._get_serial_groups().items():
            end = None
            for name in names:
                end = ends.get(name) if name else end  # a blank stands beside the numbers before it
                groups.setdefault((heading, end), []).append(beside.get(name, name))
    texts = {key: _describe_group(lines.env, *key) for key in groups}
    return _entitle(
        lines.env,
        [row for key, names in groups.items() for row in paper.arrange(names, texts[key], company.serial_paper_ranges)],
        sum(map(len, groups.values())),
        lines._describe_serial_gap(),
    )


def arrange_names(line, names):
    """Return numbers as papers show them under a line that books nothing, such as an order's."""
    rows = paper.arrange(names, folds=line._serial_company().sudo().serial_paper_ranges)
    return _entitle(line.env, rows, len(names))


def _entitle(env, rows, count, ending=()):
    """Return the rows with what stands above and below all of them."""
    if ending and not rows:
        rows = [paper.Row([], 100)]
    if rows:
        rows[0].title = env._("Serial Number") if count == 1 else env._("Serial Numbers")
        unruled = [env._("And %(count)s more without serial number", count=row.unruled) for row in rows if row.unruled]
        rows[-1].ending = (*unruled, *ending)
    return rows


def _describe_group(env, heading, end):
    """Return what stands above a group of numbers: the component of a kit, and until when they have warranty."""
    until = end and env._("Warranty until %(day)s", day=show_day(env, end))
    return " \N{MIDDLE DOT} ".join(filter(None, (heading, until))) or None


def _find_beside(lines):
    """Return ``{number: the number with what its product wants on paper beside it}`` of units on these lines."""
    units = lines.sudo().serial_ids.filtered("name")
    texts = units._get_printed_beside() if units else {}
    return {unit.name: f"{unit.name} ({texts[unit.id]})" for unit in units if unit.id in texts}


def _find_ends(lines):
    """Return ``{number: end of its warranty}`` of the units that these lines sold.

    As it was said when they were issued; where that is not kept, as it is now.
    """
    ends = {}
    for line in lines.sudo():
        kept = line._get_serial_ends()
        ends |= find_sold_ends(line, line.serial_ids, lines) if kept is None else kept
    return ends


def find_sold_ends(line, units, lines=None):
    """Return ``{number: end of its warranty}`` of units that these lines sold and that nobody else did since.

    :param line: the document line of the units
    :param lines: it, and the others of the same paper
    """
    lines = line if lines is None else lines
    ends = {}
    for unit in units.sudo():
        if unit.name and unit.warranty_end and unit[line._serial_sale_field] in lines:
            ends.setdefault(unit.name, set()).add(unit.warranty_end)
    return {name: days.pop() for name, days in ends.items() if len(days) == 1}
