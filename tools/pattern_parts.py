"""The parts of a regular expression, as far as :mod:`.serial_format` judges them: plain Python, no database.

``re`` keeps its own parser to itself, so the little that matters is read here: which characters a part may begin with,
whether it may be empty, and how often it repeats. What is read has been compiled before: its syntax is right.
"""

import math
import re
from dataclasses import dataclass, field

from .naming import MAX_LENGTH

# Sets of characters are whole numbers, with a bit for each of the first ones and one for all others.
FIRST = 0x250
OTHER = 1 << FIRST
EVERY = (1 << (FIRST + 1)) - 1


def _find(test):
    return sum(1 << code for code in range(FIRST) if test(chr(code)))


LETTERS = _find(str.isalpha) | OTHER
CATEGORIES = {
    "d": _find(str.isdecimal),
    "s": _find(str.isspace),
    "w": _find(lambda char: char.isalnum() or char == "_"),
}
# Rather too many characters than too few: the others may be of any category.
CATEGORIES = {name: chars | OTHER for name, chars in CATEGORIES.items()} | {
    name.upper(): EVERY & ~chars for name, chars in CATEGORIES.items()
}
CONTROLS = dict(zip("abfnrtv", b"\a\b\f\n\r\t\v", strict=True))
ESCAPE = r"\\(?:x..|u.{4}|U.{8}|N\{[^}]*\}|[0-7]{1,3}|[^dDsSwW])"
TOKEN = re.compile(
    rf"""
      (?P<nothing> \(\?\#[^)]*\) | \(\?[aiLmsu]+\) | \^ | \$ | \\[AbBzZ] )
    | (?P<back> \(\?P=\w+\) | \\[1-9][0-9]? )
    | (?P<look> \(\?(?:[=!>]|<[=!]) )
    | (?P<open> \((?: \?(?:P<\w+>|[aiLmsu]*(?:-[ims]+)?:) | (?!\?) ) )
    | (?P<close> \) )
    | (?P<or> \| )
    | (?P<repeat> (?: [*+?] | \{{(?: (?P<times>[0-9]+) | (?P<least>[0-9]*),(?P<most>[0-9]*) )\}} ) [?+]? )
    | (?P<set> \[\^?\]?(?:\\.|[^\]\\])*\] )
    | (?P<class> \\[dDsSwW] )
    | (?P<any> \. )
    | (?P<char> {ESCAPE} | [^\\()] )
    """,
    re.VERBOSE | re.DOTALL,
)
ITEM = re.compile(rf"\\([dDsSwW])|({ESCAPE}|[^\\])(?:-({ESCAPE}|[^\\]))?", re.DOTALL)
REPEATS = {"*": (0, math.inf), "+": (1, math.inf), "?": (0, 1)}


class TooDeep(ValueError):
    """Parentheses are nested more deeply than the caller allows."""


@dataclass(slots=True)
class Part:
    """A part that takes one character of a set; by default it takes none, and is a mere place in the text.

    :ivar int first: the characters that it may begin with
    :ivar bool empty: whether it may take none
    """

    first: int = 0
    empty: bool = True

    def judge(self, follow):
        """Return the ways of dividing a text among the part's own parts, as a power of two.

        :param int follow: the characters that may come after it; none at the end
        """
        return 0


@dataclass(slots=True)
class Sequence(Part):
    """Parts one after the other."""

    parts: list = field(default_factory=list)

    def __post_init__(self):
        for part in reversed(self.parts):
            self.first = part.first | (self.first if part.empty else 0)
        self.empty = all(part.empty for part in self.parts)

    def judge(self, follow):
        """Add up its parts, each followed by the next."""
        bits = 0
        for part in reversed(self.parts):
            bits += part.judge(follow)
            follow = part.first | (follow if part.empty else 0)
        return bits


@dataclass(slots=True)
class Choice(Part):
    """Parts of which one is taken."""

    branches: list = field(default_factory=list)

    def __post_init__(self):
        self.empty = any(branch.empty for branch in self.branches)
        for branch in self.branches:
            self.first |= branch.first

    def judge(self, follow):
        """Take the worst branch, and which one is taken."""
        seen, overlap = 0, False
        for branch in self.branches:
            first = branch.first | (follow if branch.empty else 0)
            seen, overlap = seen | first, overlap or bool(seen & first)
        bits = math.log2(len(self.branches)) if overlap else 0
        return bits + max(branch.judge(follow) for branch in self.branches)


