"""How a list stands on a page: plain Python, no database."""

import math

from .paper import measure

PORTRAIT = 142  # digits of a list's print that fit beside each other on a page that stands upright
GAP = 2.5  # digits between two columns
NARROWEST, WIDEST = 5, 44  # digits of a column
MOST = 0.9  # of the texts of a column fit into a line of it; longer ones take a second line
NUMBER = 26  # digits of a number that fit into a line in any case


def fit(titles, columns):
    """Return whether a list must lie across the page, and the widths of its columns in percent.

    :param list titles: of the columns
    :param list columns: the texts of each; those of the first one are numbers, whose lines hold together where they can
    """
    least = [NUMBER] + [0] * len(titles)
    widths = [_measure_column(*column) + GAP for column in zip(titles, columns, least, strict=False)]
    total = sum(widths)
    return total > PORTRAIT, [round(100 * width / total, 2) for width in widths]


def find_common(columns):
    """Return ``{place: text}`` of the columns, behind the first one, that say the same in each of several lines."""
    return {place: texts[0] for place, texts in enumerate(columns) if place and len(texts) > 1 and len(set(texts)) == 1}


def _measure_column(title, texts, least):
    known = {text: measure(text) for text in set(texts)}
    widths = sorted(known[text] for text in texts)
    longest = widths[math.ceil(MOST * len(widths)) - 1] if widths else 0
    words = max(map(measure, title.split()), default=0)
    held = max((width for width in widths if width <= least), default=0)
    return max(NARROWEST, words, held, min(WIDEST, longest))
