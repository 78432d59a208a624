from odoo import fields, models


class SerialReturn(models.TransientModel):
    _inherit = "serial.return"

    def _create_returns(self):
        """Make the repair orders of the units that are to be repaired."""
        # EXTENDS 'serial_number_tracking'
        units = self.line_ids.filtered(lambda line: line.is_selected and line.remedy == "repair").serial_id
        returns = super()._create_returns()
        for unit in units:
            came = returns.filtered(lambda picking: picking.return_id == unit.delivery_move_id.picking_id)  # noqa: B023
            self.env["repair.order"].create({"serial_id": unit.id, "picking_id": came[:1].id})
        return returns

    def take_back(self):
        """Confirm the repair orders of the units that are here now."""
        # EXTENDS 'serial_number_tracking'
        units = self.line_ids.filtered(lambda line: line.is_selected and line.remedy == "repair").serial_id
        made = super().take_back()
        repairs = self.env["repair.order"].search([("serial_id", "in", units.ids), ("state", "=", "draft")])
        here = repairs.filtered(lambda repair: repair.picking_id.state == "done")
        here._action_repair_confirm()
        title = {"title": self.env._("Repair order")}
        return [*made, *(self._describe_made("repair", repair) | title for repair in here)]


class SerialReturnLine(models.TransientModel):
    _inherit = "serial.return.line"

    remedy = fields.Selection(selection_add=[("repair", "Repair, then send back")], ondelete={"repair": "set default"})
