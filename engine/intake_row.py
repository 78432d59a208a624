"""One row of what is taken into the register: read and checked by itself."""

import contextlib
from dataclasses import dataclass, field

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.models import MAGIC_COLUMNS

from ..tools import naming
from ..tools.facts import HOLD_FACTS, LOCKED_FACTS
from . import by_hand, outside, scan
from .intake_warranty import read_months

IDENTITY = {"id", "name", "product_id", "company_id", "status"}
# Facts that belong to a change of status.
GOES_WITH = {
    "hold": HOLD_FACTS,
    "designated": ("customer_id", "sale_line_id"),
    "available": (*HOLD_FACTS, "customer_id", "sale_line_id"),
}


@dataclass
class Row:
    """One unit as a file or a caller describes it.

    :ivar dict vals: its values, in the form that ``write`` takes
    :ivar unit: the unit that it speaks of; empty for one that the register does not know
    :ivar bool by_number: whether its number alone tells which unit that is
    :ivar blank: the placeholder that it fills
    :ivar other: the id of another unit that has its number
    :ivar dict facts: its facts, in the form of the cache
    :ivar months: of its warranty, where it has them instead of the end
    :ivar dict warranty: what follows from them for the unit, in the form of the cache
    :ivar str goes: the status that the unit takes afterwards, by the road of that status
    :ivar fault: what is wrong with it, an exception, or None
    :ivar str reading: the field that is being read
    :ivar str faulty_field: the field that the fault is about; empty where it is about the unit
    """

    vals: dict
    unit: models.BaseModel
    by_number: bool = False
    blank: models.BaseModel = None
    other: int = 0
    name: str = ""
    key: str = ""
    product: models.BaseModel = None
    company: models.BaseModel = None
    status: str = ""
    facts: dict = field(default_factory=dict)
    beside: dict = field(default_factory=dict)
    months: int | None = None
    warranty: dict = field(default_factory=dict)
    goes: str = ""
    fault: UserError = None
    reading: str = ""
    faulty_field: str = ""

    @contextlib.contextmanager
    def guard(self):
        """Keep what is raised as the row's fault."""
        try:
            yield
        except UserError as error:
            self.refuse(error, self.reading)

    def refuse(self, fault, field=""):
        """Keep a fault, and the field that it is about."""
        self.fault, self.faulty_field = fault, field

    @property
    def place(self):
        """Return where its number is unique."""
        return self.product, self.company

    @property
    def partner(self):
        """Return the id of the partner that its history names."""
        return self.facts.get("customer_id") or self.facts.get("vendor_id")


class RowReader:
    """Reads rows: values are converted, and checked as far as one row by itself tells.

    :param register: ``serial.number``, in the environment of the user who does it
    :param list rows: the :class:`Row` objects
    """

    def __init__(self, register, rows):
        self.register, self.env, self.rows = register, register.env, rows
        self.known = register.concat(*(row.unit for row in rows))
        self.allowed = set(self.known._filtered_access("write")._ids)
        self.defaults = register.default_get(["company_id", "status"])
        self.links = {name: self._find_links(name) for name in {name for row in rows for name in row.vals}}
        self.usable = {}

    def read(self):
        """Fill the rows, or give them a fault."""
        for row in self.rows:
            with row.guard():
                if row.unit and row.unit.id not in self.allowed:
                    raise AccessError(self.env._("You may not change the unit with the id %s.", row.unit.id))
                row.unit = row.unit.with_prefetch(self.known._ids)
                self._read_identity(row)
                self._read_facts(row)
                row.reading = ""

    def _find_links(self, name):
        """Return the records that rows give for a field and that exist; None for a field of another kind."""
        field = self.register._fields.get(name)
        if not field or field.type != "many2one":
            return None
        ids = {row.vals.get(name) for row in self.rows if type(row.vals.get(name)) is int} - {0}
        return self.env[field.comodel_name].browse(ids).exists()

    def _check_link(self, row, name, value):
        """Refuse a record that the user may not read, or of another company than the unit: asked once for all rows.

        :raise AccessError: when the user may not read it
        :raise UserError: when it does not exist, or is another company's
        """
        key = name, row.company
        if key not in self.usable:
            self.usable[key] = set(outside.find_usable(self.links[name], row.company)._ids)
        if value and value not in self.usable[key]:
            outside.take_record(self.env, self.links[name]._name, value, row.company)

    def _convert(self, row, name):
        """Return a value in the form of the cache.

        :raise UserError: when the field cannot have it
        """
        row.reading = name
        return by_hand.convert_value(row.unit, name, row.vals.get(name))

    def _read_identity(self, row):
        product, company = self._convert(row, "product_id"), self._convert(row, "company_id")
        row.product, row.company = row.unit.product_id, row.unit.company_id
        row.status = self._convert(row, "status") or ""
        if not row.unit:
            row.product = row.product.browse(product or [])
            row.company = row.company.browse(company or self.defaults["company_id"])
            row.reading = "product_id"
            by_hand.check_new(self.register, row.product, row.company)
            self._check_link(row, "product_id", product)
        elif product not in (row.product.id, None) or company not in (row.company.id, None):
            raise UserError(
                self.env._(
                    "%(serial)s is a unit of %(product)s and of %(company)s: neither can be changed.",
                    serial=row.unit.display_name,
                    product=row.product.display_name,
                    company=row.company.name,
                )
            )
        row.reading = "name"
        row.name = naming.clean(row.vals.get("name"))
        if row.name and row.name != row.unit.name:
            typed = row.vals["name"]
            row.name, row.key = by_hand.check_name(typed, row.product, row.company)
            if row.name != naming.clean(typed):
                facts, row.beside = scan.read_said(self.env, typed)
                row.facts |= facts  # what a column says counts more

    def _read_facts(self, row):
        locked = LOCKED_FACTS | self.register._get_locked_fields()
        for name, value in row.vals.items():
            to_read = self.register._fields.get(name)
            if name in IDENTITY or name in MAGIC_COLUMNS:  # as Odoo does it
                continue
            if name == "warranty_months":
                row.reading = name
                row.months = read_months(row, value)
            elif to_read and to_read.store and to_read.column_type:
                value = self._convert(row, name)
                if to_read.type == "many2one":
                    self._check_link(row, name, value)
                if name not in locked:
                    row.facts[name] = value or row.facts.get(name) or value
                elif value and value != row.unit[name]:
                    raise UserError(by_hand.message_locked(self.register, [name]))
            elif value:
                raise UserError(self.env._("%s cannot be written on a unit.", name))


def prepare_events(register, rows, notes=None):
    """Return the values of each row's line of the history.

    :param register: ``serial.number``, in the environment of the user who does it
    :param list notes: what else is worth knowing of each row
    """
    event = register._prepare_event_vals("imported")
    return [
        {
            **event,
            "partner_id": row.partner,
            "day": row.facts.get("date_sold") or False,
            "note": ", ".join(filter(None, [event["note"], note])) or False,
        }
        for row, note in zip(rows, notes or [None] * len(rows), strict=True)
    ]
