"""Expiry and lot of labels: kept on the unit, said, and in the order of what is proposed."""

from datetime import date, timedelta

from odoo import fields
from odoo.tests import tagged

from ..wizards.serial_report_rows import get_sheet_columns
from .common.entry import EntryCommon

GTIN = "09521234543213"
OVER, LATER = date(2020, 1, 31), date(2049, 12, 31)


def make_label(name, expires=LATER, lot="LOT7"):
    return f"]d201{GTIN}17{expires:%y%m%d}10{lot}\x1d21{name}"


@tagged("post_install", "-at_install")
class TestExpiry(EntryCommon):
    def _receive_labels(self, *labels):
        picking = self._transfer("in", len(labels))
        picking.move_ids.assign_serials(list(labels))
        picking.button_validate()
        return picking

    def test_when_labels_are_received_then_their_units_have_expiry_and_lot(self):
        self._receive_labels(make_label("A1"), make_label("A2", OVER), "A3")

        self.assertRecordValues(
            self._unit("A1") | self._unit("A2") | self._unit("A3"),
            [
                {"expiration_date": LATER, "batch_name": "LOT7"},
                {"expiration_date": OVER, "batch_name": "LOT7"},
                {"expiration_date": False, "batch_name": False},
            ],
        )
        self.assertEqual(self._unit("A1").event_ids.note, "Expires on: 2049-12-31; Vendor's Lot: LOT7")
        self.assertFalse(self._unit("A3").event_ids.note)

    def test_when_labels_are_scanned_in_the_window_then_the_rows_and_the_units_have_them(self):
        picking = self._transfer("in", 2)
        entry = self._validate_and_open(picking)

        entry.line_ids.enter_text(f"{make_label('A1')}\nA2")
        rows = entry.line_ids.get_units()["rows"]
        entry.action_confirm()

        said = [(row["expiration_date"], row["batch_name"]) for row in rows]
        self.assertEqual(said, [(False, False), (LATER, "LOT7")])
        self.assertEqual(rows[1]["expiration_days"], (LATER - self.company._get_serial_day()).days)
        self.assertEqual((self._unit("A1").expiration_date, self._unit("A1").batch_name), (LATER, "LOT7"))

    def test_when_a_unit_on_hold_is_released_in_the_window_then_it_has_what_its_label_says(self):
        self._receive(["A1"])
        self._unit("A1").with_user(self.manager).action_hold("Why")
        entry = self._validate_and_open(self._transfer("out", 1, user=self.manager))
        refused = entry.line_ids.enter_text(make_label("A1"))["bad"]

        entry.line_ids.release_serial("A1")
        entry.action_confirm()

        self.assertEqual([check["code"] for check in refused], ["hold"])
        said = {"expiration_date": LATER, "batch_name": "LOT7", "status": "sold"}
        self.assertRecordValues(self._unit("A1"), [said])

    def test_when_a_stranger_s_unit_is_taken_in_then_it_has_what_its_label_says(self):
        self._receive(["A1"])
        self._ship(["A1"], partner=self.other_customer)
        entry = self._validate_and_open(self._transfer("back", 1))
        entry.line_ids.enter_text(make_label("A1"))

        entry.line_ids.enter_text("A1", add=True)
        entry.action_confirm()

        self.assertRecordValues(self._unit("A1"), [{"expiration_date": LATER, "batch_name": "LOT7"}])

    def test_when_a_number_was_too_many_then_it_has_what_its_label_says_once_there_is_room(self):
        entry = self._validate_and_open(self._transfer("in", 1))
        entry.line_ids.enter_text(f"B1\n{make_label('A1')}")
        entry.line_ids.remove_serials(["B1"])

        entry.line_ids.enter_text("A1")
        entry.action_confirm()

        self.assertRecordValues(self._unit("A1"), [{"expiration_date": LATER, "batch_name": "LOT7"}])

    def test_when_the_window_is_opened_again_then_they_are_there_still(self):
        picking = self._transfer("in", 2)
        picking.move_ids.assign_serials([make_label("A1")])

        entry = self._validate_and_open(picking)
        entry.line_ids.enter_text("A2")
        entry.action_confirm()

        self.assertEqual(self._unit("A1").expiration_date, LATER)

    def test_when_a_blank_gets_its_number_by_a_label_then_its_expiry_too(self):
        self._receive(blanks=1)
        picking = self._transfer("out", 1)

        picking.move_ids.assign_serials([make_label("A1")])
        picking.button_validate()

        self.assertRecordValues(self._unit("A1"), [{"status": "sold", "expiration_date": LATER}])

    def test_when_a_known_unit_s_label_says_the_same_then_the_history_does_not_repeat_it(self):
        self._receive_labels(make_label("A1"))
        picking = self._transfer("out", 1)

        picking.move_ids.assign_serials([make_label("A1")])
        picking.button_validate()

        self.assertFalse(self._unit("A1").event_ids.sorted("id")[-1].note)

    def test_when_labels_say_more_of_some_units_than_of_others_then_each_is_told_its_own(self):
        self._receive(["A1", "A2", "A3", "A4"])
        names = ["A1", make_label("A2", OVER), "A3", make_label("A2"), "A4"]
        move = self._transfer("out", 3).move_ids

        for typed in (names, names[::-1]):
            codes = {(check["name"], check["code"]): check["message"] for check in move.check_serials(typed)}
            with self.subTest(typed=typed):
                self.assertEqual(len(codes), 5)
                self.assertIn(("A3", "ok"), codes)
                self.assertEqual(codes["A3", "ok"], "")
                self.assertIn("entered already", codes["A2", "duplicate"])
                self.assertIn("too many", codes[typed[-1], "too_many"])
        said = move.check_serials(names)[1]["message"]
        self.assertEqual(said, "It expired on 01/31/2020.")

    def test_when_an_expired_unit_is_shipped_then_it_is_taken_with_a_word(self):
        self._receive_labels(make_label("A1", OVER), make_label("A2"))

        checks = self._transfer("out", 2).move_ids.check_serials(["A1", "A2"])

        self.assertEqual([check["code"] for check in checks], ["ok", "ok"])
        self.assertEqual([check["message"] for check in checks], ["It expired on 01/31/2020.", ""])
        self.assertEqual([check["expiration_date"] for check in checks], [OVER, LATER])

    def test_when_units_expire_then_the_spreadsheet_has_the_columns(self):
        report = self.env["serial.report"].create({})
        before = get_sheet_columns(report).keys()

        self._receive_labels(make_label("A1"))

        self.assertEqual(get_sheet_columns(report).keys() - before, {"expiration_date", "batch_name"})

    def test_when_an_expired_unit_goes_back_to_the_vendor_then_nothing_is_said(self):
        self._receive_labels(make_label("A1", OVER))
        move = self._transfer("out", 1, target=self.supplier_location).move_ids

        self.assertEqual(move.check_serials(["A1"])[0]["message"], "")

    def test_when_units_are_proposed_then_the_first_expiring_are_first(self):
        self._receive_labels(make_label("A1"), "A2", make_label("A3", LATER - timedelta(1)))
        units = self._unit("A1") | self._unit("A2") | self._unit("A3")
        units.with_user(self.clerk).action_designate(self.customer)

        line = self._validate_and_open(self._transfer("out", 2)).line_ids
        line.enter_proposals()

        self.assertEqual(self._entered(line), ["A3", "A1"])

    def test_when_units_are_imported_with_their_expiry_then_they_have_it(self):
        columns = ["name", "product_id", "status", "expiration_date", "batch_name"]
        rows = [["A1", "Phone", "Void", "2049-12-31", "LOT7"]]

        result = self.register.load(columns, rows)

        self.assertFalse(result["messages"])
        self.assertRecordValues(self._unit("A1"), [{"expiration_date": LATER, "batch_name": "LOT7"}])

    def test_when_units_are_filtered_then_by_what_expired_and_what_will(self):
        today = fields.Date.today()
        self._receive_labels(make_label("A1", OVER), make_label("A2"), make_label("A3", today + timedelta(10)))
        arch = self.register.get_view(view_type="search")["arch"]

        for name in ("expired", "expiring"):
            self.assertIn(f'name="{name}"', arch)
        expiring = self.register.search([("expiration_date", ">=", "today"), ("expiration_date", "<=", "+30d")])
        self.assertEqual(expiring.mapped("name"), ["A3"])
        self.assertEqual(self.register.search([("expiration_date", "<", "today")]).mapped("name"), ["A1"])
