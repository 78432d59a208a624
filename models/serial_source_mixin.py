from odoo import api, models

from ..engine import warranty
from ..engine.booking import SerialBooking

CLOSED = ("done", "cancel")


class SerialSourceMixin(models.AbstractModel):
    """A document of another addon, or its line, that units are entered on: docs/extend.md shows one.

    It has ``product_id`` and ``company_id``, and says by :attr:`_serial_fields` which of its fields mean what, and by
    ``_serial_flow`` what it does to units. What it does to stock is its own affair.
    """

    _name = "serial.source.mixin"
    _inherit = ["serial.capture.mixin"]
    _description = "Units of a Document"

    # Its fields: ``partner``, ``quantity``, ``uom`` (default: the product's), ``day`` (default: today), ``origin`` and
    # ``target``, where units are before and afterwards, ``document``, whose name the history keeps (default: itself).
    _serial_fields = {}
    # The method of the document that books it, which confirming the entry window calls again.
    _serial_button = ""

    def _get_serial_field(self, what):
        """Return the value of the field that means something, or None without one."""
        name = self._serial_fields.get(what)
        return self[name] if name else None

    @api.depends(lambda self: [name for name in ("state", *self._serial_fields.values()) if name in self._fields])
    def _compute_serial_missing(self):
        # EXTENDS 'serial.capture.mixin'
        return super()._compute_serial_missing()

    def _serial_partner(self):
        # EXTENDS 'serial.entry.mixin'
        return self._get_serial_field("partner") or super()._serial_partner()

    def _serial_vendor(self):
        # EXTENDS 'serial.entry.mixin'
        chosen, flow = self._get_chosen_vendor(), self._serial_flow()
        if chosen is not None:
            return chosen
        return self._serial_partner() if flow and flow.partner == "vendor" else super()._serial_vendor()

    def _serial_document(self):
        # EXTENDS 'serial.entry.mixin'
        return (self._get_serial_field("document") or self).display_name

    def _serial_raw_quantity(self):
        # EXTENDS 'serial.entry.mixin'
        quantity, uom = self._get_serial_field("quantity") or 0, self._get_serial_field("uom")
        return uom._compute_quantity(quantity, self.product_id.uom_id, round=False) if uom else quantity

    def _serial_is_closed(self):
        # EXTENDS 'serial.entry.mixin'
        return "state" in self._fields and self.state in CLOSED

    def _serial_policy(self):
        # EXTENDS 'serial.entry.mixin'
        return "ask"

    def _serial_origin(self):
        # EXTENDS 'serial.capture.mixin'
        return self._get_serial_field("origin") or super()._serial_origin()

    def _get_serial_day(self):
        """Return the day that it counts for."""
        return self._get_serial_field("day") or self._serial_company()._get_serial_day()

    def _is_serial_sale(self):
        """Tell whether it gives units the day of their sale."""
        return "customer" in self._serial_flow().fills

    def _prepare_serial_vals(self, flow):
        """Return the facts that it writes on its units; extend it to write more.

        :param flow: its row of the flow table
        :return: dict of ``serial.number`` values, without status and number
        """
        target, day = self._get_serial_field("target"), self._get_serial_day()
        vals = ({"location_id": target.id} if target else {}) | self._prepare_ended_vals(flow)
        if "vendor" in flow.fills:
            vals |= self._prepare_received_vals(day)
        if "customer" in flow.fills:
            vals |= self._prepare_sold_vals(self._serial_partner(), day)
        return vals

    def _split_serial_vals(self, units, vals):
        # EXTENDS 'serial.capture.mixin'
        return warranty.split_sold(units, vals)

    def _get_serial_rows(self):
        # EXTENDS 'serial.capture.mixin'
        return [unit.name or None for unit in self.sudo().serial_ids.sorted("id")]

    def _ask_serials_first(self, documents=None):
        """Ask for numbers that are missing, before the document's button books.

        :param documents: the records that the button was pressed on (default: these)
        :return: True, or the action of the entry window, which the button returns
        """
        return self._ask_serials("call", self if documents is None else documents)

    def _book_serials(self):
        """Book what was entered, and blanks for the rest where the flow has them; what is booked already stays."""
        for source in self.sudo().filtered(lambda source: source.product_id.is_serialized and source._serial_flow()):
            count = source._serial_room()
            if count:
                SerialBooking(source, count).run()
            if source.serial_draft:
                source._write_serial_draft([])
