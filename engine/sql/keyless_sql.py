"""The SQL that does for columns without a foreign key what the key would do."""

from odoo.tools import SQL

from .execute import execute


def take_off(records, columns, rows):
    """Take records off the columns that name them, and delete the rows that go with them: one statement.

    :param dict columns: ``{table: [column]}``
    :param list rows: pairs of table and column
    """
    ids = list(records._ids)
    parts = [_clear_columns(table, names, ids) for table, names in columns.items()]
    parts += [
        SQL("DELETE FROM %s WHERE %s = ANY(%s)", SQL.identifier(table), SQL.identifier(column), ids)
        for table, column in rows
    ]
    named = [SQL("%s AS (%s)", SQL.identifier(f"part{number}"), part) for number, part in enumerate(parts)]
    execute(records.env, SQL("WITH %s SELECT", SQL(", ").join(named)))


def _clear_columns(table, names, ids):
    columns = [SQL.identifier(name) for name in names]
    values = [SQL("%s = CASE WHEN %s = ANY(%s) THEN NULL ELSE %s END", name, name, ids, name) for name in columns]
    tests = [SQL("%s = ANY(%s)", name, ids) for name in columns]
    return SQL("UPDATE %s SET %s WHERE %s", SQL.identifier(table), SQL(", ").join(values), SQL(" OR ").join(tests))


def _is_lost(column, comodel):
    return SQL(
        "named.%s IS NOT NULL AND NOT EXISTS (SELECT FROM %s AS there WHERE there.id = named.%s)",
        column,
        SQL.identifier(comodel),
        column,
    )


def empty_lost(env, table, column, comodel):
    """Empty a column where it names rows of another table that are gone.

    :return: how many rows did
    """
    name = SQL.identifier(column)
    query = SQL(
        "UPDATE %s AS named SET %s = NULL WHERE %s RETURNING 1", SQL.identifier(table), name, _is_lost(name, comodel)
    )
    return len(execute(env, query))


def delete_lost(env, table, column, comodel):
    """Delete the rows that go with rows of another table that are gone.

    :return: how many
    """
    query = SQL(
        "DELETE FROM %s AS named WHERE %s RETURNING 1",
        SQL.identifier(table),
        _is_lost(SQL.identifier(column), comodel),
    )
    return len(execute(env, query))
