"""A file while it is imported: which line each row stands on, and what is wrong with it by itself.

The import screen and *Import in the Background* read it here, so that both name the same rows in the same words.
"""

import datetime

from odoo.tools.misc import format_date

from ..tools import naming
from ..tools.status import STATUS_WORDS
from ..tools.table import DateFormats, Doubtful, describe_format, find_doubt
from .upload import describe_doubt, describe_line

FILE = "serial_number_tracking_file"  # context key: the file that is being read
LOST = ("digits", "error", "formula")  # doubts about any cell; the others only keep it from being a number
FAULTS_SHOWN = 500  # whoever has more of them corrects what made the file, not its rows
TEXTS = ("char", "text", "html", "properties")


class ImportFile:
    """The rows of a file that is imported.

    :param model: the model that they are imported into, in the environment of the user who does it
    :param str date_format: the one that the user chose, empty where none was
    :ivar table: the :class:`~..tools.table.Table`, once the file is read
    :ivar list lines: the line of the file that each row stands on
    :ivar list faults: what is wrong with rows, in the form of the messages of ``load``
    """

    def __init__(self, model, date_format=""):
        self.model, self.env, self.date_format = model, model.env, date_format
        self.table, self.names, self.lines, self.faults = None, [], [], []
        self.formats, self.types = None, {}

    def take_rows(self, names, rows, lines, skip=0):
        """Take in what was read, and find what is wrong with it.

        :param list names: the fields of the columns
        :param list rows: the cells, of the whole file
        :param list lines: where the rows stand
        :param int skip: how many rows are left out; they tell the others' format of dates all the same
        """
        self.names, self.lines = names, lines[skip:]
        dates = [column for column, name in enumerate(names) if self.get_type(name) == "date"]
        others = [(column, name) for column, name in enumerate(names) if column not in dates]
        properties = [(column, name) for column, name in enumerate(names) if is_property(self.model, name)]
        self.formats = self.find_formats(dates, rows)
        for index, row in enumerate(rows[skip:]):
            for column, name in others:
                row[column] = self._read_cell(index, name, row[column])
            for column, name in properties:
                row[column] = self._read_property(index, name, row[column])
        if self.model._name == "serial.number" and "name" in names:
            self._find_repeats(rows, lines, skip)

    def find_formats(self, columns, rows):
        """Return the formats of the dates in some columns, from all their rows.

        :param columns: their indexes
        :param rows: lists of cells, as long as each other
        """
        cells = (row[column] for row in rows for column in columns)
        return DateFormats([cell for cell in cells if isinstance(cell, str) and cell.strip()], self.date_format)

    def read_date(self, index, name, cell):
        """Return the date in a text.

        :param int index: the row
        :param str name: the field
        :param str cell: the text
        :return: a date; False where it is none or may be two, and then the row has a fault
        """
        days = self.formats.read(cell)
        if len(days) == 1:
            return next(iter(days))
        self._add_fault(index, name, self._message_date(naming.show(cell.strip()), dict(sorted(days.items()))), cell)
        return False

    def get_type(self, name):
        """Return the type of a field, empty for what is none."""
        if name not in self.types:
            field = self.model._fields.get(name)
            known = {"type": field.type} if field else {}
            self.types[name] = (
                self.model.get_property_definition(name) if is_property(self.model, name) else known
            ).get("type")
        return self.types[name] or ""

    def _read_property(self, index, name, cell):
        """Return a property in the form that is stored: Odoo would write dates of cells as they are shown."""
        if self.get_type(name) == "date" and isinstance(cell, str) and cell.strip():
            cell = self.read_date(index, name, cell) or ""
        return str(cell) if isinstance(cell, datetime.date) else cell

    def _add_fault(self, index, name, message, cell):
        self.faults.append(
            {
                "type": "error",
                "message": message,
                "rows": {"from": index, "to": index},
                "field": name,
                "value": naming.show(str(cell).strip()),
            }
        )

    def _read_cell(self, index, name, cell):
        """Return a cell of a field that is no date, and refuse one that may not hold what was typed into it.

        A serial number is text, and nothing else; dates are taken for texts, and nothing else either.
        """
        is_number = name == "name" and self.model._name == "serial.number"
        is_date = isinstance(cell, datetime.date)
        doubt = find_doubt(cell) if cell and (is_number or is_date or isinstance(cell, Doubtful)) else None
        is_wrong = doubt in LOST or (is_date and self.get_type(name) not in (*TEXTS, "datetime"))
        if doubt and (is_number or is_wrong):
            self._add_fault(index, name, describe_doubt(self.env, cell, doubt), cell)
            if is_property(self.model, name):
                return ""  # Odoo would tell it again, as a fault of all properties
        return str(cell) if is_date and self.get_type(name) != "datetime" else cell

    def _find_repeats(self, rows, lines, skip):
        """Find numbers that stand in the file twice: one batch does not know of the other."""
        columns = [self.names.index("name")]
        columns += [
            index for index, name in enumerate(self.names) if name.split("/")[0] in ("product_id", "company_id")
        ]
        seen = {}
        for index, (line, row) in enumerate(zip(lines, rows, strict=True), -skip):
            number, *place = [naming.make_key(str(row[column])) for column in columns]
            earlier = seen.setdefault((number, *place), line) if number else line
            if earlier != line and index >= 0:
                self._add_fault(index, "name", self._message_repeat(row[columns[0]], earlier), row[columns[0]])

    def _message_repeat(self, cell, line):
        return self.env._(
            "%(serial)s stands on line %(line)s already. Each Serial Number of a product has one row.",
            serial=naming.show(str(cell).strip()),
            line=line,
        )

    def _message_date(self, text, days):
        if days:
            return self.env._(
                "%(text)s may be %(days)s. Choose the date format (%(formats)s), or enter dates instead of texts.",
                text=text,
                days=" / ".join(format_date(self.env, day, date_format="d MMMM y") for day in days),
                formats=", ".join(map(describe_format, days.values())),
            )
        if self.date_format:
            return self.env._(
                "%(text)s is no date of the chosen format, %(format)s.",
                text=text,
                format=describe_format(self.date_format),
            )
        return self.env._("%s is no date. Enter one like 2027-12-31.", text)


