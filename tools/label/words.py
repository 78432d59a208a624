"""Numbers with a word in front: ``S/N: ABC123``, ``Serial No. ABC123``, ``IMEI 356938035643809``."""

import re
from functools import lru_cache

from stdnum import imei, mac

from .base import Label

# A number may begin with SN itself: without a slash, a point or a whole word, only a sign behind it makes it a word.
SERIAL = (
    r"S/N|Ser(?:ial)?\.?[ ]?(?:No|Nr|Num)\.|Serial[ ]?(?:No|Number|Nr|\#)|Serien(?:nummer|-?Nr\.?)|"
    r"Num[eé]ro[ ]de[ ]s[eé]rie|N[º°][ ]de[ ]s[eé]rie|N[uú]mero[ ]de[ ]serie"
)
LATIN = rf"(?P<serial>{SERIAL})(?:\s*[:：\#=]\s*|\s+|(?<=\.))|(?P<short>S\.?N\.?|Serial|Ser\.?|Serie)\s*[:：\#=]\s*"
IMEI = r"(?P<imei>IMEI)\s?[12]?\s*(?:[:：\#=]\s*|\s+)"
MAC = r"(?P<mac>MAC(?:[ -]?(?:ID|Address|Addr\.?))?)\s*(?:[:：\#=]\s*|\s+)"
CHECKS = {"imei": imei.is_valid, "mac": lambda address: mac.is_valid(address, validate_manufacturer=False)}
FAULTS = {"imei": "check_digit", "mac": "bad_value"}
MARKS = re.compile(r"[\s:.\-]")


def read(text, prefixes=()):
    """Read a number with a word in front.

    :param prefixes: more words for serial numbers, in the user's language; a colon or a blank ends each
    """
    word = _make_pattern(tuple(prefixes)).match(text)
    value = text[word.end() :].strip() if word else ""
    if not value:
        return None
    label = Label(text, "prefix", serials=[value])
    return _read_identity(label, word.lastgroup, value) if word.lastgroup in CHECKS else label


def _read_identity(label, kind, value):
    """Keep an IMEI or a MAC address in its one form; refuse one that is none."""
    compact = imei.compact(value) if kind == "imei" else _write_mac(value)
    label.serials = [compact]
    label.add_identity(kind, compact)
    return label if CHECKS[kind](compact) else label.refuse(FAULTS[kind], value)


def _write_mac(value):
    digits = MARKS.sub("", value).upper()
    return ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))


@lru_cache(64)
def _make_pattern(prefixes):
    own = "|".join(re.escape(prefix) for prefix in sorted(prefixes, key=len, reverse=True))
    given = [rf"(?P<own>{own})(?:\s*[:：\#=]\s*|\s+)"] if own else []
    return re.compile("|".join([LATIN, IMEI, MAC, *given]), re.IGNORECASE)
