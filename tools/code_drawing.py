"""Codes as vectors, which every printer draws in whole dots: Code 128, QR and DataMatrix. Plain Python, no database."""

import base64

from reportlab.graphics.barcode.code128 import Code128, Code128Auto
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

FNC1 = "\xf1"  # as reportlab writes it
QUIET_BARS, QUIET_QR, QUIET_MATRIX = 10, 4, 2  # what stays white on each side, in widths of the narrowest bar


def make_bars(text, is_gs1=False):
    """Return the widths of the bars and gaps of a Code 128, from its first bar on.

    :param is_gs1: whether the function character that says GS1 stands in front
    :return: whole numbers; None where Code 128 cannot say the text
    """
    if not (text and text.isascii() and text.isprintable()):
        return None
    drawn = []
    for make in (Code128, Code128Auto):
        code = make((FNC1 if is_gs1 else "") + text, quiet=0)
        code.validate()
        code.encode()
        drawn.append(code.decompose())
    return [ord(each.lower()) - ord("a") + 1 for each in min(drawn, key=len)]


def make_qr_rows(text):
    """Return the rows of a QR code as lists of booleans, without the white around it."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    return [list(map(bool, row)) for row in code.modules]


def draw_bars(bars):
    """Return a Code 128 with its quiet zones as the address of a picture without pixels."""
    path, at = [], QUIET_BARS
    for index, width in enumerate(bars):
        if index % 2 == 0:
            path.append(f"M{at} 0h{width}v1h-{width}z")
        at += width
    return _make_picture("".join(path), at + QUIET_BARS, 1)


def draw_rows(rows, quiet):
    """Return a square code with the white around it as the address of a picture without pixels."""
    path = []
    for down, row in enumerate(rows):
        start = None
        for right, is_dark in enumerate([*row, False]):
            if is_dark and start is None:
                start = right
            elif not is_dark and start is not None:
                path.append(f"M{start + quiet} {down + quiet}h{right - start}v1h{start - right}z")
                start = None
    side = len(rows) + 2 * quiet
    return _make_picture("".join(path), side, side)


def _make_picture(path, width, height):
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'preserveAspectRatio="none" shape-rendering="crispEdges"><path d="{path}"/></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(picture.encode()).decode()
