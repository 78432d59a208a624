from odoo import models
from odoo.exceptions import UserError

from ...engine import entry_undo, outside


class SerialEntryLine(models.TransientModel):
    _inherit = "serial.entry.line"

    def generate_serials(self, count=None):
        """Enter the next numbers of the product's series: nobody else gets them.

        What is not used when the window is closed is given out again. Example::

            {"ids": [41], "count": 5}

        :param int count: how many; None for all that are missing
        :return: see :meth:`enter_text`
        :raise UserError: where no new units come in, the product has no series, or the numbers are more than missing
        """
        outside.check_one(self)
        self.entry_id._check_open()
        if not self._brings_new():
            raise UserError(
                self.env._("Numbers are generated where new units come in. Enter those of the units that go.")
            )
        self.product_id.product_tmpl_id._require_serial_series()
        count = self.missing if count is None else count
        if type(count) is not int or not 0 <= count <= self.missing:
            raise UserError(
                self.env._(
                    "%(product)s: %(count)s numbers are missing. Generate so many or fewer.",
                    product=self.product_id.display_name,
                    count=self.missing,
                )
            )
        return self._enter_generated(count)

    def _enter_generated(self, count):
        """Take numbers from the series and enter them."""
        source = self._get_source()
        source._check_serial_access()
        series = self._get_series()
        company = source._serial_company()
        names = series._take(min(count, outside.NAMES_LIMIT), self.product_id, company, self.entry_id) if count else []
        with entry_undo.act(self.entry_id):
            result = self._make_result(self._keep(self._get_checker(names)))
        return result | {"line": self._get_state()}

    def _brings_new(self):
        flow = self._get_source()._serial_flow()
        return bool(flow) and flow.brings

    def _get_series(self):
        """Return the series that the line can take numbers from; none where no new units come in."""
        template = self.product_id.product_tmpl_id
        return template._get_serial_series() if self._brings_new() else self.env["serial.series"]

    def _peek_series(self):
        """Return the number that would be generated next; empty without a series."""
        series = self._get_series()
        return series._peek(self.product_id, self._get_source()._serial_company(), self.entry_id) if series else ""
