"""Envelopes of ISO/IEC 15434: ``[)>``, then fields with the identifiers that their format says."""

import re
from datetime import datetime

from . import gs1
from .base import Label

RS, EOT = "\x1e", "\x04"
HEAD = re.compile(r"\[\)>")
SHOWN = (("\u241d", gs1.GS), ("\u241e", RS), ("\u2404", EOT), ("<GS>", gs1.GS), ("<RS>", RS), ("<EOT>", EOT))
DATA_IDENTIFIER = re.compile(r"(\d{0,3}[A-Z])(.*)", re.DOTALL)
TEXT_IDENTIFIER = re.compile(r"([A-Z]{3}) (.*)", re.DOTALL)
SERIALS = ("S", "15S", "18S", "25S", "1S")  # the first that is there


def read(text):
    """Read an envelope."""
    if not HEAD.match(text):
        return None
    for shown, character in SHOWN:
        text = text.replace(shown, character)
    label = Label(text, "envelope")
    messages = text[3:].rstrip(EOT).strip(RS).split(RS)
    for message in messages:
        form, *fields = message.split(gs1.GS)
        if len(form) != 2:  # without the separators nobody knows where a field ends
            return label.refuse("lost_separator", message)
        READ.get(form, _skip)(label, [field for field in fields if field])
    return label.finish()


def _skip(label, fields):
    """Leave out a message in a format that says nothing about units."""


def _read_application_identifiers(label, fields):
    inner = gs1.read_elements(gs1.GS.join(fields), says_gs1=True)
    for name in label.__slots__:
        if name not in ("text", "kind"):
            setattr(label, name, getattr(inner, name))


def _read_data_identifiers(label, fields):
    found = {}
    for field in fields:
        part = DATA_IDENTIFIER.fullmatch(field)
        if part:
            found.setdefault(part[1], []).append(part[2])
    for identifier, values in found.items():
        if identifier in PUT:
            PUT[identifier](label, values[0])
    holder = found.get("18V", [""])[0]
    for identifier in SERIALS:
        for value in found.get(identifier, ()):
            # A unique item identifier begins with who gave it, which the label may say by itself as well.
            label.add_serial(value.removeprefix(holder) if identifier == "25S" else value)


def _read_text_identifiers(label, fields):
    for field in fields:
        part = TEXT_IDENTIFIER.fullmatch(field)
        if part and part[1] in ("SER", "SEQ"):
            label.add_serial(part[2])
        elif part and part[1] in ("PNO", "PNR"):
            label.part = part[2]


READ = {"05": _read_application_identifiers, "06": _read_data_identifiers, "12": _read_text_identifiers}


def _put_part(label, value):
    label.part = label.part or value


def _put_lot(label, value):
    label.lot = label.lot or value


def _put_count(label, value):
    count = re.match(r"\d+", value)
    label.count = int(count.group()[:9]) if count else 1


def _put_gtin(label, value):
    label.gtin = gs1.find_gtin(value)
    if not label.gtin:
        label.refuse("check_digit", value)


def _put_day(name):
    def put_day(label, value):
        try:
            setattr(label, name, datetime.strptime(value, "%Y%m%d").date())
        except ValueError:
            label.refuse("bad_value", value)

    return put_day


PUT = {
    "1P": _put_part,
    "P": _put_part,
    "8P": _put_gtin,
    "1T": _put_lot,
    "T": _put_lot,
    "Q": _put_count,
    "14D": _put_day("expiry"),
    "16D": _put_day("made"),
    "22S": gs1.put_imei,
    "23S": lambda label, value: label.add_identity("mac", value),
}
