"""Find units by their numbers: any part of one, whatever its case, the exact one first; and count as people do."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import naming

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
                keys = [self._make_search_key(name) if isinstance(name, str) else name for name in value]
                return Domain("name_key", operator, keys)
            key = naming.make_key(value) if isinstance(value, str) else ""
            if not key or operator not in TEXT_OPERATORS:
                return condition
            if len(key) > naming.COMPARED or not naming.is_storable(key):
                return Domain(operator in ("!=", "not ilike", "not like"))  # no number is like that
            exact.append(key)
            return Domain("name_key", TEXT_OPERATORS[operator], key)

        domain = Domain(domain).map_conditions(by_key)
        query = super()._search(domain, offset, limit, order, **kwargs)
        if exact and query.order:
            field = self._field_to_sql(query.table, "name_key", query)
            query.order = SQL("%s = %s DESC NULLS LAST, %s", field, exact[0], query.order)
        return query

    def _make_search_key(self, name):
        """Return the key to look for; a blank name looks for units without, and what is no number for none."""
        key = naming.make_key(name)
        return (key if naming.is_storable(key) else naming.show(key)) or False

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        # EXTENDS 'orm': A2 comes before A10, whatever the digits' length and script, and blanks come last
        if field_name != "name":
            return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        key = self._field_to_sql(alias, "name_key", query)
        digits = SQL(
            "CASE WHEN octet_length(%(key)s) = char_length(%(key)s) THEN %(key)s "
            "ELSE translate(%(key)s, %(other)s, %(ascii)s) END",
            key=key,
            other="".join(naming.OTHER_DIGITS),
            ascii="".join(naming.OTHER_DIGITS.values()),
        )
        parts = SQL(
            """
            ARRAY(
                SELECT (part[1], char_length(ltrim(part[2], '0')), ltrim(part[2], '0'))
                  FROM regexp_matches(%s COLLATE "C", '([^0-9]*)([0-9]*)', 'g') AS part
            )
            """,
            digits,
        )
        return SQL("%s IS NULL, %s %s", key, parts, direction)
