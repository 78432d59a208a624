"""Check digits of numbers that are made here: plain Python, no database."""

import re

from stdnum import luhn, verhoeff
from stdnum.iso7064 import mod_11_10, mod_97_10

CHECKS = [
    ("none", "None"),
    ("luhn", "Luhn (mod 10)"),
    ("verhoeff", "Verhoeff"),
    ("mod_11_10", "ISO 7064, mod 11,10"),
    ("mod_97_10", "ISO 7064, mod 97,10: two digits, letters count too"),
]
NO_DIGITS = re.compile("[^0-9]+")
NO_SIGNS = re.compile("[^0-9A-Z]+")
MAKERS = {
    "luhn": luhn.calc_check_digit,
    "verhoeff": verhoeff.calc_check_digit,
    "mod_11_10": mod_11_10.calc_check_digit,
    "mod_97_10": mod_97_10.calc_check_digits,
}
LENGTHS = {"none": 0, "mod_97_10": 2}  # others have one digit


def make(text, check):
    """Return the check digits of a number: they are written behind it.

    :param str text: the number without them; signs that the check does not know are left out of it
    :param str check: a code of :data:`CHECKS`
    """
    if check not in MAKERS:
        return ""
    return MAKERS[check](_read(text, check))


def get_length(check):
    """Return how many check digits a number has."""
    return LENGTHS.get(check, 1)


def is_right(name, check):
    """Tell whether a number ends with its check digits.

    :param str name: the number with them
    :param str check: a code of :data:`CHECKS`
    """
    length = get_length(check)
    body, digits = name[: len(name) - length], name[len(name) - length :]
    return bool(_read(body, check)) and make(body, check) == digits


def _read(text, check):
    """Return what the check counts of a number."""
    return NO_SIGNS.sub("", text.upper()) if check == "mod_97_10" else NO_DIGITS.sub("", text)
