import re
from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..engine import adopt, give_lots, outside, placeholders
from ..tools import naming, number_shape, pattern
from ..tools.context import hear
from ..tools.warranty_rule import MONTHS_LIMIT
from .serial_button_mixin import LOOKUP

LEARNT_FROM = 500  # of the latest numbers
# Reference units that measure instead of counting: a piece cannot be told from the next one in them.
MEASURES = (
    "uom.product_uom_hour",
    "uom.product_uom_millimeter",
    "uom.product_uom_square_meter",
    "uom.product_uom_milliliter",
    "uom.product_uom_gram",
    "uom.product_uom_oz",
    "uom.product_uom_inch",
    "uom.product_uom_square_foot",
    "uom.product_uom_floz",
    "uom.product_uom_cubic_inch",
    "uom.product_uom_kwh",
)


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = [
        "product.template",
        "serial.kept.button.mixin",
        "serial.reference.mixin",
        "serial.product.hook.mixin",
    ]

    is_serialized = fields.Boolean(
        "Track Serialized Units",
        tracking=True,
        help="Follow every piece of this product by its own serial number. Numbers may come later: until then each "
        "piece without one stands on a list.",
    )
    serial_entry = fields.Selection(
        [("skip", "Never"), ("ask", "May be later"), ("require", "Required")],
        "Numbers Are Asked for",
        help="Where a document asks for serial numbers at all, this product may ask otherwise. Empty: as its operation "
        "type, or the settings for counts and invoices, say.",
    )
    serial_format_example = fields.Char(
        "Numbers Look like",
        help="A number of this product, for example SN24-00017: others have the same letters and signs, and as many "
        "digits. It makes the format.",
    )
    serial_format = fields.Char(
        "Serial Number Format",
        compute="_compute_serial_format",
        store=True,
        readonly=False,
        help="A regular expression that the whole number must match, for example [A-Z]{2}[0-9]{6}. Empty: any number. "
        "An example makes it by itself.",
    )
    serial_identifier = fields.Selection(
        [("number", "Part of the number"), ("label", "Left out")],
        "Leading S, 1S or 25S",
        help="Vendors print S, 1S or 25S in front of the number in a bar code. Where a scanned number begins so, and "
        "neither known units nor the format tell, this does. Empty: it is asked once.",
    )
    warranty_months = fields.Integer(
        "Warranty",
        help="Months of warranty for the customer. The settings of Inventory say whether the sale or the "
        "registration by the end user begins it. Sold units keep their end when you change this.",
    )
    vendor_warranty_months = fields.Integer("Vendor Warranty", help="Months of warranty of the vendor, from receipt.")
    serial_adopting = fields.Boolean(
        "Lots Are Being Adopted", readonly=True, copy=False, help="A background job makes the units of its lots."
    )
    serial_properties_definition = fields.PropertiesDefinition("Properties of Units")
    serial_count = fields.Integer("Units", compute="_compute_serial_counts", groups=LOOKUP)
    serial_blank_count = fields.Integer(
        "Without Serial",
        compute="_compute_serial_counts",
        groups=LOOKUP,
        help="Units that wait for their number.",
    )

    @api.depends("product_variant_ids.serial_count", "product_variant_ids.serial_blank_count")
    def _compute_serial_counts(self):
        for template in self:
            variants = template.with_context(active_test=False).product_variant_ids
            template.serial_count = sum(variants.mapped("serial_count"))
            template.serial_blank_count = sum(variants.mapped("serial_blank_count"))

    @api.constrains("is_serialized", "is_storable", "tracking", "uom_id")
    def _check_is_serialized(self):
        for template in self.filtered("is_serialized"):
            reason = template._find_serial_obstacle()
            if reason:
                raise ValidationError(
                    self.env._(
                        "%(product)s cannot be serialized. %(reason)s", product=template.display_name, reason=reason
                    )
                )

    def _find_serial_obstacle(self):
        """Return what stands in the way of following single units of the product, or None."""
        if not self.is_storable:
            return self.env._("It is not storable. Switch on Track Inventory first.")
        if self.tracking == "lot":
            return self.env._(
                "Odoo tracks it by lots, which are many pieces with one number. Set its tracking to By Quantity or By "
                "Unique Serial Number first."
            )
        measures = [self.env.ref(name, raise_if_not_found=False) for name in MEASURES]
        if self.uom_id.relative_uom_id or any(uom and self.uom_id._has_common_reference(uom) for uom in measures):
            return self.env._(
                "%s does not count single pieces. Choose a unit of measure that does, such as Units.", self.uom_id.name
            )
        return None

    @api.depends("serial_format_example")
    def _compute_serial_format(self):
        for template in self:
            example = naming.clean(template.serial_format_example or "")
            template.serial_format = number_shape.make_format([example]) if example else template.serial_format

    def action_learn_serial_format(self):
        """Learn the format from the numbers that the product has.

        :return: True
        :raise UserError: when there are none, or they have no shape in common
        """
        outside.check_one(self)
        self.check_access("write")
        numbers = Domain("product_id.product_tmpl_id", "=", self.id) & Domain("name", "!=", False)
        units = self.env["serial.number"].search(numbers, order="id desc", limit=LEARNT_FROM)
        learnt = number_shape.make_format(units.mapped("name"))
        if not learnt:
            raise UserError(
                self.env._(
                    "No format fits all of the %(count)s numbers of %(product)s that were looked at. Enter an example.",
                    count=len(units),
                    product=self.display_name,
                )
            )
        self.write({"serial_format_example": units[:1].name, "serial_format": learnt})
        return True

    @api.constrains("serial_format")
    def _check_serial_format(self):
        for template in self.filtered("serial_format"):
            try:
                fault = pattern.find_fault(template.serial_format)
            except (re.error, OverflowError, RecursionError) as error:
                raise ValidationError(
                    self.env._(
                        "The serial number format of %(product)s is no regular expression: %(error)s",
                        product=template.display_name,
                        error=error,
                    )
                ) from error
            if fault:
                raise ValidationError(template._describe_format_fault(fault))

    def _describe_format_fault(self, fault):
        """Say what is wrong with the format of numbers.

        :param str fault: what :func:`.serial_format.find_fault` returned
        """
        if fault == "slow":
            return self.env._(
                "The serial number format of %(product)s could take forever on a wrong number: repeats of the "
                "same characters stand inside each other, or side by side. Say how many there are, or put "
                "something else between them, as in [A-Z]+-[0-9]+.",
                product=self.display_name,
            )
        if fault == "too_deep":
            return self.env._(
                "The serial number format of %(product)s has more than %(limit)s parentheses inside each other. Leave "
                "out those that it does not need.",
                product=self.display_name,
                limit=pattern.MAX_NESTING,
            )
        return self.env._(
            "The serial number format of %(product)s has more than %(limit)s characters. Shorten it.",
            product=self.display_name,
            limit=pattern.MAX_LENGTH,
        )

    @api.constrains("warranty_months", "vendor_warranty_months")
    def _check_warranty_months(self):
        for template in self:
            months = template.warranty_months, template.vendor_warranty_months
            if not all(0 <= number <= MONTHS_LIMIT for number in months):
                raise ValidationError(self.env._("A warranty lasts 0 to %s months.", MONTHS_LIMIT))

    @api.model_create_multi
    def create(self, vals_list):
        """Give each piece on hand its unit; a copied product has none."""
        templates = super().create(vals_list)
        placeholders.create_missing(templates.filtered("is_serialized").product_variant_ids)
        return templates

    def write(self, vals):
        """Switch on: give each piece on hand its unit. Switch off: refuse while a unit is in stock.

        A product with lots can be switched off at any time: its lots are there, and are adopted when it is switched on
        again. Another company: refuse while units of the old one are there, in stock or not.
        """
        if "is_serialized" in vals and not vals["is_serialized"]:
            self.filtered("is_serialized")._check_switch_off()
        self._check_serial_company(vals.get("company_id"))
        if "tracking" in vals and not hear(self.env, give_lots.GIVING):
            self.filtered(lambda template: template.tracking != vals["tracking"])._check_serial_tracking()
        result = super().write(vals)
        if vals.get("is_serialized"):
            self._take_stock_in()
        return result

    def _take_stock_in(self):
        """Give each piece on hand its unit: lots become units, and pieces without lot wait for their numbers."""
        products = self.with_context(active_test=False).product_variant_ids
        with_lots = products.filtered(lambda product: product._has_serial_lots())
        placeholders.create_missing(products - with_lots)
        if not with_lots:
            return
        if fraction := placeholders.find_fraction(with_lots):  # a job would find it when all else is done
            raise UserError(fraction)
        count = self.env["stock.lot"].sudo().search_count([("product_id", "in", with_lots.ids)], limit=adopt.BATCH + 1)
        if count <= adopt.BATCH or not with_lots.product_tmpl_id._queue_adoption():
            adopt.Adoption(with_lots).run()

    def action_serial_lots(self):
        """Open the window that says what becomes of lots and units before it is done.

        Of a product with lots, they become units; of one that is followed without lots, its units get some.

        :return: the window's action
        :raise AccessError: for others than managers of serial numbers
        """
        outside.check_one(self)
        self.env["serial.number"]._check_manager()
        self.check_access("read")
        window = self.env["serial.adopt"].create({"product_tmpl_id": self.id})
        return {
            "name": self.env._("Give Lots to Units") if window.is_giving else self.env._("Follow Its Lots"),
            "type": "ir.actions.act_window",
            "res_model": window._name,
            "res_id": window.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _check_serial_tracking(self):
        """Refuse another tracking while units are in stock: their quants would have no lots, or lots nobody follows.

        :raise UserError: with what to do instead
        """
        for template in self.filtered("is_serialized"):
            domain = template._get_serial_domain() & self.env["serial.number"]._get_in_stock_domain()
            if self.env["serial.number"].sudo().search_count(domain, limit=1):
                raise UserError(
                    self.env._(
                        "%s has units in stock. Press Give Lots to Units to have Odoo track it by unique serial "
                        "number; to track it by quantity, switch off Track Serialized Units first.",
                        template.display_name,
                    )
                )

    def _check_switch_off(self):
        for template in self.filtered(lambda template: template.tracking != "serial"):
            domain = template._get_serial_domain() & self.env["serial.number"]._get_in_stock_domain()
            units = self.env["serial.number"].sudo().search(domain, limit=5)
            if units:
                raise UserError(
                    self.env._(
                        "%(product)s has units in stock (%(units)s ...): it stays serialized until they have left.",
                        product=template.display_name,
                        units=", ".join(units.mapped("display_name")),
                    )
                )

    def _get_serial_named(self):
        # EXTENDS 'serial.reference.mixin'
        return self.with_context(active_test=False).product_variant_ids

    def _get_serial_domain(self):
        # EXTENDS 'serial.button.mixin'
        return self.with_context(active_test=False).product_variant_ids._get_serial_domain()

    def _count_serials_kept(self):
        # EXTENDS 'serial.kept.button.mixin'
        variants = {template: template.with_context(active_test=False).product_variant_ids for template in self}
        counts = self.env["product.product"].union(*variants.values())._count_serials_kept()
        return {
            template: sum((counts[product] for product in products), Counter())
            for template, products in variants.items()
        }

    def get_serial_setup_action(self):
        """Return the question that follows switching a product with stock to serialized.

        :return: the action of the ``serial.setup`` wizard, or False when every piece has its number
        """
        outside.check_one(self)
        return self.product_variant_ids.get_serial_setup_action()
