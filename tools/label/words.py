"""Numbers with a word in front: ``S/N: ABC123``, ``Serial No. ABC123``, ``IMEI 356938035643809``."""

import re
from functools import lru_cache

from stdnum import imei

from .. import mac
from .base import Label

# A number may begin with SN itself: without a slash, a point or a whole word, only a sign behind it makes it a word.
SERIAL = (
    r"S/N|Ser(?:ial)?\.?[ -]?(?:No|Nr|Num)\.|Serial[ -]?(?:No|Number|Nr|\#)|Serien(?:nummer|-?Nr\.?)|"
    r"Num[eé]ro[ ]de[ ]s[eé]rie|N[º°][ ]de[ ]s[eé]rie|N[uú]mero[ ]de[ ]serie"
)
# Goods come from everywhere: with a sign behind it, a word of another language than the user's is one as well.
SHORT = (
    r"S[ ]?[/.-]?[ ]?N(?:o|r)?\.?|Serial(?:[ ]Num\.?)?|Ser\.?(?:[ ]?N[or]\.?)?|S[eé]rie|Serien?[ -]?(?:Nummer|Nr\.?)|"
    r"(?:N\.?[º°o]?|N[oruú]\.?|N[uú]m\.?|N[uú]m[eé]ro?)[ ](?:de[ ]|di[ ])?(?:s[eé]rie|serial[e]?|seryjny|matricola)|"
    r"Nr[ ]ser\.|Matricola|(?:产品|產品)?序[列號号][列號号]?码?|製造番号|製番|シリアル(?:番号|ナンバー|No\.?)?|"
    r"(?:ال)?رقم[ ](?:ال)?(?:تسلسلي|متسلسل)|Серийный[ ](?:номер|№)"
)
LATIN = rf"(?P<serial>{SERIAL})(?:\s*[:：\#=]\s*|\s+|(?<=\.))|(?P<short>{SHORT})\s*[:：\#=]\s*"
IMEI = r"(?P<imei>IMEI)[\s-]?(?:[12]|\([12]\))?\s*(?:[:：\#=]\s*|\s+)"
MAC = r"(?P<mac>MAC(?:[ -]?(?:ID|Address|Addr\.?|Add\.?))?)\s*(?:[:：\#=]\s*|\s+)"
# What may be meant by the word; with a blank alone behind it, anything else is a number that begins so: MAC 12.
LOOKS = {"imei": re.compile(r"[\d\s./-]{14,}"), "mac": re.compile(r"[0-9A-F\s:.-]{11,}", re.IGNORECASE)}
FAULTS = {"imei": "check_digit", "mac": "bad_value"}
SIGNS = ":：#="


def read(text, prefixes=()):
    """Read a number with a word in front.

    :param prefixes: more words for serial numbers, in the user's language; a colon or a blank ends each
    """
    word = _make_pattern(tuple(prefixes)).match(text)
    value = text[word.end() :].strip() if word else ""
    if not value:
        return None
    label = Label(text, "prefix", serials=[value])
    if word.lastgroup not in LOOKS:
        return label
    is_meant = word[0].rstrip().endswith(tuple(SIGNS)) or LOOKS[word.lastgroup].fullmatch(value)
    return _read_identity(label, word.lastgroup, value) if is_meant else None


def _read_identity(label, kind, value):
    """Keep an IMEI or a MAC address in its one form; refuse one that is none."""
    number = _write_imei(value) if kind == "imei" else mac.write(value)
    label.serials = [number or value]
    label.add_identity(kind, number or value)
    return label if number else label.refuse(FAULTS[kind], value)


def _write_imei(value):
    return imei.compact(value) if imei.is_valid(value) else ""


@lru_cache(64)
def _make_pattern(prefixes):
    own = "|".join(re.escape(prefix) for prefix in sorted(prefixes, key=len, reverse=True))
    given = [rf"(?P<own>{own})(?:\s*[:：\#=]\s*|\s+)"] if own else []
    return re.compile("|".join([LATIN, IMEI, MAC, *given]), re.IGNORECASE)
