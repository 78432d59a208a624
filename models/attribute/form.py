"""How properties of units are written in a cell or an input: plain Python, no database."""

from datetime import date, datetime

KINDS = ("char", "integer", "float", "boolean", "date", "selection")
PREFIX = "property:"  # of the codes of columns: no code of another feature has a colon
LONGEST = 1000
WORDS = {"yes": True, "true": True, "1": True, "x": True, "no": False, "false": False, "0": False}
WHOLE = 2**31


def get_code(item):
    """Return the code of the column of a property: its label, which a table is headed by.

    :param dict item: of a definition of Odoo's properties
    """
    return PREFIX + (item.get("string") or item["name"]).strip().lower()


def filter_known(definition):
    """Return the properties of a definition that can be entered with a number."""
    return [item for item in definition or () if item.get("type") in KINDS]


def read_value(item, text, words=None):
    """Return the value that a text stands for.

    :param dict item: of a definition of Odoo's properties
    :param dict words: more words for yes and no: ``{word: bool}``
    :return: as Odoo stores it
    :raise ValueError: where it stands for none
    """
    kind = item["type"]
    if len(text) > LONGEST:
        raise ValueError
    if kind == "integer":
        number = int(text)
        if abs(number) >= WHOLE:
            raise ValueError
        return number
    if kind == "float":
        return _read_float(text)
    if kind == "boolean":
        return _find({**WORDS, **(words or {})}, text)
    if kind == "date":
        return _read_day(text)
    if kind == "selection":
        choices = item.get("selection") or []
        return _find({str(key): key for key, _label in choices} | {label: key for key, label in choices}, text)
    return text


def _read_float(text):
    number = float(text.replace(",", "."))
    if not abs(number) < float("inf"):
        raise ValueError
    return number


def _read_day(text):
    with_time = datetime.fromisoformat(text) if len(text) > 10 else None
    return (with_time.date() if with_time else date.fromisoformat(text)).isoformat()


def _find(values, text):
    wanted = text.strip().lower()
    for word, value in values.items():
        if word.strip().lower() == wanted:
            return value
    raise ValueError


def show_value(item, value):
    """Return a value for people."""
    if item["type"] == "selection":
        return next((label for key, label in item.get("selection") or () if key == value), str(value))
    return str(value)
