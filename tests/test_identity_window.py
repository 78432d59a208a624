"""The entry window takes other numbers of units: scanned after them, in tables, required where a product says so."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.identity import IMEI, MAC, SECOND, THIRD, IdentityCommon


@tagged("post_install", "-at_install")
class TestIdentityWindow(IdentityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.serial_identity_kind_ids = cls.kinds["imei"] | cls.kinds["mac"]

    def _open(self, quantity=2):
        picking = self._transfer("in", quantity)
        return picking, self._entry(picking.button_validate(), picking)

    def _scan(self, line, *texts):
        return [line.enter_text(text, singly=True) for text in texts]

    def test_when_identities_are_scanned_after_a_number_then_they_go_where_their_form_belongs(self):
        _picking, entry = self._open()
        line = entry.line_ids

        self._scan(line, "N1", IMEI, "001a.2b3c.4d5e", SECOND, "N2", THIRD)
        self.assertEqual(line.unit_ids.sorted("id").mapped("name"), ["N1", "N2"])
        entry.action_confirm()

        self.assertEqual(sorted(self._unit("N1").identity_ids.mapped("name")), sorted([IMEI, SECOND, "001a.2b3c.4d5e"]))
        self.assertEqual(self._unit("N2").identity_ids.name, THIRD)

    def test_when_a_word_says_what_it_is_then_it_is_no_serial_number(self):
        _picking, entry = self._open()
        line = entry.line_ids

        self._scan(line, "N1", f"IMEI1: {IMEI}", f"IMEI 2: {SECOND}", f"MAC: {MAC}", "S/N: N2")
        result = self._scan(line, f"IMEI: {THIRD}", f"IMEI: {IMEI}")[-1]
        self.assertEqual(line.unit_ids.sorted("id").mapped("name"), ["N1", "N2"])
        self.assertIn("is entered with N1", result["bad"][0]["message"])
        entry.action_confirm()

        self.assertEqual(sorted(self._unit("N1").identity_ids.mapped("name")), sorted([IMEI, SECOND, MAC]))

    def test_when_a_word_says_what_the_unit_has_enough_of_then_refused(self):
        _picking, entry = self._open()
        result = self._scan(entry.line_ids, "N1", IMEI, SECOND, f"IMEI: {THIRD}")[-1]

        self.assertIn("at most 2 numbers of the kind IMEI", result["bad"][0]["message"])
        self.assertEqual(entry.line_ids.unit_ids.name, "N1")

    def test_when_the_word_is_of_another_unit_s_number_then_that_unit_goes(self):
        self._make_unit("N1", imei=IMEI)
        self._make_unit("N2", imei=SECOND)
        picking = self._transfer("out", 2)
        line = self._entry(picking.button_validate(), picking).line_ids

        self._scan(line, "N1", f"IMEI: {SECOND}")

        self.assertEqual(line.unit_ids.sorted("id").mapped("name"), ["N1", "N2"])

    def test_when_its_check_digit_is_wrong_then_it_is_no_serial_number(self):
        _picking, entry = self._open(3)
        result = self._scan(entry.line_ids, "N1", f"{IMEI[:-1]}0")[-1]

        self.assertIn("check digit is wrong", result["bad"][0]["message"])
        self.assertEqual(entry.line_ids.unit_ids.name, "N1")

    def test_when_serial_numbers_look_like_it_then_one_with_another_check_digit_is_a_serial_number(self):
        _picking, entry = self._open(3)
        names = [f"{IMEI[:-1]}0", f"{IMEI[:-1]}1"]
        self._scan(entry.line_ids, *names)

        self.assertEqual(entry.line_ids.unit_ids.sorted("id").mapped("name"), names)

    def test_when_the_last_unit_waits_for_a_number_then_the_window_says_which(self):
        _picking, entry = self._open()
        line = entry.line_ids

        self.assertFalse(line._get_state()["waits_for"])
        self.assertIn("N1: scan IMEI (1 of 2)", self._scan(line, "N1")[0]["line"]["waits_for"])
        result = self._scan(line, IMEI)[0]
        self.assertIn("N1: scan IMEI (2 of 2)", result["line"]["waits_for"])
        self.assertIn(IMEI, result["note"])
        self.assertIn(IMEI, line.get_units()["rows"][0]["beside_text"])

    def test_when_a_product_wants_none_then_all_that_is_scanned_is_a_serial_number(self):
        self.product.serial_identity_kind_ids = False
        _picking, entry = self._open()
        self._scan(entry.line_ids, "N1", IMEI)
        self.assertEqual(entry.line_ids.unit_ids.sorted("id").mapped("name"), ["N1", IMEI])

    def test_when_an_identity_is_entered_with_another_unit_then_refused_by_name(self):
        _picking, entry = self._open()
        results = self._scan(entry.line_ids, "N1", IMEI, "N2", IMEI)
        self.assertIn("is entered with N1", results[-1]["bad"][0]["message"])

    def test_when_a_number_was_not_taken_then_the_identity_after_it_goes_to_nobody(self):
        _picking, entry = self._open(3)
        line = entry.line_ids
        results = self._scan(line, "N1", "N1", IMEI)

        self.assertIn("serial number was not taken", results[-1]["bad"][0]["message"])
        self.assertFalse(results[1]["line"]["waits_for"])
        self._scan(line, "N2", IMEI)
        entry.line_ids.use_blanks()
        entry.action_confirm()

        self.assertFalse(self._unit("N1").identity_ids)
        self.assertEqual(self._unit("N2").identity_ids.name, IMEI)

    def test_when_the_first_number_is_refused_then_an_identity_is_no_serial_number(self):
        self._receive(["N1"])
        _picking, entry = self._open()

        self._scan(entry.line_ids, "N1", IMEI)

        self.assertFalse(entry.line_ids.unit_ids)

    def test_when_an_identity_is_refused_then_the_right_one_is_taken(self):
        _picking, entry = self._open()
        self._scan(entry.line_ids, "N1", IMEI, IMEI, SECOND)

        self.assertEqual(entry.line_ids.unit_ids.name, "N1")
        self.assertIn(SECOND, entry.line_ids.get_units()["rows"][0]["beside_text"])

    def test_when_a_table_has_a_column_for_each_then_they_are_mapped_by_heading(self):
        _picking, entry = self._open()
        table = f"Serial\tIMEI 1\tIMEI 2\tMAC\nN1\t{IMEI}\t{SECOND}\t{MAC}\nN2\tIMEI: {THIRD}\t\t"

        result = entry.line_ids.enter_text(table)
        self.assertEqual((result["added"], result["bad"]), (2, []))
        entry.action_confirm()

        self.assertEqual(sorted(self._unit("N1").identity_ids.mapped("name")), sorted([IMEI, SECOND, MAC]))
        self.assertEqual(self._unit("N2").identity_ids.name, THIRD)

    def test_when_a_required_one_is_missing_then_confirming_is_refused_with_the_units(self):
        self.product.serial_identity_required_ids = self.kinds["imei"]
        picking, entry = self._open()
        self._scan(entry.line_ids, "N1", IMEI, "N2")

        with self.assertRaisesRegex(UserError, r"Phone, IMEI: N2\n"):
            entry.action_confirm()
        self._scan(entry.line_ids, SECOND)
        entry.action_confirm()
        self.assertEqual((picking.state, self._unit("N2").identity_ids.name), ("done", SECOND))

    def test_when_a_unit_that_has_it_is_shipped_then_nothing_is_required_again(self):
        self.product.serial_identity_required_ids = self.kinds["imei"]
        self._make_unit(imei=IMEI)
        picking = self._transfer("out", 1)
        entry = self._entry(picking.button_validate(), picking)
        self._scan(entry.line_ids, IMEI)
        entry.action_confirm()
        self.assertEqual((picking.state, self._unit("N1").status), ("done", "sold"))
