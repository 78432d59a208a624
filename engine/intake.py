"""Take rows into the register: units that it does not know, numbers for its placeholders, and facts of known units.

One batch of queries however many rows there are. What is wrong with a row stays beside it, so that an import names
every bad line at once; the caller rolls back when there is one.
"""

from odoo.exceptions import UserError
from odoo.tools import groupby

from ..tools.facts import EVERYDAY
from . import by_hand, refusal
from .intake_new import NewUnits
from .intake_row import GOES_WITH, Row, RowReader, prepare_events
from .intake_warranty import prepare_warranty
from .sql import register_sql
from .warranty import prepare_corrected


class SerialIntake:
    """The taking in of rows.

    :param register: ``serial.number``, in the environment of the user who does it
    :param list vals_list: the values of each row
    :param list units: the unit that each row speaks of, or an empty one; None when all of them must be new
    """

    def __init__(self, register, vals_list, units=None):
        self.register, self.env, self.is_update = register, register.env, units is not None
        self.rules = register._get_serial_rules()
        units = units or [register.browse()] * len(vals_list)
        self.rows = [Row(vals, unit) for vals, unit in zip(vals_list, units, strict=True)]

    def run(self):
        """Take the rows in.

        :return: the units in order; less when a row is bad, and then the caller must roll back
        """
        RowReader(self.register, self.rows).read()
        self._match()
        self._match_blanks()
        new = self._good(lambda row: not row.unit)
        known = self._good(lambda row: row.unit)
        NewUnits(self.register, new, self.is_update).enter()
        self._correct(known)
        refusal.check_rows(self._good(lambda row: row.unit and row.status in ("", "designated", *self.rules.sold)))
        for (status, *_facts), rows in groupby(self._good(lambda row: row.goes), self._get_road):
            self._together(rows, lambda units, status=status, rows=rows: self._change_status(units, status, rows[0]))
        for row in self._good(lambda row: row.unit and row.beside):
            with row.guard():
                row.unit._add_beside(row.beside)
        return self.register.concat(*(row.unit for row in self.rows))

    @property
    def faults(self):
        """Return ``{index: exception}`` of the bad rows."""
        return {index: row.fault for index, row in enumerate(self.rows) if row.fault}

    def _good(self, test):
        return [row for row in self.rows if not row.fault and test(row)]

    # Which unit each row speaks of

    def _match(self):
        """Find the units that rows name by their number; each unit and each number stands in one row only."""
        for (product, company), rows in groupby(self._good(lambda row: row.key), lambda row: row.place):
            found = register_sql.find_units(self.register, product, company, [row.key for row in rows], lock=True)
            units = self.register.browse(unit["id"] for unit in found.values())
            by_key = dict(zip(found, units, strict=True))
            for row in rows:
                self._match_row(row, by_key.get(row.key))
        seen = set()
        for row in self._good(lambda row: row.unit or row.key):
            marks = {(row.place, row.key)} if row.key else set()
            marks |= {row.unit.id} if row.unit else set()
            if marks & seen:
                row.refuse(UserError(self._message_twice(row)), "name")
            seen |= marks
        self._refuse_mistyped()

    def _refuse_mistyped(self):
        """Refuse numbers that no unit has and that a feature takes for mistyped, as the entry window does."""
        rows = self._good(lambda row: row.key and not row.by_number and not row.other)
        rows = [row for row in rows if row.unit.name_key != row.key]
        for product, group in groupby(rows, lambda row: row.product):
            mistyped = self.register._find_mistyped(product, {row.key: row.name for row in group})
            for row in group:
                if row.key in mistyped:
                    row.refuse(UserError(mistyped[row.key]), "name")

    def _match_row(self, row, unit):
        if not unit:
            return
        if row.unit:
            row.other = unit.id if unit != row.unit else 0
        elif self.is_update:
            row.unit, row.by_number = unit, True
        else:
            row.refuse(UserError(by_hand.message_exists(self.register, row.name, row.product)), "name")

    def _match_blanks(self):
        """Find the placeholders that rows without number and without id speak of: one each, of the same kind."""
        rows = self._good(lambda row: not row.unit and not row.name)
        places = self.env["stock.location"]
        for (product, company, status), group in groupby(rows, lambda row: (*row.place, row.status)):
            ids = []
            if self.is_update and status in self.rules.blank:
                where = register_sql.placeholders_of(product, company, status)
                ids = register_sql.lock_blanks(self.register, where, places, len(group))
            for row, unit in zip(group, self.register.browse(ids), strict=False):
                row.unit, row.by_number, row.facts = unit, True, {}
            for row in group[len(ids) :]:
                fault = self.env._("There is no serial number here. Enter one, or leave the row out.")
                row.refuse(UserError(fault), "name")

    # Units that it knows

    def _correct(self, rows):
        changes = {}
        numbered = [row.unit for row in rows if row.key and not row.by_number]
        by_hand.lock_against_others(self.register.concat(*numbered))
        for row in rows:
            with row.guard():
                changes[id(row)] = self._prepare_changes(row)
        rows = [row for row in rows if changes.get(id(row))]
        vals_list = [changes[id(row)] for row in rows]
        self._read_names(vals_list)
        labels = by_hand.get_labels(self.register, {name for vals in vals_list for name in vals})
        notes = [self._describe(row.unit, vals, labels) for row, vals in zip(rows, vals_list, strict=True)]
        units = self.register.concat(*(row.unit for row in rows))
        units._record_rows("imported", vals_list, prepare_events(self.register, rows, notes))

    def _read_names(self, vals_list):
        """Read at once the names of the records that the history is going to tell."""
        for name in {name for vals in vals_list for name in vals}:
            if self.register._fields[name].type == "many2one":
                records = self.env[self.register._fields[name].comodel_name]
                records.browse({vals.get(name) for vals in vals_list} - {None}).mapped("display_name")

    def _describe(self, unit, vals, labels):
        """Return what a row changes in words; the status, and the first number of a unit, go without saying."""
        silent = {"status"} if unit.name else {"status", "name"}
        return by_hand.describe_changes(unit, {name: vals[name] for name in vals if name not in silent}, labels)

    def _prepare_changes(self, row):
        """Return what a row changes on its unit, and let it take the road of its number.

        :raise UserError: when the unit cannot be changed like this
        """
        unit, before = row.unit, row.unit.status
        number = self._prepare_number(row)
        after = number.get("status", unit.status)
        numbered = self.rules.numbered.get(before) if "status" in number else ""
        row.goes = row.status if row.status not in ("", before, after, numbered) else ""
        vals = {}
        for name in row.facts.keys() - set(GOES_WITH.get(row.goes, ())):
            old, new = self._compare(unit, name, row.facts[name])
            if old != new and (new or not row.by_number):
                vals[name] = new
        if vals.keys() - EVERYDAY:
            self.register._check_manager()
        by_hand.check_sale_facts(unit, vals, row.goes or after)
        if "location_id" in vals:
            by_hand.check_correct_location(unit, self.env["stock.location"].browse(vals["location_id"]))
        vals |= prepare_corrected(unit, vals)
        row.reading = "warranty_months"
        warranty = prepare_warranty(row, unit, after in self.rules.sold)
        vals |= {name: value for name, value in warranty.items() if (unit[name] or None) != (value or None)}
        row.reading = ""
        return vals | number

    def _compare(self, unit, name, value):
        """Return what a fact is and what a row says that it is; properties that it does not name stay."""
        field = self.register._fields[name]
        old = field.convert_to_cache(unit[name], unit)
        if field.type == "properties":
            old, value = old or {}, {**(old or {}), **(value or {})}
            old, value = ({key: given for key, given in values.items() if given} for values in (old, value))
        return old, value

    def _prepare_number(self, row):
        """Return what a row's number changes."""
        if row.by_number or "name" not in row.vals or row.name == (row.unit.name or ""):
            return {}
        if row.other or not row.name:
            by_hand.write_name(row.unit, row.name)
            return {}
        if row.unit.name:
            self.register._check_manager()
            return {"name": row.name}
        return {"name": row.name, "status": by_hand.find_numbered(row.unit)}

    # Statuses

    def _get_road(self, row):
        return row.goes, *(row.facts.get(name) for name in GOES_WITH.get(row.goes, ()))

    def _change_status(self, units, status, row):
        by_hand.write_status(
            units, {"status": status, **{name: row.facts.get(name) for name in GOES_WITH.get(status, ())}}
        )

    def _together(self, rows, act):
        """Do something to the units of many rows, or find out which of them cannot take it."""
        try:
            with self.env.cr.savepoint():
                act(self.register.concat(*(row.unit for row in rows)))
        except UserError:
            for row in rows:
                with row.guard():
                    act(row.unit)

    def _message_twice(self, row):
        return self.env._(
            "%(serial)s of %(product)s stands in an earlier row already. Each unit has one row.",
            serial=row.name or row.unit.display_name,
            product=row.product.display_name,
        )
