"""How other numbers of a unit are written and compared: plain Python, no database."""

import re

from stdnum import ean, exceptions, imei, luhn

from ...tools import mac, naming

CHECKS = [("none", "Any text"), ("imei", "IMEI"), ("mac", "MAC address"), ("ean", "EAN / GTIN"), ("luhn", "Luhn digit")]
# An IMEI is 14 digits, a check digit after them, or the two of a software version: one device all the same.
IMEI_LENGTH = 14
WHOLE_IMEI = re.compile(r"[0-9]{15}")
# Thousands are read at once, and nearly all are like this: nothing is to be cleaned in them.
PLAIN = re.compile(rf"[!-~]{{1,{naming.MAX_LENGTH}}}")


def _make_imei(text):
    if not WHOLE_IMEI.fullmatch(text):
        text = imei.validate(text)
    elif luhn.checksum(text):  # all that is to be checked of one without marks
        raise exceptions.InvalidChecksum
    return text[:IMEI_LENGTH]


def _make_mac(text):
    address = mac.write(text)
    if not address:
        raise exceptions.InvalidFormat
    return address


# Kinds that only few numbers have the form of: what has it and a wrong check digit is a mistyped one.
STRICT = ("imei", "ean")
# What can be of a kind at all: of thousands of texts most are none, and no check digit is computed for them.
DIGITS = re.compile(r"[\d\s.\-]+")
LOOKS = {
    "none": re.compile(r"(?s).*"),
    "imei": DIGITS,
    "mac": re.compile(r"[0-9A-Fa-f\s:.\-]+"),
    "ean": DIGITS,
    "luhn": DIGITS,
}
MAKERS = {"imei": _make_imei, "mac": _make_mac, "ean": ean.validate, "luhn": luhn.validate}


def make_key(check, text):
    """Return what two writings of one number have in common.

    :param str check: a code of :data:`CHECKS`
    :param str text: the number as typed
    :return: its key, and None; or None, and what is wrong: ``empty``, ``length`` (longer than a serial number may be),
        ``digit`` (its check digit) or ``form``
    """
    key, fault = _read(text or "")
    return (None, fault) if fault else _write(check, key)


def _read(text):
    """Return the comparable form of a text, and what is wrong with it whatever its kind: ``empty`` or ``form``."""
    if PLAIN.fullmatch(text):
        return text.upper(), None
    key = naming.make_key(text)
    if not key:
        return None, "empty"
    return key, "form" if naming.find_fault(naming.clean(text)) else None


def _write(check, key):
    """Return a number as its kind is written, and what is wrong with it."""
    if check not in MAKERS:
        return key, None
    try:
        return MAKERS[check](key), None
    except exceptions.InvalidChecksum:
        return None, "digit"
    except exceptions.ValidationError:
        return None, "form"


def make_keys(text):
    """Return ``{check: key}`` of all that a text may be; empty for what is no number."""
    key, fault = _read(text)
    if fault:
        return {}
    keys = {check: _write(check, key)[0] for check, looks in LOOKS.items() if looks.fullmatch(key)}
    return {check: written for check, written in keys.items() if written}
