"""Days of sale of units that nobody bought: the corrected date of their receipt was taken for one."""

from odoo import SUPERUSER_ID, api

# In stock, of nobody, on no sale: and its day is that of a correction of a document that never sold it.
FALSE = """
    SELECT unit.id, unit.warranty_fixed FROM serial_number AS unit
      JOIN stock_location AS place ON place.id = unit.location_id AND place.is_serial_stock
     WHERE unit.date_sold IS NOT NULL AND unit.status NOT IN ('sold', 'issued', 'void')
       AND unit.delivery_move_id IS NULL AND unit.invoice_line_id IS NULL
       AND (unit.customer_id IS NULL OR unit.status = 'designated')
       AND EXISTS (SELECT FROM serial_event AS event
                    WHERE event.serial_id = unit.id AND event.kind = 'corrected' AND event.day = unit.date_sold
                      AND event.move_id IS NOT NULL
                      AND NOT EXISTS (SELECT FROM serial_event AS sale
                                       WHERE sale.serial_id = unit.id AND sale.move_id = event.move_id
                                         AND sale.kind = 'shipped'))
"""


def migrate(cr, version):
    """Take them off these units, with the ends of warranties that they began."""
    cr.execute(FALSE)
    rows = cr.fetchall()
    units = api.Environment(cr, SUPERUSER_ID, {})["serial.number"]
    for is_fixed in (False, True):
        part = units.browse(id_ for id_, fixed in rows if bool(fixed) == is_fixed)
        facts = {"date_sold": False} if is_fixed else {"date_sold": False, "warranty_end": False}
        note = part.env._("Not kept, for nobody has it: %s", part.fields_get(["date_sold"])["date_sold"]["string"])
        part._record_change("corrected", facts, part._prepare_event_vals("corrected", note=note))
