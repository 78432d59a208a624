"""Which cells of a table are serial numbers: plain Python, no database."""


def find_numbers(rows, headings, is_number):
    """Return the serial numbers of a table, in order, without empty cells.

    They stand in the column with one of the headings, else in the first column that holds a number. The heading of
    such a column is recognized by having no digit where all the others have one.

    :param rows: lists of texts; may differ in length
    :param headings: what the column may be called, in lower case
    :param is_number: tells whether a text may be a number
    """
    columns = [[cell.strip() for cell in column] for column in _transpose(rows)]
    for column in columns:
        if column[0].lower() in headings:
            return [cell for cell in column[1:] if cell]
    column = next((column for column in columns if any(cell and is_number(cell) for cell in column)), [])
    cells = [cell for cell in column if cell]
    if len(cells) > 1 and column[0] and not _has_digit(cells[0]) and all(map(_has_digit, cells[1:])):
        return cells[1:]
    return cells


def _transpose(rows):
    width = max(map(len, rows), default=0)
    return zip(*([*row, *[""] * (width - len(row))] for row in rows), strict=True)


def _has_digit(text):
    return any(char.isdigit() for char in text)
