"""Automation rules that note what they see."""

from odoo.addons.serial_number_tracking.tests.common import SerialCommon

CODE = """
old = (env.context.get('old_values') or {}).get(record.id, {})
env['res.partner'].create({
    'name': '%s %s -> %s' % (record.name or '-', old.get(FIELD), record[FIELD]), 'ref': 'rule'
})
"""


class RuleCommon(SerialCommon):
    """Automation rules that tell what they see: old value -> new value."""

    def _watch(self, trigger="on_write", field="status", **vals):
        """Make a rule for a field of units that notes what it was and is."""
        target = self.env["ir.model"]._get("serial.number")
        fields = self.env["ir.model.fields"]._get("serial.number", field)
        code = CODE.replace("FIELD", repr(field))
        action = self.env["ir.actions.server"].create(
            {"name": "Tell", "model_id": target.id, "state": "code", "code": code}
        )
        if trigger == "on_write":
            vals["trigger_field_ids"] = fields.ids
        return self.env["base.automation"].create(
            {"name": "Rule", "model_id": target.id, "trigger": trigger, "action_server_ids": action.ids, **vals}
        )

    def _told(self):
        """Return what the rule has told since the last time."""
        told = self.env["res.partner"].search([("ref", "=", "rule")], order="id")
        texts = told.mapped("name")
        told.unlink()
        return texts
