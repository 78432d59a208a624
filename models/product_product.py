import math
import re
from collections import Counter

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..engine import by_hand
from ..engine.place import PLACE
from ..tools import naming, warranty_rule
from .serial_button_mixin import LOOKUP

ANYTHING = re.compile(".*", re.DOTALL)


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "serial.kept.button.mixin", "serial.reference.mixin"]

    serial_count = fields.Integer("Units", compute="_compute_serial_counts", groups=LOOKUP)
    serial_blank_count = fields.Integer(
        "Units without Number",
        compute="_compute_serial_counts",
        groups=LOOKUP,
        help="Units that wait for their number.",
    )

    def _compute_serial_counts(self):
        register = self.env["serial.number"]
        domain = self._get_serial_domain() & Domain("company_id", "in", self.env.companies.ids)
        counts = dict(register._read_group(domain, ["product_id"], ["__count"]))
        blanks = dict(register._read_group(domain & register._get_placeholder_domain(), ["product_id"], ["__count"]))
        for product in self:
            product.serial_count = counts.get(product._origin, 0)
            product.serial_blank_count = blanks.get(product._origin, 0)

    # EXTENDS 'serial.button.mixin'
    def _get_serial_domain(self):
        return Domain("product_id", "in", self.ids)

    def get_serial_setup_action(self):
        """Return the question that follows switching a product with stock to serialized.

        :return: the action of the ``serial.setup`` wizard, or False when every piece has its number
        """
        self.check_access("read")
        domain = self._get_serial_domain() & self.env["serial.number"]._get_placeholder_domain()
        if not self.env["serial.number"].has_access("write") or not self.env["serial.number"].search_count(domain):
            return False
        return self.env["serial.setup"].create({"product_ids": [(6, 0, self.ids)]})._get_action()

    def _get_serial_vendor(self, company):
        """Return who supplies the product to a company when no document says so: its first vendor."""
        sellers = self.seller_ids.filtered(
            lambda seller: (
                seller.company_id in (company, seller.company_id.browse())
                and seller.product_id in (self, self.browse())
            )
        )
        return sellers[:1].partner_id

    def _get_warranty_end(self, company, day, registered=None):
        """Return the last day of the customer's warranty; False where nothing has begun one.

        :param company: the ``res.company`` that sells, whose setting says what begins a warranty
        :param day: the day of the sale, or False
        :param registered: the day of the registration, if there was one
        """
        start = warranty_rule.find_start(company.sudo().serial_warranty_start, sold=day, registered=registered)
        return warranty_rule.find_end(start, self.warranty_months)

    def _get_vendor_warranty_end(self, day):
        """Return the last day of the vendor's warranty; False where there is none.

        :param day: the day that the unit came
        """
        return warranty_rule.find_end(day, self.vendor_warranty_months)

    def _compile_serial_format(self):
        """Return the product's pattern for numbers, compiled; one that takes anything where it has none."""
        return re.compile(self.serial_format) if self.serial_format else ANYTHING

    def _find_serial_fault(self, name, pattern=None):
        """Tell what is wrong with a number of this product by itself.

        :param str name: a cleaned number
        :param pattern: the product's compiled pattern, for batches
        :return: None, or code (``empty``, ``bad_format``) and message
        """
        fault = naming.find_fault(name)
        pattern = pattern or self._compile_serial_format()
        if not fault and pattern.fullmatch(name):
            return None
        shown = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in name[:40])
        if fault == "empty":
            return "empty", self.env._("There is no serial number here. Enter one, or leave the unit blank.")
        if fault == "too_long":
            return "bad_format", self.env._("%s... is too long: a serial number has at most 128 characters.", shown)
        if fault == "control":
            return "bad_format", self.env._(
                "%s has characters that cannot be seen (control characters). Type the number by hand.", shown
            )
        return "bad_format", self.env._(
            "%(serial)s does not look like a serial number of %(product)s (%(format)s). Check it, or change the format "
            "on the product.",
            serial=shown,
            product=self.display_name,
            format=self.serial_format,
        )

    def _create_missing_serials(self, companies=None):
        """Create a placeholder for each piece on hand that has no unit, by location and company.

        :param companies: only theirs
        :raise UserError: when a fraction of a piece is on hand
        """
        self.flush_model()
        on_hand = self._get_serial_on_hand()
        for (product, company), places in on_hand.items():
            if companies and company not in companies:
                continue
            units = self._get_serial_units(product, company)
            gap = sum(places.values()) - sum(units.values()) + self._count_uncovered(product, company)
            for place, quantity in sorted(places.items(), key=lambda item: item[0][0].complete_name):
                count = min(gap, quantity - units[place])
                if count > 0:
                    gap -= count
                    self._create_placeholders(product, company, place, count)
            if gap > 0:
                # Each place seems to have its units because one of them is really gone: any place will do.
                self._create_placeholders(product, company, max(places, key=places.get), gap)
            if gap < 0:
                self._create_placeholders(product, company, None, -gap)

    def _get_serial_on_hand(self):
        """Return ``{(product, company): {place: pieces on hand}}`` over all companies.

        A place is a location, an owner and a package.
        """
        quants = self.env["stock.quant"].sudo()
        groups = quants._read_group(
            [("product_id", "in", self.ids), ("location_id.is_serial_stock", "=", True)],
            ["product_id", "company_id", *PLACE],
            ["quantity:sum"],
        )
        result = {}
        for product, company, *place, quantity in groups:
            if product.uom_id.compare(quantity, math.floor(quantity)) and product.uom_id.compare(
                quantity, math.ceil(quantity)
            ):
                raise UserError(
                    self.env._(
                        "%(quantity)s of %(product)s at %(location)s is no whole number of pieces. Correct the "
                        "quantity on hand first.",
                        quantity=quantity,
                        product=product.display_name,
                        location=place[0].display_name,
                    )
                )
            company = company or self.env.company
            result.setdefault((product, company), Counter())[tuple(place)] += round(quantity)
        return result

    def _get_serial_units(self, product, company):
        """Return ``Counter({place: units})`` of those in stock."""
        register = self.env["serial.number"].sudo()
        domain = register._get_in_stock_domain() & Domain(
            [("product_id", "=", product.id), ("company_id", "=", company.id)]
        )
        return Counter({tuple(place): count for *place, count in register._read_group(domain, PLACE, ["__count"])})

    def _count_uncovered(self, product, company):
        register = self.env["serial.number"].sudo()
        return register.search_count(
            [("product_id", "=", product.id), ("company_id", "=", company.id), ("uncovered", "=", True)]
        )

    def _create_placeholders(self, product, company, place, count):
        """Create placeholders at a place in stock; without a place, the blanks that a negative quantity stands for."""
        register = self.env["serial.number"].sudo()
        vals = {"product_id": product.id, "company_id": company.id, "status": "received"}
        if place:
            vals.update({name: record.id for name, record in zip(PLACE, place, strict=True)})
        else:
            outside = by_hand.get_outside_location(register, "sold", company)
            vals.update(location_id=outside.id, status="issued", uncovered=True)
        register._record_new("created", [None] * count, vals, register._prepare_event_vals("created"))
