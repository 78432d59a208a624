"""Labels where numbers are taken: what is checked, assigned, entered, searched and returned."""

import base64

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..engine import scan
from .common.entry import EntryCommon
from .common.recall import RecallCommon

GTIN = "09521234543213"
IMEI = "356938035643809"
LABEL = f"]C101{GTIN}21SN0042"
FORMS = (
    LABEL,
    f"01{GTIN}21SN0042",
    f"(01){GTIN}(21)SN0042",
    f"https://id.gs1.org/01/{GTIN}/21/SN0042",
    "[)>\x1e06\x1d1PX\x1dSSN0042\x1e\x04",
    "S/N: SN0042",
)


@tagged("post_install", "-at_install")
class TestScanLabels(EntryCommon):
    def _check(self, names, move=None):
        move = move or self._transfer("in", 5).move_ids
        return [(check["name"], check["code"]) for check in move.check_serials(names)]

    def test_when_a_label_is_checked_then_its_number_is(self):
        for form in FORMS:
            self.assertEqual(self._check([form]), [("SN0042", "new")], form)
        self.assertEqual(
            self._check([*FORMS[:2], "SN0042"]), [("SN0042", code) for code in ["new", *["duplicate"] * 2]]
        )

    def test_when_labels_are_assigned_then_the_units_have_their_numbers(self):
        picking = self._transfer("in", 2)

        picking.move_ids.assign_serials([LABEL, "S/N: B1"])
        picking.button_validate()

        self.assertEqual(set(picking.move_ids.serial_ids.mapped("name")), {"SN0042", "B1"})

    def test_when_the_label_is_of_another_product_then_refused_by_its_name(self):
        self._make_product("Tablet", barcode=GTIN[1:])

        self.assertEqual(self._check([LABEL, GTIN[1:], GTIN])[0][1], "other_product")
        with self.assertRaisesRegex(UserError, "is of Tablet, not of Phone"):
            self._transfer("in", 1).move_ids.assign_serials([LABEL])

    def test_when_the_label_is_of_the_product_then_taken(self):
        self.product.barcode = GTIN[1:]

        self.assertEqual(self._check([LABEL]), [("SN0042", "new")])

    def test_when_a_packaging_has_the_gtin_then_it_is_of_its_product(self):
        self.env["product.uom"].create(
            {
                "product_id": self.product.id,
                "uom_id": self.env.ref("uom.product_uom_pack_6").id,
                "barcode": GTIN,
            }
        )

        self.assertEqual(self._check([LABEL, GTIN]), [("SN0042", "new"), (GTIN, "no_serial")])

    def test_when_it_has_no_number_then_no_unit_gets_that_name(self):
        self.product.write({"barcode": GTIN[1:], "default_code": "PH-1"})

        for text in (GTIN[1:], GTIN, f"]E0{GTIN[1:]}", f"01{GTIN}", "PH-1", "[)>\x1e06\x1dPPH-1\x1dQ5\x1e\x04"):
            self.assertEqual(self._check([text])[0][1], "no_serial", text)

    def test_when_a_unit_has_the_barcode_as_its_number_already_then_it_goes_on(self):
        self._receive([GTIN])
        self.product.barcode = GTIN[1:]

        self.assertEqual(self._check([GTIN], self._transfer("out", 1).move_ids), [(GTIN, "ok")])

    def test_when_something_is_wrong_on_the_label_then_refused(self):
        for text in (
            f"01{GTIN[:-1]}421X",
            f"01{GTIN}21SN004217271231",
            f"]C101{GTIN}21X\x1d3012",
            "IMEI: 356938035643808",
        ):
            self.assertEqual(self._check([text])[0][1], "bad_label", text)

    def test_when_the_number_may_begin_with_an_identifier_then_what_is_known_decides(self):
        self._receive(["FOC1234A1B2", "SGH1234", "GH1234"])
        ship = self._transfer("out", 2).move_ids
        self.assertEqual(self._check(["SFOC1234A1B2", "SGH1234"], ship), [("FOC1234A1B2", "ok"), ("SGH1234", "ok")])
        self.assertEqual(self._check(["SFOC1234A1B2"]), [("FOC1234A1B2", "in_stock")])

    def test_when_a_program_announces_labels_then_their_numbers_and_what_they_say_are_expected(self):
        line = self._purchase(2).order_line

        line.announce_serials([f"]d201{GTIN}1727123110LOT7\x1d21SN1", "S/N: SN2"])

        self.assertEqual(set(self._units("expected").mapped("name")), {"SN1", "SN2"})
        unit = self._unit("SN1")
        self.assertEqual((str(unit.expiration_date), unit.batch_name), ("2027-12-31", "LOT7"))
        with self.assertRaisesRegex(UserError, "check digit"):
            line.announce_serials([f"01{GTIN[:-1]}421X"])

    def test_when_a_program_designates_a_label_then_its_unit_is_promised(self):
        self._receive(["SN0042"])
        line = self._order().order_line

        line.designate_serials([LABEL])

        self.assertEqual(self._unit("SN0042").sale_line_id, line)
        with self.assertRaisesRegex(UserError, "check digit"):
            line.designate_serials([f"01{GTIN[:-1]}421SN0042"])

    def test_when_only_the_rest_has_the_product_s_form_then_it_is_the_number(self):
        self.product.serial_format = "FOC[0-9A-Z]{8}"

        self.assertEqual(self._check(["SFOC1234A1B2"]), [("FOC1234A1B2", "new")])

    def test_when_nothing_tells_whether_it_begins_with_an_identifier_then_both_are_offered(self):
        check = self._transfer("in", 5).move_ids.check_serials(["SFOC1234A1B2"])[0]

        self.assertEqual((check["code"], check["ok"]), ("ambiguous", False))
        self.assertEqual(check["candidates"], ["SFOC1234A1B2", "FOC1234A1B2"])

    def test_when_it_is_no_number_without_its_first_letter_then_nothing_is_asked(self):
        self.assertEqual(self._check(["SAME", "S12"]), [("SAME", "new"), ("S12", "new")])

    def test_when_many_labels_are_announced_then_queries_do_not_grow(self):
        def count(quantity):
            line = self._purchase(quantity).order_line
            labels = [f"]d201{GTIN}1727123110LOT7\x1d21Q{quantity}-{number}" for number in range(quantity)]
            queries = self._count_queries(lambda: line.announce_serials(labels))
            self.assertEqual(set(self._units("expected").mapped("batch_name")), {"LOT7"})
            return queries

        count(2)
        self._assert_no_more_queries(count(60), count(3))

    def test_when_the_vendor_announced_it_then_the_announcement_decides(self):
        line = self._purchase(2).order_line
        line.announce_serials(["FOC1234A1B2"])

        self.assertEqual(self._check(["SFOC1234A1B2"], line.move_ids), [("FOC1234A1B2", "ok")])

    def test_when_other_numbers_of_the_document_look_like_one_then_it_is_that(self):
        for others, name in ((["FOC1234A1B1"], "FOC1234A1B2"), (["SFOC1234A1B1", "XFOC1234A1B1"], "SFOC1234A1B2")):
            self.assertIn((name, "new"), self._check([*others, "SFOC1234A1B2"]), others)

    def test_when_units_of_the_product_look_like_one_then_it_is_that(self):
        self._receive(["XFOC1234A1B1"])

        self.assertEqual(self._check(["SFOC1234A1B2"]), [("SFOC1234A1B2", "new")])

    def test_when_all_numbers_of_a_list_begin_so_then_they_stay_as_they_are(self):
        self.assertEqual(self._check(["SN0001", "SN0002"]), [("SN0001", "new"), ("SN0002", "new")])

    def test_when_a_long_list_begins_so_then_it_stays_unless_units_have_the_rest(self):
        names = [f"SN{number:04d}" for number in range(60)]
        ship = self._transfer("out", 60).move_ids
        codes = dict(self._check(names, self._transfer("in", 60).move_ids))
        self.assertEqual(codes, dict.fromkeys(names, "new"))

        self._receive([name[1:] for name in names])

        self.assertEqual(self._check(names, ship), [(name[1:], "ok") for name in names])

    def test_when_a_long_list_begins_so_then_what_the_product_says_counts(self):
        names = [f"SFOC1234A{number:03}" for number in range(45)]
        move = self._transfer("in", 45).move_ids
        for vals in ({"serial_format": "FOC[0-9A-Z]{8}"}, {"serial_format": False, "serial_identifier": "label"}):
            self.product.write(vals)
            for entered in (names, names[:39], [*names, "SAMPLE"]):
                codes = dict(self._check(entered, move))
                self.assertEqual([codes.get(name[1:]) for name in names[:39]], ["new"] * 39, vals)

    def test_when_they_are_scanned_one_by_one_then_each_is_asked_about(self):
        names = [f"SFOC1234A{number:03}" for number in range(45)]
        line = self._validate_and_open(self._transfer("in", 45)).line_ids

        checks = line._add_numbers(names, singly=True)

        self.assertEqual({check.code for check in checks}, {"ambiguous"})

    def test_when_a_long_list_has_the_article_in_it_then_only_that_is_none(self):
        self.product.default_code = "SWITCH1"
        names = [f"SN{number:04}" for number in range(45)]

        checks = dict(self._check([*names, "SWITCH1"], self._transfer("in", 46).move_ids))

        self.assertEqual(checks, {**dict.fromkeys(names, "new"), "SWITCH1": "no_serial"})

    def test_when_one_of_a_list_has_a_line_break_then_it_is_a_list_all_the_same(self):
        checks = self._check(["S1234567\n", "S1234568", "S1234569"], self._transfer("in", 3).move_ids)

        self.assertEqual(checks, [("S1234567", "new"), ("S1234568", "new"), ("S1234569", "new")])

    def test_when_a_program_assigns_it_then_it_is_what_the_program_says(self):
        picking = self._transfer("in", 1)

        picking.move_ids.assign_serials(["SN0042"])

        self.assertEqual(picking.move_ids._serial_names(), ["SN0042"])

    def test_when_it_is_chosen_in_the_window_then_it_is_entered_and_asked_no_more(self):
        for index, (code, unit) in enumerate((("label", "FOC1234A1B2"), ("number", "SFOC1234A1B2"))):
            product = self._make_product(f"Switch {index}")
            line = self._validate_and_open(self._transfer("in", 2, product)).line_ids
            asked = line.enter_text("SFOC1234A1B2", False, True)["bad"][0]

            result = line.choose_number(asked["typed"], unit)

            self.assertEqual((asked["code"], result["bad"], product.serial_identifier), ("ambiguous", [], code))
            self.assertFalse(line.enter_text("SFOC99", False, True)["bad"])
            self.assertEqual(self._entered(line), [unit, unit.replace("1234A1B2", "99")])

    def test_when_labels_are_scanned_in_the_window_then_the_numbers_are_entered(self):
        picking = self._transfer("in", 3)
        line = self._validate_and_open(picking).line_ids

        result = line.enter_text(f"{LABEL}\nS/N: B1\n{LABEL}")

        self.assertEqual(self._entered(line), ["SN0042", "B1"])
        self.assertEqual([bad["code"] for bad in result["bad"]], ["duplicate"])

    def test_when_a_sold_unit_s_label_is_scanned_then_it_is_returned_and_found(self):
        self._receive(["SN0042"])
        self._ship(["SN0042"])
        unit = self.register.search([("name", "=", "SN0042")])

        for form in FORMS:
            self.assertEqual(self.register.search([("display_name", "ilike", form)]), unit, form)
        wizard = self.env["serial.return"].create({"text": "\n".join(FORMS)})
        wizard.action_find()
        self.assertEqual(wizard.line_ids.serial_id, unit)

    def test_when_a_label_is_typed_on_the_worklist_then_its_number_is_the_unit_s(self):
        self._receive(blanks=len(FORMS))
        for index, form in enumerate(FORMS):
            blank = self.register.search([("needs_number", "=", True)], limit=1)
            blank.with_user(self.clerk).name = form.replace("SN0042", f"SN{index}")
            self.assertEqual(blank.name, f"SN{index}", form)

    def test_when_a_label_says_more_than_the_number_then_it_is_kept_however_the_unit_got_it(self):
        full = f"]d201{GTIN}1727123110LOT7\x1d21SN%d\x1d250B%d\x1d8002{IMEI}"

        def number_by_hand(text):
            self._receive(blanks=1)
            blank = self.register.search([("needs_number", "=", True)])
            blank.with_user(self.clerk).name = text

        def bring_in(text):
            self._receive(blanks=1)
            self.register.load(["name", "product_id", "status"], [[text, "Phone", "Available"]])

        def correct(text):
            action = self._receive(["A1"]).with_user(self.manager).action_correct_serials()
            wizard = self.env["serial.correct"].browse(action["res_id"]).with_user(self.manager)
            wizard.line_ids.name = text
            wizard.action_apply()

        def receive(text):
            self._receive([text])

        for index, act in enumerate((number_by_hand, bring_in, correct, receive)):
            act(full % (index, index))
            unit = self._unit(f"SN{index}")
            self.assertEqual((str(unit.expiration_date), unit.batch_name), ("2027-12-31", "LOT7"), act.__name__)
            self.assertEqual(set(unit.identity_ids.mapped("name")), {f"B{index}", IMEI}, act.__name__)
            unit.identity_ids.unlink()

    def test_when_the_label_on_the_worklist_is_wrong_then_refused_by_its_cause(self):
        self._receive(blanks=1)
        self._make_product("Tablet", barcode=GTIN[1:])
        blank = self.register.search([("needs_number", "=", True)])
        for text, cause in ((LABEL, "is of Tablet"), (f"01{GTIN[:-1]}421X", "check digit")):
            with self.assertRaisesRegex(UserError, cause):
                blank.name = text

    def test_when_a_file_of_bare_labels_is_dropped_then_their_units_are_entered(self):
        line = self._validate_and_open(self._transfer("in", 2)).line_ids
        labels = [f"{LABEL}{number}\x1d17271231" for number in (1, 2)]

        result = line.enter_file("scanned.txt", base64.b64encode("\n".join(labels).encode()).decode())

        self.assertEqual((self._entered(line), result["bad"]), (["SN00421", "SN00422"], []))

    def test_when_labels_are_imported_then_their_numbers_are(self):
        self._receive(blanks=1)

        result = self.register.load(["name", "product_id", "status"], [[LABEL, "Phone", "Available"]])

        self.assertFalse(result["messages"])
        self.assertEqual(self._unit("SN0042").status, "available")

    def test_when_a_label_is_typed_to_correct_then_its_number_is_booked(self):
        picking = self._receive(["A1"])
        action = picking.with_user(self.manager).action_correct_serials()
        wizard = self.env["serial.correct"].browse(action["res_id"]).with_user(self.manager)

        wizard.line_ids.name = LABEL
        wizard.action_apply()

        self.assertEqual(picking.move_ids.serial_ids.name, "SN0042")

    def test_when_a_bare_code_is_looked_up_then_the_unit_of_either_candidate_is_found(self):
        self._receive(["FOC1234A1B2"])
        self._ship(["FOC1234A1B2"])
        unit = self._unit("FOC1234A1B2")

        self.assertEqual(self.register.search([("display_name", "ilike", "SFOC1234A1B2")]), unit)
        wizard = self.env["serial.return"].create({"text": "SFOC1234A1B2"})
        wizard.action_find()
        self.assertEqual(wizard.line_ids.serial_id, unit)
        self.assertEqual(self.register.sudo()._register_for_portal(self.customer, "SFOC1234A1B2", ""), unit)

    def test_when_the_language_has_words_of_its_own_for_serial_numbers_then_they_are_left_out(self):
        self.assertIn("Serial Number", scan.get_prefixes(self.env))
        self.assertEqual(self._check(["Serial Number ABC1"]), [("ABC1", "new")])

    def test_when_no_product_has_the_gtin_then_the_window_offers_to_remember_it(self):
        line = self._validate_and_open(self._transfer("in", 3)).line_ids

        result = line.enter_text(LABEL)
        line.remember_gtin(result["gtin"]["gtin"])

        self.assertEqual(result["added"], 1)
        self.assertEqual(result["gtin"], {"gtin": GTIN, "line_id": line.id, "product": "Phone"})
        self.assertEqual(self.product.barcode, GTIN[1:])
        self.assertNotIn("gtin", line.enter_text(f"01{GTIN}21SN0043"))

    def test_when_the_product_has_a_barcode_then_another_one_is_remembered_beside_it(self):
        self.product.barcode = "4006381333931"
        line = self._validate_and_open(self._transfer("in", 1)).line_ids

        line.remember_gtin(GTIN)
        line.remember_gtin(GTIN)

        self.assertEqual(self.product.barcode, "4006381333931")
        self.assertRecordValues(self.product.product_uom_ids, [{"barcode": GTIN[1:], "uom_id": self.product.uom_id.id}])

    def test_when_it_is_none_or_another_product_s_then_it_is_not_remembered(self):
        self._make_product("Tablet", barcode=GTIN[1:])
        line = self._validate_and_open(self._transfer("in", 1)).line_ids

        for text, cause in (("123", "is no GTIN"), (GTIN, "of Tablet already")):
            with self.assertRaisesRegex(UserError, cause):
                line.remember_gtin(text)

    def test_when_a_scanner_is_tested_then_it_is_said_what_was_read(self):
        self.product.barcode = GTIN[1:]
        label = f"]d201{GTIN}1727123110LOT7\x1d21SN0042"

        read = self.register.with_user(self.clerk).read_label(label)

        rows = {row["label"]: row["value"] for row in read["rows"]}
        self.assertEqual(
            (rows["Kind of label"], rows["Serial number"], rows["GTIN"], rows["Product"], rows["Lot"]),
            ("GS1 element string", "SN0042", GTIN, "Phone", "LOT7"),
        )
        self.assertEqual((rows["Expires on"], read["fault"]), ("12/31/2027", ""))

    def test_when_a_tested_label_is_wrong_then_it_is_said_why(self):
        self.assertIn("check digit", self.register.read_label(f"01{GTIN[:-1]}421X")["fault"])
        self.assertIn("separates", self.register.read_label(f"01{GTIN}21{'X' * 21}")["fault"])
        self.assertEqual(self.register.read_label("A1")["rows"][0]["value"], "Plain text, no label")
        with self.assertRaises(UserError):
            self.register.read_label("X" * 5000)

    def test_when_numbers_are_plain_then_no_query_more_is_asked(self):
        move = self._transfer("in", 5).move_ids
        scan.read_names(move, ["A"])

        with self.assertQueryCount(0):
            scan.read_names(move, ["A1", "A2", "B-3", "2104512345", "SN"])


