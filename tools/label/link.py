"""GS1 Digital Link: a web address with a GS1 key in its path, of any host."""

import re
from urllib.parse import parse_qsl, unquote

from . import gs1
from .base import Label

ADDRESS = re.compile(r"https?://[^/?#]+(/[^?#]*)(?:\?([^#]*))?", re.IGNORECASE)
KEYS = {"00": (18,), "01": (8, 12, 13, 14), "414": (13,), "8006": (18,)}  # with the lengths of their values
QUALIFIERS = {"22", "10", "21", "254", "235"}
# The words of its version 1.1.
WORDS = {"gtin": "01", "sscc": "00", "gln": "414", "cpv": "22", "lot": "10", "ser": "21", "exp": "17"}


def read(text):
    """Read a link; one without a GS1 key is none of these."""
    address = ADDRESS.match(text)
    steps = [unquote(step) for step in address[1].split("/") if step] if address else []
    start = next((at for at in range(len(steps) - 1) if _is_key(_find_identifier(steps[at]), steps[at + 1])), None)
    if start is None:
        return None
    label = Label(text, "link")
    pairs = [*zip(steps[start::2], steps[start + 1 :: 2], strict=False)]
    for at, (word, value) in enumerate(pairs):
        identifier = _find_identifier(word)
        if not at or identifier in QUALIFIERS:
            _put(label, identifier, value)
    for word, value in parse_qsl((address[2] or "").replace(";", "&")):
        _put(label, _find_identifier(word), value)
    return label.finish()


def _find_identifier(word):
    return WORDS.get(word.lower(), word)


def _is_key(identifier, value):
    """Tell whether a step of the path is the value of a key: digits of its length."""
    return value.isascii() and value.isdigit() and len(value) in KEYS.get(identifier, ())


def _put(label, identifier, value):
    if identifier == "01":
        value = value.zfill(14)
    if gs1.is_value(identifier, value):
        gs1.put(label, identifier, value)
    elif identifier in gs1.PUT:
        label.refuse("bad_value", f"({identifier}) {value}")
