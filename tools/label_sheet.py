"""What fits on a label, and where: plain Python, no database. Lengths are in millimetres."""

import unicodedata
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth

from . import code_drawing, data_matrix

DOT = 25.4 / 600  # of an office printer: a bar is a whole number of them wide
NARROWEST, WIDEST = 4, 10  # dots of one bar: what a hand scanner still reads, what looks well
PAD = 1.2  # white inside the edge of a label
FONT = "Helvetica-Bold"
SPARE = 1.32  # how much wider than Helvetica the font of a printing server may be
LINE = 1.2  # height of a line, in heights of its font
PIXEL = 25.4 / 96  # of a printing server, which makes each line whole pixels high
LARGEST, SMALLEST = 14, 1.6  # height of the number's font
MOST_LINES = 8
FILLED = 0.93  # of a box's width: a printing server draws letters up to so much wider than it measures them


@dataclass(frozen=True)
class Sheet:
    """A sheet of labels, of the sizes of Odoo's own label wizard.

    :ivar margin: the white at the top and the bottom of the sheet, and at its sides
    :ivar bars: the height of the Code 128
    :ivar number: the height kept for the number below the square code; 0 where it stands beside it
    :ivar text: the height of the small print's font
    """

    columns: int
    rows: int
    width: float
    height: float
    margin: tuple
    bars: float
    number: float
    text: float

    @property
    def line(self):
        """The height of a line of small print, in pixels."""
        return int(self.text * LINE / PIXEL)


SHEETS = {
    "dymo": Sheet(1, 1, 53, 27, (2, 2), bars=7, number=5.5, text=2.4),
    "2x7": Sheet(2, 7, 97, 37.1, (14, 3), bars=10, number=0, text=3.2),
    "4x7": Sheet(4, 7, 47, 37.1, (14, 3), bars=9, number=7, text=2.8),
    "4x12": Sheet(4, 12, 43, 19, (20, 8), bars=5, number=0, text=2.1),
}


@dataclass(frozen=True)
class Layout:
    """Where everything stands on one label: boxes of left, top, width and height, and the pictures of its codes.

    :ivar bars: the picture of the Code 128; None where it does not fit, and the square code says the number alone
    :ivar font: the height of the number's font
    :ivar lines: how many lines of small print there is room for
    """

    bars: str | None
    bars_box: tuple | None
    square: str
    square_box: tuple
    number_box: tuple
    font: float
    text_box: tuple
    lines: int


def measure_bars(bars, width):
    """Return how wide to print a Code 128 with its quiet zones.

    :param bars: see :func:`.code_drawing.make_bars`
    :param width: of the label
    :return: millimetres; None where a scanner could not read it
    """
    if bars is None:
        return None
    count = sum(bars) + 2 * code_drawing.QUIET_BARS
    dots = min(WIDEST, int(width / DOT / count))
    return round(count * dots * DOT, 2) if dots >= NARROWEST else None


def lay_out(sheet, name, code):
    """Lay out one label.

    :param sheet: the sheet
    :param name: the number, for people
    :param code: what its codes say, see :class:`.label_code.Code`
    :return: :class:`Layout`
    """
    bars = code_drawing.make_bars(code.bars, code.is_gs1)
    wide = measure_bars(bars, sheet.width)
    below = sheet.bars + PAD / 2 if wide else 0
    under = sheet.number + (0 if wide else sheet.bars / 3) if sheet.number else 0
    side = sheet.height - 2 * PAD - below - under
    column = sheet.width - side - 3 * PAD
    text_height = side if sheet.number else 2 * sheet.text * LINE
    number_box = (
        (PAD, PAD + side, sheet.width - 2 * PAD, under)
        if sheet.number
        else (PAD, PAD + text_height, column, side - text_height)
    )
    return Layout(
        bars=code_drawing.draw_bars(bars) if wide else None,
        bars_box=wide and ((sheet.width - wide) / 2, sheet.height - PAD / 2 - sheet.bars, wide, sheet.bars),
        square=_draw_square(code),
        square_box=(sheet.width - PAD - side, PAD, side, side),
        number_box=number_box,
        font=fit_font(name, *number_box[2:]),
        text_box=(PAD, PAD, column, text_height),
        lines=max(1, int(text_height / (sheet.text * LINE) + 0.01)),
    )


def _draw_square(code):
    rows = data_matrix.make_rows(code.square, is_gs1=True) if code.is_gs1 else None
    if rows:
        return code_drawing.draw_rows(rows, code_drawing.QUIET_MATRIX)
    return code_drawing.draw_rows(code_drawing.make_qr_rows(code.square), code_drawing.QUIET_QR)


def fit_font(name, width, height):
    """Return the largest font in which a number fits into a box, on as many lines as it takes."""
    best = SMALLEST
    breaks_early = any(char in " -" for char in name)
    for lines in range(1, MOST_LINES + 1):
        room = height / (lines + (lines > 1 and breaks_early)) / LINE
        best = max(best, min(LARGEST, room, width * FILLED / _measure_line(name, lines)))
    return round(best, 2)


def _measure_line(name, lines):
    """Return the width of the widest line of a number that breaks anywhere, in heights of its font."""
    widths = [_measure(char) for char in name]
    return (sum(widths) / lines + (max(widths) if lines > 1 else 0)) * SPARE


def _measure(char):
    if char.isascii():
        return stringWidth(char, FONT, 1)
    return 1.0 if unicodedata.east_asian_width(char) in "WF" else 0.8
