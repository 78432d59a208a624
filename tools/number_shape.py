"""What numbers have in common: a format learnt from examples, so that nobody has to write a regular expression."""

import re

TOKEN = re.compile(r"[0-9]+|[A-Z]+|[a-z]+|.", re.DOTALL)
CLASSES = ("[0-9]", "[A-Z]", "[a-z]")


def make_format(examples):
    """Return the regular expression of numbers like these.

    Digits may be any digits, as many as in the examples; letters stay as they are where all examples have the same.

    :param list examples: one number or many
    :return: the format; empty where the numbers have no shape in common
    """
    rows = [TOKEN.findall(example) for example in examples]
    kinds = {tuple(_find_class(token) for token in row) for row in rows}
    if len(kinds) != 1 or () in kinds:
        return ""
    return "".join(_join(kind, tokens) for kind, tokens in zip(*kinds, zip(*rows, strict=True), strict=True))


def _find_class(token):
    """Return the class of characters of a part, or the character itself where it separates parts."""
    return next((each for each in CLASSES if re.fullmatch(f"{each}+", token)), re.escape(token))


def _join(kind, tokens):
    if kind not in CLASSES or (kind != "[0-9]" and len(set(tokens)) == 1):
        return re.escape(tokens[0])
    lengths = sorted({len(token) for token in tokens})
    count = f"{lengths[0]},{lengths[-1]}" if len(lengths) > 1 else f"{lengths[0]}"
    return f"{kind}{{{count}}}"
