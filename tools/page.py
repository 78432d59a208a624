"""How a list stands on a page: plain Python, no database."""

import math

from .paper import measure

PORTRAIT = 142  # digits of a list's print that fit beside each other on a page that stands upright
LANDSCAPE = 186  # and on one that lies
GAP = 2.5  # digits between two columns
SPACE = 0.5  # digits between two words
RUN = 6  # rows, on average, that a line above them must be worth
NARROWEST, WIDEST = 5, 44  # digits of a column
MOST = 0.9  # of the texts of a column fit into a line of it; longer ones take a second line
NUMBER = 26  # digits of a number that fit into a line in any case


def fit(titles, columns):
    """Return whether a list must lie across the page, and the widths of its columns in percent.

    Texts that would make it lie take a second line on a page that stands upright, where that is enough.

    :param list titles: of the columns
    :param list columns: the texts of each; those of the first one are numbers, whose lines hold together where they can
    """
    widths = _measure(titles, columns)
    is_landscape = sum(widths) > PORTRAIT
    if is_landscape:
        folded = _measure(titles, columns, lines=2)
        is_landscape = sum(folded) > PORTRAIT
        widths = _level(widths, LANDSCAPE) if is_landscape else folded
    return is_landscape, [round(100 * width / sum(widths), 2) for width in widths]


def is_wide(titles, columns):
    """Tell whether a list does not fit on a page that stands upright with a line for each row."""
    return sum(_measure(titles, columns)) > PORTRAIT


def _measure(titles, columns, lines=1):
    least = [NUMBER] + [0] * len(titles)
    allowed = [1] + [lines] * len(titles)
    return [_measure_column(*column) + GAP for column in zip(titles, columns, least, allowed, strict=False)]


def find_runs(titles, columns):
    """Return the places of the columns, behind the first one, whose texts are to stand above rows that share them.

    As few columns as make the list fit with a line for each row, those first that change least from row to row; none
    where the lines above would be more than one for each :data:`RUN` rows.
    """
    count = len(columns[0]) if columns else 0
    changes = {place: _count_runs([texts]) for place, texts in enumerate(columns) if place}
    lifted = []
    for place in sorted(changes, key=changes.get):
        lifted.append(place)
        if _count_runs([columns[each] for each in lifted]) * RUN > count:
            return []
        rest = [each for each in range(len(columns)) if each not in lifted]
        if not is_wide([titles[each] for each in rest], [columns[each] for each in rest]):
            return sorted(lifted)
    return []


def _count_runs(columns):
    return len(divide(list(zip(*columns, strict=True)), range(len(columns))))


def divide(rows, places):
    """Return rows in groups of those that follow each other and say the same in some columns."""
    groups, last = [], None
    for row in rows:
        said = [row[place] for place in places]
        if not groups or said != last:
            groups.append([])
        groups[-1].append(row)
        last = said
    return groups


def find_common(columns):
    """Return ``{place: text}`` of the columns, behind the first one, that say the same in each of several lines."""
    return {place: texts[0] for place, texts in enumerate(columns) if place and len(texts) > 1 and len(set(texts)) == 1}


def _level(widths, room):
    """Cut the widest columns to one width where there is no room for all: narrow ones would tear days apart."""
    if sum(widths) <= room:
        return widths
    wide = sorted(widths, reverse=True)
    for count, following in enumerate([*wide[1:], 0], 1):
        limit = (room - sum(wide[count:])) / count
        if limit >= following:
            return [min(width, limit) for width in widths]
    return widths


def _measure_column(title, texts, least, lines):
    known = {text: _measure_text(text, lines) for text in set(texts)}
    widths = sorted(known[text] for text in texts)
    longest = widths[math.ceil(MOST * len(widths)) - 1] if widths else 0
    words = max(map(measure, title.split()), default=0)
    held = max((width for width in widths if width <= least), default=0)
    return max(NARROWEST, words, held, min(WIDEST, longest))


def _measure_text(text, lines):
    """Return how wide a text is that stands in so many lines at most."""
    words = [measure(word) for word in text.split()] if lines > 1 else []
    if len(words) < 2:
        return measure(text)
    wide = math.ceil(max(*words, sum(words) / lines))
    while _count_lines(words, wide) > lines:
        wide += 1
    return wide


def _count_lines(words, wide):
    count, used = 1, -SPACE
    for word in words:
        used += SPACE + word
        if used > wide:
            count, used = count + 1, word
    return count
