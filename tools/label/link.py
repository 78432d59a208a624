"""GS1 Digital Link: a web address with a GS1 key in its path, of any host."""

import re
from urllib.parse import parse_qsl, unquote

from . import gs1
from .base import Label

ADDRESS = re.compile(r"https?://[^/?#]+(/[^?#]*)(?:\?([^#]*))?", re.IGNORECASE)
KEYS = {"00", "01", "414", "8006"}
QUALIFIERS = {"22", "10", "21", "254", "235"}
WORDS = {"gtin": "01", "sscc": "00", "gln": "414", "cpv": "22", "lot": "10", "ser": "21"}  # of its version 1.1


def read(text):
    """Read a link; one without a GS1 key is none of these."""
    address = ADDRESS.match(text)
    steps = [WORDS.get(step, step) for step in address[1].split("/")] if address else []
    start = next((at for at, step in enumerate(steps[:-1]) if step in KEYS and _is_key(step, steps[at + 1])), None)
    if start is None:
        return None
    label = Label(text, "link")
    pairs = [*zip(steps[start::2], steps[start + 1 :: 2], strict=False)]
    for at, (identifier, value) in enumerate(pairs):
        if not at or identifier in QUALIFIERS:
            _put(label, identifier, unquote(value))
    for identifier, value in parse_qsl(address[2] or ""):
        _put(label, WORDS.get(identifier, identifier), value)
    return label.finish()


def _is_key(identifier, value):
    """Tell whether a step of the path is the value of a key: digits of its length."""
    lengths = {"00": (18,), "01": (8, 12, 13, 14), "414": (13,), "8006": (18,)}[identifier]
    return value.isascii() and value.isdigit() and len(value) in lengths


def _put(label, identifier, value):
    if identifier == "01":
        value = value.zfill(14)
    if gs1.is_value(identifier, value):
        gs1.put(label, identifier, value)
    elif identifier in gs1.PUT:
        label.refuse("bad_value", f"({identifier}) {value}")
