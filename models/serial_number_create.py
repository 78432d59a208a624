"""Take units into the register by hand or by API."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..engine.intake import SerialIntake


class SerialNumber(models.Model):
    _inherit = "serial.number"

    @api.model_create_multi
    def create(self, vals_list):
        """Take units into the register that exist already: by hand or by API.

        A unit in stock takes the place of a placeholder of its product, because the piece must be on hand. Ordered and
        void units are added; so are sold ones, unless their customer has a unit without number.

        :raise UserError: for a bad number, a number that exists, or a unit in stock without a placeholder
        """
        self.browse().check_access("create")
        intake = SerialIntake(self.browse(), vals_list)
        units = intake.run()
        faults = list(intake.faults.values())
        if len(faults) == 1:
            raise faults[0]
        if faults:
            raise UserError("\n".join(dict.fromkeys(map(str, faults))))
        return units

    def _check_new(self, product, company):
        if not product:
            raise UserError(self.env._("Which product is it? Each unit belongs to one."))
        if not product.is_serialized:
            raise UserError(
                self.env._("%s is not serialized. Switch it on on the product first.", product.display_name)
            )
        if company not in self.env.companies:
            raise AccessError(self.env._("You do not work for %s.", company.name))

    def _message_place(self, name, location):
        return self.env._(
            "%(serial)s cannot be put to %(location)s by hand: that would change the quantity on hand. Use a transfer "
            "or an inventory adjustment.",
            serial=name,
            location=location.display_name,
        )
