"""MAC addresses: plain Python, no database."""

import re

DIGITS = re.compile(r"[0-9A-F]{12}")
MARKS = re.compile(r"[\s:.\-]+")
GROUPS = re.compile(r"[0-9A-F]{1,2}(?:[:-][0-9A-F]{1,2}){5}")


def write(text):
    """Return a MAC address in its one form, such as ``00:1A:2B:3C:4D:5E``; empty for anything else.

    :param str text: it as somebody writes it: with colons, dashes, points, blanks or nothing between its digits
    """
    text = text.strip().upper()
    if GROUPS.fullmatch(text):  # a group of one digit has lost the zero in front of it
        return ":".join(group.zfill(2) for group in re.split("[:-]", text))
    digits = MARKS.sub("", text)
    return ":".join(digits[at : at + 2] for at in range(0, 12, 2)) if DIGITS.fullmatch(digits) else ""
