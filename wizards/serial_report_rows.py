"""What the serial number report says, on paper and in the spreadsheet alike."""

from functools import cache

from odoo.fields import Domain
from odoo.tools import groupby, split_every

from ..engine.sql.execute import execute
from ..tools import page
from ..tools.day import show_day
from ..tools.facts import LABEL_FACTS

IN_STOCK = "in_stock"  # the choice of all units in stock, whatever their status
BATCH = 2000  # rows fetched at once
# Columns of the spreadsheet with their widths in characters.
SHEET = {
    "name": 26,
    "product_id": 34,
    "status": 22,
    "location_id": 22,
    "owner_id": 26,
    "vendor_id": 26,
    "date_received": 13,
    "vendor_warranty_end": 13,
    "expiration_date": 13,
    "batch_name": 16,
    "part_of_id": 26,
    "customer_id": 26,
    "date_sold": 13,
    "warranty_end": 13,
    "end_user_id": 26,
    "date_registered": 13,
    "hold_reason": 20,
    "company_id": 20,
}
# Columns on paper, for units that lie in stock, that customers have, and for any: those without a value are left out.
STOCK = (
    "name",
    "product_id",
    "status",
    "location_id",
    "owner_id",
    "vendor_id",
    "date_received",
    "customer_id",
    "hold_reason",
)
SOLD = ("name", "product_id", "status", "customer_id", "date_sold", "end_user_id", "date_registered", "warranty_end")
ANY = (
    *("name", "product_id", "status", "location_id", "vendor_id", "date_received"),
    *("customer_id", "date_sold", "end_user_id", "warranty_end"),
)
ALWAYS = ("name", "product_id")


def get_labels(report, names):
    """Return the columns' titles in the user's language."""
    fields = report.env["serial.number"].fields_get(names, ["string"])
    return [fields[name]["string"] for name in names]


def get_hidden(report):
    """Return the columns that the user does not work with."""
    return [] if report.env.user.has_group("stock.group_tracking_owner") else ["owner_id"]


def get_sheet_columns(report):
    """Return ``{field: width}`` of the spreadsheet's columns: owners only for those who work with consignment.

    What labels say, and what a unit is part of, is there where a unit has it.
    """
    hidden = get_hidden(report)
    units, domain = report.env["serial.number"], report._get_domain()
    sparse = (*LABEL_FACTS, "part_of_id")
    hidden += [name for name in sparse if not units.search_count(domain & Domain(name, "!=", False), limit=1)]
    added = {name: 2 * share for name, share in _get_added_columns(report).items()}
    more = units._get_more_columns(domain)
    return {name: width for name, width in (SHEET | more | added).items() if name not in hidden}


def _get_added_columns(report):
    """Return ``{field: share}`` of the columns of other addons."""
    facts = report.env["serial.number"]._get_added_facts()
    return {name: fact.report for name, fact in facts.items() if fact.report}


def iterate(report, names):
    """Yield the values of the chosen units in order: of dates the day, of records their ids.

    The order is looked up once, the rows batch by batch: between two of them the caller may use the cursor.

    :param names: fields of the units
    """
    units = report.env["serial.number"]
    for ids in split_every(BATCH, units._search(report._get_domain(), order=report._get_order())):
        query = units.browse(ids)._as_query()
        select = query.select(*(_select(report, query, name) for name in names))
        yield from execute(report.env, select, by_index=True)


def _select(report, query, name):
    units = report.env["serial.number"]
    return units._field_to_sql(units._table, name, query)


def get_texts(report, names):
    """Return, for each field, what its values are called: a dictionary, or None where they speak for themselves."""
    return [_get_text(report, report.env["serial.number"]._fields[name]) for name in names]


def _get_text(report, field):
    if field.type == "selection":
        return dict(field._description_selection(report.env))
    if field.type != "many2one":
        return None
    groups = report.env["serial.number"]._read_group(report._get_domain(), [field.name])
    return {record.id: record.sudo().display_name for (record,) in groups}


