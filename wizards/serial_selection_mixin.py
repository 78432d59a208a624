from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class SerialSelectionMixin(models.AbstractModel):
    """A window that begins with the units that are selected in the register.

    They are no field of its form: a browser would hold, compare and send back each of thousands of them. The selection
    is in the context that the window was opened with, and is written down when the window is saved.
    """

    _name = "serial.selection.mixin"
    _inherit = ["serial.guard.mixin"]
    _description = "Selected Serial Numbers"

    serial_ids = fields.Many2many("serial.number", string="Units", required=True)

    selected_company_ids = fields.Many2many(
        "res.company", string="Companies of the Units", compute="_compute_selected_company_ids", compute_sudo=True
    )

    @api.depends("serial_ids")
    def _compute_selected_company_ids(self):
        for window in self:
            units = window._get_chosen_units()
            groups = units._read_group([("id", "in", units.ids)], ["company_id"])
            window.selected_company_ids = units.company_id.browse(company.id for (company,) in groups)

    @api.model
    def default_get(self, fields):
        """Begin with the selected units."""
        defaults = super().default_get(fields)
        units = self._get_selected_units()
        if "serial_ids" in fields and units:
            defaults["serial_ids"] = [Command.set(units.ids)]
        return defaults

    def _get_selected_units(self):
        """Return the units that are selected in the register; none when the window opens from elsewhere."""
        context = self.env.context
        ids = context.get("active_ids", []) if context.get("active_model") == "serial.number" else []
        if given := context.get("default_serial_ids"):  # ids, or commands
            ids = self._fields["serial_ids"].convert_to_cache(given, self.browse())
        return self.env["serial.number"].browse(ids)

    def _get_chosen_units(self):
        """Return the units that the window is about, also before it is saved."""
        units = self.serial_ids._origin
        return units if units or self._origin else self._get_selected_units()

    def _check_selected(self):
        """Refuse to begin without a unit.

        :raise UserError: when none is selected, or the user may not see one of them any more
        """
        if not self.serial_ids:
            raise UserError(self.env._("No unit is selected. Close this window, and select the units first."))
