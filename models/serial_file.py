"""Which cells of a table are serial numbers, and of which product: plain Python, no database."""


def find_numbers(rows, headings, is_number):
    """Return which rows of a table have a serial number, and in which column they stand.

    It is the column with one of the headings, else the first column that holds a number. The heading of such a column
    is recognized by having no digit where all the others have one.

    :param rows: lists of cells; may differ in length
    :param headings: what the column may be called, in lower case
    :param is_number: tells whether a text may be a number
    :return: (the column, the rows' indexes); (None, []) where there is none
    """
    column = find_heading(rows, headings)
    if column is not None:
        return column, _filled(rows, column)[1:]
    for column in range(max(map(len, rows), default=0)):
        filled = _filled(rows, column)
        if any(is_number(_get(rows[index], column)) for index in filled):
            cells = [_get(rows[index], column) for index in filled]
            has_heading = filled[0] == 0 and len(cells) > 1 and not _has_digit(cells[0])
            return column, filled[1:] if has_heading and all(map(_has_digit, cells[1:])) else filled
    return None, []


def find_heading(rows, headings):
    """Return the first column with one of the headings, or None.

    :param rows: lists of cells
    :param headings: what it may be called, in lower case
    """
    first = rows[0] if rows else []
    return next((column for column in range(len(first)) if _get(first, column).lower() in headings), None)


def _get(row, column):
    return str(row[column]).strip() if column < len(row) else ""


def _filled(rows, column):
    return [index for index, row in enumerate(rows) if _get(row, column)]


def _has_digit(text):
    return any(char.isdigit() for char in text)
