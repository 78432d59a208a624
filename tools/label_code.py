"""What the codes of a label say: the number alone, or with the product's GTIN as GS1 writes it. Plain Python."""

import re
from dataclasses import dataclass
from urllib.parse import quote

# AI (21): up to 20 of the characters of GS1's set 82.
GS1_SERIAL = re.compile(r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}")
RESOLVER = "https://id.gs1.org"
WAYS = ("number", "gs1", "link")


@dataclass(frozen=True)
class Code:
    """What one label's codes say.

    :ivar bars: the text of the Code 128
    :ivar square: the text of the square code
    :ivar is_gs1: whether both are GS1 element strings, with FNC1 in front; the square code is a DataMatrix then
    """

    bars: str
    square: str
    is_gs1: bool = False


def make_code(name, gtin=None, way="number", resolver=RESOLVER):
    """Return what the codes of a number say.

    :param str name: the number
    :param gtin: of its product: 14 digits, if it has one
    :param way: one of :data:`WAYS`; where the number or the product does not allow it, the number alone is said
    :param resolver: where links lead, without a slash at the end
    """
    if way == "number" or not can_say(name, gtin):
        return Code(name, name)
    if way == "link":
        return Code(name, f"{resolver}/01/{gtin}/21/{quote(name, safe='')}")
    text = f"01{gtin}21{name}"
    return Code(text, text, is_gs1=True)


def can_say(name, gtin):
    """Tell whether GS1 has room and characters for a number of this product."""
    return bool(gtin and GS1_SERIAL.fullmatch(name))
