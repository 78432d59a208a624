"""Relations of the register without a foreign key: PostgreSQL checks every key for every row that a batch writes.

Without one are those that the register alone writes, from records that it has just read. What a key would do, the ORM
does: ``serial.reference.mixin`` refuses to delete what ``ondelete="restrict"`` names; :func:`forget` takes other
records off columns and relations before they are deleted, and deletes the rows that go with them;
:func:`find_columns` tells those who merge records. What was deleted past the ORM, :func:`clear_lost` finds every night.
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
    """A many2many of units and documents, whose table has no foreign keys."""

    type = "many2many"

    def update_db(self, model, columns):
        """Let the document's side make the table: its key begins with the document then, and batches go to its end."""
        return self.comodel_name == "serial.number" and super().update_db(model, columns)

    def update_db_foreign_keys(self, model):
        """Add none."""


def find_names(model):
    """Return the names of the keyless fields of a model."""
    return [name for name, field in model._fields.items() if isinstance(field, KeylessMany2one | KeylessMany2many)]


def _find_fields(env, comodels=None):
    """Return the keyless fields of this database; of a relation, those of both sides.

    :param comodels: the names of the models that they name; None for any
    """
    fields = [env[model]._fields[name] for model, name in env["serial.number"]._get_keyless()]
    return [field for field in fields if comodels is None or field.comodel_name in comodels]


def _is_row(field):
    """Whether a row goes with the record that it names by this field."""
    return field.type == "many2many" or field.ondelete == "cascade"


def _get_column(env, field):
    """Return the table and the column that name the field's comodel."""
    if field.type == "many2many":
        return field.relation, field.column2
    return env[field.model_name]._table, field.name


def find_columns(env, table):
    """Return the keyless columns that name rows of a table, as pairs of table and column: what keys would tell."""
    comodels = env["serial.number"]._get_tables().get(table, ())
    return [_get_column(env, field) for field in _find_fields(env, comodels)]


def forget(records):
    """Take records that are about to be deleted out of all that names them without a key.

    :param records: records of a model that keyless fields name with ``ondelete="set null"`` or ``"cascade"``, or
        relate to
    """
    columns, rows = defaultdict(list), []
    for field in _find_fields(records.env, [records._name]):
        table, column = _get_column(records.env, field)
        if _is_row(field):
            rows.append((table, column))
        elif field.ondelete == "set null":
            columns[table].append(column)
    keyless_sql.take_off(records, columns, rows)


def clear_lost(env):
    """Empty, or delete, what names records that are gone, and say so in the log; the history keeps their names.

    :return: how many rows did
    """
    lost = 0
    for field in _find_fields(env):
        if field.required and not _is_row(field):
            continue  # a company: its warehouses and their moves have keys, and nobody could say whose its units are
        clear = keyless_sql.delete_lost if _is_row(field) else keyless_sql.empty_lost
        found = clear(env, *_get_column(env, field), env[field.comodel_name]._table)
        if found:
            _logger.warning("%s rows of %s named what is gone as %s.", found, field.model_name, field.name)
        lost += found
    env.invalidate_all()
    return lost
