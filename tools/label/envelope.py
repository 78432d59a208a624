"""Envelopes of ISO/IEC 15434: ``[)>``, then fields with the identifiers that their format says."""

import re

from . import gs1
from .base import EOT, GS, RS, Label, hide

HEAD = re.compile(r"\[\)>")
DATA_IDENTIFIER = re.compile(r"(\d{0,3}[A-Z])(.*)", re.DOTALL)
TEXT_IDENTIFIER = re.compile(r"([A-Z]{3}) (.*)", re.DOTALL)
SERIALS = ("S", "15S", "18S", "25S", "1S")  # the first that is there


def read(text):
    """Read an envelope."""
    if not HEAD.match(text):
        return None
    text = hide(text, RS, GS, EOT)
    label = Label(text, "envelope")
    messages = text[3:].rstrip(EOT).strip(RS).split(RS)
    for message in messages:
        form, *fields = message.split(GS)
        if len(form) != 2:  # without the separators nobody knows where a field ends
            return label.refuse("lost_separator", message)
        READ.get(form, _skip)(label, [field for field in fields if field])
    return label.finish()


def _skip(label, fields):
    """Leave out a message in a format that says nothing about units."""


def _read_application_identifiers(label, fields):
    inner = gs1.read_elements(GS.join(fields), says_gs1=True)
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
        for value in values if identifier in PUT else ():
            PUT[identifier](label, value)
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


def _put_count(label, value):
    count = re.match(r"\d+", value)
    label.count = int(count.group()[:9]) if count else 1


def _put_gtin(label, value):
    gtin = gs1.find_gtin(value)
    if gtin:
        label.put("gtin", gtin)
    else:
        label.refuse("check_digit", value)


def _put_lot(label, value):
    label.put("lot", value.strip())


PUT = {
    "1P": _put_part,
    "P": _put_part,
    "8P": _put_gtin,
    "1T": _put_lot,
    "T": _put_lot,
    "Q": _put_count,
    "14D": lambda label, value: label.put_day("expiry", value, "%Y%m%d"),
    "16D": lambda label, value: label.put_day("made", value, "%Y%m%d"),
    "22S": gs1.put_imei,
    "23S": lambda label, value: label.add_identity("mac", value),
}
