"""Find units by their numbers: any part of one, whatever its case, the exact one first."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from . import serial_name

TEXT_OPERATORS = {
    "=": "=",
    "!=": "!=",
    "ilike": "like",
    "like": "like",
    "not ilike": "not like",
    "not like": "not like",
}


class SerialNumber(models.Model):
    _inherit = "serial.number"

    @api.model
    def _search_display_name(self, operator, value):
        return Domain("name", operator, value)

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        """Compare numbers by their keys, and put the unit whose number is exactly the one asked for first."""
        exact = []

        def by_key(condition):
            if condition.field_expr not in ("name", "display_name"):
                return condition
            operator, value = condition.operator, condition.value
            if operator in ("in", "not in"):
                keys = [serial_name.make_key(name) or False if isinstance(name, str) else name for name in value]
                return Domain("name_key", operator, keys)
            key = serial_name.make_key(value) if isinstance(value, str) else ""
            if not key or operator not in TEXT_OPERATORS:
                return condition
            exact.append(key)
            return Domain("name_key", TEXT_OPERATORS[operator], key)

        domain = Domain(domain).map_conditions(by_key)
        query = super()._search(domain, offset, limit, order, **kwargs)
        if exact and query.order:
            field = self._field_to_sql(query.table, "name_key", query)
            query.order = SQL("%s = %s DESC NULLS LAST, %s", field, exact[0], query.order)
        return query
