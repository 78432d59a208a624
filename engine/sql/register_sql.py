"""The register's SQL: units, their events and their documents, written and read in one statement per kind of change.

Batches of thousands are what the addon is for, and the ORM writes at most a hundred rows a statement. Columns come
from the values that the callers prepare, so that the fields of an extension come along. Callers check rights and
statuses; nothing here does.
"""

from operator import itemgetter

from odoo.tools import SQL
from odoo.tools.misc import clean_context

from . import key_sql, listeners
from .execute import as_one, execute

# Facts may be taken from other columns, as they were before the statement. A unit that comes back keeps who had it and
# until when its warranty ran; one that nobody had keeps this of the customer before.
FORMER = {
    "former_customer_id": SQL("COALESCE(customer_id, former_customer_id)"),
    "former_warranty_end": SQL("CASE WHEN customer_id IS NULL THEN former_warranty_end ELSE warranty_end END"),
}
RESUMED = {"warranty_end": SQL("former_warranty_end"), "warranty_fixed": True}
CACHED = ("serial_ids", "serial_missing")  # what a document line shows of its units


def make_columns(model, vals):
    """Return ``vals`` as ``{column: value for PostgreSQL}``."""
    return {
        name: value if isinstance(value, SQL) else model._fields[name].convert_to_column_insert(value, model, vals)
        for name, value in vals.items()
    }


def with_defaults(model, vals):
    """Return ``vals`` with the values that other fields of a new row begin with, of other addons' fields too.

    Those of the context are left out: they are meant for the document that a button was pressed on.
    """
    model = model.with_context(clean_context(model.env.context))
    names = [
        name
        for name, field in model._fields.items()
        if name not in vals and field.store and field.column_type and field.type != "properties"
    ]
    return model.default_get(names) | vals


def _with_log(model, vals, create=False):
    """Return the columns of ``vals`` with who and when."""
    now, uid = model.env.cr.now(), model.env.uid
    log = {"write_uid": uid, "write_date": now}
    if create:
        log |= {"create_uid": uid, "create_date": now}
    return make_columns(model, vals) | log


def _relation(source):
    """Return the table of the units of a kind of document line, and its column for the line."""
    field = source._fields["serial_ids"]
    return field.relation, field.column1


def _names(columns):
    return SQL(", ").join(SQL.identifier(column) for column in columns)


def _values(columns):
    return SQL(", ").join(SQL("%s", value) for value in columns.values())


def make_texts(values):
    """Return an array of texts for PostgreSQL.

    As one long text, where all are given and none has a new line in it: thousands are read several times as fast so.
    """
    if not all(values) or any("\n" in value for value in values):
        return SQL("%s::varchar[]", list(values))
    return SQL("string_to_array(%s, chr(10))", "\n".join(values))


def _history(units, event, source):
    """Return the parts of a ``WITH`` that write the events and the document of the rows in ``unit``.

    :param units: the ``serial.number`` records that these are; none for new ones
    """
    events = units.env["serial.event"]
    columns = make_columns(events, with_defaults(events, event))
    parts = [_insert_events(_names(columns), _values(columns))]
    if source:
        parts.append(SQL("document AS (%s)", _link(SQL("SELECT id FROM unit"), units, source)))
    return SQL(", ").join(parts)


def _insert_events(columns, values):
    """Return the part of a ``WITH`` that writes one event for each row of ``unit``.

    They stand in the order of ``position``: which was entered first is read from them, as when parts are built in.
    """
    return SQL(
        """event AS (
            INSERT INTO serial_event (serial_id, company_id, location_id, status_from, status_to, %s)
            SELECT id, company_id, location_id, status_from, status, %s FROM unit ORDER BY position
        )""",
        columns,
        values,
    )


def _link(query, units, source):
    """Return the statement that puts units on a document line, those that are not on it.

    It asks once which are: to be asked for each row, as by ``ON CONFLICT``, makes thousands take a third longer.

    :param SQL query: the query of the ids of the units
    :param units: the ``serial.number`` records that these are; none for new ones
    """
    table, column = _relation(source)
    return SQL(
        "INSERT INTO %s (serial_number_id, %s) SELECT linked.id, %s FROM (%s) AS linked WHERE %s",
        SQL.identifier(table),
        SQL.identifier(column),
        source.id,
        query,
        SQL("linked.id NOT IN (SELECT serial_number_id FROM %s)", _linked(units, source)) if units else SQL("TRUE"),
    )