def get_totals(report):
    """Return the units by product and status: the statuses' labels, and a row per product, the sums the last.

    :return: pair of a list of labels, and a list of rows: a text, a number per status, their sum
    """
    counts = {}
    for product, status, count in report.env["serial.number"]._read_group(
        report._get_domain(), ["product_id", "status"], ["__count"]
    ):
        counts.setdefault(product, {})[status] = count
    labels = _get_text(report, report.env["serial.number"]._fields["status"])
    used = [status for status in labels if any(status in row for row in counts.values())]
    rows = [(product.sudo().display_name, *(row.get(status, 0) for status in used)) for product, row in counts.items()]
    sums = (sum(row.get(status, 0) for row in counts.values()) for status in used)
    rows.append((report.env._("Total"), *sums))
    return [labels[status] for status in used], [(*row, sum(row[1:])) for row in rows]


def prepare_paper(report):
    """Return what the PDF shows: its columns (field, label, width in percent), groups, totals, which way it lies.

    Where a unit would not fit on a line of a page that stands upright, what all have in common stands above them once
    (``common``: label and text), and what many have in common that follow each other above these.
    """
    field = report._get_group_field()
    names = [name for name in _get_paper_columns(report) if name != field or field == "name"]
    labels, groups = get_labels(report, names), _group_rows(report, names, field)
    columns = list(zip(*(row for _heading, rows in groups for row in rows), strict=True))
    common = page.find_common(columns) if page.is_wide(labels, columns) else {}
    facts = [(labels[place], text) for place, text in common.items()]
    names, labels, columns = (_leave_out(row, common) for row in (names, labels, columns))
    groups = [(heading, [_leave_out(row, common) for row in rows]) for heading, rows in groups]
    if not field and page.is_wide(labels, columns) and (runs := page.find_runs(labels, columns)):
        groups = _group_runs(labels, groups[0][1], runs)
        names, labels, columns = (_leave_out(row, runs) for row in (names, labels, columns))
    is_landscape, widths = page.fit(labels, columns)
    return {
        "columns": list(zip(names, labels, widths, strict=True)),
        "common": facts,
        "groups": groups,
        "totals": get_totals(report),
        "is_landscape": is_landscape,
    }


def _group_runs(labels, rows, runs):
    """Return rows as pairs of a heading, what some of their columns say, and what the others say.

    :param list runs: the places of the columns that the headings say
    """
    return [
        (
            "; ".join(f"{labels[place]}: {group[0][place] or '–'}" for place in runs),
            [_leave_out(row, runs) for row in group],
        )
        for group in page.divide(rows, runs)
    ]


def _leave_out(row, common):
    return [cell for place, cell in enumerate(row) if place not in common]


def _get_paper_columns(report):
    """Return the fields that the chosen status needs on paper; those that no chosen unit has are left out."""
    units = report.env["serial.number"]
    status = units._get_serial_rules().statuses.get(report.status)
    kind = ANY
    if status and status.sold:
        kind = SOLD
    elif report.status == IN_STOCK or (status and status.in_stock):
        kind = STOCK
    names = [name for name in kind if name != "status" or not status]
    names = [name for name in (*names, *_get_added_columns(report)) if name not in get_hidden(report)]
    optional = [name for name in names if name not in ALWAYS]
    [counts] = units._read_group(report._get_domain(), [], [f"{name}:count" for name in optional])
    empty = {name for name, count in zip(optional, counts, strict=True) if not count}
    return [name for name in names if name not in empty]


def _group_rows(report, names, field):
    """Return the rows on paper as pairs of a heading, which is None for rows without groups, and texts."""
    fields = [*names, field or "id"]
    *texts, heading = _get_printers(report, fields)
    rows = iterate(report, fields)
    groups = groupby(rows, key=lambda row: row[-1]) if field else [(None, rows)]
    nothing = report.env._("None")
    return [
        (
            field and (nothing if value is None else heading(value)),
            [["" if value is None else show(value) for show, value in zip(texts, row, strict=False)] for row in group],
        )
        for value, group in groups
    ]


def _get_printers(report, names):
    """Return the functions that make texts of the fields' values."""
    day = cache(lambda value: show_day(report.env, value))
    printers = []
    for name, texts in zip(names, get_texts(report, names), strict=True):
        show = day if report.env["serial.number"]._fields[name].type == "date" else str
        printers.append(texts.get if texts is not None else show)
    return printers
