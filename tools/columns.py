"""Which cells of a table are serial numbers, and of which product: plain Python, no database."""

HEADING_ROWS = 20  # among which the headings stand: a title or an address may stand above


def find_numbers(rows, headings, is_number, titles=(), left_out=None):
    """Return which rows of a table have a serial number, and in which column they stand.

    It is the column with one of the headings, else the first column that holds a number. The heading of such a column
    is recognized by having no digit where all the others have one.

    :param rows: lists of cells; may differ in length
    :param headings: what the column may be called in the first row, in lower case
    :param is_number: tells whether a text may be a number
    :param titles: what it may be called further down, in lower case
    :param int left_out: a column that holds no numbers
    :return: (the column, the rows' indexes); (None, []) where there is none
    """
    heading, column = find_heading(rows, headings, titles)
    if column not in (None, left_out):
        return column, [index for index in _filled(rows, column) if index > heading]
    for column in range(max(map(len, rows), default=0)):
        filled = _filled(rows, column) if column != left_out else []
        if any(is_number(_get(rows[index], column)) for index in filled):
            cells = [_get(rows[index], column) for index in filled]
            has_heading = filled[0] == 0 and len(cells) > 1 and not _has_digit(cells[0])
            return column, filled[1:] if has_heading and all(map(_has_digit, cells[1:])) else filled
    return None, []


def find_heading(rows, headings, titles=()):
    """Return where the first heading stands: (the row's index, the column), or (None, None).

    :param rows: lists of cells
    :param headings: what it may be called in the first row, in lower case
    :param titles: what it may be called further down, in lower case
    """
    for index, row in enumerate(rows[:HEADING_ROWS]):
        for column in range(len(row)):
            if _get(row, column).lower() in (titles if index else headings):
                return index, column
    return None, None


def find_column(rows, is_wanted):
    """Return the first column with a wanted cell, its heading aside, or None.

    :param rows: lists of cells
    :param is_wanted: tells whether a text is wanted
    """
    below = rows[1:] or rows
    for column in range(max(map(len, below), default=0)):
        if any(is_wanted(_get(row, column)) for row in below):
            return column
    return None


def _get(row, column):
    return str(row[column]).strip() if column < len(row) else ""


def _filled(rows, column):
    return [index for index, row in enumerate(rows) if _get(row, column)]


def _has_digit(text):
    return any(char.isdigit() for char in text)
