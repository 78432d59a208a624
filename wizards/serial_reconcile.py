from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..engine import lot_cover, outside, scan, swap
from ..tools import naming


class SerialReconcile(models.TransientModel):
    """The window to choose the units that are not in stock any more, whatever the register says."""

    _name = "serial.reconcile"
    _inherit = ["serial.guard.mixin"]
    _description = "Choose Units that are Gone"

    purpose = fields.Selection(
        [("uncovered", "They left without serial"), ("surplus", "More units than on hand")],
        required=True,
        readonly=True,
    )
    product_id = fields.Many2one("product.product", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    limit = fields.Integer("To Choose", compute="_compute_limit", help="How many units more the register has.")
    serial_ids = fields.Many2many(
        "serial.number",
        string="Units that are Gone",
        domain=lambda self: (
            "[('product_id', '=', product_id), ('company_id', '=', company_id), ('status', 'in', "
            f"{self._get_gone_statuses()!r}), ('location_id.is_serial_stock', '=', True)]"
            " + ([('name', '!=', False)] if purpose == 'uncovered' else [])"
        ),
    )
    scan = fields.Char(store=False, help="A serial number, or a label: its unit is chosen at once.")
    answer = fields.Char(readonly=True, store=False)
    reason = fields.Char(help="Kept in the history of every unit that changes.")

    @api.model
    def _get_gone_statuses(self):
        """Return the statuses of units that can be gone although they are said to be in stock."""
        return self.env["serial.number"]._get_serial_rules().find(lambda status: status.in_stock is not False)

    @api.model
    def _open(self, row, purpose):
        """Open the window for a row of the reconciliation.

        :return: the window's action
        :raise UserError: when there is nothing to choose
        """
        window = self.create({"purpose": purpose, "product_id": row.product_id.id, "company_id": row.company_id.id})
        if not window.limit:
            raise UserError(self.env._("There is nothing to close here for %s.", row.product_id.display_name))
        return {
            "name": self.env._("Choose the Units that are Gone"),
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": window.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    @api.depends("purpose", "product_id", "company_id")
    def _compute_limit(self):
        for window in self:
            row = window._get_row()
            limit = row.uncovered if window.purpose == "uncovered" else -row.difference
            window.limit = max(0, round(limit))

    @api.onchange("scan")
    def _onchange_scan(self):
        """Choose the unit that was scanned, or say why it cannot be one of these."""
        text, self.scan = naming.clean_text(self.scan), False
        if text:
            self.answer = self._choose_scanned(text)

    def _choose_scanned(self, text):
        wanted = scan.find_wanted(self.env["serial.number"], [text], self._get_own_domain())[0]
        name, units = wanted.name, wanted.units
        if wanted.message:
            return wanted.message
        if not units:
            return self.env._(
                "%(serial)s is no unit of %(product)s. Nothing was chosen.",
                serial=name,
                product=self.product_id.display_name,
            )
        if units._origin in self.serial_ids._origin:
            return self.env._("%s is chosen already.", name)
        if fault := self._find_fault(units):
            return fault
        if len(self.serial_ids) >= self.limit:
            return self.env._("%(serial)s is one too many: %(limit)s are to be chosen.", serial=name, limit=self.limit)
        self.serial_ids |= units
        return self.env._("%s is chosen.", name)

    def _get_own_domain(self):
        return Domain("product_id", "=", self.product_id.id) & Domain("company_id", "=", self.company_id.id)

    def _get_row(self):
        """Return the figures as they are now: what was read of them before says nothing any more."""
        rows = self.env["serial.reconciliation"]
        rows.invalidate_model()
        return rows.search([("product_id", "=", self.product_id.id), ("company_id", "=", self.company_id.id)])

    def action_apply(self):
        """Void the chosen units and take them out of stock; each ends one mark of an uncovered unit.

        :return: the action that closes the dialog
        :raise AccessError: for others than managers
        :raise UserError: when none or too many are chosen, one cannot be gone, or the reason is missing
        """
        outside.check_one(self)
        self.env["serial.number"]._check_manager()
        self.invalidate_recordset(["limit"])
        self._check_choice()
        units = self.serial_ids.sudo()
        marked = self._clear_marks(units) if self.purpose == "uncovered" else units
        swap.leave_stock(units, self.reason)
        if self.product_id._has_serial_lots():
            lot_cover.take_out(units, marked)
        return {"type": "ir.actions.act_window_close"}

    def _check_choice(self):
        if not naming.clean(self.reason):
            raise UserError(self.env._("Enter the reason: people who meet these units will ask for it."))
        if not 0 < len(self.serial_ids) <= self.limit:
            raise UserError(
                self.env._(
                    "%(product)s: choose 1 to %(limit)s units; %(count)s are chosen.",
                    product=self.product_id.display_name,
                    limit=self.limit,
                    count=len(self.serial_ids),
                )
            )
        for unit in self.serial_ids:
            self._check_unit(unit)

    def _check_unit(self, unit):
        if fault := self._find_fault(unit):
            raise UserError(fault)

    def _find_fault(self, unit):
        """Return why a unit cannot be one of those that are gone, or None."""
        mine = unit.product_id == self.product_id and unit.company_id == self.company_id
        in_stock = unit.location_id.is_serial_stock
        named = unit.name or self.purpose == "surplus"
        if mine and in_stock and named and unit.status in self._get_gone_statuses():
            return None
        return self.env._(
            "%(serial)s (%(product)s) cannot be one of these (%(state)s). Choose another unit.",
            serial=unit.display_name,
            product=unit.product_id.display_name,
            state=unit._describe_state(),
        )

    def _clear_marks(self, units):
        """End as many marks as units are gone: their own, those of units that have a number now, the oldest ones.

        :return: the units that had been marked
        """
        mine = Domain(
            [("product_id", "=", self.product_id.id), ("company_id", "=", self.company_id.id), ("uncovered", "=", True)]
        )
        marked = units.browse().search(mine, order="id")
        marked = marked.sorted(lambda unit: (unit not in units, not unit.name))[: len(units)]
        swap.end_uncovered(marked, units)
        return marked
