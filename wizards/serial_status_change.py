from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.serial_number import MANAGER

ACTIONS = [
    ("hold", "Put on hold"),
    ("release", "Release"),
    ("designate", "Designate to a customer"),
    ("void", "Void"),
    ("restore", "Restore"),
]
MANAGERS_ONLY = ("void", "restore")


class SerialStatusChange(models.TransientModel):
    """Change the status of selected units."""

    _name = "serial.status.change"
    _inherit = ["serial.selection.mixin"]
    _description = "Change Status of Serial Numbers"

    count = fields.Integer("Selected Units", compute="_compute_count")
    action = fields.Selection(ACTIONS, required=True, default="hold")
    hold_reason_id = fields.Many2one("serial.hold.reason", "Reason for Hold")
    hold_until = fields.Date("On Hold until", help="The last day on hold; the units are released the day after.")
    reason = fields.Char("Details", help="Shown in the history, and wherever somebody tries to sell the units.")
    promises = fields.Text("Taken from Orders", compute="_compute_promises")
    order_id = fields.Many2one("sale.order", "Sales Order", help="Its delivery proposes the units.")
    partner_id = fields.Many2one("res.partner", "Customer", compute="_compute_partner_id", store=True, readonly=False)
    product_ids = fields.Many2many("product.product", compute="_compute_count")

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Offer what only managers may do to nobody else.

        :return: as for every model
        """
        # EXTENDS 'base'
        result = super().fields_get(allfields, attributes)
        if "selection" in result.get("action", {}) and not self.env.user.has_group(MANAGER):
            choices = result["action"]["selection"]
            result["action"]["selection"] = [choice for choice in choices if choice[0] not in MANAGERS_ONLY]
        return result

    @api.depends("serial_ids")
    def _compute_count(self):
        for change in self:
            change.count = len(change.serial_ids)
            change.product_ids = change.serial_ids.product_id

    @api.depends("order_id")
    def _compute_partner_id(self):
        for change in self:
            change.partner_id = change.order_id.partner_id or change.partner_id

    @api.depends("serial_ids", "action")
    def _compute_promises(self):
        for change in self:
            promises = change.serial_ids._origin._get_promises() if change.action in ("hold", "void") else {}
            change.promises = "\n".join(
                f"{order.display_name} ({order.partner_id.display_name}): {'; '.join(units._describe())}"
                for order, units in promises.items()
            )

    def action_apply(self):
        """Do it to all selected units, or to none.

        :return: the action that closes the dialog
        :raise UserError: when one of the units cannot be changed so, or a reason or a customer is missing
        """
        self.ensure_one()
        self._check_selected()
        if self.action in ("hold", "void") and not (self.reason or self.hold_reason_id):
            raise UserError(self.env._("Enter the reason: people who meet these units will ask for it."))
        units = self.serial_ids
        if self.action == "designate" and self.order_id:
            self.order_id._designate_serials(units)
        elif self.action == "designate":
            units.action_designate(self.partner_id)
        elif self.action == "hold":
            units.action_hold(self.hold_reason_id, until=self.hold_until, detail=self.reason)
        elif self.action == "void":
            units.action_void(self.reason)
        else:
            getattr(units, f"action_{self.action}")()
        return {"type": "ir.actions.act_window_close"}
