from odoo import fields, models

from ..engine import outside


class SerialRecallClose(models.TransientModel):
    """Ask before a recall ends."""

    _name = "serial.recall.close"
    _inherit = ["serial.guard.mixin"]
    _description = "Close Recall"

    recall_id = fields.Many2one("serial.recall", required=True, readonly=True, ondelete="cascade")
    remaining = fields.Text(related="recall_id.remaining")
    held_count = fields.Integer(related="recall_id.held_count")
    release = fields.Boolean(
        "Release the units on hold", help="The units that this recall put on hold become available again."
    )

    def action_confirm(self):
        """End the recall.

        :return: the action that closes the dialog
        :raise UserError: when somebody has ended it meanwhile
        """
        outside.check_one(self)
        self.recall_id._check_manager()
        self.recall_id._check_state("open")
        self.recall_id._close(self.release)
        return {"type": "ir.actions.act_window_close"}
