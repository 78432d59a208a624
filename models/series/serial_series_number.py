from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import outside
from . import series_sql


class SerialSeriesNumber(models.Model):
    """A number that was taken from a series: nobody else gets it. It goes once a unit has it.

    It is given out again by itself where the window that took it was closed without it. Where a document that it was
    entered on has been cancelled since, somebody gives it back by hand, or it stays a gap.
    """

    _name = "serial.series.number"
    _description = "Number Taken from a Series"
    _order = "id"

    series_id = fields.Many2one("serial.series", required=True, ondelete="cascade", readonly=True)
    company_id = fields.Many2one(related="series_id.company_id")
    name = fields.Char("Serial Number", required=True, readonly=True)
    name_key = fields.Char(required=True, readonly=True)
    entry = fields.Integer(readonly=True, index=True, help="The entry window that it was taken for.")
    is_entered = fields.Boolean("Entered", readonly=True, help="It was entered on a document, and is kept for it.")

    _once = models.UniqueIndex("(series_id, name_key)", "This number was taken from the series already.")

    def action_give_back(self):
        """Let the series give these numbers out again: their documents were cancelled.

        :return: True
        """
        outside.check_some(self)
        self.check_access("write")
        self.write({"is_entered": False, "entry": False})
        return True

    @api.model
    def _get_unused_domain(self):
        """Return the domain of the numbers that no unit has."""
        return Domain.custom(to_sql=self._is_unused)

    @api.model
    def _is_unused(self, _model, alias, query):
        key = self._field_to_sql(alias, "name_key", query)
        return SQL("NOT EXISTS (SELECT FROM serial_number AS unit WHERE unit.name_key = %s)", key)

    @api.model
    def _count_unused(self, series):
        """Return ``{series: number}`` of the numbers that were taken and that no unit has."""
        domain = Domain("series_id", "in", series.ids) & self._get_unused_domain()
        return dict(self._read_group(domain, ["series_id"], ["__count"]))

    @api.autovacuum
    def _forget_used(self):
        series_sql.forget_used(self.env)
