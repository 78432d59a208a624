from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.flow import STOCK, find_place


class StockLocation(models.Model):
    _name = "stock.location"
    _inherit = ["stock.location", "serial.reference.mixin"]

    is_serial_stock = fields.Boolean(
        "Keeps Units in Stock",
        compute="_compute_is_serial_stock",
        store=True,
        help="Whether units here are in stock: internal locations, and transit locations of a company.",
    )

    @api.depends("usage", "company_id")
    def _compute_is_serial_stock(self):
        for location in self:
            location.is_serial_stock = location._serial_place() == STOCK

    def _serial_place(self, is_source=True):
        """Return what the location means to a unit: a place of the flow table, or None."""
        return find_place(self.usage, bool(self.company_id), is_source)

    def _find_serial_flow(self, target, is_scrap=False):
        """Return the flow of a move from here to another location; None for a move that touches no unit.

        :param target: the ``stock.location`` that it goes to
        :param bool is_scrap: whether a scrap order makes it
        """
        rules, is_consumed = self.env["serial.number"]._get_serial_rules(), target.usage == "production"
        source, place = self._serial_place(is_source=True), target._serial_place(is_source=False)
        return rules.find_flow(source, place, is_scrap=is_scrap, is_consumed=is_consumed)

    def write(self, vals):
        """Refuse another type for locations where units were last seen: they would be in stock, or not, by that alone.

        :raise UserError: with these units
        """
        # EXTENDS 'stock'
        before = {location: location._get_serial_meanings() for location in self} if "usage" in vals else {}
        result = super().write(vals)
        for location, meanings in before.items():
            if location._get_serial_meanings() != meanings:
                location._check_no_serials()
        return result

    def _get_serial_meanings(self):
        """Return what the location means to units that come from it, and to units that go there."""
        return self._serial_place(is_source=True), self._serial_place(is_source=False)

    def _check_no_serials(self):
        units = self.env["serial.number"].sudo().search([("location_id", "=", self.id)], limit=20)
        if not units:
            return
        names = [
            self.env._("%(serial)s (%(product)s)", serial=unit.display_name, product=unit.product_id.display_name)
            for unit in units
        ]
        raise UserError(
            self.env._(
                "%(location)s cannot get another type: units were last seen there, and with the type it changes "
                "whether they are in stock. Correct the location of these units first, or make a new location:\n"
                "%(units)s",
                location=self.display_name,
                units=", ".join(names),
            )
        )
