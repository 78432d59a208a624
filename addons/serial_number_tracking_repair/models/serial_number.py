from dataclasses import replace

from odoo import api, fields, models
from odoo.tools import LazyTranslate

from odoo.addons.serial_number_tracking.api import ANY, NEW, SAME, Kind

_lt = LazyTranslate(__name__)
OUT = ("hold", "void", "received")  # what parts become that a repair takes out


class SerialNumber(models.Model):
    _inherit = "serial.number"

    repair_ids = fields.One2many("repair.order", "serial_id", "Repairs", groups="stock.group_stock_user")
    repair_count = fields.Integer(compute="_compute_repair_count", compute_sudo=True)

    @api.model
    def _serial_kinds(self):
        return [
            *super()._serial_kinds(),
            Kind("in_repair", _lt("Came for repair"), {ANY: (SAME,)}),
            Kind("repaired", _lt("Repaired"), {ANY: (SAME,)}),
            Kind("taken_out", _lt("Taken out"), dict.fromkeys((NEW, "void", "sold", "expected"), OUT)),
        ]

    @api.model
    def _serial_flows(self):
        """Add what a repair takes out: back into stock it waits on hold, else it is void."""
        flows = {flow.code: flow for flow in super()._serial_flows()}
        more = {"code": "salvage", "kind": "taken_out", "wants": (), "fills": (), "partner": "customer"}
        salvage = replace(flows["adjust_in"], named_to="hold", deed=_lt("Take Out"), **more)
        flows["salvage"] = salvage
        flows["discard"] = replace(salvage, code="discard", way="gone", named_to="void", blank_to=None, blanks=())
        flows["consume"] = replace(flows["consume"], way="move", wants=())
        return list(flows.values())

    def _find_refusal(self, line, flow, partner):
        """Let a repair take out what its unit contains."""
        found = super()._find_refusal(line, flow, partner)
        if flow.code not in ("salvage", "discard"):
            return found
        whole = line.sudo().repair_id.serial_id
        text = self.env._("%(serial)s is a part of %(whole)s. Check the number, or repair that unit.")
        others = self.filtered(lambda unit: unit.part_of_id and unit.part_of_id != whole)
        names = {unit.id: {"serial": unit.display_name, "whole": unit.part_of_id.display_name} for unit in others}
        return {id_: text % vals for id_, vals in names.items()} | found

    def _was_part(self):
        """Tell whether the unit was a part of another one before the last that happened to it."""
        events = self.event_ids.filtered(lambda event: event.kind not in ("corrected", "renumbered", "taken_out"))
        return events[:1].kind == "built_in"

    def _compute_repair_count(self):
        counts = dict(self.env["repair.order"]._read_group([("serial_id", "in", self.ids)], ["serial_id"], ["__count"]))
        for unit in self:
            unit.repair_count = counts.get(unit, 0)

    def action_repair(self):
        """Open a new repair order of the unit.

        :return: a window action
        """
        self.ensure_one()
        self.check_access("read")
        self.env["repair.order"].check_access("create")
        return {
            "name": self.env._("Repair Order"),
            "type": "ir.actions.act_window",
            "res_model": "repair.order",
            "view_mode": "form",
            "context": {"default_serial_id": self.id},
        }

    def action_view_repairs(self):
        """Open the repair orders of these units.

        :return: a window action
        """
        self.check_access("read")
        self.env["repair.order"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("repair.action_repair_order_tree")
        return action | {"domain": [("serial_id", "in", self.ids)], "context": {}}
