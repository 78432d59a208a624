from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, new_test_user
from odoo.tools import mute_logger

TABLES = ("stock_move_line", "stock_move", "stock_quant", "stock_lot")


class AtOnceCommon(BaseCase):
    """Two users do the same at the same moment, on two real connections; what they commit is deleted afterwards.

    The second transaction takes its snapshot before the first commits, so that it cannot see what the first did.
    Both work at different locations, so that they meet at the unit and not at Odoo's quantities.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self._clean)
        with self.registry.cursor() as cr:
            env = self._env(cr, SUPERUSER_ID)
            self.warehouse = env["stock.warehouse"].search([], limit=1)
            self.stock, self.supplier = self.warehouse.lot_stock_id.id, env.ref("stock.stock_location_suppliers").id
            self.customer = env.ref("stock.stock_location_customers").id
            self.shelf = env["stock.location"].create({"name": "Two at Once", "location_id": self.stock}).id
            self.partner = env["res.partner"].create({"name": "Two at Once"}).id
            self.product = (
                env["product.product"].create({"name": "Two at Once", "is_storable": True, "is_serialized": True}).id
            )
            self.clerk = new_test_user(env, "two at once", "stock.group_stock_user").id
            self.types = {"in": self.warehouse.in_type_id.id, "out": self.warehouse.out_type_id.id}

    def _env(self, cr, uid=None):
        return api.Environment(cr, uid or self.clerk, {"tracking_disable": True})

    def _clean(self):
        """Delete all that the test committed."""
        with self.registry.cursor() as cr:
            env = self._env(cr, SUPERUSER_ID)
            units = "SELECT id FROM serial_number WHERE product_id = %s"
            cr.execute(f"DELETE FROM serial_event WHERE serial_id IN ({units})", [self.product])
            cr.execute(f"DELETE FROM serial_identity WHERE serial_id IN ({units})", [self.product])
            cr.execute(f"DELETE FROM serial_number_stock_move_rel WHERE serial_number_id IN ({units})", [self.product])
            cr.execute("DELETE FROM serial_number WHERE product_id = %s", [self.product])
            pickings = env["stock.picking"].search([("partner_id", "=", self.partner)])
            for table in TABLES:
                cr.execute(f"DELETE FROM {table} WHERE product_id = %s", [self.product])
            cr.execute("DELETE FROM stock_picking WHERE id = ANY(%s)", [pickings.ids])
            env.invalidate_all()
            orders = env["sale.order"].search([("partner_id", "=", self.partner)])
            cr.execute("UPDATE sale_order SET state = 'cancel' WHERE id = ANY(%s)", [orders.ids])
            orders.unlink()
            messages = [("model", "=", "stock.picking"), ("res_id", "in", pickings.ids)]
            env["mail.message"].search(messages).unlink()
            env["product.product"].browse(self.product).product_tmpl_id.unlink()
            env["stock.location"].browse(self.shelf).unlink()
            user = env["res.users"].browse(self.clerk)
            partners = user.partner_id | env["res.partner"].browse(self.partner)
            user.unlink()
            partners.unlink()

    def _prepare(self, kind, place, names, done=False):
        """Commit a transfer at a place with its numbers entered; return its id."""
        source, target = (self.supplier, place) if kind == "in" else (place, self.customer)
        with self.registry.cursor() as cr:
            picking = self._env(cr)["stock.picking"].create(
                {
                    "picking_type_id": self.types[kind],
                    "partner_id": self.partner,
                    "location_id": source,
                    "location_dest_id": target,
                    "move_ids": [
                        Command.create(
                            {
                                "product_id": self.product,
                                "product_uom_qty": len(names),
                                "location_id": source,
                                "location_dest_id": target,
                            }
                        )
                    ],
                }
            )
            picking.action_confirm()
            picking.move_ids.quantity = len(names)
            if any(names):
                picking.move_ids.assign_serials(names)
            else:
                picking.move_ids._write_serial_draft([], blanks=True)
            if done:
                picking.button_validate()
            return picking.id

    def _race(self, first, second):
        """Do both at once: the second begins before the first is committed, and fails. It is not committed.

        :param first: what the first does, given its environment
        :param second: what the second does, given its environment; it is expected to fail
        """
        with self.registry.cursor() as late:
            late.execute("SELECT count(*) FROM serial_number")  # its snapshot
            with self.registry.cursor() as early:
                first(self._env(early))
            with mute_logger("odoo.sql_db"):
                second(self._env(late))
            late.rollback()

    def _validate(self, picking):
        def act(env):
            env["stock.picking"].browse(picking).button_validate()
            env.flush_all()

        return act

    def _statuses(self):
        with self.registry.cursor() as cr:
            units = self._env(cr)["serial.number"].search([("product_id", "=", self.product)], order="id")
            return units.mapped(lambda unit: (unit.name, unit.status))
