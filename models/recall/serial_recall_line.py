from odoo import api, fields, models
from odoo.exceptions import UserError

STATES = [
    ("loose", "To put on hold"),
    ("held", "On hold"),
    ("sold", "With customer"),
    ("returned", "Returned"),
    ("void", "Void"),
    ("expected", "Not received yet"),
]


class SerialRecallLine(models.Model):
    """One unit of a recall. What became of it is read from the unit; who had it is kept, because a return clears it."""

    _name = "serial.recall.line"
    _description = "Recalled Unit"
    _order = "id"
    _log_access = False
    _rec_name = "serial_id"

    recall_id = fields.Many2one("serial.recall", required=True, index=True, readonly=True, ondelete="cascade")
    serial_id = fields.Many2one(
        "serial.number", "Unit", required=True, readonly=True, index=True, ondelete="cascade", bypass_search_access=True
    )
    product_id = fields.Many2one("product.product", readonly=True, ondelete="restrict")
    was_sold = fields.Boolean("Sold", readonly=True, help="A customer has it, or had it during the recall.")
    customer_id = fields.Many2one("res.partner", readonly=True, ondelete="restrict", index="btree_not_null")
    end_user_id = fields.Many2one("res.partner", readonly=True, ondelete="restrict", index="btree_not_null")
    holder_ids = fields.Many2many(
        "res.partner",
        "serial_recall_line_holder_rel",
        "line_id",
        "partner_id",
        "Holders",
        readonly=True,
        help="Customers and end users who have it, or had it during the recall: each is notified of it once.",
    )
    is_held = fields.Boolean("Held by the Recall", readonly=True)
    status = fields.Selection(related="serial_id.status")
    location_id = fields.Many2one(related="serial_id.location_id")
    date_sold = fields.Date(related="serial_id.date_sold")
    state = fields.Selection(STATES, "Recall Status", compute="_compute_state")
    is_notified = fields.Boolean("Notified", compute="_compute_is_notified")

    _unit_unique = models.UniqueIndex("(recall_id, serial_id)", "A unit is on a recall once.")

    @api.depends("serial_id.status", "was_sold")
    def _compute_state(self):
        statuses = self.env["serial.number"]._get_serial_rules().statuses
        for line in self:
            status = statuses.get(line.serial_id.status)
            state = status.recall if status else False
            line.state = "returned" if line.was_sold and state != "sold" else state

    @api.depends("customer_id", "end_user_id", "recall_id.notice_ids.date_notified")
    def _compute_is_notified(self):
        told = {(notice.recall_id, notice.partner_id) for notice in self.recall_id.notice_ids if notice.is_notified}
        for line in self:
            owners = (line.customer_id | line.end_user_id).commercial_partner_id
            line.is_notified = bool(owners) and all((line.recall_id, owner) in told for owner in owners)

    @api.ondelete(at_uninstall=False)
    def _unlink_if_draft(self):
        started = self.recall_id.filtered(lambda recall: recall.state != "draft")
        if started:
            raise UserError(
                self.env._(
                    "Units are taken off a recall before it starts. Cancel %s to undo it, or close it.",
                    ", ".join(started.mapped("name")),
                )
            )

    def unlink(self):
        """Take units off a recall that has not started, and with them the customers who have no other unit on it.

        :raise UserError: when the recall has started
        """
        recalls = self.recall_id
        result = super().unlink()
        recalls.sudo().notice_ids.filtered(lambda notice: not notice.unit_count).unlink()
        return result