def _linked(units, source):
    """Return the rows of units on a document line, as ``FROM`` takes them."""
    table, column = _relation(source)
    return SQL(
        "%s WHERE %s = %s AND serial_number_id = ANY(%s)",
        SQL.identifier(table),
        SQL.identifier(column),
        source.id,
        list(units._ids),
    )


def _run(model, query, source, each_row=False):
    """Execute a statement that returns ids, with the caches written before and forgotten after it.

    :return: the ids as the statement returned them
    """
    ids = [id_ for (id_,) in execute(model.env, query, by_index=True, each_row=each_row)]
    model.invalidate_model()
    model.env["serial.event"].invalidate_model()
    if source:
        source.invalidate_model(CACHED)
    return ids


def insert_units(model, names, keys, vals, event, source=None):
    """Create one unit per entry of ``names``, with its first event and its document.

    :param model: ``serial.number``, in the environment of the user who does it
    :param list names: the numbers; None for a placeholder
    :param list keys: their keys, in the same order
    :param dict vals: the values that all of them share
    :param dict event: the values of their events
    :param source: the document line (one record) that they are linked to, or None
    :return: list of ids in the order of ``names``
    """
    own = {name: value for name, value in vals.items() if not isinstance(value, SQL)}  # a new row has no past
    columns = _with_log(model, with_defaults(model, own), create=True)
    query = SQL(
        """
        WITH row AS (
            SELECT nextval('serial_number_id_seq')::integer AS id, typed.*
              FROM unnest(%s, %s) WITH ORDINALITY AS typed(name, name_key, position)
        ), created AS (
            INSERT INTO serial_number (id, name, name_key, %s)
            SELECT id, name, name_key, %s FROM row
            RETURNING id, company_id, location_id, status
        ), unit AS (
            SELECT created.*, NULL::varchar AS status_from, created.id AS position FROM created
        ), %s, %s
        SELECT id FROM row ORDER BY position
        """,
        make_texts(names),
        make_texts(keys),
        _names(columns),
        _values(columns),
        key_sql.KEEP_NEW,
        _history(model.browse(), event, source),
    )
    units = model.browse(_run(model, query, source))
    listeners.tell_new(units, source)
    return list(units._ids)


def update_units(units, statuses, vals, event, source=None, names=None, keys=None):
    """Write the same values on all ``units``, with one event each, and their document.

    :param units: ``serial.number`` records
    :param list statuses: the statuses that they have now, in the same order
    :param dict vals: the values
    :param dict event: the values of their events
    :param source: the document line (one record) that they are linked to, or None
    :param list names: the numbers that they get, in the same order; None leaves names alone
    :param list keys: the keys of these numbers
    """
    columns = _with_log(units, vals)
    assignments = [SQL("%s = %s", SQL.identifier(column), value) for column, value in columns.items()]
    if names is not None:
        assignments += [SQL("name = typed.name"), SQL("name_key = typed.name_key")]
    query = SQL(
        """
        WITH unit AS (
            UPDATE serial_number AS changed SET %s %s
            RETURNING changed.id, changed.company_id, changed.location_id, changed.status, %s
        ), %s
        SELECT WHERE FALSE
        """,
        SQL(", ").join(assignments),
        *_pick(units, statuses, names, keys),
        _history(units, event, source),
    )
    with listeners.telling(units, [*columns, *(("name", "name_key") if names else ())], source):
        _run(units, query, source, each_row=True)
        if names:
            key_sql.keep_keys(units)


def _pick(units, statuses, names, keys):
    """Return the part of an ``UPDATE`` that says which rows are meant, and their ``status_from`` and ``position``.

    By their ids alone where they have all else in common: thousands are found in less time than by a join.
    """
    ids = list(units._ids)
    if names is None and len(set(statuses)) == 1 and ids == sorted(ids):
        own = SQL("%s::varchar AS status_from, changed.id AS position", statuses[0])
        return SQL("WHERE changed.id = ANY(%s)", ids), own
    typed = SQL(
        """FROM unnest(%s::integer[], %s, %s, %s) WITH ORDINALITY AS typed(id, status_from, name, name_key, position)
            WHERE changed.id = typed.id""",
        ids,
        make_texts(statuses),
        make_texts(names or []),
        make_texts(keys or []),
    )
    return typed, SQL("typed.status_from, typed.position")


OWN = ("name_key", "id", "name")  # what each unit has of its own
SHARED = (  # what many of a batch have in common
    *("status", "date_sold", "warranty_end", "hold_reason"),
    *("delivery_move_id", "invoice_line_id", "purchase_line_id", "sale_line_id", "location_id", "customer_id"),
    *("owner_id", "package_id", "uncovered", "lot_id", "expiration_date", "batch_name"),
)


