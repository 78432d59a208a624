"""How long a number's pattern can take at worst: plain Python, no database.

Python cannot stop a match that takes forever, so a pattern is judged before it is kept: by the number of ways in which
it can divide one text among its parts. Where each part is told from what follows by its first character, there is one
way. Nested or neighbouring repeats of the same characters multiply the ways, and each is tried when a number is wrong.
"""

import math
import re

try:
    from re import _constants as sre
    from re import _parser as parser
except ImportError:  # Python 3.10
    import sre_constants as sre
    import sre_parse as parser

from .serial_name import MAX_LENGTH

MAX_BITS = 22  # the ways, as a power of two: three repeats over the whole number that run into each other
OTHER = -1  # stands for all characters beyond the first ones
FIRST = range(0x250)
EVERY = frozenset([*FIRST, OTHER])
CATEGORIES = {
    sre.CATEGORY_DIGIT: str.isdecimal,
    sre.CATEGORY_SPACE: str.isspace,
    sre.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
}
OPPOSITES = {
    sre.CATEGORY_NOT_DIGIT: sre.CATEGORY_DIGIT,
    sre.CATEGORY_NOT_SPACE: sre.CATEGORY_SPACE,
    sre.CATEGORY_NOT_WORD: sre.CATEGORY_WORD,
}
REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, getattr(sre, "POSSESSIVE_REPEAT", None))


def is_slow(pattern):
    """Tell whether a pattern may take more than a moment for a number of 128 characters.

    :param str pattern: a regular expression that the whole number must match
    :raise re.error: when it is none; also OverflowError and RecursionError
    """
    parsed = parser.parse(pattern)
    everything = EVERY if parsed.state.flags & re.IGNORECASE else frozenset()
    return _judge(parsed, everything, everything)[0] > MAX_BITS


def _chars(code):
    """Return a character's code, or what stands for it."""
    return frozenset([code if code in FIRST else OTHER])


def _set_of(items):
    """Return the characters of a class such as ``[A-Z]``, rather too many than too few."""
    found = set()
    for op, value in items:
        if op is sre.LITERAL:
            found |= _chars(value)
        elif op is sre.RANGE:
            found |= {code for code in FIRST if value[0] <= code <= value[1]} | (
                {OTHER} if value[1] not in FIRST else set()
            )
        elif op is sre.CATEGORY:
            test = CATEGORIES[OPPOSITES.get(value, value)]
            found |= {code for code in FIRST if test(chr(code)) != (value in OPPOSITES)} | {OTHER}
    if items and items[0][0] is sre.NEGATE:
        return (EVERY - found) | {OTHER}
    return frozenset(found)


def _judge(items, follow, blur):
    """Judge parts that stand one after the other.

    :param follow: the characters that may come after them; none at the end
    :param blur: characters that each part may begin with besides its own: all, where case does not count
    :return: (bits, the characters that they may begin with, whether they may be empty)
    """
    bits, first, empty = 0, follow, True
    for op, value in reversed(items):
        cost, begin, optional = _judge_part(op, value, first, blur)
        bits += cost
        begin |= blur
        first, empty = (begin | first if optional else begin), empty and optional
    return bits, first, empty


def _judge_part(op, value, follow, blur):
    if op is sre.LITERAL:
        return 0, _chars(value), False
    if op is sre.IN:
        return 0, _set_of(value), False
    if op in (sre.ANY, sre.NOT_LITERAL):
        return 0, EVERY, False
    if op is sre.AT:
        return 0, frozenset(), True
    if op is sre.SUBPATTERN:
        return _judge(value[-1], follow, blur | (EVERY if value[1] & re.IGNORECASE else frozenset()))
    if op is sre.BRANCH:
        return _judge_branches(value[1], follow, blur)
    if op in REPEATS:
        return _judge_repeat(*value, follow, blur)
    # What looks around or back: allowed, and taken for anything.
    inner = [part for part in (value if isinstance(value, tuple) else (value,)) if isinstance(part, parser.SubPattern)]
    return sum(_judge(part, EVERY, blur)[0] for part in inner), EVERY, True


def _judge_branches(branches, follow, blur):
    judged = [_judge(branch, follow, blur) for branch in branches]
    first = frozenset().union(*(begin for _bits, begin, _empty in judged))
    distinct = len(first) == sum(len(begin) for _bits, begin, _empty in judged)
    bits = max(cost for cost, _begin, _empty in judged) + (0 if distinct else math.log2(len(branches)))
    return bits, first, any(empty for _bits, _begin, empty in judged)


def _judge_repeat(least, most, body, follow, blur):
    _bits, begin, empty = _judge(body, frozenset(), blur)
    count = min(int(most), MAX_LENGTH)
    if count > 1 and empty:
        return math.inf, EVERY, True
    bits = count * _judge(body, follow | begin if count > 1 else follow, blur)[0]
    if int(most) > least and begin & follow:
        bits += math.log2(max(count - least, 1) + 1)
    return bits, begin, empty or not least
