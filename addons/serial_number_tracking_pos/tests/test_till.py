from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import PosSerialCommon


@tagged("post_install", "-at_install")
class TestTill(PosSerialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lines = cls.env["pos.order.line"].with_user(cls.cashier)

    def _check(self, *names, partner=None, sold=None):
        line = sold.id if sold else False
        return self.lines.check_serials(
            self.config.id, self.product.id, list(names), (partner or self.customer).id, line
        )

    def _list(self):
        rows = self.lines.list_serials(self.config.id, self.product.id)
        return rows["names"]

    def test_when_numbers_are_checked_then_each_has_its_reason(self):
        self._receive(["A1", "A2", "A3", "A4", "A5"])
        self._ship(["A2"])
        self._unit("A3").action_hold("Scratched")
        self._unit("A4").action_designate(self.other_customer)
        self._unit("A5").action_designate(self.customer)
        checks = self._check("a1", "A2", "A3", "A4", "A5", "X1", "A1")
        codes = [check["code"] for check in checks]
        self.assertEqual(codes, ["ok", "sold", "hold", "designated", "ok", "unknown", "duplicate"])
        self.assertIn("Scratched", checks[2]["message"])
        self.assertEqual(self._unit("A1").status, "available")

    def test_when_a_label_is_checked_then_its_number_is_read(self):
        self.product.barcode = "04012345123456"
        self._receive(["A1"])
        check = self._check("(01)04012345123456(21)A1")[0]
        self.assertEqual((check["name"], check["ok"]), ("A1", True))

    def test_when_its_imei_is_scanned_then_the_unit_is_sold_also_without_connection(self):
        self._receive(["A1", "A2"])
        kind = self.env.ref("serial_number_tracking.serial_identity_kind_imei")
        imei = "356938035643809"
        self.env["serial.identity"].create({"serial_id": self._unit("A2").id, "kind_id": kind.id, "name": imei})
        check = self._check(imei)[0]
        self.assertEqual((check["name"], check["ok"]), ("A2", True))

        order = self._sell([imei])
        self.assertEqual(self._statuses("A1", "A2"), ["available", "sold"])
        self.assertEqual(order.lines.pack_lot_ids.lot_name, "A2")
        self.assertEqual(self.lines.find_products(self.config.id, imei)[0], self.product.ids)

    def test_when_units_are_listed_then_those_are_that_can_be_sold(self):
        self._receive(["A1", "A2", "A3"], blanks=1)
        self._ship(["A2"])
        self._unit("A3").action_hold("Scratched")
        self.assertEqual(self._list(), ["A1"])

    def test_when_a_refund_is_checked_then_only_what_is_left_is_taken(self):
        self._receive(["A1", "A2", "B1"])
        order = self._sell(["A1", "A2"])
        self._sell(["B1"])
        self._refund(order, ["A1"])
        checks = self._check("A1", "A2", "B1", sold=order.lines)
        self.assertEqual([check["ok"] for check in checks], [False, True, False])
        self.assertIn("of this order", checks[2]["message"])

    def test_when_the_till_asks_what_is_left_then_it_is_told_with_conditions(self):
        self._receive(["A1", "A2"])
        order = self._sell(["A1"], blanks=1)
        kind = self.config.picking_type_id
        (kind.return_picking_type_id or kind).serial_return_status = "hold"
        left = self.lines.list_serials(self.config.id, self.product.id, order.lines.id)
        self.assertEqual((left["names"], left["blanks"], left["statuses"][0][0]), (["A1"], 1, "hold"))

    def test_when_the_till_loads_then_followed_products_are_asked_for(self):
        read = (
            self.env["product.template"]
            .with_user(self.cashier)
            ._load_pos_data_read((self.product | self.plain).product_tmpl_id, self.config)
        )
        told = {row["id"]: (row["is_serialized"], row["tracking"]) for row in read}
        self.assertEqual(told[self.product.product_tmpl_id.id], (True, "serial"))
        self.assertEqual(told[self.plain.product_tmpl_id.id], (False, "none"))

    def test_when_somebody_without_till_asks_then_it_is_refused(self):
        self._receive(["A1"])
        user = new_test_user(self.env, "nobody", "base.group_user")
        with self.assertRaises(AccessError):
            self.lines.with_user(user).check_serials(self.config.id, self.product.id, ["A1"])
        with self.assertRaises(AccessError):
            self.lines.with_user(user).list_serials(self.config.id, self.product.id)

    def test_when_a_number_is_scanned_then_the_till_finds_its_product_unless_others_have_it(self):
        tablet = self._make_product("Tablet", available_in_pos=True)
        case = self._make_product("Case")
        self._receive(["A1", "B1", "C1"])
        self._receive(["B1"], product=tablet)
        self._receive(["C1"], product=tablet)
        self._ship(["C1"], product=tablet)
        self._receive(["A1", "D1"], product=case)

        def find(number):
            return self.lines.find_products(self.config.id, number)[0]

        self.assertEqual([find("a1"), find("C1")], [self.product.ids, self.product.ids])
        self.assertEqual(set(find("B1")), {self.product.id, tablet.id})
        self.assertEqual([find("D1"), find("X1"), find("")], [[], [], []])

    def test_when_a_label_is_wrong_then_the_till_says_why(self):
        cashier = new_test_user(self.env, "paula", "point_of_sale.group_pos_user")

        def find(number):
            return self.lines.with_user(cashier).find_products(self.config.id, number)

        self.assertIn("check digit of 09521234543214", find("010952123454321421X")[1])
        for number in ("", "A1", "4006381333931", "010952123454321321X"):
            self.assertEqual(find(number), ([], ""))

    def test_when_the_till_is_another_companys_then_it_finds_nothing(self):
        stranger = new_test_user(self.env, "stranger", "base.group_user")
        with self.assertRaises(AccessError):
            self.env["pos.order.line"].with_user(stranger).find_products(self.config.id, "A1")
