from dataclasses import replace

from odoo import api, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)


class SerialNumber(models.Model):
    _inherit = "serial.number"

    @api.model
    def _serial_kinds(self):
        kinds = super()._serial_kinds()
        adjusted = next(kind for kind in kinds if kind.code == "adjusted")
        labels = {"produced": _lt("Produced"), "consumed": _lt("Consumed"), "recovered": _lt("Recovered")}
        return [*kinds, *(replace(adjusted, code=code, label=label) for code, label in labels.items())]

    @api.model
    def _serial_flows(self):
        """Add what production makes, and what comes back when it is taken apart; that came from no vendor now."""
        flows = {flow.code: flow for flow in super()._serial_flows()}
        comes = replace(flows["adjust_in"], wants=())
        flows["produce"] = replace(comes, code="produce", kind="produced", deed=_lt("Produce"))
        flows["recover"] = replace(comes, code="recover", kind="recovered", fills=(), deed=_lt("Recover"))
        flows["consume"] = replace(flows["consume"], kind="consumed", way="move", wants=(), proposes=("brought",))
        return list(flows.values())

    def _find_refusal(self, line, flow, partner):
        """Let an unbuild order of a manufacturing order take apart what that has made."""
        found = super()._find_refusal(line, flow, partner)
        order = line.mo_id if line is not None and line._name == "mrp.unbuild" else None
        if not order:
            return found
        text = self.env._("%(serial)s was not made by %(order)s. Choose one that was, or unbuild without the order.")
        others = self - order.sudo()._get_finished_serials()
        return {unit.id: text % {"serial": unit.display_name, "order": order.name} for unit in others} | found
