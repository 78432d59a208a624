"""The SQL that takes a person out of the history: the only change that a line sees, beside the joining of two rows."""

import re

from odoo.tools import SQL

from .execute import execute


def find_events(register, person, companies):
    """Return the ids of the lines of the history that name a person, and of their units.

    What stands there with a document of a sale is left out: that document names them as well, and has to be kept.
    """
    query = SQL(
        """SELECT id, serial_id FROM serial_event
            WHERE partner_id = ANY(%s) AND company_id = ANY(%s) AND move_id IS NULL AND invoice_line_id IS NULL
              AND source_model IS NULL""",
        person.ids,
        companies.ids,
    )
    rows = execute(register.env, query)
    return [event for event, _unit in rows], {unit for _event, unit in rows}


def find_mentions(register, name, labels, companies):
    """Return the ids of lines of the history that say how an end user of this name was corrected, and of their units.

    Their partner is the customer, or nobody: the name stands in their texts alone.

    :param str name: as it was when they were written
    :param labels: what the field of the end user is called, in the languages of the database
    """
    query = SQL(
        """SELECT id, serial_id FROM serial_event
            WHERE company_id = ANY(%s) AND kind IN ('corrected', 'imported') AND strpos(note, %s) > 0
              AND note ~ %s""",
        companies.ids,
        name,
        "({}): [^,]* → ".format("|".join(map(re.escape, labels))),
    )
    rows = execute(register.env, query)
    return [event for event, _unit in rows], {unit for _event, unit in rows}


def read_texts(env, table, owner, units):
    """Return ``[(id, text)]`` of the notes of units, or of the lines of their history.

    :param str table: the table
    :param str owner: its column with the id of the unit
    :param list units: ids
    """
    query = SQL(
        "SELECT id, note FROM %s WHERE %s = ANY(%s) AND note IS NOT NULL",
        SQL.identifier(table),
        SQL.identifier(owner),
        list(units),
    )
    return execute(env, query)


def write_texts(env, table, texts):
    """Write notes of units, or of lines of the history.

    :param dict texts: by id
    """
    query = SQL(
        "UPDATE %s AS row SET note = new.note FROM unnest(%s::integer[], %s::text[]) AS new(id, note) "
        "WHERE row.id = new.id",
        SQL.identifier(table),
        list(texts),
        list(texts.values()),
    )
    execute(env, query)


def erase_partner(env, events, nobody):
    """Let lines of the history name nobody.

    :param list events: their ids
    :param nobody: the contact that stands in place of the person
    """
    execute(env, SQL("UPDATE serial_event SET partner_id = %s WHERE id = ANY(%s)", nobody.id, list(events)))