@tagged("post_install", "-at_install")
class TestLabelsElsewhere(RecallCommon):
    def _look_for(self, text):
        """Return what each place that looks units up finds by a text."""
        desk = self.env["serial.return"].create({"text": text})
        desk.action_find()
        return {
            "desk": desk.line_ids.serial_id,
            "recall": self._recall([text]).line_ids.serial_id,
            "portal": self.register.sudo()._register_for_portal(self.customer, text, ""),
            "card": self.register.browse(card["id"] for card in self.register.look_up(text)["cards"]),
        }

    def _make_sold(self):
        self._receive(["SN0042"])
        self._ship(["SN0042"])
        return self._unit("SN0042")

    def test_when_a_label_is_of_another_product_then_no_place_finds_the_unit_of_this_one(self):
        unit = self._make_sold()
        self.assertEqual(set(self._look_for(LABEL).values()), {unit})

        self.tablet.barcode = GTIN[1:]

        self.assertEqual(set(self._look_for(LABEL).values()), {self.register.browse()})
        self.assertFalse(self.register.search([("display_name", "ilike", LABEL)]))

    def test_when_two_products_have_the_number_then_the_label_tells_which_is_meant(self):
        self.tablet.barcode = GTIN[1:]
        self._make_sold()
        self._receive(["SN0042"], product=self.tablet)
        self._ship(["SN0042"], product=self.tablet)

        self.assertEqual(set(self._look_for(LABEL).values()), {self._unit("SN0042", self.tablet)})

    def test_when_a_label_is_wrong_then_no_place_takes_it_and_the_cause_is_said(self):
        self._make_sold()
        for text, cause in (
            (f"01{GTIN[:-1]}421SN0042", "check digit"),
            (f"]C101{GTIN}21SN0042\x1d21B", "two serial numbers"),
            (f"]C101{GTIN}21SN0042\x1d3012", "12 pieces"),
            (f"01{GTIN}10SN0042", "no serial number"),
        ):
            self.assertEqual(set(self._look_for(text).values()), {self.register.browse()}, text)
            self.assertFalse(self.register.search([("display_name", "ilike", text)]), text)
            desk = self.env["serial.return"].create({"text": text})
            desk.action_find()
            self.assertIn(cause, desk.line_ids.message)
            self.assertIn(cause, self._recall([text]).leftover_reasons)

    def test_when_two_companies_have_products_of_one_gtin_then_each_label_is_of_its_own(self):
        unit = self._make_sold()
        self.product.write({"barcode": GTIN[1:], "company_id": self.company.id})
        sister = self.env["res.company"].create({"name": "Sister"})
        twin = self._make_product("Twin", barcode=GTIN[1:], company_id=sister.id)
        move = self._transfer("in", 1).move_ids.with_user(self.env.ref("base.user_root"))

        self.assertEqual(scan.find_owners(self.env, {GTIN}), {GTIN: self.product | twin})
        self.assertEqual(self.register.sudo()._register_for_portal(self.customer, LABEL, ""), unit)
        self.assertEqual([card["id"] for card in self.register.look_up(LABEL)["cards"]], unit.ids)
        self.assertEqual(move.check_serials([f"01{GTIN}21SN0043"])[0]["code"], "new")

    def test_when_a_label_of_another_product_is_counted_then_it_is_a_unit_of_its_own(self):
        self._receive(["SN0042"])
        self.tablet.barcode = GTIN[1:]
        count = self.env["serial.count"].create({"location_id": self.stock.id})

        count.add_serials([LABEL])

        scanned = count.line_ids.filtered("name")
        self.assertRecordValues(scanned, [{"code": "unknown", "name": "SN0042", "product_id": self.tablet.id}])

    def test_when_labels_are_recalled_then_their_units_are(self):
        self._receive(["SN0042"])

        for form in FORMS:
            recall = self._recall([form])
            self.assertEqual(self._names(recall), ["SN0042"], form)

    def test_when_a_customer_registers_a_label_then_the_unit_is_theirs(self):
        self._receive(["SN0042"])
        self._ship(["SN0042"])

        unit = self.register.sudo()._register_for_portal(self.customer, LABEL, "")

        self.assertEqual((unit.name, unit.end_user_id), ("SN0042", self.customer))
