"""What the portal shows of units, and how its users register theirs."""

from odoo import api, models
from odoo.fields import Domain

from . import serial_name

PORTAL = "Portal"  # the channel of what is registered there


class SerialNumber(models.Model):
    _inherit = "serial.number"

    @api.model
    def _get_portal_domain(self, partner):
        """Return the domain of the units that somebody may see: those that their company, or they, bought or use.

        :param partner: the ``res.partner`` of the portal user
        """
        owner = partner.commercial_partner_id.id
        bought = Domain("customer_id.commercial_partner_id", "=", owner)
        used = Domain("end_user_id.commercial_partner_id", "=", owner)
        return Domain("status", "in", ("sold", "issued")) & (bought | used)

    def _get_portal_end_user(self, partner):
        """Return who uses the unit, for their own company alone: a reseller does not see whom its customers are."""
        own = self.end_user_id.commercial_partner_id == partner.commercial_partner_id
        return self.end_user_id if own else self.end_user_id.browse()

    def _describe_portal_status(self):
        """Return the unit's status in a customer's words."""
        if self.location_id._is_serial_stock():
            return self.env._("Not delivered yet")
        return self.env._("Delivered") if self.name else self.env._("Delivered, its number follows")

    def _awaits_registration(self):
        """Tell whether the unit's warranty begins with a registration that nobody has made yet."""
        rule = self.company_id.serial_warranty_start
        return rule == "registration" and not (self.date_registered or self.warranty_end)

    @api.model
    def _register_for_portal(self, partner, number, product):
        """Register a sold unit to a portal user, unless somebody else has it.

        :param partner: the ``res.partner`` of the user
        :param str number: the serial number as typed
        :param str product: the product as typed; needed where several products have this number
        :return: the unit; none when no unit or more than one fits, and nothing says which
        """
        number = serial_name.clean(number)
        if serial_name.find_fault(number):
            return self.browse()
        units = self.search([("name_key", "=", serial_name.make_key(number)), ("status", "=", "sold")])
        owner = partner.commercial_partner_id
        units = units.filtered(lambda unit: unit.end_user_id.commercial_partner_id in (owner, owner.browse()))
        # Companies that sell to each other have the same piece each: the user's own company is meant.
        units = units.filtered(lambda unit: unit.company_id in self.env.user.company_ids) or units
        unit = units if len(units) == 1 else units.filtered(lambda unit: unit._is_called(product))
        if len(unit) != 1:
            return self.browse()
        if not unit.date_registered:
            unit.action_register(unit.end_user_id or partner, channel=PORTAL)
        return unit

    def _is_called(self, product):
        """Tell whether the unit's product is what somebody typed: its name, reference or barcode."""
        names = (self.product_id.name, self.product_id.default_code, self.product_id.barcode)
        typed = " ".join(product.split()).casefold()
        return bool(typed) and typed in [name.casefold() for name in names if name]
