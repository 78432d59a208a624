"""The serial number report as a spreadsheet, written row by row: no more than a batch of rows is in memory."""

import datetime

import xlsxwriter

from .serial_report_rows import BATCH, get_labels, get_sheet_columns, get_texts, get_totals, iterate

TOP = 0  # the row of the titles
TOTAL_WIDTH = 40


def write_workbook(file, report, tell=None):
    """Write the units of a report, their totals and what was chosen into three sheets.

    :param file: binary file to write to
    :param report: one ``serial.report``
    :param tell: called with the number of rows written after each batch of them
    """
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        title = book.add_format({"bold": True, "bg_color": "#e9ecef", "border": 1, "text_wrap": True, "valign": "top"})
        _write_units(book, title, report, tell or (lambda _rows: None))
        _write_totals(book, title, report)
        _write_choices(book, title, report)


def _add_sheet(book, report, name):
    sheet = book.add_worksheet(name)
    if report.env["res.lang"]._get_data(code=report.env.lang).direction == "rtl":
        sheet.right_to_left()
    return sheet


def _write_units(book, title, report, tell):
    sheet = _add_sheet(book, report, report.env._("Units"))
    widths = get_sheet_columns(report)
    names = list(widths)
    sheet.freeze_panes(TOP + 1, 1)
    sheet.autofilter(TOP, 0, TOP + report.count, len(names) - 1)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for column, (label, width) in enumerate(zip(get_labels(report, names), widths.values(), strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(TOP, column, label, title)
    texts = get_texts(report, names)
    for number, row in enumerate(iterate(report, names), TOP + 1):
        for column, (value, text) in enumerate(zip(row, texts, strict=True)):
            if value is None:
                continue
            if isinstance(value, datetime.date):
                sheet.write_datetime(number, column, value, day)
            else:  # never as a formula, whatever it begins with
                sheet.write_string(number, column, text[value] if text else value)
        if not number % BATCH:
            tell(number)


def _write_totals(book, title, report):
    sheet = _add_sheet(book, report, report.env._("Totals"))
    statuses, rows = get_totals(report)
    labels = [*get_labels(report, ["product_id"]), *statuses, report.env._("Total")]
    sheet.freeze_panes(TOP + 1, 1)
    sheet.set_column(0, 0, TOTAL_WIDTH)
    sheet.set_column(1, len(labels) - 1, 14)
    for column, label in enumerate(labels):
        sheet.write_string(TOP, column, label, title)
    for number, (product, *counts) in enumerate(rows, TOP + 1):
        sheet.write_string(number, 0, product)
        for column, count in enumerate(counts, 1):
            sheet.write_number(number, column, count)


def _write_choices(book, title, report):
    sheet = _add_sheet(book, report, report.env._("Choices"))
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 80)
    for number, (label, text) in enumerate(report._get_choices()):
        sheet.write_string(number, 0, label, title)
        sheet.write_string(number, 1, text)
