from odoo.tests import tagged

from .common.identity import IMEI, MAC, SECOND, IdentityCommon


@tagged("post_install", "-at_install")
class TestIdentityCheck(IdentityCommon):
    """Any number of a unit ships it, takes it back and brings it in again: it becomes the serial number."""

    def _check(self, source, text):
        [check] = source.check_serials([text])
        return check

    def test_when_an_identity_is_typed_on_a_delivery_then_its_unit_goes(self):
        unit = self._make_unit(imei=IMEI, mac=MAC)
        move = self._transfer("out", 1).move_ids
        for text in (IMEI, "35-693803-564380-9", "001a.2b3c.4d5e"):
            with self.subTest(text=text):
                check = self._check(move, text)
                self.assertEqual((check["name"], check["typed"], check["code"]), ("N1", text, "ok"))
                self.assertEqual(check["message"], f"{text} is a number of N1.")
        self._validate(move.picking_id, [IMEI])
        self.assertRecordValues(unit, [{"name": "N1", "status": "sold", "customer_id": self.customer.id}])
        self.assertAddsUp()

    def test_when_the_product_has_a_format_that_identities_do_not_fit_then_they_are_known_all_the_same(self):
        self._make_unit(imei=IMEI)
        self.product.serial_format = "N[0-9]+"
        self.assertEqual(self._check(self._transfer("out", 1).move_ids, IMEI)["code"], "ok")

    def test_when_an_identity_is_typed_on_a_return_then_its_unit_comes_back(self):
        unit = self._make_unit(imei=IMEI)
        self._ship(["N1"])
        self._return([IMEI])
        self.assertEqual(unit.status, "available")

    def test_when_an_identity_is_received_again_then_its_unit_is_not_created_twice(self):
        self._make_unit(imei=IMEI)
        check = self._check(self._transfer("in", 1).move_ids, IMEI)
        self.assertEqual((check["name"], check["code"]), ("N1", "in_stock"))

    def test_when_what_its_unit_is_forbids_it_then_refused_with_both_numbers(self):
        self._make_unit(imei=IMEI).action_hold("Why")
        check = self._check(self._transfer("out", 1).move_ids, IMEI)
        self.assertEqual(check["code"], "hold")
        self.assertRegex(check["message"], f"^{IMEI} is a number of N1. N1 .Phone. is on hold")

    def test_when_two_numbers_of_one_unit_are_typed_then_the_second_is_a_duplicate(self):
        unit = self._make_unit(imei=IMEI)
        self._identify(unit, imei=SECOND)
        self.assertEqual(self._codes(self._transfer("out", 2).move_ids, [IMEI, SECOND]), ["ok", "duplicate"])

    def test_when_a_serial_number_is_another_units_identity_then_the_serial_number_counts(self):
        unit = self._make_unit("N1")
        self._receive(["N2"])
        self._identify(unit, asset="N2")
        self.assertEqual(self._check(self._transfer("out", 1).move_ids, "N2")["serial_id"], self._unit("N2").id)

    def test_when_several_units_have_the_number_then_it_is_ambiguous_and_they_are_named(self):
        self._make_unit("N1", asset="T1")
        self._make_unit("N2", maker="T1")
        check = self._check(self._transfer("out", 1).move_ids, "T1")
        self.assertEqual((check["code"], check["ok"], check["name"]), ("ambiguous", False, "T1"))
        self.assertIn("N1, N2", check["message"])

    def test_when_the_identity_is_of_another_product_or_company_then_it_is_unknown(self):
        self._make_unit(asset="T1")
        other = self._make_product("Tablet")
        self._receive(["X1"], product=other)
        self.assertEqual(self._check(self._transfer("out", 1, product=other).move_ids, "T1")["code"], "unknown")

    def test_when_a_stranger_is_taken_in_by_an_identity_then_on_hold(self):
        unit = self._make_unit(imei=IMEI)
        self._ship(["N1"], partner=self.other_customer)
        picking = self._transfer("back", 1)
        entry = self._entry(picking.action_enter_serials(), picking)
        [check] = entry.line_ids.add_serials([IMEI], add=True)
        self.assertEqual((check["name"], check["ok"]), ("N1", True))
        entry.action_confirm()
        picking.button_validate()
        self.assertEqual((picking.state, unit.status), ("done", "hold"))

    def test_when_identities_are_scanned_in_the_window_then_serial_numbers_are_entered(self):
        self._make_unit(imei=IMEI)
        picking = self._transfer("out", 1)
        entry = self._entry(picking.action_enter_serials(), picking)
        result = entry.line_ids.enter_text(IMEI)
        self.assertEqual((result["added"], result["note"]), (1, f"{IMEI} is a number of N1."))
        entry.action_confirm()
        self.assertEqual(picking.move_ids._serial_names(), ["N1"])

    def test_when_more_are_typed_then_there_are_no_more_queries(self):
        self._receive([f"A{number}" for number in range(20)])
        move = self._transfer("out", 20).move_ids
        for number in range(20):
            self._identify(self._unit(f"A{number}"), asset=f"T{number}")
        few = self._count_queries(lambda: move.check_serials(["T1", "T2"]))
        many = self._count_queries(lambda: move.check_serials([f"T{number}" for number in range(20)]))
        self._assert_no_more_queries(many, few)
