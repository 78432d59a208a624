"""The SQL of warranties: one statement however many units there are."""

from odoo.tools import SQL

from ...engine.sql import listeners
from ...engine.sql.execute import execute


def mark_reminded(units):
    """Note that these units' warranties have been reminded of, as they end now."""
    query = SQL("UPDATE serial_number SET warranty_reminded = warranty_end WHERE id = ANY(%s)", list(units._ids))
    with listeners.telling_write(units, {"warranty_reminded"}) as rules:
        execute(units.env, query)
        units.invalidate_model(["warranty_reminded"])
    rules.run()
