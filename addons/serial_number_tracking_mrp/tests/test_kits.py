from lxml import html

from odoo.tests import tagged

from odoo.addons.serial_number_tracking.tests.common.invoices import InvoiceCommon


@tagged("post_install", "-at_install")
class TestKits(InvoiceCommon):
    """A kit of a phone and two batteries: its units stand on its invoice, by component."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.battery = cls._make_product("Battery")
        vals = {"invoice_policy": "order", "taxes_id": False, "property_account_income_id": cls.income.id}
        cls.kit = cls.env["product.product"].create({"name": "Kit", "type": "consu", **vals})
        lines = [(0, 0, {"product_id": cls.product.id}), (0, 0, {"product_id": cls.battery.id, "product_qty": 2})]
        bom = {"product_tmpl_id": cls.kit.product_tmpl_id.id, "type": "phantom", "bom_line_ids": lines}
        cls.env["mrp.bom"].create(bom)

    def setUp(self):
        super().setUp()
        for product, letter in ((self.product, "P"), (self.battery, "B")):
            self._receive([f"{letter}{number}" for number in range(1, 5)], product=product)

    def _order_kits(self, quantity=1):
        return self._order(quantity, product=self.kit, tax_ids=False)

    def _deliver_kits(self, order, phones, batteries):
        picking = order.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))
        for move in picking.move_ids:
            names = phones if move.product_id == self.product else batteries
            move.quantity = len(names)
            move.assign_serials(names)
        picking.with_context(skip_backorder=True).button_validate()
        self.assertEqual(picking.state, "done")
        return picking

    def _bill(self, order, **options):
        invoice = order._create_invoices(**options)
        invoice.action_post()
        return invoice

    def _names(self, invoice):
        return sorted(invoice.invoice_line_ids.serial_ids.mapped("name"))

    def _printed(self, invoice):
        content = self.env["ir.actions.report"]._render_qweb_html("account.account_invoices", invoice.ids)[0]
        table = html.fromstring(content).xpath("//table[@name='invoice_line_table']")[0]
        parts = table.xpath(".//*[@name='serial_heading' or @name='serial_name']")
        return ["".join(part.itertext()).strip() for part in parts]

    def test_when_a_delivered_kit_is_invoiced_then_its_units_stand_under_it_by_component(self):
        order = self._order_kits()
        self._deliver_kits(order, ["P1"], ["B1", "B2"])

        invoice = self._bill(order)

        self.assertEqual(self._names(invoice), ["B1", "B2", "P1"])
        self.assertEqual(self._unit("P1").invoice_line_id, invoice.invoice_line_ids)
        printed = self._printed(invoice)
        self.assertEqual(sorted(printed), ["B1", "B2", "Battery", "P1", "Phone"])
        self.assertEqual(printed[printed.index("Phone") + 1], "P1")
        self.assertEqual(set(printed[printed.index("Battery") + 1 :][:2]), {"B1", "B2"})

    def test_when_invoiced_before_the_delivery_then_each_delivery_adds_its_units(self):
        order = self._order_kits(2)
        invoice = self._bill(order)
        self._deliver_kits(order, ["P1"], ["B1", "B2"])
        self.assertEqual(self._names(invoice), ["B1", "B2", "P1"])

        self._deliver_kits(order, ["P2"], ["B3", "B4"])

        self.assertEqual(self._names(invoice), ["B1", "B2", "B3", "B4", "P1", "P2"])
        self.assertEqual(self._printed(invoice).count("Battery"), 1)

    def test_when_two_kits_are_invoiced_in_parts_then_each_invoice_has_its_units(self):
        order = self._order_kits(2)
        self._deliver_kits(order, ["P1", "P2"], ["B1", "B2", "B3", "B4"])
        first = order._create_invoices()
        first.invoice_line_ids.quantity = 1
        first.action_post()

        second = self._bill(order)

        self.assertEqual((len(self._names(first)), len(self._names(second))), (3, 3))
        self.assertFalse(set(self._names(first)) & set(self._names(second)))

    def test_when_the_invoice_is_reversed_then_the_credit_note_has_them(self):
        order = self._order_kits()
        self._deliver_kits(order, ["P1"], ["B1", "B2"])
        invoice = self._bill(order)

        refund = invoice._reverse_moves()
        refund.action_post()

        self.assertEqual(self._names(refund), ["B1", "B2", "P1"])
        self.assertFalse(self._unit("P1").invoice_line_id)
        refund.button_draft()
        self.assertEqual(self._unit("P1").invoice_line_id, invoice.invoice_line_ids)

    def test_when_one_of_two_kits_is_credited_then_the_return_says_which_units(self):
        order = self._order_kits(2)
        delivery = self._deliver_kits(order, ["P1", "P2"], ["B1", "B2", "B3", "B4"])
        refund = self._bill(order)._reverse_moves()
        refund.invoice_line_ids.quantity = 1
        refund.action_post()
        self.assertFalse(self._names(refund))

        returned = self._open_return(delivery, 1)
        for move in returned.move_ids:
            names = ["P2"] if move.product_id == self.product else ["B2", "B4"]
            move.quantity = len(names)
            move.assign_serials(names)
        returned.button_validate()

        self.assertEqual(self._names(refund), ["B2", "B4", "P2"])

    def test_when_the_invoice_is_reset_then_the_next_one_takes_them(self):
        order = self._order_kits()
        self._deliver_kits(order, ["P1"], ["B1", "B2"])
        invoice = self._bill(order)
        invoice.button_draft()
        self.assertFalse(self._units().invoice_line_id)

        invoice.action_post()

        self.assertEqual(self._names(invoice), ["B1", "B2", "P1"])

    def test_when_a_component_is_not_followed_then_only_the_others_are_printed(self):
        self.env["mrp.bom"].search([("product_tmpl_id", "=", self.kit.product_tmpl_id.id)]).write(
            {"bom_line_ids": [(0, 0, {"product_id": self.plain.id})]}
        )
        order = self._order_kits()
        picking = order.picking_ids
        for move, names in zip(picking.move_ids, (["P1"], ["B1", "B2"], []), strict=True):
            move.quantity = len(names) or 1
            if names:
                move.assign_serials(names)
        picking.button_validate()

        self.assertEqual(self._names(self._bill(order)), ["B1", "B2", "P1"])

    def test_when_lots_lead_a_component_then_its_numbers_are_printed_as_well(self):
        laptop = self._make_product("Laptop", tracking="serial")
        bom = self.env["mrp.bom"].search([("product_tmpl_id", "=", self.kit.product_tmpl_id.id)])
        bom.bom_line_ids = [(5,), (0, 0, {"product_id": laptop.id}), (0, 0, {"product_id": self.product.id})]
        lot = self.env["stock.lot"].create({"name": "L1", "product_id": laptop.id})
        self.env["stock.quant"]._update_available_quantity(laptop, self.stock, 1, lot_id=lot)
        order = self._order_kits()
        picking = order.picking_ids
        picking.move_ids.filtered(lambda move: move.product_id == self.product).assign_serials(["P1"])
        picking.move_ids.picked = True
        picking.button_validate()
        self.assertEqual(picking.state, "done")

        printed = self._printed(self._bill(order))

        self.assertEqual([printed[printed.index(name) + 1] for name in ("Laptop", "Phone")], ["L1", "P1"])
