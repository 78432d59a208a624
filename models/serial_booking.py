"""Book what a document line did to units."""

from odoo.tools import SQL

from . import serial_sql
from .serial_check import SerialCheck


class SerialBooking:
    """The booking of one document line. It never refuses: what cannot be taken as a number is booked as a blank.

    :param source: a record of ``serial.capture.mixin``
    :param int count: how many units are to be booked
    """

    def __init__(self, source, count):
        self.source, self.env, self.count = source, source.env, count
        self.flow = source._serial_flow()
        self.model = self.env["serial.number"].sudo()
        self.partner = source._serial_partner()
        self.vals = source._prepare_serial_vals(self.flow)

    def run(self):
        """Book the entered numbers first, then blanks for the rest."""
        names = self.source._serial_names()
        checks = SerialCheck(self.source, names, lock=True, room=self.count).run() if names else []
        good = [check for check in checks if check["ok"]]
        bad = [check for check in checks if not check["ok"]]
        self._book_new([check["name"] for check in good if check["code"] == "new"])
        self._book_fills([check["name"] for check in good if check["code"] == "fills"])
        self._book_known([check["serial_id"] for check in good if check["code"] == "ok"])
        self._book_blanks(self.count - len(good), "; ".join(check["message"] for check in bad[:20]))

    def _event(self, note=None):
        return self.model._prepare_event_vals(self.flow.kind, partner=self.partner, source=self.source, note=note)

    def _named(self):
        return {**self.vals, "status": self.flow.named_to} if self.flow.named_to else self.vals

    def _blank(self):
        return {**self.vals, "status": self.flow.blank_to}

    def _identity(self):
        return {"product_id": self.source.product_id.id, "company_id": self.source._serial_company().id}

    def _book_new(self, names):
        self.model._record_new(self.flow.kind, names, self._named() | self._identity(), self._event(), self.source)

    def _book_known(self, ids):
        self.model.browse(ids)._record_change(self.flow.kind, self._named(), self._event(), self.source)

    def _book_fills(self, names):
        """Number placeholders in stock, then let them go: two events each."""
        ids = serial_sql.lock_blanks(
            self.model, self.source._placeholder_where(), self.source._serial_origin(), len(names)
        )
        units = self.model.browse(ids)
        event = self.model._prepare_event_vals("numbered", source=self.source)
        units._record_change("numbered", {"status": "available"}, event, names=names)
        units._record_change(self.flow.kind, self._named(), self._event(), self.source)

    def _book_blanks(self, count, note):
        """Take ``count`` units without number from where the flow's row says, in its order."""
        for origin in self.flow.blanks:
            if count <= 0:
                return
            count -= getattr(self, f"_blanks_{origin}")(count, note)

    def _consume(self, where, count, note):
        ids = serial_sql.lock_blanks(self.model, where, self.source._serial_origin(), count)
        self.model.browse(ids)._record_change(self.flow.kind, self._blank(), self._event(note), self.source)
        return len(ids)

    def _blanks_placeholder(self, count, note):
        return self._consume(self.source._placeholder_where(), count, note)

    def _blanks_invoiced(self, count, note):
        """Blanks that this customer was invoiced and that nobody has delivered."""
        return self._consume(
            SQL("%s AND unit.delivery_move_id IS NULL AND unit.invoice_line_id IS NOT NULL", self._issued()), count, note
        )

    def _blanks_issued(self, count, note):
        """Blanks that this customer has."""
        return self._consume(SQL("%s AND place.usage NOT IN ('internal', 'transit')", self._issued()), count, note)

    def _blanks_delivered(self, count, note):
        """Blanks that were delivered to this customer and not invoiced."""
        return self._consume(
            SQL("%s AND unit.delivery_move_id IS NOT NULL AND unit.invoice_line_id IS NULL", self._issued()), count, note
        )

    def _issued(self):
        owner = self.partner.commercial_partner_id.id or None
        return SQL(
            """unit.product_id = %s AND unit.company_id = %s AND unit.status = 'issued'
               AND owner.commercial_partner_id IS NOT DISTINCT FROM %s""",
            self.source.product_id.id,
            self.source._serial_company().id,
            owner,
        )

    def _create(self, count, note, **extra):
        vals = self._blank() | self._identity() | extra
        self.model._record_new(self.flow.kind, [None] * count, vals, self._event(note), self.source)
        return count

    def _blanks_create(self, count, note):
        return self._create(count, note)

    def _blanks_uncovered(self, count, note):
        return self._create(count, note, uncovered=True)
