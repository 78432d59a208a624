"""The SQL that takes a person out of the history: the only change that a line sees, beside the joining of two rows."""

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


def erase_events(events, units, nobody, words, erased):
    """Let events name nobody, and units' events and notes say another word where a person's data stood.

    :param list events: ids of the lines that name the person
    :param list units: ids of the units whose texts may have the person's data in them
    :param nobody: the contact that stands in place of the person
    :param list words: what is to be erased in texts
    :param str erased: what stands there then
    """
    env = nobody.env
    execute(env, SQL("UPDATE serial_event SET partner_id = %s WHERE id = ANY(%s)", nobody.id, list(events)))
    for word in words:
        query = SQL(
            "UPDATE serial_event SET note = replace(note, %s, %s) WHERE serial_id = ANY(%s) AND strpos(note, %s) > 0",
            *(word, erased, list(units), word),
        )
        execute(env, query)
        query = SQL(
            "UPDATE serial_number SET note = replace(note, %s, %s) WHERE id = ANY(%s) AND strpos(note, %s) > 0",
            *(word, erased, list(units), word),
        )
        execute(env, query)
    for model in ("serial.event", "serial.number"):
        env[model].invalidate_model()
