"""The SQL that lets what names a row of the register name another row: one statement per column, however many rows.

Which columns these are, the database and the registry know, as for Odoo's merge of contacts; so those of other addons
are among them.
"""

from dataclasses import dataclass

from psycopg2 import IntegrityError

from odoo.tools import SQL, mute_logger

from .execute import execute


@dataclass(frozen=True)
class Link:
    """A column that may name a unit.

    :ivar str table: its table
    :ivar str column: its name
    :ivar str beside: the column that says of which model the record is, empty for one that names units alone
    :ivar str model: the model of the table, for columns that are told to the ORM; else empty
    :ivar bool is_text: whether a model and an id stand in it
    :ivar str twin: the other column of a table of relations, where no pair stands twice; else empty
    """

    table: str
    column: str
    beside: str = ""
    model: str = ""
    is_text: bool = False
    twin: str = ""

    def find(self, alias, model):
        """Return the condition of the rows that name a record of a model."""
        if not self.beside:
            return SQL("TRUE")
        return SQL("%s = %s", SQL.identifier(alias, self.beside), model._name)

    def write(self, model, units):
        """Return the values that stand for units, as an array for PostgreSQL."""
        if self.is_text:
            return SQL("%s::varchar[]", [f"{model._name},{id_}" for id_ in units._ids])
        return SQL("%s::integer[]", list(units._ids))


def move_references(units, others):
    """Let all that names other rows of these pieces name these units: keys, relations, files, messages, external ids.

    Where a row would stand twice then, that of the other one is deleted.

    :param units: ``serial.number`` records
    :param others: the row that is the same piece, for each of them in order
    """
    env = units.env
    env.invalidate_all()
    for link in find_named(others, _find_links(units)):
        try:
            with env.cr.savepoint(), mute_logger("odoo.sql_db"):
                move_names(link, units, others)
        except IntegrityError:
            for unit, other in zip(units, others, strict=True):
                _move_or_delete(link, unit, other)
        if link.table == "ir_model_data":
            env.registry.clear_cache()
    for field in env.registry.many2one_company_dependents[units._name]:
        move_by_company(field, units, others)
    env.invalidate_all()


def _move_or_delete(link, unit, other):
    try:
        with unit.env.cr.savepoint(), mute_logger("odoo.sql_db"):
            move_names(link, unit, other)
    except IntegrityError:
        delete_names(link, other)


def _find_links(model):
    """Return the columns of this database that may name units."""
    env, registry = model.env, model.env.registry
    relations = {}
    links = []
    for name, fields in ((name, env[name]._fields.values()) for name in registry):
        table = env[name]._table if env[name]._auto and not env[name]._abstract else None
        for field in fields:
            if field.type == "many2many" and field.store:
                relations[field.relation, field.column1] = field.column2
                relations[field.relation, field.column2] = field.column1
            elif not table or not field.store or not field.column_type or field.inherited:
                continue
            elif field.type == "many2one_reference" and _is_stored(env[name], field.model_field):
                links.append(Link(table, field.name, beside=field.model_field, model=name))
            elif field.type == "reference" and not field.compute:
                links.append(Link(table, field.name, model=name, is_text=True))
    keys = env["base.partner.merge.automatic.wizard"].sudo()._get_fk_on(model._table)
    keys = [Link(table, column, twin=relations.get((table, column), "")) for table, column in keys]
    return [*keys, *dict.fromkeys(links)]


def _is_stored(model, name):
    field = model._fields.get(name)
    return bool(field) and field.store and field.column_type and field.type in ("char", "selection")


def find_named(units, links):
    """Return those of some columns that name one of these units: one query."""
    if not links:
        return []
    tests = [
        SQL(
            "EXISTS (SELECT FROM %s AS named WHERE named.%s = ANY(%s) AND %s)",
            SQL.identifier(link.table),
            SQL.identifier(link.column),
            link.write(units, units),
            link.find("named", units),
        )
        for link in links
    ]
    [found] = execute(units.env, SQL("SELECT %s", SQL(", ").join(tests)))
    return [link for link, is_there in zip(links, found, strict=True) if is_there]


def move_names(link, units, others):
    """Let a column name these units where it names others; pairs that are there already stay as they are."""
    once = SQL("TRUE")
    if link.twin:
        once = SQL(
            "NOT EXISTS (SELECT FROM %s AS twin WHERE twin.%s = pair.kept AND twin.%s = named.%s)",
            *map(SQL.identifier, (link.table, link.column, link.twin, link.twin)),
        )
    query = SQL(
        """UPDATE %s AS named SET %s = pair.kept FROM unnest(%s, %s) AS pair(gone, kept)
            WHERE named.%s = pair.gone AND %s AND %s RETURNING %s""",
        SQL.identifier(link.table),
        SQL.identifier(link.column),
        link.write(others, others),
        link.write(units, units),
        SQL.identifier(link.column),
        link.find("named", units),
        once,
        SQL("named.id") if link.model else SQL("NULL"),
    )
    rows = execute(units.env, query)
    if link.model:
        units.env[link.model].browse(id_ for (id_,) in rows).modified([link.column])


def delete_names(link, unit):
    """Delete the rows that name a unit."""
    query = SQL(
        "DELETE FROM %s AS named WHERE named.%s = ANY(%s) AND %s",
        SQL.identifier(link.table),
        SQL.identifier(link.column),
        link.write(unit, unit),
        link.find("named", unit),
    )
    execute(unit.env, query)


def move_by_company(field, units, others):
    """Let a field that has a value for each company name these units where it names others."""
    query = SQL(
        """UPDATE %(table)s AS named SET %(column)s = (
               SELECT jsonb_object_agg(said.key, COALESCE(pair.kept, said.value::integer))
                 FROM jsonb_each_text(named.%(column)s) AS said
                 LEFT JOIN unnest(%(gone)s::integer[], %(kept)s::integer[]) AS pair(gone, kept)
                        ON pair.gone = said.value::integer)
            WHERE named.%(column)s IS NOT NULL""",
        table=SQL.identifier(units.env[field.model_name]._table),
        column=SQL.identifier(field.name),
        gone=list(others._ids),
        kept=list(units._ids),
    )
    execute(units.env, query)