def read_expression(units, expression):
    """Return ``{unit id: value}`` of an SQL expression about the row ``unit``: one query however many there are."""
    query = SQL("SELECT unit.id, %s FROM serial_number AS unit WHERE unit.id = ANY(%s)", expression, units.ids)
    return dict(execute(units.env, query)) if units.ids else {}


def find_units(model, product, company, keys, lock=False):
    """Look up the units of a product by the keys of their numbers: one query however many there are.

    :param bool lock: lock the units found until the transaction ends; in the order of their ids, so that two
        transactions never wait for each other
    :return: ``{key: dict}`` with the columns of :data:`OWN` and :data:`SHARED`, ``case`` (see ``_get_open_case``), the
        facts of their places and customers, and ``like``, which is one for all units that have the same of all these;
        in the order of their ids
    """
    query = SQL(
        """WITH found AS (
               SELECT %s, %s, %s AS "case" FROM serial_number
                WHERE product_id = %s AND company_id = %s AND name_key = ANY(%s) %s
           )
           SELECT %s, %s FROM found GROUP BY %s""",
        _names(OWN),
        _names(SHARED),
        model._get_open_case(),
        product.id,
        company.id,
        make_texts(keys),
        SQL("ORDER BY id FOR UPDATE") if lock else SQL(),
        SQL(", ").join(SQL("array_agg(%s)", SQL.identifier(column)) for column in OWN),
        *[_names([*SHARED, "case"])] * 2,
    )
    # A batch has few different facts: read once, thousands take half the processor's time.
    groups = [
        (row[: len(OWN)], dict(zip((*SHARED, "case"), row[len(OWN) :], strict=True)))
        for row in execute(model.env, query)
    ]
    # Beside it and not joined: a new product's rows are estimated as one, and PostgreSQL joins thousands as if so.
    shared = [facts for _own, facts in groups]
    places = _get_place_facts(model.env["stock.location"].sudo().browse({facts["location_id"] for facts in shared}))
    buyers = _get_buyer_facts(
        model.env["res.partner"].sudo().browse({facts["customer_id"] for facts in shared} - {None})
    )
    rows = []
    for own, facts in groups:
        facts |= places[facts["location_id"]] | buyers[facts["customer_id"]] | {"like": object()}
        rows += [facts | {"name_key": key, "id": id_, "name": name} for key, id_, name in zip(*own, strict=True)]
    return {row["name_key"]: row for row in sorted(rows, key=itemgetter("id"))}


def _get_place_facts(places):
    return {place.id: {"location_name": place.complete_name, "in_stock": place.is_serial_stock} for place in places}


def _get_buyer_facts(buyers):
    """Return the commercial entities of customers and their names, for nobody too."""
    nobody = buyers.browse()
    return {
        buyer.id or None: {"buyer_id": buyer.commercial_partner_id.id, "buyer_name": buyer.complete_name}
        for buyer in [*buyers, nobody]
    }


def filter_by(units, domain):
    """Return those of some units that a domain means: their ids are sent as one value, however many there are."""
    query = units._search(domain)
    query.add_where(SQL("%s = ANY(%s)", SQL.identifier(query.table, "id"), as_one(list(units._ids))))
    return units.browse(query)


def find_names(model, product, company, keys):
    """Return ``{key: number}`` of a product's units with these keys."""
    query = SQL(
        "SELECT name_key, name FROM serial_number WHERE product_id = %s AND company_id = %s AND name_key = ANY(%s)",
        product.id,
        company.id,
        make_texts(keys),
    )
    return dict(execute(model.env, query))


def find_other_products(model, product, company, keys):
    """Return ``{key: product id}`` of units of other products of the company with these numbers."""
    query = SQL(
        """SELECT DISTINCT ON (name_key) name_key, product_id FROM serial_number
            WHERE name_key = ANY(%s) AND company_id = %s AND product_id != %s ORDER BY name_key, id DESC""",
        make_texts(keys),
        company.id,
        product.id,
    )
    return dict(execute(model.env, query))


def lock_statuses(units):
    """Lock units, and return ``{id: status}`` of those that nobody has deleted meanwhile."""
    query = SQL(
        """WITH found AS (SELECT id, status FROM serial_number WHERE id = ANY(%s) ORDER BY id FOR UPDATE)
           SELECT status, array_agg(id) FROM found GROUP BY status""",
        list(units._ids),
    )
    return {id_: status for status, ids in execute(units.env, query) for id_ in ids}


