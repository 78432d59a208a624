"""What fits on a label, and labels in ZPL, the language of label printers: plain Python, no database."""

from dataclasses import dataclass

NARROWEST, WIDEST = 0.17, 0.4  # millimetres of one bar: what a hand scanner still reads, what looks well
QUIET = 20  # bars' widths that stay white beside a Code 128
DOTS = 457  # across the ZPL label that Odoo calls normal: 2.25 inches of 203 dots
TEXT = 24  # characters of a line beside the QR code


@dataclass(frozen=True)
class Sheet:
    """A sheet of labels, of the sizes of Odoo's own label wizard; lengths in millimetres.

    :ivar margin: the white at the top and the bottom of the sheet, and at its sides
    :ivar qr: the side of the QR code
    :ivar bars: the height of the Code 128
    :ivar font: the size of the print, in percent
    """

    columns: int
    rows: int
    width: float
    height: float
    margin: tuple
    qr: int
    bars: int
    font: int


SHEETS = {
    "dymo": Sheet(1, 1, 53, 27, (2, 2), qr=14, bars=7, font=60),
    "2x7": Sheet(2, 7, 97, 37.1, (14, 3), qr=22, bars=10, font=90),
    "4x7": Sheet(4, 7, 47, 37.1, (14, 3), qr=16, bars=8, font=65),
    "4x12": Sheet(4, 12, 43, 19, (20, 8), qr=11, bars=5, font=45),
}


def count_bars(name):
    """Return how many bars' widths a number is wide in Code 128.

    :param name: the number
    :return: a whole number; None where Code 128 cannot say it
    """
    if not (name.isascii() and name.isprintable()):
        return None
    pairs = name.isdigit() and len(name) % 2 == 0
    return 11 * (len(name) // 2 if pairs else len(name)) + 35


def measure_bars(name, width):
    """Return how wide to print a number in Code 128.

    :param name: the number
    :param width: of the label, in millimetres
    :return: millimetres; None where a scanner could not read it, or Code 128 cannot say it
    """
    bars = count_bars(name)
    if bars is None:
        return None
    bar = min(WIDEST, width / (bars + QUIET))
    return round(bars * bar, 1) if bar >= NARROWEST else None


def make_zpl(name, *texts):
    """Return one label in ZPL: texts, the number with its QR code beside them, and below it as Code 128 if it fits.

    :param name: the number
    :param texts: what else stands on it, one a line; empty ones are left out
    :return: text that is the same in HTML, because special characters are hexadecimal
    """
    is_long = len(name) > 40
    shown = [_escape(text[:TEXT]) for text in texts if text]
    lines = ["^XA^CI28"]
    lines += [f"^FO20,{15 + 30 * row}^A0N,24,24^FH^FD{text}^FS" for row, text in enumerate(shown)]
    size = 18 if is_long else 24
    lines.append(f"^FO20,{15 + 30 * len(shown)}^A0N,{size},{size}^FB290,6,0,L^FH^FD{_escape(name)}^FS")
    lines.append(f"^FO330,10^BQN,2,{2 if is_long else 4}^FH^FDMA,{_escape(name)}^FS")
    bars = count_bars(name)
    if bars is not None and bars + QUIET <= DOTS:
        wide = 2 if 2 * (bars + QUIET) <= DOTS else 1
        lines.append(f"^FO20,140^BY{wide}^BCN,80,N,N,N^FH^FD{_escape(name.replace('>', '>0'))}^FS")
    return "\n".join([*lines, "^XZ"])


def _escape(text):
    """Return a text with the characters that mean something to a label printer, or to HTML, in hexadecimal."""
    text = " ".join(text.split())
    return "".join(f"_{ord(char):02X}" if char in "^~_\\&<>\"'" else char for char in text)
