from odoo import api, fields, models

from ..engine import outside


class SerialSetup(models.TransientModel):
    """The question after a product with stock became serialized: enter its numbers now, or later?"""

    _name = "serial.setup"
    _inherit = ["serial.guard.mixin"]
    _description = "Serial Numbers of the Stock on Hand"

    product_ids = fields.Many2many("product.product", string="Products", required=True, readonly=True)
    product_names = fields.Char(compute="_compute_count")
    count = fields.Integer("Without Serial", compute="_compute_count")

    @api.depends("product_ids")
    def _compute_count(self):
        register = self.env["serial.number"]
        for setup in self:
            setup.count = register.search_count(
                setup.product_ids._get_serial_domain() & register._get_placeholder_domain()
            )
            setup.product_names = ", ".join(setup.product_ids.product_tmpl_id.mapped("name"))

    def action_enter(self):
        """Open the list of the units without number, by location, ready for typing.

        :return: a window action
        """
        outside.check_some(self)
        self.check_access("read")
        return self.product_ids.action_view_missing_serials()

    def action_later(self):
        """Leave the numbers for later: the notice on the product leads to the same list.

        :return: the action that closes the dialog
        """
        outside.check_some(self)
        self.check_access("read")
        return {"type": "ir.actions.act_window_close"}

    def _get_action(self):
        return {
            "name": self.env._("Enter serial numbers now?"),
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "medium"},
        }
