from odoo.addons.serial_number_tracking.tests.common.base import SerialCommon


class RepairCommon(SerialCommon):
    """Phones with their own batteries, repaired by the clerk."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.warranty_months = 24
        cls.part = cls._make_product("Battery")

    def _make_repair(self, unit, **vals):
        return self.env["repair.order"].with_user(self.clerk).create({"serial_id": unit.id, **vals})

    def _add_line(self, repair, kind="add", quantity=1, **vals):
        vals = {"repair_id": repair.id, "repair_line_type": kind, "product_id": self.part.id, **vals}
        return repair.env["stock.move"].create({**vals, "product_uom_qty": quantity})

    def _begin(self, repair):
        repair.action_validate()
        if repair.state == "draft":  # Odoo says that the unit is not here
            repair._action_repair_confirm()
        repair.action_repair_start()
        for move in repair.move_ids:
            move.quantity = move.product_uom_qty

    def _end(self, repair, names=None, blanks=True):
        """End the repair; enter ``{kind of line: numbers}`` in the window where it opens."""
        result = repair.action_repair_end()
        if isinstance(result, dict) and result.get("res_model") == "serial.entry":
            entry = self._entry(result, repair)
            for line in entry.line_ids:
                checks = line.add_serials((names or {}).get(line.move_id.repair_line_type, []))
                self.assertEqual([check["message"] for check in checks if not check["ok"]], [])
                if line.missing and blanks:
                    line.use_blanks()
            entry.action_confirm()
        self.assertEqual(repair.state, "done")
