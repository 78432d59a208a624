"""A till, a cashier, and orders as the till sends them."""

from uuid import uuid4

from odoo import fields
from odoo.tests import new_test_user

from odoo.addons.serial_number_tracking.tests.common import SerialCommon


def prepare_line(product, names, quantity, statuses=(), refunded=None, price=10):
    """Return a line of an order as the till sends it."""
    lots = [(0, 0, {"lot_name": name, "serial_status": dict(statuses).get(name, False)}) for name in names]
    return {
        "product_id": product.id,
        "qty": quantity,
        "price_unit": price,
        "price_subtotal": price * quantity,
        "price_subtotal_incl": price * quantity,
        "tax_ids": [],
        "pack_lot_ids": lots,
        "uuid": str(uuid4()),
        "refunded_orderline_id": refunded.id if refunded else False,
        "full_product_name": product.display_name,
    }


def prepare_order(session, method, lines, **vals):
    """Return a paid order as the till sends it."""
    total = sum(line["price_subtotal_incl"] for line in lines)
    return {
        "uuid": str(uuid4()),
        "access_token": str(uuid4()),
        "state": "paid",
        "session_id": session.id,
        "company_id": session.company_id.id,
        "pricelist_id": False,
        "fiscal_position_id": False,
        "pos_reference": f"{session.config_id.id}-{uuid4().hex[:6]}",
        "sequence_number": 1,
        "date_order": fields.Datetime.to_string(fields.Datetime.now()),
        "amount_total": total,
        "amount_paid": total,
        "amount_tax": 0,
        "amount_return": 0,
        "is_refund": total < 0,
        "lines": [(0, 0, line) for line in lines],
        "payment_ids": [(0, 0, {"amount": total, "payment_method_id": method.id, "name": fields.Datetime.now()})],
        **vals,
    }


class PosSerialCommon(SerialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.point_of_sale_update_stock_quantities = "real"
        cls.cashier = new_test_user(cls.env, "cashier", "base.group_user,point_of_sale.group_pos_user", name="Cashier")
        cash = cls.env["account.journal"].create({"name": "Till", "code": "TILL", "type": "cash"})
        cls.method = cls.env["pos.payment.method"].create({"name": "Cash", "journal_id": cash.id})
        invoices = cls.env["account.journal"].search(
            [("type", "=", "sale"), ("company_id", "=", cls.company.id)], limit=1
        )
        vals = {"name": "Shop", "payment_method_ids": [(6, 0, cls.method.ids)], "invoice_journal_id": invoices.id}
        cls.config = cls.env["pos.config"].create(vals)
        (cls.product | cls.plain).product_tmpl_id.write({"available_in_pos": True, "taxes_id": False, "list_price": 10})

    @classmethod
    def _open(cls):
        if not cls.config.current_session_id:
            cls.config.with_user(cls.cashier).open_ui()
            cls.config.current_session_id.set_opening_control(0, "")
        return cls.config.current_session_id

    def _prepare_line(self, names=(), quantity=None, product=None, statuses=(), refunded=None, price=10):
        quantity = len(names) if quantity is None else quantity
        return prepare_line(product or self.product, names, quantity, statuses, refunded, price)

    def _sync(self, *lines, partner=None, invoice=False, **vals):
        """Send a paid order as the till does, and return it."""
        partner = {"partner_id": partner.id if partner else False, "to_invoice": invoice}
        order = prepare_order(self._open(), self.method, lines, user_id=self.cashier.id, **partner, **vals)
        sent = self.env["pos.order"].with_user(self.cashier).sync_from_ui([order])
        ids = [row["id"] for row in sent["pos.order"] if row["uuid"] == order["uuid"]]
        result = self.env["pos.order"].browse(ids)
        self.assertEqual(len(result), 1)
        return result

    def _sell(self, names=(), blanks=0, partner=None, **options):
        """Sell units at the till, some without number."""
        line = self._prepare_line(names, len(names) + blanks)
        return self._sync(line, partner=partner or self.customer, **options)

    def _refund(self, order, names=(), quantity=None, statuses=(), line=None, **options):
        """Take units of an order back at the till."""
        sold = line or order.lines[0]
        quantity = -(len(names) if quantity is None else quantity)
        refund = self._prepare_line(names, quantity, sold.product_id, statuses, sold)
        return self._sync(refund, partner=order.partner_id, **options)

    def _statuses(self, *names):
        return [self._unit(name).status for name in names]


class KitCommon(PosSerialCommon):
    """A set of a phone, two batteries and a cable, where Manufacturing is installed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "mrp.bom" not in cls.env:
            cls.skipTest(cls, "Manufacturing is not installed")
        cls.cashier.group_ids |= cls.env.ref("stock.group_stock_user")  # Odoo's kits and lots ask for it
        cls.battery = cls._make_product("Battery")
        cls.kit = cls.env["product.product"].create(
            {"name": "Set", "is_storable": True, "available_in_pos": True, "taxes_id": False, "list_price": 30}
        )
        parts = [(cls.product, 1), (cls.battery, 2), (cls.plain, 1)]
        cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.kit.product_tmpl_id.id,
                "type": "phantom",
                "bom_line_ids": [(0, 0, {"product_id": part.id, "product_qty": count}) for part, count in parts],
            }
        )

    def _stock(self):
        self._receive(["A1", "A2"])
        self._receive(["B1", "B2", "B3"], product=self.battery)

    def _sell_kit(self, names, **options):
        return self._sync(self._prepare_line(names, 1, self.kit, price=30), partner=self.customer, **options)

    def _battery(self, name):
        return self.register.search([("product_id", "=", self.battery.id), ("name", "=", name)])