@dataclass(slots=True)
class Repeat(Part):
    """A part that is taken several times."""

    body: Part = None
    least: float = 0
    most: float = math.inf

    def __post_init__(self):
        self.first, self.empty = self.body.first, self.body.empty or not self.least

    def judge(self, follow):
        """Take its body as often as it repeats, and where it ends."""
        count = min(self.most, MAX_LENGTH)
        if count > 1 and self.body.empty:
            return math.inf
        bits = count * self.body.judge(follow | self.first if count > 1 else follow)
        if self.most > self.least and self.first & follow:
            bits += math.log2(max(count - self.least, 1) + 1)
        return bits


@dataclass(slots=True)
class Look(Part):
    """What looks around or back: taken for anything."""

    first: int = EVERY
    body: Part = field(default_factory=Part)

    def judge(self, follow):
        """Take the body's, whatever comes after it."""
        return self.body.judge(EVERY)


def read(pattern, nesting):
    """Return a pattern as a :class:`Part`.

    :param str pattern: a regular expression that compiles
    :param int nesting: how deeply its parentheses may be nested
    :raise re.error: when it has what is not known here
    :raise TooDeep: when they are nested more deeply
    """
    # Flags inside the pattern count for all of it: a letter stands for every letter then.
    ignores_case = re.search(r"\(\?[a-zA-Z]*i", pattern) is not None
    groups, kinds, at = [[[]]], [], 0
    while at < len(pattern):
        token = TOKEN.match(pattern, at)
        if not token:
            raise re.error("a number format does not take this", pattern, at)
        at, kind, parts = token.end(), _get_kind(token), groups[-1][-1]
        if kind in ("open", "look"):
            groups.append([[]])
            kinds.append(kind)
        elif kind == "or":
            groups[-1].append([])
        elif kind == "close":
            body = _close(groups.pop())
            groups[-1][-1].append(Look(body=body) if kinds.pop() == "look" else body)
        elif kind == "repeat":
            parts[-1] = Repeat(body=parts[-1], least=_count(token)[0], most=_count(token)[1])
        else:
            parts.append(_make_part(kind, token.group(), ignores_case))
        if len(groups) > nesting + 1:
            raise TooDeep(pattern)
    return _close(groups[0])


def _get_kind(token):
    return next(name for name, text in token.groupdict().items() if text is not None)


def _close(branches):
    parts = [branch[0] if len(branch) == 1 else Sequence(parts=branch) for branch in branches]
    return parts[0] if len(parts) == 1 else Choice(branches=parts)


def _count(token):
    """Return how often a part repeats at least, and at most."""
    if token["times"]:
        return int(token["times"]), int(token["times"])
    if token["most"] is None:
        return REPEATS[token.group()[0]]
    return int(token["least"] or 0), int(token["most"]) if token["most"] else math.inf


def _make_part(kind, text, ignores_case):
    if kind == "nothing":
        return Part()
    if kind == "back":
        return Look()
    chars = {"set": _read_set, "class": lambda text: CATEGORIES[text[1]], "any": lambda text: EVERY}.get(
        kind, lambda text: _span(*_read_char(text))
    )(text)
    return Part(chars | LETTERS if ignores_case and chars & LETTERS else chars, empty=False)


def _read_set(text):
    """Return the characters of a class such as ``[A-Z]``."""
    inner, chars = text[1:-1], 0
    negated = inner.startswith("^")
    for category, start, end in ITEM.findall(inner[negated:]):
        chars |= CATEGORIES[category] if category else _span(_read_char(start)[0], _read_char(end or start)[1])
    return (EVERY & ~chars) | OTHER if negated else chars


def _read_char(text):
    """Return between which codes a character lies: its own, unless it is written by its name."""
    if text.startswith("\\N"):
        return 0, FIRST
    if text.startswith(("\\x", "\\u", "\\U")):
        code = int(text[2:], 16)
    elif text[0] == "\\" and text[1] in "01234567":
        code = int(text[1:], 8)
    else:
        code = CONTROLS.get(text[1], ord(text[1])) if text.startswith("\\") else ord(text)
    return code, code


def _span(start, end):
    """Return the set of the characters between two codes."""
    chars = (1 << min(end + 1, FIRST)) - (1 << min(start, FIRST)) if start < FIRST else 0
    return chars | (OTHER if end >= FIRST else 0)
