"""Find units by their numbers: whatever the case, the exact one first; and count as people do."""

from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import naming
from . import scan
from .sql import key_sql

TEXT_OPERATORS = {
    "=": "=",
    "!=": "!=",
    "ilike": "like",
    "like": "like",
    "not ilike": "not like",
    "not like": "not like",
}
FINDING = ("=", "ilike", "like")
PARTS = ("ilike", "like")
LIMIT = 10_000  # units that are looked up beforehand


def compare_by_key(env, domain, find_otherwise):
    """Return a domain that compares numbers by their keys, and the keys that it asks for, the first one first.

    :param env: the environment of who searches
    :param domain: a domain of units that may compare their ``name`` or ``display_name``: by the latter, which is what
        search boxes do, other numbers of a unit find it too
    :param find_otherwise: see ``_get_otherwise_domain``
    """
    exact = []

    def by_key(condition):
        if condition.field_expr not in ("name", "display_name"):
            return condition
        operator, value = condition.operator, condition.value
        if operator in ("in", "not in"):
            keys = [_make_search_key(name) if isinstance(name, str) else name for name in value]
            return Domain("name_key", operator, keys)
        value, *others = scan.find_candidates(env, value) if isinstance(value, str) else (value,)
        key = naming.make_key(value) if isinstance(value, str) else ""
        if not key or operator not in TEXT_OPERATORS:
            return condition
        if len(key) > naming.COMPARED or not naming.is_storable(key):
            return Domain(operator in ("!=", "not ilike", "not like"))  # no number is like that
        exact.append(key)
        by_name = _find_part(env, key) if operator in PARTS else Domain("name_key", TEXT_OPERATORS[operator], key)
        if operator in FINDING:
            by_name &= scan.get_label_domain(env, condition.value)
        if condition.field_expr == "name" or operator not in FINDING:
            return by_name
        whole = Domain("name_key", "in", naming.make_keys(others)) if others else Domain.FALSE
        return by_name | whole | find_otherwise(value, is_whole=operator == "=")

    return Domain(domain).map_conditions(by_key), exact


def _find_part(env, part):
    """Return the domain of the units whose number has a part.

    They are looked up beforehand, where the index of parts is; a part that a list of thousands has is found by
    reading the register until its page is full.
    """
    ids = key_sql.find_by_part(env, part, LIMIT)
    return Domain("id", "in", ids) if len(ids) < LIMIT else Domain("name_key", "like", part)


def _make_search_key(name):
    """Return the key to look for; a blank name looks for units without, and what is no number for none."""
    key = naming.make_key(name)
    return (key if naming.is_storable(key) else naming.show(key)) or False


def count_naturally(key):
    """Return what to order by so that A2 comes before A10, whatever the digits' length and script.

    :param SQL key: the column of the numbers' keys
    """
    digits = SQL(
        "CASE WHEN octet_length(%(key)s) = char_length(%(key)s) THEN %(key)s "
        "ELSE translate(%(key)s, %(other)s, %(ascii)s) END",
        key=key,
        other="".join(naming.OTHER_DIGITS),
        ascii="".join(naming.OTHER_DIGITS.values()),
    )
    return SQL(
        """
        ARRAY(
            SELECT (part[1], char_length(ltrim(part[2], '0')), ltrim(part[2], '0'))
              FROM regexp_matches(%s COLLATE "C", '([^0-9]*)([0-9]*)', 'g') AS part
        )
        """,
        digits,
    )
