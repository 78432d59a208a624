from odoo import api, models

from ..engine import outside

# Who may look units up: fields that lead to them are for these users alone.
LOOKUP = "serial_number_tracking.group_serial_number_lookup"


class SerialButtonMixin(models.AbstractModel):
    """A record that a button leads from to its units."""

    _name = "serial.button.mixin"
    _description = "Button to Serial Numbers"

    def _get_serial_domain(self):
        """Return the domain of the units that belong to these records. Extend per model."""
        raise NotImplementedError

    @api.readonly
    def action_view_serials(self):
        """Open the units that belong to these records.

        :return: a window action on the register
        :raise AccessError: without the right to read the records, and for those who may not look units up
        """
        outside.check_some(self)
        self._check_serial_lookup()
        action = self.env["ir.actions.act_window"]._for_xml_id("serial_number_tracking.serial_number_action")
        return action | {"domain": list(self._get_serial_domain()), "context": {}}

    @api.readonly
    def action_view_missing_serials(self):
        """Open those of them that wait for their number, ready for typing.

        :return: a window action on the worklist
        :raise AccessError: see :meth:`action_view_serials`
        """
        outside.check_some(self)
        self._check_serial_lookup()
        action = self.env["ir.actions.act_window"]._for_xml_id("serial_number_tracking.serial_number_action_worklist")
        domain = self._get_serial_domain() & self.env["serial.number"]._get_placeholder_domain()
        return action | {"domain": list(domain), "context": {}}

    def _check_serial_lookup(self):
        self.check_access("read")
        self.env["serial.number"].check_access("read")
