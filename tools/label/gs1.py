"""GS1 element strings (General Specifications, chapters 3 and 7): with FNC1, and as people read them, in brackets."""

import re
from datetime import date
from functools import cache
from pathlib import Path

from stdnum import ean, imei, numdb

from .base import GS, Label, end_of_month, hide

SEPARATORS = re.compile(f"{GS}+")  # a scanner sends one for FNC1 inside, and some an empty one
NAMED = {"10", "21"}  # what follows a GTIN on a unit: the lot, the serial number
GTIN_FIRST = re.compile(r"01(\d{14})")
BRACKET = re.compile(r"\((\d{2,4})\)")
PART = re.compile(r"\[?\+?([NXY])(\.\.)?(\d+)(?:\.\.(\d+))?\]?")
CHARACTERS = {"N": "[0-9]", "X": f"[^{GS}]", "Y": f"[^{GS}]"}
# What commonly follows a serial number or a lot: where it ends one that nothing ended, the separator was dropped.
DATE = r"\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])"
SWALLOWED = re.compile(rf".+(?:11|13|15|17){DATE}(?:10.{{1,20}})?")
SHOWN_OTHERWISE = re.compile(r".+[\\^{|}~].+")  # no value has these, and some scanners send one for FNC1
SWALLOWED_SERIAL = re.compile(r".+21.+")
SWALLOWING = (SWALLOWED, SWALLOWED_SERIAL, SHOWN_OTHERWISE)


class Unreadable(Exception):
    """A text is no element string after all."""


def find_gtin(text):
    """Return a GTIN in 14 digits.

    :param str text: what may be a GTIN of 8, 12, 13 or 14 digits
    :return: the GTIN; empty for anything else, and when its check digit is wrong
    """
    is_gtin = text.isascii() and text.isdigit() and len(text) in (8, 12, 13, 14) and is_checked(text)
    return text.zfill(14) if is_gtin else ""


def find_sscc_spellings(text):
    """Return the other spelling of the number of a carton that may stand there: 18 digits, with or without 00 before.

    :param str text: what was scanned, without a symbology that says what it is
    :return: a list of one; empty for anything else
    """
    number = text[2:] if len(text) == 20 and text.startswith("00") else text
    if not (number.isascii() and number.isdigit() and len(number) == 18 and is_checked(number)):
        return []
    return [number] if number != text else [f"00{number}"]


def is_checked(digits):
    """Tell whether the last digit is the check digit of the others."""
    return ean.calc_check_digit(digits[:-1]) == digits[-1]


def read_brackets(text):
    """Read what is printed for people: ``(01)09521234543213(21)SN0042``."""
    if not _is_known(BRACKET.match(text)):
        return None
    marks = [mark for mark in BRACKET.finditer(text) if _is_known(mark)]
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    label = Label(text, "gs1")
    for mark, end in zip(marks, ends, strict=True):
        value = text[mark.end() : end].strip()
        if not is_value(mark[1], value):
            return label.refuse("bad_value", f"{mark[0]} {value}")
        put(label, mark[1], value)
    return label.finish()


def _is_known(mark):
    rule = mark and _find_rule(mark[1])
    return bool(rule) and rule[0] == mark[1]


def is_value(identifier, value):
    """Tell whether a value has the form that its application identifier asks for."""
    rule = _find_rule(identifier)
    return bool(rule) and rule[0] == identifier and bool(rule[1].fullmatch(value))


def read_elements(text, says_gs1=False):
    """Read an element string.

    :param str text: what was scanned
    :param bool says_gs1: whether the scanner says that it is one; else it begins with a GTIN, or has separators, which
        no number has
    """
    text = SEPARATORS.sub(GS, hide(text, GS))
    gtin, is_separated = GTIN_FIRST.match(text), GS in text.strip(GS)
    if not (says_gs1 or gtin or is_separated):
        return None
    label = Label(text, "gs1")
    try:
        elements = [*_split(text.strip(GS))]
    except Unreadable as problem:
        is_sure = says_gs1 or (gtin and is_checked(gtin[1]) and (is_separated or _find_rule(text[16:20])))
        return label.refuse(*problem.args) if is_sure else None
    named = {identifier for identifier, value in elements}
    if not (says_gs1 or is_separated or is_checked(gtin[1]) or named & NAMED):
        return None
    for identifier, value in elements:
        put(label, identifier, value)
    if not is_separated:
        _refuse_swallowed(label)
    return label.finish()


