"""The one place where SQL of ours is executed: the database is told first what a statement reads or writes.

The ORM keeps what it is to write, and what it is to compute, until somebody asks for it; a statement that goes past
the ORM has to ask. Which columns it needs is read from the statement itself, so that nobody can forget one.
"""

import contextlib
import re

from psycopg2.extensions import AsIs

from odoo.tools import SQL

WORD = re.compile(r"\w+")
WHOLE_ROW = re.compile(r"\w\.\*|SELECT \*")
FEW = 20  # ids that PostgreSQL reads one by one without anybody noticing
IDS = range(2**31)  # what a column of ids can hold


def execute(env, query, *, by_index=False, each_row=False, as_dicts=False):
    """Execute a statement, with all that is pending for its columns written before.

    :param SQL query: the statement
    :param bool by_index: let PostgreSQL plan it by its indexes, see :func:`_planned_by_index`
    :param bool each_row: with it, look up each row that is given, rather than read a whole index beside some thousands
    :param bool as_dicts: return dicts by column, for statements with many columns
    :return: list of rows: tuples, or dicts; empty for a statement that returns none
    """
    fields = [*query.to_flush, *_find_fields(env, query)]
    query = SQL(query.code, *map(as_one, query.params), to_flush=fields)  # pylint: disable=sql-injection
    fetch = env.execute_query_dict if as_dicts else env.execute_query
    if not by_index:
        return fetch(query)
    env.flush_query(query)
    with _planned_by_index(env.cr, each_row):
        return fetch(query)


def as_one(value):
    """Return a long list of ids as one literal: PostgreSQL reads ``ARRAY[1, 2, ...]`` for five times as long.

    :param value: a parameter of a statement; what is no such list comes back as it is
    """
    if not isinstance(value, list) or len(value) < FEW or {*map(type, value)} != {int}:
        return value
    if min(value) not in IDS or max(value) not in IDS:
        return value
    return AsIs(f"'{{{str(value)[1:-1]}}}'::integer[]")


def _find_fields(env, query):
    """Return the stored fields that a statement may read or write: all that it names, of all tables that it names.

    Some too many, where two tables have a column of the same name; that costs nothing.
    """
    words = set(WORD.findall(query.code))
    is_whole = WHOLE_ROW.search(query.code)
    tables = env["serial.number"]._get_tables()
    return [
        field
        for table in words & tables.keys()
        for model in tables[table]
        for name, field in env.registry[model]._fields.items()
        if field.store and field.column_type and (is_whole or name in words)
    ]


@contextlib.contextmanager
def _planned_by_index(cr, each_row):
    """Let PostgreSQL plan what it looks up by index.

    It plans the check of a foreign key once per connection. Planned while the register was small, that check reads
    the whole register for each row ever after, and a batch of thousands takes minutes instead of a second. Tables that
    have just been filled look empty to it as well.
    """
    plans = ("enable_seqscan", "enable_mergejoin", "enable_hashjoin") if each_row else ("enable_seqscan",)
    cr.execute(SQL("; ").join(SQL("SET LOCAL %s = off", SQL.identifier(plan)) for plan in plans))
    yield
    cr.execute(SQL("; ").join(SQL("SET LOCAL %s TO DEFAULT", SQL.identifier(plan)) for plan in plans))
