"""The SQL of properties: those of thousands of units are written in one statement."""

import json

from odoo.tools import SQL

from ...engine.sql.execute import execute
from . import form


def read_values(units):
    """Return ``{key of a number: {property: value}}`` of units, as they are stored."""
    query = SQL(
        "SELECT name_key, serial_properties FROM serial_number WHERE id = ANY(%s) AND name_key IS NOT NULL",
        list(units._ids),
    )
    return {key: values or {} for key, values in execute(units.env, query)} if units else {}


def write_values(units, entered):
    """Write properties of units beside those that they have: one statement however many there are.

    :param dict entered: ``{key of a number: {property: value}}``
    """
    query = SQL(
        """UPDATE serial_number AS unit
              SET serial_properties = COALESCE(unit.serial_properties, '{}') || typed.properties::jsonb
             FROM unnest(%s::varchar[], %s::text[]) AS typed(name_key, properties)
            WHERE unit.name_key = typed.name_key AND unit.id = ANY(%s)""",
        list(entered),
        [json.dumps(values) for values in entered.values()],
        list(units._ids),
    )
    execute(units.env, query)
    units.env["serial.number"].invalidate_model(["serial_properties", "attribute_text"])


def forget_values(units, entered):
    """Take properties off units: one statement however many there are.

    :param dict entered: ``{key of a number: names of properties}``
    """
    if not entered:
        return
    query = SQL(
        """UPDATE serial_number AS unit
              SET serial_properties = unit.serial_properties - ARRAY(SELECT json_array_elements_text(typed.names::json))
             FROM unnest(%s::varchar[], %s::text[]) AS typed(name_key, names)
            WHERE unit.name_key = typed.name_key AND unit.id = ANY(%s)""",
        list(entered),
        [json.dumps(names) for names in entered.values()],
        list(units._ids),
    )
    execute(units.env, query)
    units.env["serial.number"].invalidate_model(["serial_properties", "attribute_text"])


def make_text(alias):
    """Return an SQL expression: the properties of a row of ``serial_number`` with their labels, NULL without any.

    :param str alias: of the table
    """
    return SQL(
        """(SELECT string_agg(CONCAT(said.item ->> 'string', ': ', COALESCE(
                       (SELECT choice ->> 1
                          FROM jsonb_array_elements(CASE WHEN jsonb_typeof(said.item -> 'selection') = 'array'
                                                         THEN said.item -> 'selection' ELSE '[]' END) AS choice
                         WHERE choice ->> 0 = said.value #>> '{}'),
                       said.value #>> '{}')), ', ' ORDER BY said.position)
              FROM (SELECT defined.item, defined.position, %s -> (defined.item ->> 'name') AS value
                      FROM product_product AS product
                      JOIN product_template AS template ON template.id = product.product_tmpl_id
                     CROSS JOIN jsonb_array_elements(template.serial_properties_definition)
                           WITH ORDINALITY AS defined(item, position)
                     WHERE product.id = %s AND defined.item ->> 'type' = ANY(%s)) AS said
             WHERE said.value IS NOT NULL AND said.value NOT IN ('false', 'null', '""'))""",
        SQL.identifier(alias, "serial_properties"),
        SQL.identifier(alias, "product_id"),
        list(form.KINDS),
    )
