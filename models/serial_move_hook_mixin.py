from odoo import models
from odoo.fields import Domain


class SerialMoveHookMixin(models.AbstractModel):
    """Where features and other addons come in when stock moves units: each of these does nothing here."""

    _name = "serial.move.hook.mixin"
    _description = "Hooks of Stock Moves"

    def _after_booking(self):
        """Do what follows when the units of these done moves have been booked. Called once per batch."""

    def _get_handed_domain(self):
        """Return the domain of the units that another company of the database has sent on the move's way."""
        return Domain.FALSE

    def _is_serial_exchange(self):
        """Tell whether the move brings units in place of others that came back."""
        return False

    def _get_replacing(self):
        """Return the open moves that are to send units in place of those of these moves."""
        return self.browse()

    def _filter_exchanged(self):
        """Return those of these moves whose units others are sent in place of."""
        return self.browse()
