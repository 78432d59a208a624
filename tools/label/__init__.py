"""What stands on a label, and what is the serial number in it: plain Python, no database.

A scanner sends what the printed code holds: a bare number, a GS1 element string, a link, a vendor's envelope. The rules
are asked in order, and the first that knows the text reads it; a text that none knows is the number itself, untouched.
Each rule asks for a sign that plain numbers do not have, so that no number is ever cut by guess.
"""

import re

from ..naming import clean, join_all
from . import envelope, gs1, hibc, link, words
from .base import MAX_LENGTH, Label
from .gs1 import find_gtin, find_sscc_spellings

__all__ = [
    "BARE",
    "IDENTIFIED",
    "IDENTIFIER",
    "MAX_LENGTH",
    "PLAIN",
    "Label",
    "are_all",
    "find_gtin",
    "find_sscc_spellings",
    "read",
]

# AIM symbology identifiers (ISO/IEC 15424), which scanners send in front of what they read when told to.
SYMBOLOGY = re.compile(r"\](?=[A-Za-z])([A-Za-z][0-9A-Za-z])(?=.)", re.DOTALL)
GS1_SYMBOLOGIES = ("C1", "e0", "d2", "Q3", "J1")
EAN_SYMBOLOGIES = ("E0", "E4")
# Data identifiers (ANSI MH10.8.2) of serial numbers: a bare code may bear one in front, or only begin so.
IDENTIFIER = re.compile(r"(?:1|15|25)?[Ss](?=[A-Za-z0-9].{2})(?=[^\d\n]*\d)")
IDENTIFIED = re.compile(rf"{IDENTIFIER.pattern}.*")
# What no rule knows: a number of letters, digits and dashes that neither begins as an element string or with an
# identifier, nor may be a GTIN.
PLAIN = re.compile(r"(?:[A-RT-Za-rt-z]|(?!01\d{14}|(?:1|15|25)[Ss]|\d{8}$|\d{12,14}$)[0-9])[A-Za-z0-9_/-]*")
# A bare code that begins with an identifier, or only so.
BARE = re.compile(r"(?:[Ss]|(?:1|15|25)[Ss])[A-Za-z0-9_/-]*")


def are_all(pattern, texts):
    """Tell whether all of many texts fully match a pattern, see :func:`.naming.join_all`.

    :param texts: a list; none are not all, and what is no text matches nothing
    """
    try:
        return bool(join_all(pattern, texts))
    except TypeError:
        return False


def read(text, prefixes=()):
    """Tell what stands on a label.

    :param str text: what was scanned or typed
    :param prefixes: words in front of a serial number in the user's language, beside those of English labels
    :return: :class:`Label`; one of kind ``text``, whose first candidate is the text itself, where it is no label
    """
    if PLAIN.fullmatch(text):
        return Label(text, serials=[text])
    text = text.strip(" \t\r\n")
    if len(text) > MAX_LENGTH:
        return Label(text, serials=[clean(text)])
    symbology = SYMBOLOGY.match(text)
    code, rest = (symbology.group(1), text[symbology.end() :]) if symbology else ("", text)
    return _read_code(rest, code) or _read_word(rest, prefixes) or _read_bare(rest)


def _read_code(text, symbology):
    """Read what follows a standard; None for anything else."""
    if symbology in EAN_SYMBOLOGIES and find_gtin(text):
        return Label(text, "gtin", gtin=find_gtin(text))
    says_gs1 = symbology in GS1_SYMBOLOGIES or text.startswith(gs1.GS)
    return (
        envelope.read(text)
        or link.read(text)
        or gs1.read_brackets(text)
        or gs1.read_elements(text, says_gs1)
        or hibc.read(text)
    )


def _read_word(text, prefixes):
    """Read what has a word in front: a number, or a whole label."""
    read = words.read(text, prefixes)
    return (read and _read_code(read.serials[0], "")) or read


def _read_bare(text):
    """Return the number itself, and behind it what is left without a data identifier: which it is, others tell."""
    name = clean(text)
    identifier = IDENTIFIER.match(name)
    return Label(text, serials=[name, name[identifier.end() :]] if identifier else [name])
