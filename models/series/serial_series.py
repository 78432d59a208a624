from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...engine import outside
from ...engine.sql import register_sql
from ...tools import check_digit, naming
from . import series_sql

COUNTER = {"prefix": False, "suffix": False, "padding": 5, "next_number": 1}  # what its counter keeps, and the defaults
MOST_DRAWN = 10_000  # counters in one draw
MOST_SKIPPED = 1_000_000  # numbers that units have already
LOOKED_AHEAD = 100
MAX_PADDING = 30


class SerialSeries(models.Model):
    """A series of numbers that the company gives its units itself: prefix, counter and check digit.

    The counter is an ``ir.sequence``, which no two transactions ever draw the same number from. What was drawn and not
    used is kept, and given out first (``serial.series.number``).
    """

    _name = "serial.series"
    _description = "Series of Serial Numbers"
    _order = "name, id"

    name = fields.Char(required=True, help="What people call it.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: all companies take from it.")
    sequence_id = fields.Many2one(
        "ir.sequence", "Counter", required=True, readonly=True, ondelete="cascade", copy=False
    )
    prefix = fields.Char(
        compute="_compute_counter",
        readonly=False,
        help="What its numbers begin with. %(year)s, %(y)s, %(month)s and %(day)s stand for parts of the day on which "
        "a number is made.",
    )
    padding = fields.Integer(
        "Digits",
        compute="_compute_counter",
        readonly=False,
        help="How many digits the counter has at least.",
    )
    suffix = fields.Char(
        compute="_compute_counter", readonly=False, help="What stands behind the counter, before a check digit."
    )
    next_number = fields.Integer(
        "Next Counter",
        compute="_compute_counter",
        readonly=False,
        help="Numbers that units have already are passed over.",
    )
    check_digit = fields.Selection(
        check_digit.CHECKS,
        required=True,
        default="none",
        help="Stands at the end, so that scanners and other systems notice a number that was mistyped. It counts the "
        "digits of prefix, counter and suffix.",
    )
    refuses_mistyped = fields.Boolean(
        "Refuse Mistyped Numbers",
        default=True,
        help="A number that is typed or scanned, that no unit has and that looks like one of this series is refused "
        "when its check digit is wrong. Switch it off where others send numbers that look alike.",
    )
    next_name = fields.Char("Next Serial Number", compute="_compute_next_name")
    prints_labels = fields.Boolean(
        "Print Labels at Once",
        help="Labels of what was generated are printed as soon as the document is booked.",
    )
    label_format = fields.Selection(
        [("dymo", "Dymo"), ("2x7", "2 x 7"), ("4x7", "4 x 7"), ("4x12", "4 x 12"), ("zpl", "ZPL Labels")],
        default="dymo",
        required=True,
    )
    taken_count = fields.Integer("Taken and Not Used", compute="_compute_taken_count")

    @api.depends("sequence_id")
    def _compute_counter(self):
        for series in self:
            sequence = series.sudo().sequence_id
            series.prefix, series.suffix = sequence.prefix, sequence.suffix
            series.padding = sequence.padding if sequence else COUNTER["padding"]
            series.next_number = (
                sequence._get_current_sequence().number_next_actual if sequence else COUNTER["next_number"]
            )

    @api.depends("prefix", "suffix", "padding", "next_number", "check_digit")
    @api.depends_context("tz")
    def _compute_next_name(self):
        nothing = self.env["product.product"]
        for series in self:
            series.next_name = series._peek(nothing, self.env.company) if series.sequence_id else ""

    def _compute_taken_count(self):
        counts = self.env["serial.series.number"].sudo()._count_unused(self)
        for series in self:
            series.taken_count = counts.get(series, 0)

    @api.model_create_multi
    def create(self, vals_list):
        """Give each series its counter."""
        counters = [{name: vals.pop(name, default) for name, default in COUNTER.items()} for vals in vals_list]
        sequences = self.env["ir.sequence"].sudo()
        for vals in vals_list:
            vals["sequence_id"] = sequences.create(self._prepare_sequence_vals(vals)).id
        result = super().create(vals_list)
        for series, counter in zip(result, counters, strict=True):
            series._write_counter(counter)
        return result

    @api.model
    def _prepare_sequence_vals(self, vals):
        return {
            "name": self.env._("Serial numbers: %s", vals.get("name") or ""),
            "code": "serial.series",
            "implementation": "standard",
            "company_id": vals.get("company_id") or False,
        }

    def write(self, vals):
        """Write prefix, digits and the next counter on the counter."""
        if "sequence_id" in vals:
            raise UserError(self.env._("A series keeps its own counter. Make another series instead."))
        counter = {name: vals[name] for name in COUNTER if name in vals}
        result = super().write({name: value for name, value in vals.items() if name not in counter})
        for series in self:
            series._write_counter(counter)
        return result

    def _write_counter(self, counter):
        """Write what the counter keeps: prefix, suffix, padding and the next number."""
        sequence, vals = self.sudo().sequence_id, dict(counter)
        number = vals.pop("next_number", None)
        sequence.write(vals)
        self.invalidate_recordset([*COUNTER, "next_name"])
        if number is not None and number != self.next_number:
            self._check_next_number(number)
            sequence._get_current_sequence().number_next_actual = number
            self.invalidate_recordset([*COUNTER, "next_name"])
        self._check_numbers()

    def _check_next_number(self, number):
        if number < 1:
            raise ValidationError(self.env._("The next counter of %s is at least 1.", self.name))

    def copy_data(self, default=None):
        """Copy prefix, suffix and digits; the counter of the copy begins anew."""
        default = default or {}
        rows = super().copy_data(default)
        for series, row in zip(self, rows, strict=True):
            row.update({name: default.get(name, series[name]) for name in ("prefix", "suffix", "padding")})
            row["name"] = default.get("name", self.env._("%s (copy)", series.name))
        return rows

    def unlink(self):
        """Delete the counters with their series."""
        sequences = self.sudo().sequence_id
        result = super().unlink()
        sequences.unlink()
        return result

    @api.constrains("check_digit")
    def _check_numbers(self):
        for series in self:
            if not 0 <= series.padding <= MAX_PADDING:
                raise ValidationError(self.env._("A counter has at most %s digits.", MAX_PADDING))
            fault = naming.find_fault(series._make_names([series.next_number])[0])
            if fault:
                raise ValidationError(
                    self.env._(
                        "%(series)s would make numbers that are too long, or have characters that cannot be seen. "
                        "Shorten its prefix or suffix.",
                        series=series.name,
                    )
                )

    def action_view_taken(self):
        """Show the numbers that were taken and that no unit has.

        :return: a window action
        """
        outside.check_one(self)
        self.env["serial.series.number"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("serial_number_tracking.serial_series_number_action")
        unused = Domain("series_id", "=", self.id) & self.env["serial.series.number"]._get_unused_domain()
        return action | {"domain": list(unused), "context": {"default_series_id": self.id}}

    # What makes numbers

    def _find_affixes(self):
        """Return prefix and suffix of numbers that are made today.

        :raise UserError: for those that Odoo's sequences do not understand
        """
        sequence = self.sudo().sequence_id
        counter = sequence._get_current_sequence()
        if counter != sequence:
            sequence = sequence.with_context(ir_sequence_date_range=counter.date_from)
        return sequence._get_prefix_suffix()

    def _make_names(self, numbers):
        """Return the serial numbers of some counters."""
        prefix, suffix = self._find_affixes()
        padding = self.sudo().sequence_id.padding
        bodies = [f"{prefix}{number:0{padding}d}{suffix}" for number in numbers]
        return [body + check_digit.make(body, self.check_digit) for body in bodies]

    def _peek(self, product, company, entry=None):
        """Return the number that is taken next.

        :param product: the product that it is for, whose units have some already
        :param entry: the ``serial.entry`` that it would be for
        """
        prefix, _suffix = self._find_affixes()
        free = series_sql.find_free(self.sudo(), product, company, prefix, entry and entry.id)
        if free:
            return free
        counter = self.sudo().sequence_id._get_current_sequence()
        first, step = counter.number_next_actual, self.sudo().sequence_id.number_increment
        names = self._make_names(range(first, first + step * LOOKED_AHEAD, step))
        return next(iter(self._leave_out_known(names, product, company)), names[-1])

    def _take(self, count, product, company, entry=None):
        """Take the next numbers of the series: nobody else gets them. Those that units of the product have are skipped.

        :param int count: how many
        :param product: the ``product.product`` that they are for
        :param company: the ``res.company`` of its units
        :param entry: the ``serial.entry`` that they are for: what is not entered when it is closed is given out again
        :return: the numbers
        :raise UserError: for another company's series, and where too many numbers exist already
        """
        self._check_usable(product, company)
        series, entry_id = self.sudo(), entry and entry.id
        names = series_sql.take_free(series, product, company, self._find_affixes()[0], entry_id, count)
        size, drawn = count - len(names), 0
        while len(names) < count:
            fresh = self._leave_out_known(self._draw(size), product, company)
            missing = count - len(names)
            names += self._keep_taken(fresh[:missing], entry_id, is_used=not entry_id)
            self._keep_taken(fresh[missing:], None)  # free: the next one takes them
            drawn += size
            self._check_drawn(drawn - count, product)
            size = count - len(names) if fresh else min(2 * size, MOST_DRAWN)
        self.invalidate_recordset([*COUNTER, "next_name", "taken_count"])
        return names

    def _draw(self, count):
        return self._make_names(series_sql.draw(self.sudo().sequence_id._get_current_sequence(), count))

    def _keep_taken(self, names, entry_id, is_used=False):
        keys = [naming.make_key(name) for name in names]
        return series_sql.keep_taken(self.sudo(), names, keys, entry_id, is_used) if names else []

    def _check_drawn(self, skipped, product):
        if skipped > MOST_SKIPPED:
            raise UserError(
                self.env._(
                    "Units of %(product)s have the next numbers of %(series)s already. Set its next counter higher.",
                    product=product.display_name,
                    series=self.name,
                )
            )

    def _leave_out_known(self, names, product, company):
        """Return those of some numbers that no unit of the product has."""
        if not product:
            return names
        register = self.env["serial.number"].sudo()
        known = register_sql.find_units(register, product, company, naming.make_keys(names))
        return [name for name in names if naming.make_key(name) not in known]

    def _check_usable(self, product, company):
        """Refuse a series of another company, or one whose numbers the product's format refuses.

        :raise UserError: with what to do
        """
        if self.company_id and self.company_id != company:
            raise UserError(
                self.env._(
                    "The series %(series)s is of %(other)s. Choose one of %(company)s on %(product)s.",
                    series=self.name,
                    other=self.sudo().company_id.display_name,
                    company=company.display_name,
                    product=product.display_name,
                )
            )
        fault = product._find_serial_fault(self._peek(product, company))
        if fault:
            raise UserError(
                self.env._("The series %(series)s makes what is refused: %(why)s", series=self.name, why=fault[1])
            )
