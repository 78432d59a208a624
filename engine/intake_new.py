"""The rows of what is taken into the register that it does not know: new units, or numbers for its placeholders."""

from odoo.exceptions import UserError
from odoo.tools import SQL, groupby

from ..tools.facts import SALE_FACTS
from . import by_hand
from .intake_row import GOES_WITH, prepare_events
from .intake_warranty import prepare_warranty
from .sql import register_sql


class NewUnits:
    """The entering of rows as new units.

    :param register: ``serial.number``, in the environment of the user who does it
    :param list rows: the :class:`~.serial_intake_row.Row` objects, read
    :param bool is_update: whether they come from a file, which may be of another system
    """

    def __init__(self, register, rows, is_update):
        self.register, self.env, self.rows, self.is_update = register, register.env, rows, is_update
        self.outside, self.rules = {}, register._get_serial_rules()

    def enter(self):
        """Give each row its unit, or a fault."""
        if self.rows and not self.register.has_access("create"):
            with self.rows[0].guard():
                self.register.check_access("create")
            return
        for row in self.rows:
            row.status = row.status or self._find_status(row)
            row.goes = row.status if self.rules.statuses[row.status].imports_as else ""
            with row.guard():
                self._check_place(row)
                self._check_facts(row)
        rows = [row for row in self.rows if not row.fault]
        for (product, company, origin), group in groupby(rows, lambda row: (*row.place, self._begin(row)[0])):
            if origin:
                where = register_sql.placeholders_of(product, company, origin)
                getattr(self, f"_fill_{origin}")(group, where)
        for row in rows:
            if not row.blank and self._begin(row)[2]:
                row.refuse(UserError(self._message_no_blank(row)))
                continue
            row.reading = "warranty_months"
            with row.guard():
                unit = row.blank or self.register.browse()
                row.warranty = prepare_warranty(row, unit, self._begin(row)[1] == "sold")
        rows = [row for row in rows if not row.fault]
        self._record([row for row in rows if row.blank], fill=True)
        self._record([row for row in rows if not row.blank], fill=False)

    def _begin(self, row):
        """Return how a row's unit begins, see :class:`~..tools.rules.Rules`."""
        return self.rules.beginnings[row.status]

    def _lock(self, where, count):
        return register_sql.lock_blanks(self.register, where, self.env["stock.location"], count)

    def _default_status(self):
        return self.register.default_get(["status"])["status"]

    def _find_status(self, row):
        """Return the status of a row that gives none: what has been with a customer is sold."""
        return "sold" if any(row.facts.get(name) for name in SALE_FACTS) else self._default_status()

    def _find_strange(self, row):
        """Return the facts of a sale that a row gives for a unit that nobody has."""
        if row.status in (*self.register._get_serial_rules().sold, "void"):
            return []
        left_out = GOES_WITH.get(row.goes, ())
        return [name for name in SALE_FACTS & row.facts.keys() if row.facts[name] and name not in left_out]

    def _check_facts(self, row):
        """Refuse facts of a sale of a unit that nobody has; those of a file stand in the history instead.

        :raise UserError: when a caller gives one
        """
        if not self.is_update:
            facts = {name: row.facts[name] for name in self._find_strange(row)}
            by_hand.check_sale_facts(self.register, facts | {"name": row.name}, row.status)

    def _check_place(self, row):
        place = self.env["stock.location"].browse(row.facts.get("location_id") or [])
        if place and place.is_serial_stock != (self._begin(row)[0] == "received"):
            raise UserError(by_hand.message_place(self.register, row.name, place))

    def _fill_received(self, rows, where):
        """Take placeholders in stock: those at a row's place for it, then any."""
        taken = []
        for location, group in groupby(rows, lambda row: row.facts.get("location_id")):
            if location:
                here = SQL("%s AND unit.location_id = %s", where, location)
                taken += self._fill(group, self._lock(here, len(group)))
        rest = [row for row in rows if not row.blank]
        if rest:
            self._fill(rest, self._lock(SQL("%s AND unit.id != ALL(%s)", where, taken), len(rest)))

    def _fill_issued(self, rows, where):
        """Take the blanks that each row's customer has."""
        partners = self.env["res.partner"].browse({row.facts.get("customer_id") for row in rows} - {None})
        buyers = {partner.id: partner.commercial_partner_id.id for partner in partners}
        where = SQL("%s AND buyer.commercial_partner_id = ANY(%s)", where, list(set(buyers.values())))
        blanks = {}
        for unit in self.register.browse(self._lock(where, None)):
            blanks.setdefault(unit.customer_id.commercial_partner_id.id, []).append(unit.id)
        for buyer, group in groupby(rows, lambda row: buyers.get(row.facts.get("customer_id"))):
            self._fill(group, blanks.get(buyer, [])[: len(group)])

    def _fill(self, rows, ids):
        for row, unit in zip(rows, self.register.browse(ids), strict=False):
            row.blank = unit
        return ids

    def _record(self, rows, fill):
        """Write new units: into the placeholders that they fill, or as rows of their own."""
        if not rows:
            return
        vals_list = [self._prepare_vals(row, fill) for row in rows]
        events = prepare_events(self.register, rows, self._describe_strange(rows))
        if fill:
            units = self.register.concat(*(row.blank for row in rows))
            units._record_rows("imported", vals_list, events)
        else:
            units = self.register._record_new_rows("imported", vals_list, events)
        for row, unit in zip(rows, units, strict=True):
            row.unit = unit

    def _describe_strange(self, rows):
        """Return what the history of each row says of facts that its unit does not get."""
        strange = [self._find_strange(row) for row in rows]
        labels = by_hand.get_labels(self.register, set().union(*strange)) if any(strange) else {}
        return [
            names and self.env._("Not kept, for nobody has it: %s", ", ".join(sorted(labels[name] for name in names)))
            for names in strange
        ]

    def _prepare_vals(self, row, fill):
        """Return the values of a new unit; what its file leaves empty, a placeholder keeps."""
        status = self.register._find_status(None, row.product, self._begin(row)[1])
        left_out = GOES_WITH.get(row.goes, ())
        left_out = {*left_out, *self._find_strange(row)}
        vals = {name: value for name, value in row.facts.items() if value and name not in left_out}
        vals |= {"name": row.name, "status": status}
        if vals.get("warranty_end"):
            vals["warranty_fixed"] = True
        vals |= row.warranty
        if fill:
            return vals
        vals.setdefault("location_id", self._get_outside(status, row.company))
        return vals | {"product_id": row.product.id, "company_id": row.company.id}

    def _get_outside(self, *place):
        if place not in self.outside:
            self.outside[place] = by_hand.get_outside_location(self.register, *place).id
        return self.outside[place]

    def _message_no_blank(self, row):
        labels = self.register._get_status_labels()
        if self._begin(row)[0] == "issued":
            return self.env._(
                "%(serial)s cannot fill a unit of %(product)s that was issued without serial: this customer has none. "
                "Import it as %(sold)s.",
                serial=row.name,
                product=row.product.display_name,
                sold=labels["sold"],
            )
        return self.env._(
            "%(serial)s cannot be added as %(status)s: every piece of %(product)s on hand has its number. Receive it, "
            "or raise the quantity on hand first.",
            serial=row.name,
            status=labels[row.status].lower(),
            product=row.product.display_name,
        )
