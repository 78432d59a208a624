from odoo import api, models
from odoo.exceptions import UserError

from ...engine import by_hand, outside
from ...tools import naming
from . import labels, mistyped, series_sql


class SerialNumber(models.Model):
    _inherit = "serial.number"

    def action_generate_numbers(self):
        """Give units in stock that have no number the next ones of their products' series.

        :return: True, or the action that prints their labels
        :raise UserError: when none of them waits for a number, or a product has no series
        """
        outside.check_some(self)
        self.check_access("write")
        blanks = self.filtered(lambda unit: not unit.name and unit.status == "received")
        if not blanks:
            raise UserError(self.env._("Choose units in stock that have no serial number yet."))
        for (product, company), units in blanks.grouped(lambda unit: (unit.product_id, unit.company_id)).items():
            series = product.product_tmpl_id._require_serial_series()
            names = series._take(len(units), product, company)
            by_hand.lock_against_others(units)
            units.sorted("id")._give_generated(names, self.env._("From the series %s.", series.display_name))
        return labels.print_units(blanks)

    def _give_generated(self, names, note):
        """Give units without number new ones, which nobody has: all at once."""
        status = by_hand.find_numbered(self[0])
        event = self._prepare_event_vals("numbered", note=note)
        self._record_change("numbered", {"status": status}, event, names=names)
        self._check_beside_named()
        by_hand.follow_numbers(self)

    # Entry

    @api.model
    def _find_mistyped(self, product, names):
        # EXTENDS 'serial.hook.mixin'
        return super()._find_mistyped(product, names) | mistyped.find(self, product, names)

    @api.model
    def _get_entry_state(self, line):
        # EXTENDS 'serial.hook.mixin'
        return super()._get_entry_state(line) | {"next_number": line._peek_series()}

    @api.model
    def _enter_range_otherwise(self, line, first, count):
        # EXTENDS 'serial.hook.mixin'
        result = super()._enter_range_otherwise(line, first, count)
        keys = naming.make_keys([first]) if result is None else []
        if keys and keys == naming.make_keys([line._peek_series()]):
            return line._enter_generated(count)
        return result

    @api.model
    def _before_entry(self, entry):
        # EXTENDS 'serial.hook.mixin'
        super()._before_entry(entry)
        for line in entry.line_ids:
            series = line.product_id.product_tmpl_id._get_serial_series()
            if series:
                series_sql.mark_entered(line, series)

    @api.model
    def _after_entry(self, entry, result):
        # EXTENDS 'serial.hook.mixin'
        return labels.print_generated(entry, super()._after_entry(entry, result))
