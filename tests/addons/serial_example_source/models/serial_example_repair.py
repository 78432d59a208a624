from odoo import fields, models


class SerialExampleRepair(models.Model):
    _name = "serial.example.repair"
    _inherit = ["serial.source.mixin"]
    _description = "Repair"
    _serial_fields = {"partner": "partner_id", "quantity": "quantity"}
    _serial_button = "action_done"

    name = fields.Char(required=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    partner_id = fields.Many2one("res.partner", required=True)
    product_id = fields.Many2one("product.product", required=True)
    quantity = fields.Float(default=1)
    state = fields.Selection([("draft", "New"), ("done", "Done")], default="draft")

    def _serial_flow(self):
        return self.env["serial.number"]._get_flow("repair")

    def action_done(self):
        asked = self._ask_serials_first()
        if asked is not True:
            return asked
        self.state = "done"
        return self._book_serials()
