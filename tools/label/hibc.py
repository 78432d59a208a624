"""Labels of the health industry (ANSI/HIBC 2): ``+``, who made it, what it is, and behind a slash its numbers."""

import re

from .base import Label

CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
PRODUCT = re.compile(r"\+[A-Z][A-Z0-9]{3}([A-Z0-9]{1,18})[0-9]")
NUMBERS = re.compile(r"(\$\$?\+?|(?=\d{5}))(.*)")
QUANTITY = re.compile(r"8(\d\d)|9(\d{5})")
# By the first digit of a date: how many digits of it to leave out, its length, its format.
DATES = {
    "0": (0, 4, "%m%y"),
    "1": (0, 4, "%m%y"),
    "2": (1, 6, "%m%d%y"),
    "3": (1, 6, "%y%m%d"),
    "4": (1, 8, "%y%m%d%H"),
    "5": (1, 5, "%y%j"),
    "6": (1, 7, "%y%j%H"),
    "7": (1, 0, ""),
}


def read(text):
    """Read a label whose check character is right; anything else may be a number that begins with a plus."""
    product, *fields = text[:-1].split("/")
    part = PRODUCT.fullmatch(product)
    if not part or not is_checked(text):
        return None
    label = Label(text, "hibc", part=part[1])
    for at, field in enumerate(fields):
        if at == 0 and NUMBERS.fullmatch(field):
            _put_numbers(label, *NUMBERS.fullmatch(field).groups())
        elif field.startswith("S"):
            label.add_serial(field[1:])
        elif field.startswith(("14D", "16D")):
            label.put_day("expiry" if field.startswith("14D") else "made", field[3:], "%Y%m%d")
    return label.finish()


def is_checked(text):
    """Tell whether the last character is the check character (modulo 43) of the others."""
    values = [CHARACTERS.find(char) for char in text]
    return -1 not in values and sum(values[:-1]) % 43 == values[-1]


def _put_numbers(label, mark, value):
    """Keep a lot or a serial number, and the quantity and the day in front of it."""
    if mark.startswith("$$"):
        quantity = QUANTITY.match(value)
        if quantity:
            label.count, value = int(quantity[1] or quantity[2]), value[quantity.end() :]
        if value[:1] in DATES:
            skip, length, form = DATES[value[0]]
            if length:
                label.put_day("expiry", value[skip : skip + length], form)
            value = value[skip + length :]
    elif not mark:
        label.put_day("expiry", value[:5], "%y%j")
        value = value[5:]
    if value and mark.endswith("+"):
        label.add_serial(value)
    else:
        label.lot = value
