"""Files as people and attackers send them, made by hand where no office program would write them."""

import csv
import io
import zipfile

import xlsxwriter
import xlwt

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
SHEET = "xl/worksheets/sheet1.xml"


def make_xlsx(rows, **options):
    """Return the bytes of an XLSX file.

    :param rows: lists of cells
    :param options: of ``xlsxwriter``, for example ``default_date_format``
    """
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(number, column, *(cell if isinstance(cell, tuple) else (cell,)))
    return content.getvalue()


def make_far(**cells):
    """Return the bytes of an XLSX file of cells by their names, for example ``A1``."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for name, cell in cells.items():
            sheet.write(name, cell)
    return content.getvalue()


def make_raw_xlsx(cells, **parts):
    """Return the bytes of an XLSX file whose sheet is written as it stands.

    :param str cells: the XML inside of ``sheetData``
    :param parts: the XML of other parts, by the end of their names: ``strings``, ``styles``
    """
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
    names = {"strings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
    return repack(make_xlsx([["A1"]]), {SHEET: sheet, **{names[name]: xml for name, xml in parts.items()}})


def repack(content, parts):
    """Return a packed file with some of its parts replaced."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *parts}:
            new.writestr(name, parts.get(name) or old.read(name))
    return packed.getvalue()


def make_ods(rows):
    """Return the bytes of an ODS file.

    :param str rows: the XML inside of its table, with the usual prefixes
    """
    names = " ".join(f'xmlns:{name}="{OFFICE}:{name}:1.0"' for name in ("office", "table", "text"))
    body = f'<office:body><office:spreadsheet><table:table table:name="Sheet1">{rows}</table:table>'
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}>{body}</office:spreadsheet></office:body></office:document-content>",
        )
    return content.getvalue()


def make_ods_row(*cells, **attributes):
    """Return the XML of a row of texts; attributes of ``table`` are named with underscores."""
    known = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    texts = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
    return f"<table:table-row{known}>{texts}</table:table-row>"


def make_xls(cells):
    """Return the bytes of an XLS file of ``{(row, column): cell}``; a cell may have its number format beside it."""
    content = io.BytesIO()
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    for (row, column), cell in cells.items():
        value, number = cell if isinstance(cell, tuple) else (cell, "General")
        sheet.write(row, column, value, xlwt.easyxf(num_format_str=number))
    book.save(content)
    return content.getvalue()


def make_csv(rows, delimiter=",", encoding="utf-8"):
    """Return the bytes of a CSV file."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)