def is_property(model, name):
    """Tell whether a path names one of the properties that users defined."""
    field = model._fields.get(name.partition(".")[0])
    return "." in name and bool(field) and field.type == "properties"


def clean_cells(model, names, rows):
    """Return rows without the blanks around what names a record or a status, and with each status by its label.

    :param model: the model that is imported, in the environment of the user
    :param list names: the fields of the columns
    :param list rows: the cells
    """
    fields = [model._fields.get(name.split("/")[0].split(".")[0]) for name in names]
    words = [_find_words(model, field) if field and field.type == "selection" else {} for field in fields]
    is_text = [bool(field) and field.type in TEXTS for field in fields]

    def clean(cell, is_text, words):
        if is_text or not isinstance(cell, str):
            return cell
        return words.get(naming.make_key(cell), cell.strip()) if words else cell.strip()

    return [[clean(*parts) for parts in zip(row, is_text, words, strict=True)] for row in rows]


def _find_words(model, field):
    """Return the user's label of each word that a file may have for a choice, in the form of a key."""
    words = {**STATUS_WORDS} if (model._name, field.name) == ("serial.number", "status") else {}
    for env in (model.with_context(lang=None).env, model.env):
        words |= {word: code for code, label in field._description_selection(env) for word in (code, label)}
    labels = dict(field._description_selection(model.env))
    return {naming.make_key(word): labels[code] for word, code in words.items()}


def collect_faults(model, lines, faults, messages, start=0):
    """Return what is wrong with rows in the order of the file, each fault with its line and its field's label.

    :param model: the model that is imported
    :param list lines: the line of each row of the file
    :param list faults: those of the file, see :class:`ImportFile`, with the rows that they are about
    :param list messages: those of ``load``, whose first row is the row ``start``
    :param int start: the first row that was loaded
    :return: messages as the import screen takes them; ``text`` is the message without its line ``line``
    """
    labels = _find_labels(model, {message.get("field") or "" for message in (*faults, *messages)})
    told = {(fault["rows"]["from"], _find_root(fault)) for fault in faults}
    found = [(fault["rows"]["from"], fault) for fault in faults]
    for message in messages:
        index = start + message.get("rows", {}).get("from", 0)
        if (index, _find_root(message)) not in told:
            found.append((index, message))
    found.sort(key=lambda pair: pair[0])
    return [_place_fault(model.env, labels, lines[index], message) for index, message in found]


def _find_root(message):
    """Return the field that a message is about, without what leads on from it to other records."""
    return (message.get("field") or "").split("/")[0]


def _find_labels(model, names):
    """Return ``{path of a field: its label}``; empty for what has none, such as an id."""
    fields = model.fields_get(attributes=["string"])
    properties = {name: model.get_property_definition(name) for name in names if is_property(model, name)}
    return {name: properties.get(name, fields.get(name.split("/")[0], {})).get("string", "") for name in names}


def _place_fault(env, labels, line, message):
    """Return a message with its line; the import screen shows the row ``from + 1``."""
    name = message.get("field") or ""
    label, text = labels[name], message["message"]
    if label and label not in text:
        text = env._("%(field)s: %(message)s", field=label, message=text)
    return {
        **message,
        "message": describe_line(env, line, text),
        "text": text,
        "line": line,
        "record": line,
        "rows": {"from": line - 1, "to": line - 1},
        "field": name or False,
        "field_name": label or False,
    }