def placeholders_of(product, company, status="received"):
    """Return the condition, for :func:`lock_blanks`, of a product's units that were received without number.

    :param str status: ``issued`` for those that were issued so
    """
    return SQL("unit.product_id = %s AND unit.company_id = %s AND unit.status = %s", product.id, company.id, status)


def issued_to(product, company, customer, is_away=False):
    """Return the condition, for :func:`lock_blanks`, of a product's units that left to a customer without number.

    :param customer: any contact of theirs, or nobody
    :param bool is_away: leave out what was only invoiced
    """
    return SQL(
        """unit.product_id = %s AND unit.company_id = %s AND unit.status = 'issued'
           AND buyer.commercial_partner_id IS NOT DISTINCT FROM %s %s""",
        product.id,
        company.id,
        customer.commercial_partner_id.id or None,
        SQL("AND NOT place.is_serial_stock") if is_away else SQL(),
    )


BLANKS = SQL(
    """serial_number AS unit
       JOIN stock_location AS place ON place.id = unit.location_id
       LEFT JOIN res_partner AS buyer ON buyer.id = unit.customer_id
      WHERE unit.name_key IS NULL"""
)


def count_blanks(model, where):
    """Return how many units without a number there are.

    :param SQL where: which ones, about ``unit``, ``place`` and ``buyer``
    """
    return execute(model.env, SQL("SELECT COUNT(*) FROM %s AND %s", BLANKS, where))[0][0]


def lock_blanks(model, where, location, limit, stock_owner=None):
    """Lock units without a number, those at a location first, then those that a receipt brought, then the oldest.

    One that came back although nobody had sold it may be the next one's way back: its sale is booked late.

    :param SQL where: which ones, about ``unit`` and ``place``
    :param location: the ``stock.location`` to prefer
    :param limit: how many at most; None for all
    :param stock_owner: the id of whose units to prefer; None for the company's own
    :return: list of ids
    """
    query = SQL(
        """SELECT unit.id FROM %s AND %s
            ORDER BY unit.owner_id IS NOT DISTINCT FROM %s DESC, unit.location_id = %s DESC,
                     unit.date_received IS NULL, unit.id
            LIMIT %s FOR UPDATE OF unit""",
        BLANKS,
        where,
        stock_owner,
        location.id or None,
        limit,
    )
    return [id_ for (id_,) in execute(model.env, query)]


def lock_invoiced(model, product, company, customer):
    """Lock a product's units that a customer was invoiced and that nobody has delivered, the oldest first.

    :param customer: any contact of theirs, or nobody
    :return: list of ids and keys; the key is None for a unit without number
    """
    buyers = SQL("unit.customer_id IS NULL")
    if customer:
        own = SQL("SELECT id FROM res_partner WHERE commercial_partner_id = %s", customer.commercial_partner_id.id)
        buyers = SQL("unit.customer_id IN (%s)", own)
    query = SQL(
        """SELECT unit.id, unit.name_key FROM serial_number AS unit
            WHERE unit.product_id = %s AND unit.company_id = %s AND unit.status = ANY(%s)
              AND unit.delivery_move_id IS NULL AND unit.invoice_line_id IS NOT NULL AND %s
            ORDER BY unit.id FOR UPDATE""",
        product.id,
        company.id,
        list(model._get_serial_rules().sold),
        buyers,
    )
    return execute(model.env, query)


def clear_names(units):
    """Take the numbers off units that get others at once: while they are exchanged, two would be the same."""
    query = SQL("UPDATE serial_number SET name = NULL, name_key = NULL WHERE id = ANY(%s)", list(units._ids))
    execute(units.env, query)
    units.invalidate_model(["name", "name_key"])
    key_sql.keep_keys(units)


def unlink_document(units, source):
    """Take units off a document line."""
    query = SQL("DELETE FROM %s", _linked(units, source))
    with listeners.telling_link(units, source):
        execute(source.env, query)
        source.invalidate_model(CACHED)
        units.invalidate_model()


def delete_absorbed(units):
    """Delete units that nothing names any more."""
    listeners.tell_gone(units)
    key_sql.drop_keys(units)
    execute(units.env, SQL("DELETE FROM serial_number WHERE id = ANY(%s)", list(units._ids)), by_index=True)
    units.env.invalidate_all()


def link_document(units, source):
    """Put units on a document line without an event of their own."""
    linked = _link(SQL("SELECT unnest(%s::integer[]) AS id", list(units._ids)), units, source)
    query = SQL("%s ON CONFLICT DO NOTHING", linked)  # nothing else has locked these units
    with listeners.telling_link(units, source):
        execute(source.env, query, by_index=True)
        source.invalidate_model(CACHED)
        units.invalidate_model()
