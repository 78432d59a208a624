"""Which units without number wait with which document."""

from dataclasses import dataclass

from odoo.tools import SQL

from . import numbering_sql

KEPT_DAYS = 14
# Which column of what waits names its document; a move has none of its own where no transfer made it.
DOCUMENTS = {"picking_id": "stock.picking", "invoice_id": "account.move", "move_id": "stock.move"}
PLACES = {
    "stock.picking": "move.picking_id = %s",
    "account.move": "line.move_id = %s",
    "stock.move": "began.move_id = %s",
}


@dataclass(frozen=True)
class Key:
    """What units have in common that wait together: their document, their product, and what they are.

    Units that no document brought, and those of another addon's document, go by its name.
    """

    product: int
    company: int
    status: str
    model: str | None
    id: int | None
    document: str | None

    @classmethod
    def of(cls, row):
        """Return the key of a row of :func:`.numbering_sql.read_waiting`."""
        where = next(((model, row[name]) for name, model in DOCUMENTS.items() if row[name]), (None, None))
        return cls(row["product_id"], row["company_id"], row["status"], *where, row["document"])

    @property
    def place(self):
        """Return what is the same for all products of one document."""
        return self.company, self.model, self.id, self.document

    def prepare_vals(self):
        """Return the values of the ``serial.numbering`` that numbers these units."""
        return {
            "product_id": self.product,
            "company_id": self.company,
            "status": self.status,
            "document_model": self.model or False,
            "document_id": self.id or False,
            "document": self.document or False,
        }


def find_keys(units):
    """Return the keys of all that waits with the documents that some units wait with, and the partner of each.

    Units that no document brought are found with those of their own products alone.

    :param units: ``serial.number`` records
    :return: ``{Key: id of a partner, or None}``, in the order of the documents' units
    """
    register = units.sudo()
    mine = numbering_sql.read_waiting(register, SQL("unit.id = ANY(%s)", list(units._ids)))
    keys = {Key.of(row): row["partner_id"] for row in mine}
    places = {key.place for key in keys}
    for row in numbering_sql.read_waiting(register, _on_documents(mine)) if mine else ():
        if Key.of(row).place in places:
            keys.setdefault(Key.of(row), row["partner_id"])
    return keys


def _on_documents(rows):
    """Return the condition of the units that stand on the same transfers and invoices."""
    pickings = list({row["picking_id"] for row in rows if row["picking_id"]})
    invoices = list({row["invoice_id"] for row in rows if row["invoice_id"]})
    moves = list({row["move_id"] for row in rows if row["move_id"] and not row["picking_id"]})
    return SQL(
        """unit.id IN (
               SELECT event.serial_id FROM serial_event AS event
                WHERE event.move_id IN (SELECT id FROM stock_move WHERE picking_id = ANY(%s) OR id = ANY(%s))
                UNION
               SELECT event.serial_id FROM serial_event AS event
                WHERE event.invoice_line_id IN (SELECT id FROM account_move_line WHERE move_id = ANY(%s))
           )""",
        pickings,
        moves,
        invoices,
    )


def find_units(source):
    """Return the units that wait for the numbers that are entered on a source, in order.

    :param source: a ``serial.numbering``
    """
    if source.document_model in PLACES:
        place = SQL(PLACES[source.document_model], source.document_id)
    else:
        unknown = "began.document IS NOT DISTINCT FROM %s AND began.move_id IS NULL AND began.invoice_line_id IS NULL"
        place = SQL(unknown, source.document or None)
    where = SQL(
        "unit.product_id = %s AND unit.company_id = %s AND unit.status = %s AND %s",
        source.product_id.id,
        source.company_id.id,
        source.status,
        place,
    )
    register = source.env["serial.number"].sudo()
    return register.browse(row["id"] for row in numbering_sql.read_waiting(register, where))
