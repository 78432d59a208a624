"""Whether a number's pattern may be kept: plain Python, no database.

Python cannot stop a match that takes forever, so a pattern is judged before it is kept: by the number of ways in which
it can divide one text among its parts. Where each part is told from what follows by its first character, there is one
way. Nested or neighbouring repeats of the same characters multiply the ways, and each is tried when a number is wrong.

The judgement itself looks at each part of the pattern twice: see :mod:`.pattern_parts`.
"""

import re

from .pattern_parts import TooDeep, read

MAX_LENGTH = 200  # characters of a pattern
MAX_NESTING = 8  # parentheses inside parentheses
MAX_BITS = 15  # the ways, as a power of two: two repeats over the whole number that run into each other


def find_fault(pattern):
    """Tell why a pattern may not be kept.

    :param str pattern: a regular expression that the whole number must match
    :return: ``too_long``, ``too_deep``, ``slow`` (see :func:`is_slow`) or None
    :raise re.error: when it is none, or has what no format takes; also OverflowError and RecursionError
    """
    if len(pattern) > MAX_LENGTH:
        return "too_long"
    try:
        return "slow" if is_slow(pattern) else None
    except TooDeep:
        return "too_deep"


def is_slow(pattern):
    """Tell whether a pattern may take more than a moment for a number of 128 characters.

    :param str pattern: a regular expression that the whole number must match
    :raise re.error: when it is none, or has what no format takes; also OverflowError and RecursionError
    :raise TooDeep: when its parentheses are nested too deeply
    """
    re.compile(pattern)
    return read(pattern, MAX_NESTING).judge(0) > MAX_BITS