def _split(text):
    """Yield the identifier and the value of each element."""
    at = 0
    while at < len(text):
        identifier, pattern, is_open = _find_rule(text[at : at + 4]) or ("", None, False)
        value = pattern and pattern.match(text, at + len(identifier))
        if not value:
            raise Unreadable("bad_value", text[at:])
        at = value.end()
        if is_open and at < len(text) and text[at] != GS:
            raise Unreadable("lost_separator", value.group())
        yield identifier, value.group()
        at += text[at : at + 1] == GS


def _refuse_swallowed(label):
    """Refuse a label of which the scanner dropped the separators: its last number holds what came after it."""
    for name in label.serials:
        if SWALLOWED.fullmatch(name) or SHOWN_OTHERWISE.fullmatch(name):
            label.refuse("lost_separator", name)
    if label.lot and not label.serials and any(each.fullmatch(label.lot) for each in SWALLOWING):
        label.refuse("lost_separator", label.lot)


@cache
def _read_identifiers():
    """Return python-stdnum's application identifiers: its own way to its files is lost where Odoo imports it."""
    with open(Path(numdb.__file__).with_name("gs1_ai.dat"), encoding="utf-8") as file:
        return numdb.read(file)


@cache
def _find_rule(text):
    """Return the application identifier that a text begins with.

    :param str text: up to four characters
    :return: the identifier, the pattern of its value and whether FNC1 ends it; None for an unknown one
    """
    identifier, found = _read_identifiers().info(text)[0]
    if not found:
        return None
    if found["type"] == "decimal":  # its last digit says where the point is
        identifier = text[: len(identifier) + 1]
    return identifier, re.compile(_make_pattern(found["format"]), re.DOTALL), bool(found.get("fnc1"))


def _make_pattern(form):
    """Turn a format such as ``N13[+X..17]`` into a regular expression."""
    parts = []
    for part in PART.finditer(form):
        kind, is_open, length, most = part.groups()
        times = f"{{{length},{most}}}" if most else f"{{1,{length}}}" if is_open else f"{{{length}}}"
        parts.append(f"(?:{CHARACTERS[kind]}{times}){'?' if part[0].startswith('[') else ''}")
    return "".join(parts)


def put(label, identifier, value):
    """Keep the value of an application identifier on a label; those that no unit needs are left out."""
    if identifier in PUT:
        PUT[identifier](label, value)


def _put_checked(name, length=None):
    """Return what keeps digits of which the last one is a check digit.

    :param int length: how many of the value's digits they are (default: all)
    """

    def put_checked(label, value):
        digits = value[:length]
        label.put(name, digits)
        if not is_checked(digits):
            label.refuse("check_digit", digits)

    return put_checked


def put_imei(label, value):
    """Keep an IMEI; one of digits alone has a check digit."""
    label.add_identity("imei", value)
    if value.isdigit() and not imei.is_valid(value):
        label.refuse("check_digit", value)


def _put_day(name):
    def put_day(label, value):
        year, month, day = int(value[:2]), int(value[2:4]), int(value[4:6])
        year += 1900 if year > 68 else 2000
        try:  # day 00 is the last one of the month
            found = date(year, month, day) if day else end_of_month(date(year, month, 1))
        except ValueError:
            label.refuse("bad_value", value)
        else:
            label.put(name, found)

    return put_day


def _put_lot(label, value):
    label.put("lot", value.strip())


def _put_count(label, value):
    label.count = int(value)


PUT = {
    "00": _put_checked("sscc"),
    "01": _put_checked("gtin", 14),
    "02": _put_checked("gtin", 14),
    "10": _put_lot,
    "11": _put_day("made"),
    "17": _put_day("expiry"),
    "21": Label.add_only_serial,
    "30": _put_count,
    "37": _put_count,
    "250": lambda label, value: label.add_identity("serial", value),
    "7003": _put_day("expiry"),  # with the hour and the minute behind it
    "414": _put_checked("location"),
    "8002": put_imei,
    "8006": _put_checked("gtin", 14),
}
