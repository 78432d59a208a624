from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .common import SerialCommon


@tagged("post_install", "-at_install")
class TestIntercompany(SerialCommon):
    """What one company ships to another one of the database is announced there; each keeps its own units."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.theirs = cls.env["res.company"].create({"name": "Daughter"})
        cls.between = cls.env.ref("stock.stock_location_inter_company")
        cls.between.active = True
        cls.their_warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.theirs.id)], limit=1)
        cls.their_clerk = new_test_user(
            cls.env,
            "their clerk",
            "stock.group_stock_user",
            company_id=cls.theirs.id,
            company_ids=[(6, 0, cls.theirs.ids)],
        )

    def _hand_over(self, *names, **options):
        """Ship units to the other company, as our clerk does."""
        return self._ship(names, target=self.between, partner=self.theirs.partner_id, **options)

    def _their_receipt(self, quantity):
        """Return the other company's receipt, ready to be entered, as its clerk sees it."""
        kind = self.their_warehouse.in_type_id
        places = {"location_id": self.between.id, "location_dest_id": self.their_warehouse.lot_stock_id.id}
        move = {"product_id": self.product.id, "product_uom_qty": quantity, **places}
        vals = {"picking_type_id": kind.id, "partner_id": self.company.partner_id.id, "move_ids": [(0, 0, move)]}
        receipt = self.env["stock.picking"].with_user(self.their_clerk).create(vals | places)
        receipt.action_confirm()
        receipt.move_ids.quantity = quantity
        return receipt

    def _take(self, quantity):
        """Receive what is proposed, with the one key of the window."""
        receipt = self._their_receipt(quantity)
        entry = self._entry(receipt.button_validate(), receipt)
        entry.line_ids.enter_proposals()
        entry.action_confirm()
        self.assertEqual(receipt.state, "done")
        return receipt

    def _row(self, name, company):
        return self.register.search([("name", "=", name), ("company_id", "=", company.id)])

    def _notes(self, unit):
        return [(event.kind, event.document, event.note) for event in unit.event_ids]

    def test_when_units_are_shipped_to_another_company_then_they_are_announced_there(self):
        self._receive(["A1", "A2"])
        delivery = self._hand_over("A1", "A2")
        row = self._row("A1", self.theirs).with_user(self.their_clerk)
        self.assertEqual((row.status, row.vendor_id), ("expected", self.company.partner_id))
        self.assertEqual(self._notes(row), [("expected", delivery.name, f"Shipped to us by {self.company.name}.")])
        self.assertEqual(self._row("A1", self.company).status, "sold")

    def test_when_they_are_received_then_one_key_takes_them_and_both_histories_name_the_other(self):
        self._receive(["A1", "A2"])
        delivery = self._hand_over("A1", "A2")
        receipt = self._take(2)

        theirs, ours = self._row("A1", self.theirs), self._row("A1", self.company)
        self.assertEqual((theirs.status, theirs.location_id), ("available", self.their_warehouse.lot_stock_id))
        self.assertEqual((ours.status, ours.customer_id), ("sold", self.theirs.partner_id))
        self.assertEqual(ours.event_ids[0].document, receipt.name)
        self.assertEqual(ours.event_ids[0].partner_id, self.theirs.partner_id)
        self.assertEqual(theirs.event_ids[-1].document, delivery.name)
        self.assertAddsUp()

    def test_when_part_of_them_is_received_then_the_rest_is_proposed_later(self):
        self._receive(["A1", "A2", "A3"])
        self._hand_over("A1", "A2", "A3")
        self._take(1)
        first = self.register.search([("company_id", "=", self.theirs.id), ("status", "=", "available")])
        self._take(2)
        rows = self.register.search([("company_id", "=", self.theirs.id), ("status", "=", "available")])
        self.assertEqual((len(first), sorted(rows.mapped("name"))), (1, ["A1", "A2", "A3"]))

    def test_when_it_was_sold_back_then_the_first_companys_unit_is_proposed(self):
        self._receive(["A1"])
        self._hand_over("A1")
        self._take(1)
        stock = self.their_warehouse.lot_stock_id
        kind = self.their_warehouse.out_type_id
        places = {"location_id": stock.id, "location_dest_id": self.between.id}
        move = {"product_id": self.product.id, "product_uom_qty": 1, **places}
        vals = {"picking_type_id": kind.id, "partner_id": self.company.partner_id.id, "move_ids": [(0, 0, move)]}
        delivery = self.env["stock.picking"].with_user(self.their_clerk).create(vals | places)
        delivery.action_confirm()
        delivery.action_assign()
        self._validate(delivery, ["A1"])
        receipt = self._transfer("in", 1, source=self.between, partner=self.theirs.partner_id)
        entry = self._entry(receipt.button_validate(), receipt)
        entry.line_ids.enter_proposals()
        entry.action_confirm()
        self.assertEqual(self._row("A1", self.company).status, "available")
        self.assertEqual(self._row("A1", self.theirs).event_ids[0].document, receipt.name)

    def test_when_the_delivery_is_taken_back_then_they_are_expected_no_more(self):
        self._receive(["A1", "A2"])
        delivery = self._hand_over("A1", "A2")
        self._return_of(delivery, 1, ["A1"])
        self.assertEqual(self._row("A1", self.theirs).status, "void")
        self.assertEqual(self._row("A2", self.theirs).status, "expected")

    def test_when_the_deliverys_quantity_is_lowered_then_they_are_expected_no_more(self):
        self._receive(["A1"])
        self._hand_over("A1").move_ids.quantity = 0
        self.assertEqual(self._row("A1", self.theirs).status, "void")
        self.assertFalse(self.register.search(self._their_receipt(1).move_ids._get_serial_meant_domain()))

    def test_when_the_other_company_has_the_number_in_stock_then_nothing_is_announced(self):
        self._receive(["A1"])
        receipt = self._their_receipt(1)
        self._validate(receipt, ["A1"])
        self._hand_over("A1")
        self.assertEqual(self._row("A1", self.theirs).status, "available")

    def test_when_the_customer_is_no_company_of_ours_then_nothing_is_announced(self):
        self._receive(["A1"])
        self._ship(["A1"], target=self.between)
        self.assertEqual(self._row("A1", self.company), self.register.search([("name", "=", "A1")]))

    def test_when_users_look_at_their_own_units_then_no_more_and_no_error(self):
        self._receive(["A1"])
        self._hand_over("A1")
        self._take(1)
        self.env.invalidate_all()
        for user, company, other in (
            (self.clerk, self.company, self.theirs),
            (self.their_clerk, self.theirs, self.company),
        ):
            own, foreign = self._row("A1", company).with_user(user), self._row("A1", other).with_user(user)
            with Form(own) as form:
                form.note = "Seen"
            spec = {"event_ids": {"fields": {"document": {}, "user_id": {"fields": {"display_name": {}}}}}}
            own.web_read(spec | {"vendor_id": {"fields": {"display_name": {}}}})
            with self.assertRaises(AccessError):
                foreign.read(["name"])
