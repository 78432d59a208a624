"""Relations of the register without a foreign key: PostgreSQL checks every key for every row that a batch writes.

Without one are those that the register alone writes, from records that it has just read. What a key would do, the ORM
does: ``serial.reference.mixin`` refuses to delete what ``ondelete="restrict"`` names; :func:`forget` takes other
records off columns and relations before they are deleted; :func:`find_columns` tells those who merge records. What was
deleted past the ORM, :func:`clear_lost` finds every night.
"""

import logging
from collections import defaultdict

from odoo import fields

from .sql import keyless_sql

_logger = logging.getLogger(__name__)


class KeylessMany2one(fields.Many2one):
    """A many2one without a foreign key."""

    type = "many2one"

    def update_db_foreign_key(self, model, column):
        """Add none."""


class KeylessMany2many(fields.Many2many):
    """A many2many whose relation table has no foreign keys."""

    type = "many2many"

    def update_db_foreign_keys(self, model):
        """Add none."""


def _find_fields(env, comodel=None):
    """Return the keyless fields of this database, as ``{field: its table}``; of a relation, those of both sides.

    :param str comodel: the model that they name; None for any
    """
    return {
        field: field.relation if field.type == "many2many" else model._table
        for model in env.registry.values()
        if model._auto and not model._abstract
        for field in model._fields.values()
        if isinstance(field, KeylessMany2one | KeylessMany2many) and comodel in (None, field.comodel_name)
    }


def _get_column(field):
    return field.column2 if field.type == "many2many" else field.name


def find_columns(env, table):
    """Return the keyless columns that name rows of a table, as pairs of table and column: what keys would tell."""
    comodels = [name for name, model in env.registry.items() if model._auto and model._table == table]
    return [(table, _get_column(field)) for comodel in comodels for field, table in _find_fields(env, comodel).items()]


def forget(records):
    """Take records that are about to be deleted out of all that names them without a key.

    :param records: records of a model that keyless fields name with ``ondelete="set null"``, or relate to
    """
    columns, relations = defaultdict(list), []
    for field, table in _find_fields(records.env, records._name).items():
        if field.type == "many2many":
            relations.append((table, _get_column(field)))
        elif field.ondelete == "set null":
            columns[table].append(_get_column(field))
    keyless_sql.take_off(records, columns, relations)


def clear_lost(env):
    """Empty what names records that are gone, and say so in the log; their documents' names stay in the history.

    :return: how many rows did
    """
    lost = 0
    for field, table in _find_fields(env).items():
        if field.required:
            continue  # the company of an event is its unit's, which has a key
        clear = keyless_sql.delete_lost if field.type == "many2many" else keyless_sql.empty_lost
        found = clear(env, table, _get_column(field), env[field.comodel_name]._table)
        if found:
            _logger.warning("%s rows of %s named what is gone as %s.", found, field.model_name, field.name)
        lost += found
    env.invalidate_all()
    return lost
