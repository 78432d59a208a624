from odoo import api, models
from odoo.tools import SQL


class SerialHookMixin(models.AbstractModel):
    """Where features and other addons come in when units are checked and changed: each of these does nothing here."""

    _name = "serial.hook.mixin"
    _description = "Hooks of Serial Numbers"

    @api.model
    def _get_open_case(self):
        """Return an SQL expression: the name of the open case of a row of ``serial_number``, NULL where there is none.

        A case is a document that asks for units: what comes back goes on hold for it, and none should leave.
        """
        return SQL("NULL")
