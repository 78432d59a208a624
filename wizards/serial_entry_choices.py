"""What the window asks beside numbers: what returned units go back as, why units move, and who supplies them."""

from odoo import models
from odoo.exceptions import UserError

from ..engine import outside
from ..tools.status import RETURN_STATUSES


class SerialEntryLine(models.TransientModel):
    _inherit = "serial.entry.line"

    def set_return_status(self, status, names=None):
        """Choose what returned or credited units go back as.

        :param str status: ``available``, ``hold`` or ``void``
        :param list names: the numbers that it is for; None: all of this line, those that are entered later too
        :return: the line's state, see :meth:`_get_state`
        :raise UserError: for another status, where there is no choice, and for credited units that are still at the
            customer's
        """
        self.ensure_one()
        self.entry_id._check_open()
        if status not in [code for code, _label in RETURN_STATUSES]:
            raise UserError(self.env._("Returned units go back as available, hold or void."))
        if not self._wants("status"):
            raise UserError(self.env._("What units of %s become cannot be chosen here.", self.product_id.display_name))
        chosen = names if names is None else outside.take_names(self.env, names)
        units = self._find_units(chosen).filtered(lambda unit: not unit.is_added)
        if names is None:
            self.return_status = status
        else:
            units._check_choice()
        units.return_status = status
        self.entry_id._touch()
        return self._get_state()

    def set_reason(self, reason):
        """Keep why the units of this line move.

        :param str reason: a text
        :return: the line's state, see :meth:`_get_state`
        :raise UserError: for a text that is too long
        """
        self.ensure_one()
        self.entry_id._check_open()
        self.reason = outside.take_text(self.env, reason)
        return self._get_state()

    def set_vendor(self, partner_id):
        """Choose whom units come from that no order brings.

        :param int partner_id: the ``res.partner``; False for nobody
        :return: the line's state, see :meth:`_get_state`
        :raise AccessError: for a partner whom the user may not read
        :raise UserError: on a line that has no vendor, and for a partner that does not exist or is another company's
        """
        self.ensure_one()
        self.entry_id._check_open()
        if not self._wants("vendor"):
            raise UserError(self.env._("The vendor of %s cannot be chosen here.", self.product_id.display_name))
        company = self._get_source()._serial_company()
        partner = outside.take_record(self.env, "res.partner", partner_id, company)
        self.write({"chosen_vendor_id": partner.id, "is_vendor_chosen": True})
        return self._get_state()

    def _proposed_return_status(self):
        return self.return_status or self._get_source()._serial_return_status()
