"""What reports and charts say of units: how long ago they were received, and what the history sheet has at its head."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import first_steps, grouping, parts
from ...tools.day import show_day

# Code: (days since it was received at most, label). The codes sort as the ages do.
AGES = {
    "a": (30, "Up to 30 days"),
    "b": (90, "31 to 90 days"),
    "c": (180, "91 to 180 days"),
    "d": (365, "181 days to a year"),
    "e": (None, "More than a year"),
}
# What the history sheet says of a unit: in this order, two a row, those that are known; before LAST what features add.
FACTS = (
    "product_id",
    "status",
    "location_id",
    "package_id",
    "owner_id",
    "hold_reason",
    "vendor_id",
    "customer_id",
    "date_received",
    "date_sold",
    "vendor_warranty_end",
    "expiration_date",
    "batch_name",
    "part_of_id",
    "warranty_end",
    "end_user_id",
    "date_registered",
    "registration_channel",
)
LAST = ("lot_id", "note")
COUNTED = 9_999  # units of a figure on the start screen; more are told by a plus
ENDING_DAYS = 30
LONGEST_BARCODE = 48  # characters; longer ones do not fit on a page in bars that a scanner reads


class SerialNumber(models.Model):
    _inherit = "serial.number"

    age = fields.Selection(
        [(code, label) for code, (_days, label) in AGES.items()],
        compute="_compute_age",
        search="_search_age",
        help="Since the unit was received; empty when nobody knows when that was.",
    )

    @api.depends("date_received")
    @api.depends_context("tz", "uid", "company")
    def _compute_age(self):
        self.age = False
        for code in AGES:
            self.filtered_domain(self._get_age_domain(code)).age = code

    @api.model
    def _search_age(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._get_age_domain(code) if code else [("date_received", "=", False)] for code in value)

    @api.model
    def _get_age_domain(self, code):
        """Return the domain of the units of one age."""
        codes, today = list(AGES), self.env.company._get_serial_day()
        younger = codes.index(code) and AGES[codes[codes.index(code) - 1]][0]
        oldest = AGES[code][0]
        domain = Domain("date_received", "<", today - timedelta(days=younger)) if younger else Domain.TRUE
        last = Domain("date_received", ">=", today - timedelta(days=oldest)) if oldest else Domain.TRUE
        return domain & last & Domain("date_received", "!=", False)

    def _field_to_sql(self, alias, field_expr, query=None):
        # EXTENDS 'orm': the age is nowhere stored, and charts group by it
        if field_expr != "age":
            return super()._field_to_sql(alias, field_expr, query)
        received, today = self._field_to_sql(alias, "date_received", query), self.env.company._get_serial_day()
        steps = [
            SQL("WHEN %s >= %s THEN %s", received, today - timedelta(days=days), code)
            for code, (days, _label) in AGES.items()
            if days
        ]
        return SQL("CASE %s WHEN %s IS NOT NULL THEN %s END", SQL(" ").join(steps), received, list(AGES)[-1])

    # Statuses in the order of a unit's life

    def _read_group_orderby(self, order, groupby_terms, query):
        # EXTENDS 'orm': groups of a list, a kanban view or a pivot, and the colors of a chart
        if "status" not in groupby_terms:
            return super()._read_group_orderby(order, groupby_terms, query)
        status = groupby_terms["status"]
        terms = groupby_terms | {"status": self._get_life_sql(status)}
        result = super()._read_group_orderby(order, terms, query)
        groupby_terms.update(terms | {"status": status})  # it may add what the groups are ordered by
        return result

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        # EXTENDS 'orm'
        if field_name != "status":
            return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        status = self._field_to_sql(alias, field_name, query)
        query._order_groupby.append(status)
        return SQL("%s %s %s", self._get_life_sql(status), direction, nulls)

    @api.model
    def _get_life_sql(self, status):
        codes = [status.code for status in self._serial_statuses()]
        return SQL("array_position(%s::varchar[], %s)", codes, status)

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Offer for grouping what people call something: not the lines behind documents, nor keys.

        :return: as for every model
        """
        # EXTENDS 'base'
        return grouping.hide_technical(self, super().fields_get(allfields, attributes))

    # The start screen

    @api.model
    @api.readonly
    def get_start(self):
        """Return what waits for somebody, each with the list behind it.

        :return: list of dicts of ``key``, ``label``, ``count`` (at most ``COUNTED``), ``is_more`` (there are more),
            ``tone``, ``action`` and ``domain``
        """
        self.browse().check_access("read")
        tiles = sorted(self._get_start_tiles(), key=lambda tile: tile["sequence"])
        return [self._count_tile(tile) for tile in tiles if self.env[tile["model"]].has_access("read")]

    def _count_tile(self, tile):
        number = self.env[tile["model"]].search_count(tile["domain"], limit=COUNTED + 1)
        shown = {name: tile[name] for name in ("key", "label", "tone", "action")}
        return {**shown, "count": min(number, COUNTED), "is_more": number > COUNTED, "domain": list(tile["domain"])}

    @api.model
    def _get_start_tiles(self):
        # EXTENDS 'serial.hook.mixin'
        today, register = self.env.company._get_serial_day(), "serial_number_tracking.serial_number_action"
        sold, held = Domain("status", "=", "sold"), Domain("status", "=", "hold")
        ending = Domain("warranty_end", ">=", today) & Domain("warranty_end", "<=", today + timedelta(days=ENDING_DAYS))
        rows = (
            ("missing", self.env._("Without Serial"), self._get_placeholder_domain(), "warning"),
            ("held", self.env._("On Hold"), held, "danger"),
            ("overdue", self.env._("On Hold past their Day"), held & Domain("hold_until", "<", today), "danger"),
            ("designated", self.env._("Designated and Waiting"), Domain("status", "=", "designated"), "info"),
            ("ending", self.env._("Warranties that End in 30 Days"), sold & ending, "warning"),
            (
                "unregistered",
                self.env._("Sold and not Registered"),
                sold & Domain("date_registered", "=", False),
                "info",
            ),
        )
        worklist = "serial_number_tracking.serial_number_action_worklist"
        return super()._get_start_tiles() + [
            {
                "sequence": 10 * (1 + index),
                "key": key,
                "label": label,
                "model": self._name,
                "domain": domain,
                "action": worklist if key == "missing" else register,
                "tone": tone,
            }
            for index, (key, label, domain, tone) in enumerate(rows)
        ]

    @api.model
    def get_first_steps(self):
        """Return what a new user does first, as far as the user's rights go.

        :return: list of dicts of ``key``, ``label``, ``hint``, ``is_done``, ``action`` and ``context``
        """
        self.browse().check_access("read")
        steps = sorted(self._get_first_steps(), key=lambda step: step["sequence"])
        shown = ("key", "label", "hint", "is_done", "action")
        return [
            {**{name: step[name] for name in shown}, "context": step.get("context", {})}
            for step in steps
            if self.env[step["model"]].has_access(step.get("operation", "create"))
        ]

    @api.model
    def _get_first_steps(self):
        # EXTENDS 'serial.hook.mixin'
        return super()._get_first_steps() + [
            {"sequence": 10 * (1 + index), **step}
            for index, step in enumerate((*first_steps.describe_goods(self), *first_steps.describe_units(self)))
        ]

    # The history sheet

    def _has_barcode(self):
        """Tell whether the number can be printed as Code 128, which knows ASCII alone."""
        name = self.name or ""
        return name.isascii() and name.isprintable() and 0 < len(name) <= LONGEST_BARCODE

    def _get_sheet_facts(self):
        """Return what is known about the unit: rows of at most two pairs of label and text."""
        names = (*FACTS, *self._get_more_facts(), *LAST)
        labels = self.fields_get(names, ["string"])
        facts = [(labels[name]["string"], self._format_fact(name)) for name in names if self[name]]
        return [facts[index : index + 2] for index in range(0, len(facts), 2)]

    def _get_part_tree(self):
        """Return what the unit is built from, for its sheet: pairs of the level and the part."""
        return parts.read_tree(self)

    def _format_fact(self, name):
        field, value = self._fields[name], self[name]
        if field.type == "many2one":
            return value.sudo().display_name
        if field.type == "selection":
            return dict(field._description_selection(self.env))[value]
        return show_day(self.env, value) if field.type == "date" else value
