from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..engine import lots
from ..tools import naming
from .serial_button_mixin import LOOKUP


class StockLot(models.Model):
    _name = "stock.lot"
    _inherit = ["stock.lot", "serial.button.mixin"]

    serial_ids = fields.One2many("serial.number", "lot_id", "Units", groups=LOOKUP)
    serial_status = fields.Selection(
        lambda self: self.env["serial.number"]._fields["status"]._description_selection(self.env),
        "Status of the Unit",
        compute="_compute_serial_status",
        groups=LOOKUP,
        help="What the register of serial numbers says of the unit.",
    )

    @api.depends("serial_ids.status")
    @api.depends_context("company")
    def _compute_serial_status(self):
        for lot in self:
            own = lot.serial_ids.filtered(lambda unit: unit.company_id == self.env.company)
            lot.serial_status = (own or lot.serial_ids)[:1].status

    def _get_serial_domain(self):
        # EXTENDS 'serial.button.mixin'
        return Domain("lot_id", "in", self.ids)

    @api.constrains("name", "product_id")
    def _check_serial_number(self):
        """Refuse names of followed products that no unit can have: each lot is one unit.

        :raise ValidationError: with the names
        """
        followed = self.filtered(lambda lot: lot.product_id._has_serial_lots())
        for product, group in followed.grouped("product_id").items():
            seen = {}
            for lot in group:
                fault = naming.find_fault(naming.clean(lot.name))
                if fault:
                    raise ValidationError(product._find_serial_fault(lot.name)[1])
                others = seen.setdefault(naming.make_key(lot.name), [])
                self._check_alike(lot, others)
                others.append(lot)
            units = (
                self.env["serial.number"]
                .sudo()
                .search_fetch(
                    [("product_id", "=", product.id), ("name_key", "in", list(seen)), ("lot_id", "!=", False)],
                    ["name_key", "lot_id", "company_id"],
                )
            )
            for unit in units:
                for lot in seen[unit.name_key]:
                    self._check_alike(lot, unit.lot_id - lot)

    def _check_alike(self, lot, others):
        """Refuse a lot whose name is the number of another one that its company may use, too."""
        for other in others:
            if lots.share_company(lot.company_id, other.company_id):
                raise ValidationError(lots.message_alike(lot, other))

    def write(self, vals):
        """Let units follow a lot's new name; refuse another product or company for lots whose units have a history.

        :raise UserError: with the unit
        """
        # EXTENDS 'stock'
        units = self.sudo().serial_ids
        for name in {"product_id", "company_id"} & vals.keys():
            wrong = units.filtered(lambda unit, name=name: vals[name] and unit[name].id != vals[name])
            if wrong:
                raise UserError(
                    self.env._(
                        "%(serial)s is a unit of %(product)s and of %(company)s in the register, which its history "
                        "belongs to. Make a new lot instead.",
                        serial=wrong[0].display_name,
                        product=wrong[0].product_id.display_name,
                        company=wrong[0].company_id.display_name,
                    )
                )
        result = super().write(vals)
        if "name" in vals and units:
            lots.rename_units(units)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_stock(self):
        lots.note_deleted(self)
