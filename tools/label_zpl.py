"""Labels in ZPL, the language of label printers: plain Python, no database."""

from . import code_drawing

DOTS = 457  # across the label that Odoo calls normal: 2.25 inches of 203 dots
GS1_DIGITS = 18  # of a GTIN and the two identifiers, which are written in pairs
TEXT = 24  # characters of a line beside the square code


def make_zpl(name, *texts, code=None):
    """Return one label: texts, the number with its square code beside them, and below it as Code 128 if it fits.

    :param name: the number
    :param texts: what else stands on it, one a line; empty ones are left out
    :param code: what its codes say, see :class:`.label_code.Code`; the number if left out
    :return: text that is the same in HTML, because special characters are hexadecimal
    """
    is_long = len(name) > 40
    shown = [_escape(_shorten(text)) for text in texts if text]
    lines = ["^XA^CI28"]
    lines += [f"^FO20,{15 + 30 * row}^A0N,24,24^FH^FD{text}^FS" for row, text in enumerate(shown)]
    size = 18 if is_long else 24
    lines.append(f"^FO20,{15 + 30 * len(shown)}^A0N,{size},{size}^FB290,6,0,L^FH^FD{_escape(name)}^FS")
    lines.append(_make_square(code.square if code else name, bool(code and code.is_gs1), is_long))
    lines += _make_bars(code.bars if code else name, bool(code and code.is_gs1))
    return "\n".join([*lines, "^XZ"])


def _shorten(text):
    return text if len(text) <= TEXT else text[: TEXT - 1] + "\N{HORIZONTAL ELLIPSIS}"


def _make_square(text, is_gs1, is_long):
    """Return the square code; in a DataMatrix, FNC1 is written with a character that GS1's set does not have."""
    if is_gs1:
        return f"^FO330,10^BXN,4,200,,,,$^FH^FD$1{_escape(text)}^FS"
    size = 2 if is_long else 3 if len(text) > 40 else 4
    return f"^FO330,10^BQN,2,{size}^FH^FDMA,{_escape(text)}^FS"


def _make_bars(text, is_gs1):
    """Return the Code 128 as lines, none where it does not fit. The printer is told when to write digits in pairs."""
    if not (text.isascii() and text.isprintable()):
        return []
    head = text[:GS1_DIGITS] if is_gs1 else text if text.isdigit() and len(text) % 2 == 0 else ""
    rest = text[len(head) :]
    count = 11 * (len(head) // 2 + len(rest) + 2 * is_gs1) + 35 + 2 * code_drawing.QUIET_BARS
    if count > DOTS:
        return []
    wide = 2 if 2 * count <= DOTS else 1
    said = (">;" if head else "") + (">8" if is_gs1 else "") + head + (">6" if is_gs1 else "") + rest.replace(">", ">0")
    return [f"^FO20,140^BY{wide}^BCN,80,N,N,N^FH^FD{_escape(said)}^FS"]


def _escape(text):
    """Return a text with the characters that mean something to a label printer, or to HTML, in hexadecimal."""
    text = " ".join(text.split())
    return "".join(f"_{ord(char):02X}" if char in "^~_\\&<>\"'" else char for char in text)
