from odoo import models
from odoo.fields import Domain


class SerialOrderLineMixin(models.AbstractModel):
    """An order line that units are named on before they move: announced by the vendor, or promised to the customer.

    Nothing is kept as an entry: a number that is entered changes its unit at once.
    """

    _name = "serial.order.line.mixin"
    _inherit = ["serial.entry.mixin"]
    _description = "Units Named on an Order Line"

    # Of each model: its flow, the state of a confirmed order, and by which field and status its units are known.
    _serial_flow_code = ""
    _serial_open_state = ""
    _serial_link = ""
    _serial_status = ""

    def _get_named_domain(self):
        """Return the domain of the units that are named on these lines and have not moved yet."""
        return Domain(self._serial_link, "in", self.ids) & Domain("status", "=", self._serial_status)

    def _get_named_units(self):
        """Return the units that are named on these lines and have not moved yet, in a fixed order."""
        return self.env["serial.number"].sudo().search(self._get_named_domain(), order="id")

    def _serial_names(self):
        # EXTENDS 'serial.entry.mixin'
        return self._get_named_units().mapped("name")

    def _serial_flow(self):
        # EXTENDS 'serial.entry.mixin'
        if self._serial_is_closed() or not self.product_id:
            return None
        return self.env["serial.number"]._get_flow(self._serial_flow_code)

    def _takes_serials(self):
        # EXTENDS 'serial.entry.mixin'
        return super()._takes_serials() and bool(self._serial_quantity() or self._get_named_units())

    def _serial_is_closed(self):
        # EXTENDS 'serial.entry.mixin'
        return self.state != self._serial_open_state

    def _has_changed_since(self, date):
        # EXTENDS 'serial.entry.mixin'
        domain = Domain(self._serial_link, "in", self.ids) & Domain("write_date", ">", date)
        return bool(self.env["serial.number"].sudo().search_count(domain, limit=1))

    def _serial_partner(self):
        # EXTENDS 'serial.entry.mixin'
        return self.order_id.partner_id

    def _serial_document(self):
        # EXTENDS 'serial.entry.mixin'
        return self.order_id.name

    def _serial_policy(self):
        # EXTENDS 'serial.entry.mixin'
        return "ask"
