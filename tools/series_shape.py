"""Whether a number looks like those of a series, and is none of them: plain Python, no database."""

import re

from . import check_digit

PART = re.compile(r"%\(\w+\)s")  # of the day on which a number is made


def compile_shape(prefix, suffix, padding, check):
    """Return the pattern of the numbers of a series, whatever the day; None where they are digits alone.

    :param str prefix: as an ``ir.sequence`` has it, with parts of the day
    :param str suffix: the same
    :param int padding: how many digits its counter has at least
    :param str check: a code of :data:`~.check_digit.CHECKS`
    """
    if not PART.sub("", f"{prefix or ''}{suffix or ''}").strip("0123456789 "):
        return None  # any number of so many digits would be one
    counter = f"[0-9]{{{max(padding, 1)},}}"
    digits = f"[0-9]{{{check_digit.get_length(check)}}}"
    return re.compile(f"{_escape(prefix)}{counter}{_escape(suffix)}{digits}", re.IGNORECASE)


def _escape(text):
    return "[0-9]+".join(map(re.escape, PART.split(text or "")))


def is_mistyped(name, shape, check):
    """Tell whether a number looks like one of a series, and ends with other check digits than these have."""
    return bool(shape and shape.fullmatch(name)) and not check_digit.is_right(name, check)
