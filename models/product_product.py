import re
from collections import Counter

from odoo import Command, fields, models
from odoo.fields import Domain

from ..engine import kits, outside
from ..engine.kept import KeptUnits
from ..tools import naming, warranty_rule
from .serial_button_mixin import LOOKUP

ANYTHING = re.compile(".*", re.DOTALL)


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "serial.kept.button.mixin", "serial.reference.mixin"]

    serial_count = fields.Integer("Units", compute="_compute_serial_counts", groups=LOOKUP)
    serial_blank_count = fields.Integer(
        "Without Serial",
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

    def _has_serial_lots(self):
        """Tell whether the product is followed and Odoo's lots carry its numbers."""
        return self.is_serialized and self.tracking == "serial"

    def _find_serial_parts(self, company):
        """Return ``{product: {followed component: pieces}}`` of those of these products that are kits.

        :param company: the ``res.company`` whose bills of materials count
        """
        return kits.find_parts(self, company)

    def _get_serial_domain(self):
        # EXTENDS 'serial.button.mixin'
        return Domain("product_id", "in", self.ids)

    def get_serial_setup_action(self):
        """Return the question that follows switching a product with stock to serialized.

        :return: the action of the ``serial.setup`` wizard, or False when every piece has its number
        """
        outside.check_some(self)
        self.check_access("read")
        domain = self._get_serial_domain() & self.env["serial.number"]._get_placeholder_domain()
        if not self.env["serial.number"].has_access("write") or not self.env["serial.number"].search_count(domain):
            return False
        return self.env["serial.setup"].create({"product_ids": [Command.set(self.ids)]})._get_action()

    def _get_serial_vendor(self, company):
        """Return who supplies the product to a company when no document says so: its first vendor."""
        sellers = self.seller_ids.filtered(
            lambda seller: (
                seller.company_id in (company, seller.company_id.browse())
                and seller.product_id in (self, self.browse())
            )
        )
        return sellers[:1].partner_id

    def _get_vendor_warranty_end(self, day):
        """Return the last day of the vendor's warranty; False where there is none.

        :param day: the day that the unit came
        """
        return warranty_rule.find_end(day, self.vendor_warranty_months)

    def _compile_serial_format(self):
        """Return the product's pattern for numbers, compiled; one that takes anything where it has none."""
        return re.compile(self.serial_format) if self.serial_format else ANYTHING

    def _find_serial_faults(self, names):
        """Tell what is wrong with each of many numbers of this product, see :meth:`_find_serial_fault`.

        :param list names: cleaned numbers
        :return: list in their order
        """
        pattern, faults = self._compile_serial_format(), naming.find_faults(names)
        if pattern is ANYTHING and not any(faults):
            return faults
        return [
            None if not fault and pattern.fullmatch(name) else self._find_serial_fault(name, pattern)
            for name, fault in zip(names, faults, strict=True)
        ]

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
        example = self.serial_format_example
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
            format=example if example and pattern.fullmatch(example) else self.serial_format,
        )

    def _compute_quantities_dict(self, lot_id, owner_id, package_id, from_date=False, to_date=False):
        """Count units that are kept back out of what is free; those on hold or void are no part of the forecast."""
        # EXTENDS 'stock'
        result = super()._compute_quantities_dict(lot_id, owner_id, package_id, from_date=from_date, to_date=to_date)
        followed = self.filtered("is_serialized")._origin
        if not followed or lot_id is not None or self._is_serial_past(to_date):
            return result
        units = KeptUnits(followed)
        if units:
            units = KeptUnits(followed, self._get_serial_stock_domain(owner_id, package_id))
            units.cover_reserved()
        kept, lost = Counter(), Counter()
        for row in units.rows:
            kept[row.product] += row.count
            lost[row.product] += 0 if row.status == "designated" else row.count
        for product in self:
            values = result[product.id]
            count = kept[product._origin.id]
            if count and values.get("free_qty", 0) > 0:
                values["free_qty"] = product.uom_id.round(max(0, values["free_qty"] - count))
            values["virtual_available"] -= lost[product._origin.id]
        return result

    def _count_serials_kept(self):
        """Count where the context says, as quantities on hand do."""
        # EXTENDS 'serial.kept.button.mixin'
        counts = {product._origin: Counter() for product in self}
        followed = self.filtered("is_serialized")._origin
        if followed:
            register = self.env["serial.number"].sudo()
            domain = Domain("product_id", "in", followed.ids) & self._get_serial_stock_domain(None, None)
            for product, status, count in register._read_group(
                domain & register._get_kept_domain(), ["product_id", "status"], ["__count"]
            ):
                counts[self.browse(product.id)][status] = count
        return {product: counts[product._origin] for product in self}

    def _is_serial_past(self, to_date):
        """Tell whether quantities are asked for as they were: what is kept back now says nothing about then."""
        date = fields.Datetime.to_datetime(to_date)
        return bool(date) and date < fields.Datetime.now()

    def _get_serial_stock_domain(self, owner_id, package_id):
        """Return the domain of the units in the stock that the context and the parameters mean."""
        domain, _incoming, _outgoing = self._get_domain_locations()
        if owner_id is not None:
            domain &= Domain("owner_id", "=", owner_id)
        if "owners" in self.env.context:
            domain &= Domain("owner_id", "in", self.env.context["owners"] or [False])
        if package_id is not None:
            domain &= Domain("package_id", "=", package_id)
        return Domain(domain)
