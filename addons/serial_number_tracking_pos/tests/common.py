"""A till, a cashier, and orders as the till sends them."""

from uuid import uuid4

from odoo import fields
from odoo.tests import new_test_user

from odoo.addons.serial_number_tracking.tests.common import SerialCommon


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
        product, quantity = product or self.product, len(names) if quantity is None else quantity
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

    def _sync(self, *lines, partner=None, invoice=False, **vals):
        """Send a paid order as the till does, and return it."""
        session, total = self._open(), sum(line["price_subtotal_incl"] for line in lines)
        order = {
            "uuid": str(uuid4()),
            "access_token": str(uuid4()),
            "state": "paid",
            "session_id": session.id,
            "company_id": self.company.id,
            "user_id": self.cashier.id,
            "partner_id": partner.id if partner else False,
            "pricelist_id": False,
            "fiscal_position_id": False,
            "pos_reference": f"{self.config.id}-{uuid4().hex[:6]}",
            "sequence_number": 1,
            "date_order": fields.Datetime.to_string(fields.Datetime.now()),
            "amount_total": total,
            "amount_paid": total,
            "amount_tax": 0,
            "amount_return": 0,
            "is_refund": total < 0,
            "to_invoice": invoice,
            "lines": [(0, 0, line) for line in lines],
            "payment_ids": [
                (0, 0, {"amount": total, "payment_method_id": self.method.id, "name": fields.Datetime.now()})
            ],
            **vals,
        }
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
