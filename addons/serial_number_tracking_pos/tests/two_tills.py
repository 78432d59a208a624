"""Two tills that send orders at the same moment, on two real connections."""

from copy import deepcopy

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID

from odoo.addons.serial_number_tracking.tests.common.at_once import AtOnceCommon

from .common import prepare_line, prepare_order


class TwoTillsCommon(AtOnceCommon):
    """Two tills send orders about the same unit at the same moment, on two real connections."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self._clean_tills)
        with self.registry.cursor() as cr:
            env = self._env(cr, SUPERUSER_ID)
            self.journals = env["account.journal"].search([]).ids
            env["res.users"].browse(self.clerk).group_ids |= env.ref("point_of_sale.group_pos_user")
            product = env["product.product"].browse(self.product)
            product.write({"available_in_pos": True, "taxes_id": False, "list_price": 10})
            self.method = env["pos.payment.method"].create({"name": "Two at Once"}).id
            vals = {"name": "Two at Once", "payment_method_ids": [(6, 0, [self.method])]}
            self.configs = env["pos.config"].create([vals, vals]).ids
        self.sessions = [self._open(config) for config in self.configs]

    def _open(self, config):
        with self.registry.cursor() as cr:
            config = self._env(cr)["pos.config"].browse(config)
            config.open_ui()
            session = config.current_session_id
            session.set_opening_control(0, "")
            session.sudo().update_stock_at_closing = False
            return session.id

    def _clean_tills(self):
        """Delete what the tills committed, and what was told of it."""
        with self.registry.cursor() as cr:
            env = self._env(cr, SUPERUSER_ID)
            units = env["serial.number"].search([("product_id", "=", self.product)])
            env["mail.activity"].search([("res_model", "=", "serial.number"), ("res_id", "in", units.ids)]).unlink()
            orders = env["pos.order"].search([("session_id", "in", self.sessions)])
            orders.picking_ids.activity_ids.unlink()
            orders.lines.pack_lot_ids.unlink()
            cr.execute("DELETE FROM pos_payment WHERE pos_order_id = ANY(%s)", [orders.ids])
            cr.execute("DELETE FROM pos_order WHERE id = ANY(%s)", [orders.ids])
            cr.execute("DELETE FROM pos_session WHERE id = ANY(%s)", [self.sessions])
            env.invalidate_all()
            env["pos.config"].browse(self.configs).unlink()
            env["pos.payment.method"].browse(self.method).unlink()
            env["account.journal"].search([("id", "not in", self.journals)]).unlink()

    def _prepare_till(self, till, names=("A1",), refunded=False):
        """Return what a till is about to send: a paid order of units, or their refund."""
        with self.registry.cursor() as cr:
            env = self._env(cr)
            session, product = (
                env["pos.session"].browse(self.sessions[till]),
                env["product.product"].browse(self.product),
            )
            method, sold = env["pos.payment.method"].browse(self.method), env["pos.order"].browse(refunded or []).lines
            line = prepare_line(product, names, -len(names) if sold else len(names), refunded=sold)
            return prepare_order(session, method, [line], user_id=self.clerk, partner_id=self.partner, to_invoice=False)

    def _send(self, order):
        def act(env):
            sent = env["pos.order"].sync_from_ui([deepcopy(order)])
            env.flush_all()
            return next(row["id"] for row in sent["pos.order"] if row["uuid"] == order["uuid"])

        return act

    def _sell(self, names=("A1",)):
        """Commit what the first till sold; return its order."""
        with self.registry.cursor() as cr:
            return self._send(self._prepare_till(0, names))(self._env(cr))

    def _send_at_once(self, first, second):
        """Send both at once; the second is tried again, as the request layer does it, and both are committed.

        :return: the ids of both orders
        """
        ids = []

        def lose(env):
            with self.assertRaises(SerializationFailure):
                self._send(second)(env)

        self._race(lambda env: ids.append(self._send(first)(env)), lose)

        with self.registry.cursor() as cr:
            return [*ids, self._send(second)(self._env(cr))]

    def _assert_complete(self, *orders, waiting=()):
        """The orders are paid, their goods left or came but for those that wait, and units add up to the stock."""
        with self.registry.cursor() as cr:
            env = self._env(cr, SUPERUSER_ID)
            for order in env["pos.order"].browse(orders):
                state = "assigned" if order.id in waiting else "done"
                self.assertEqual((order.state, order.picking_ids.mapped("state")), ("paid", [state]))
            units = env["serial.number"].search([("product_id", "=", self.product)])
            here = units.filtered(lambda unit: unit.location_id.is_serial_stock)
            on_hand = env["product.product"].browse(self.product).qty_available
            self.assertEqual(len(here) - len(units.filtered("uncovered")), on_hand)

    def _get_waiting(self):
        """Return what waits on the worklist: of each unit its order, and what somebody was told."""
        with self.registry.cursor() as cr:
            units = self._env(cr, SUPERUSER_ID)["serial.number"].search(
                [("product_id", "=", self.product), ("needs_number", "=", True)]
            )
            return [(unit.pos_order_id.id, unit.activity_ids.note) for unit in units]

    def _get_told(self, order):
        """Return what people were told of the transfers of an order."""
        with self.registry.cursor() as cr:
            activities = self._env(cr, SUPERUSER_ID)["pos.order"].browse(order).picking_ids.activity_ids
            return activities.mapped("note")
