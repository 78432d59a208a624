"""The parts of a regular expression, as far as :mod:`.pattern` judges them: plain Python, no database.

``re`` keeps its own parser to itself, so the little that matters is read here: whether a part may be empty, how often
it repeats, and which characters it may begin with, which ``re`` is asked. What is read has been compiled before: its
syntax is right.
"""

import math
import re
from dataclasses import dataclass, field

from .naming import MAX_LENGTH

# Sets of characters are whole numbers, with a bit for each of Unicode's first plane and one for all others.
PLANE = "".join(map(chr, range(0x10000)))
OTHER = 1 << len(PLANE)
EVERY = (OTHER << 1) - 1
TAKES_OTHERS = re.compile(r"\[\^|\.$|\\[dDsSwWUN]|.*[^\0-\uffff]", re.DOTALL)
ESCAPE = r"\\(?:x..|u.{4}|U.{8}|N\{[^}]*\}|[0-7]{1,3}|.)"
TOKEN = re.compile(
    rf"""
      (?P<nothing> \(\?\#[^)]*\) | \(\?[aiLmsu]+\) | \^ | \$ | \\[AbBzZ] )
    | (?P<back> \(\?P=\w+\) | \\[1-9][0-9]? )
    | (?P<look> \(\?(?:[=!>]|<[=!]) )
    | (?P<open> \((?: \?(?:P<\w+>|[aiLmsu]*(?:-[ims]+)?:) | (?!\?) ) )
    | (?P<close> \) )
    | (?P<or> \| )
    | (?P<repeat> (?: [*+?] | \{{(?: (?P<times>[0-9]+) | (?P<least>[0-9]*),(?P<most>[0-9]*) )\}} ) [?+]? )
    | (?P<char> \[\^?\]?(?:\\.|[^\]\\])*\] | {ESCAPE} | [^\\()] )
    """,
    re.VERBOSE | re.DOTALL,
)
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
    # Flags inside the pattern count for all of it.
    flags = re.DOTALL | (re.IGNORECASE if re.search(r"\(\?[a-zA-Z]*i", pattern) else 0)
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
            parts.append(_make_part(kind, token.group(), flags))
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


def _make_part(kind, text, flags):
    if kind == "nothing":
        return Part()
    return Look() if kind == "back" else Part(_find_chars(text, flags), empty=False)


def _find_chars(text, flags):
    """Return the characters that a part such as ``[A-Z]`` takes; rather too many of the others than too few."""
    runs = re.finditer(f"(?:{text})+", PLANE, flags)
    return sum((1 << run.end()) - (1 << run.start()) for run in runs) | (OTHER if TAKES_OTHERS.search(text) else 0)
