from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.recall import RecallCommon

ADDON = "serial_number_tracking"
# Foreign keys that refuse a deletion, whatever ends it: NO ACTION and RESTRICT.
REFUSING = """
    SELECT referring.relname, key.conname FROM pg_constraint AS key
      JOIN pg_class AS referred ON referred.oid = key.confrelid
      JOIN pg_class AS referring ON referring.oid = key.conrelid
     WHERE key.contype = 'f' AND key.confdeltype IN ('a', 'r')
       AND referred.relname = ANY(%s) AND referring.relname = ANY(%s)
"""


@tagged("post_install", "-at_install")
class TestUninstall(RecallCommon):
    """The records that came with the addon go with it; a person cannot delete those that are needed."""

    def _find_data(self):
        """Return the names of the models of which the addon has records, beside Odoo's descriptions of it."""
        names = set(self.env["ir.model.data"].search([("module", "=", ADDON)]).mapped("model"))
        return [name for name in names if name in self.env and not name.startswith("ir.model")]

    def test_when_it_is_uninstalled_then_no_foreign_key_of_ours_keeps_its_records(self):
        ours = [model._table for model in self.env.values() if model._auto and model._original_module == ADDON]
        data = [self.env[model]._table for model in self._find_data()]
        self.assertIn("mail_template", data)

        self.env.cr.execute(REFUSING, [data, ours])

        self.assertFalse(self.env.cr.fetchall())

    def test_when_a_recalls_template_is_deleted_then_refused_until_the_recall_has_ended(self):
        template = self.env.ref(f"{ADDON}.mail_template_serial_recall").copy()
        self._receive(["A1"])
        recall = self._recall(["A1"], template_id=template.id)
        with self.assertRaisesRegex(UserError, f"{recall.name} writes"):
            template.unlink()
        recall.with_user(self.manager).action_cancel()

        template.unlink()

        self.assertFalse(recall.template_id)

    def test_when_the_reason_of_a_unit_on_hold_is_deleted_then_refused_until_it_is_released(self):
        reason = self.env["serial.hold.reason"].with_user(self.manager).create({"name": "Leak"})
        unit = self._receive(["A1"]).move_ids.serial_ids.with_user(self.clerk)
        unit.action_hold(reason)
        with self.assertRaisesRegex(UserError, r"Leak is why A1 \(Phone\)"):
            reason.unlink()
        unit.action_release()

        reason.unlink()
