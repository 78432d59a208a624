"""Take units into the register by hand, by import or by API."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from . import serial_sql
from .serial_number import KEPT


class SerialNumber(models.Model):
    _inherit = "serial.number"

    @api.model_create_multi
    def create(self, vals_list):
        """Take units into the register that exist already: by hand, by import or by API.

        An available unit takes the place of a placeholder of its product, because the piece must be on hand. Ordered,
        sold and void units are not in stock and are added.

        :raise UserError: for a bad number, a number that exists, or an available unit without a placeholder
        """
        self.browse().check_access("create")
        return self.browse([self._create_one(dict(vals)) for vals in vals_list])

    def _create_one(self, vals):
        defaults = self.default_get(["company_id", "status"])
        product = self.env["product.product"].browse(vals.get("product_id"))
        company = self.env["res.company"].browse(vals.get("company_id") or defaults["company_id"])
        status = vals.get("status") or defaults["status"]
        self._check_new(product, company, status)
        name, key = self._check_name(vals.get("name"), product)
        if serial_sql.find_units(self, product, company, [key]):
            raise UserError(self._message_exists(name, product))
        vals = {k: v for k, v in vals.items() if k not in KEPT | {"name", "status"}}
        event = self._prepare_event_vals("imported", partner=vals.get("customer_id") or vals.get("vendor_id"))
        place = self.env["stock.location"].browse(vals.get("location_id") or [])
        if place and place._is_serial_stock() != (status == "available"):
            raise UserError(self._message_place(name, place))
        if status == "available":
            unit = self._take_placeholder(product, company, name, place)
            unit._record_change("imported", {**vals, "status": status}, event, names=[name])
            return unit.id
        vals.setdefault("location_id", self._get_outside_location(status, company).id)
        vals.update(product_id=product.id, company_id=company.id, status=status)
        return self._record_new("imported", [name], vals, event).id

    def _check_new(self, product, company, status):
        if not product.is_serialized:
            raise UserError(
                self.env._("%s is not serialized. Switch it on on the product first.", product.display_name)
            )
        if company not in self.env.companies:
            raise AccessError(self.env._("You do not work for %s.", company.name))
        if status not in ("available", "expected", "sold", "void"):
            labels = self._get_status_labels()
            raise UserError(
                self.env._(
                    "A unit cannot be created with the status %s: create it as Available and change it afterwards, or "
                    "let the receipt or delivery make it.",
                    labels.get(status, status),
                )
            )

    def _take_placeholder(self, product, company, name, place):
        ids = serial_sql.lock_blanks(self, serial_sql.placeholders_of(product, company), place, 1)
        if not ids:
            raise UserError(
                self.env._(
                    "%(serial)s cannot be added as available: every piece of %(product)s on hand has its number. "
                    "Receive it, or raise the quantity on hand first.",
                    serial=name,
                    product=product.display_name,
                )
            )
        return self.browse(ids)

    def _message_place(self, name, location):
        return self.env._(
            "%(serial)s cannot be put to %(location)s by hand: that would change the quantity on hand. Use a transfer "
            "or an inventory adjustment.",
            serial=name,
            location=location.display_name,
        )
