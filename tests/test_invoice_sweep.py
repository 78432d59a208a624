"""Who is on the invoice after exchanges, returns and further deliveries of its order, in every order."""

from itertools import permutations

from odoo.tests import Form, tagged

from .common.invoices import InvoiceCommon


@tagged("post_install", "-at_install")
class TestInvoicedAfterwards(InvoiceCommon):
    def _start(self, quantity=1, policy="delivery"):
        """Deliver and invoice an order; return it, its delivery and its invoice line."""
        self.product = self._make_product("Camera", taxes_id=False, invoice_policy=policy)
        self._receive(["A1", "A2", "A3", "A4"])
        order = self._sell(quantity)
        delivery = self._deliver(order, ["A1", "A2"][:quantity])
        invoice = order._create_invoices()
        invoice.action_post()
        return order, delivery, invoice.invoice_line_ids

    def _start_exchange(self, picking, to_refund=True):
        """Ask for the exchange of one unit; return the return and what goes out instead."""
        before = self.env["stock.picking"].search([])
        wizard = Form(self.env["stock.return.picking"].with_context(active_id=picking.id, active_model="stock.picking"))
        wizard = wizard.save()
        wizard.product_return_moves.write({"quantity": 1, "to_refund": to_refund})
        wizard.action_create_exchanges()
        made = self.env["stock.picking"].search([]) - before
        back = made.filtered(lambda one: picking.move_ids in one.move_ids.origin_returned_move_id)
        return back, made - back

    def _do_now(self, picking, name):
        if picking.state != "assigned":
            picking.action_assign()
        self._validate(picking, [name])
        self.assertEqual(picking.state, "done")

    def _back(self, delivery, name, to_refund=True):
        returned = self._open_return(delivery, 1)
        returned.move_ids.to_refund = to_refund
        self._do_now(returned, name)
        return returned

    def _again(self, returned, name):
        """Deliver again what came back: the return of its return."""
        again = self._open_return(returned, 1)
        again.move_ids.to_refund = True
        self._do_now(again, name)
        return again

    def _more(self, order, name):
        """Deliver one more of the order."""
        order.order_line.product_uom_qty += 1
        self._deliver(order, [name])

    def _credit(self, order):
        refund = order._create_invoices(final=True)
        refund.action_post()
        self.assertEqual(refund.move_type, "out_refund")
        return refund

    def _on(self, line):
        """Return the numbers that an invoice line stands for now."""
        return sorted(self._units().filtered(lambda unit: unit.invoice_line_id == line).mapped("name"))

    def _names(self, line):
        return sorted(line.serial_ids.mapped("name"))

    # Exchange

    def test_when_exchanged_in_any_order_then_the_replacement_is_on_the_invoice(self):
        for steps in permutations(("back", "out")):
            for to_refund in (True, False):
                with self.subTest(steps=steps, to_refund=to_refund), self.env.cr.savepoint() as savepoint:
                    _order, delivery, line = self._start()
                    transfers = dict(zip(("back", "out"), self._start_exchange(delivery, to_refund), strict=True))

                    for step in steps:
                        self._do_now(transfers[step], {"back": "A1", "out": "A2"}[step])

                    self.assertEqual(self._on(line), ["A2"])
                    self.assertEqual(line.serial_text, "A1", "the printed invoice stays as it was")
                    self.assertAddsUp()
                    savepoint.rollback()
                    self.env.invalidate_all()

    def test_when_exchanged_without_an_order_then_the_replacement_is_on_the_invoice(self):
        self._receive(["A1", "A2"])
        delivery = self._ship(["A1"])
        line = self._confirm(self._invoice(1), ["A1"]).invoice_line_ids
        back, out = self._start_exchange(delivery)

        self._do_now(back, "A1")
        self._do_now(out, "A2")

        self.assertEqual(self._on(line), ["A2"])
        (check,) = self._invoice(1).invoice_line_ids.check_serials(["A2"])
        self.assertEqual(check["code"], "sold")

    def test_when_the_replacement_is_credited_and_comes_back_then_the_credit_note_has_that(self):
        for is_back in (True, False):
            with self.subTest(is_back=is_back), self.env.cr.savepoint() as savepoint:
                _order, delivery, line = self._start()
                back, out = self._start_exchange(delivery)
                self._do_now(back, "A1")
                self._do_now(out, "A2")
                if is_back:
                    self._back(out, "A2")

                refund = line.move_id._reverse_moves()
                refund.action_post()

                self.assertEqual(self._names(refund.invoice_line_ids), ["A2"])
                self.assertEqual(self._on(line), [])
                savepoint.rollback()
                self.env.invalidate_all()

    def test_when_the_replacement_is_replaced_then_the_last_one_is_on_the_invoice(self):
        _order, delivery, line = self._start()
        for old, new in (("A1", "A2"), ("A2", "A3")):
            back, out = self._start_exchange(delivery)
            self._do_now(back, old)
            self._do_now(out, new)
            delivery = out

        self.assertEqual(self._on(line), ["A3"])

    # Return and redelivery

    def test_when_it_comes_back_and_goes_out_again_then_it_is_on_the_invoice_again(self):
        for to_refund in (True, False):
            with self.subTest(to_refund=to_refund), self.env.cr.savepoint() as savepoint:
                _order, delivery, line = self._start()
                returned = self._back(delivery, "A1", to_refund)
                self.assertEqual(self._on(line), [])

                self._again(returned, "A1")

                self.assertEqual(self._on(line), ["A1"])
                self.assertEqual(line.serial_text, "A1")
                savepoint.rollback()
                self.env.invalidate_all()

    def test_when_another_one_goes_out_again_then_that_is_on_the_invoice(self):
        _order, delivery, line = self._start()
        returned = self._back(delivery, "A1")

        self._again(returned, "A2")

        self.assertEqual(self._on(line), ["A2"])

    def test_when_it_was_credited_before_it_goes_out_again_then_the_next_invoice_has_it(self):
        order, delivery, line = self._start()
        returned = self._back(delivery, "A1")
        refund = self._credit(order)

        self._again(returned, "A1")
        self.assertEqual(self._on(line), [])
        invoice = order._create_invoices()
        invoice.action_post()

        self.assertEqual(self._on(invoice.invoice_line_ids), ["A1"])
        self.assertEqual(self._names(refund.invoice_line_ids), ["A1"])

    def test_when_it_is_credited_after_another_went_out_then_only_what_is_owed_back_is_credited(self):
        order, delivery, line = self._start(2)
        self._back(delivery, "A1")
        self._back(delivery, "A2")
        self._more(order, "A3")
        self.assertEqual(self._on(line), ["A3"])

        refund = self._credit(order)

        self.assertEqual(len(self._names(refund.invoice_line_ids)), 1)
        self.assertEqual(self._on(line), ["A3"])

    # A third delivery

    def test_when_more_is_delivered_than_invoiced_then_the_next_invoice_has_it(self):
        order, _delivery, line = self._start(2)

        self._more(order, "A3")
        self.assertEqual(self._on(line), ["A1", "A2"])
        invoice = order._create_invoices()
        invoice.action_post()

        self.assertEqual(self._on(invoice.invoice_line_ids), ["A3"])
        self.assertEqual(self._on(line), ["A1", "A2"])

    def test_when_one_came_back_and_a_third_is_delivered_in_any_order_then_the_invoice_has_what_they_have(self):
        for steps in permutations(("back", "more")):
            with self.subTest(steps=steps), self.env.cr.savepoint() as savepoint:
                order, delivery, line = self._start(2)
                for step in steps:
                    self._back(delivery, "A1") if step == "back" else self._more(order, "A3")

                self.assertEqual(self._on(line), ["A2", "A3"])
                self.assertEqual(order.order_line.qty_to_invoice, 0)
                self.assertEqual(line.serial_text, "A1\nA2")
                savepoint.rollback()
                self.env.invalidate_all()

    def test_when_one_came_back_for_a_while_then_a_third_does_not_take_its_place(self):
        order, delivery, line = self._start(2)
        returned = self._back(delivery, "A1", to_refund=False)

        self._more(order, "A3")
        invoice = order._create_invoices()
        invoice.action_post()
        self._again(returned, "A1")

        self.assertEqual(self._on(line), ["A1", "A2"])
        self.assertEqual(self._on(invoice.invoice_line_ids), ["A3"])

    def test_when_a_return_is_undone_after_another_took_the_place_then_each_unit_is_on_at_most_one_invoice(self):
        order, delivery, line = self._start(2)
        returned = self._back(delivery, "A1")
        self._more(order, "A3")

        window = self.manager.env["serial.correct"].browse(
            returned.with_user(self.manager).action_correct_serials()["res_id"]
        )
        window.line_ids.not_moved = True
        window.action_apply()
        self.env.invalidate_all()

        self.assertEqual(self._on(line), ["A2", "A3"])
        self.assertRecordValues(self._unit("A1"), [{"status": "sold", "invoice_line_id": False}])

    def test_when_invoiced_before_the_delivery_and_credited_in_part_then_only_the_rest_is_on_the_invoice(self):
        self.product = self._make_product("Camera", taxes_id=False, invoice_policy="order")
        self._receive(["A1", "A2"])
        order = self._sell(2)
        line = order._create_invoices().invoice_line_ids
        line.move_id.action_post()
        refund = line.move_id._reverse_moves()
        refund.invoice_line_ids.quantity = 1
        refund.action_post()

        self._deliver(order, ["A1", "A2"])

        self.assertEqual(len(self._on(line)), 1)
