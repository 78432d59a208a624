from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from ..tools import check_digit
from .common.series import SeriesCommon


@tagged("post_install", "-at_install")
class TestSeries(SeriesCommon):
    """Numbers that the company makes itself: a series of a product or a category."""

    def test_when_check_digits_are_made_then_they_are_those_of_the_standards(self):
        examples = [
            ("none", "236", ""),
            ("luhn", "7992739871", "3"),
            ("verhoeff", "236", "3"),
            ("mod_11_10", "0794", "5"),
            ("mod_97_10", "794", "44"),
        ]

        self.assertEqual([check_digit.make(text, check) for check, text, _digits in examples], [e[2] for e in examples])

    def test_when_two_digits_change_places_then_the_check_digit_tells(self):
        for check in ("luhn", "verhoeff", "mod_11_10", "mod_97_10"):
            name = "UX-572/b" + check_digit.make("UX-572/b", check)
            with self.subTest(check):
                self.assertTrue(check_digit.is_right(name, check))
                self.assertFalse(check_digit.is_right(name.replace("572", "752"), check))

    def test_when_generated_then_the_line_is_full_and_the_next_one_goes_on(self):
        line = self._open_line(3)

        result = line.generate_serials()

        self.assertEqual((result["added"], result["bad"]), (3, []))
        self.assertEqual(self._entered(line), ["UX001", "UX002", "UX003"])
        self.assertEqual(result["line"]["next_number"], "UX004")
        line.entry_id.action_confirm()
        self.assertEqual(sorted(self._units().mapped("name")), ["UX001", "UX002", "UX003"])
        other = self._open_line(1)
        other.generate_serials()
        self.assertEqual(self._entered(other), ["UX004"])

    def test_when_some_are_scanned_then_the_rest_alone_is_generated(self):
        line = self._open_line(3)
        line.add_serials(["X1"])

        line.generate_serials()

        self.assertEqual(self._entered(line), ["X1", "UX001", "UX002"])
        self.assertEqual(line.generate_serials()["added"], 0)

    def test_when_more_than_missing_are_wanted_then_it_is_refused(self):
        line = self._open_line(2)

        with self.assertRaisesRegex(UserError, "2 numbers are missing"):
            line.generate_serials(3)

    def test_when_units_have_numbers_of_the_series_then_these_are_skipped(self):
        self._receive([f"ux{number:03d}" for number in (1, 2, 4)])
        line = self._open_line(3)
        self.assertEqual(line._get_state()["next_number"], "UX003")

        line.generate_serials()

        self.assertEqual(self._entered(line), ["UX003", "UX005", "UX006"])

    def test_when_a_long_run_exists_then_what_was_drawn_beyond_it_is_given_out_next(self):
        self._receive([f"UX{number:03d}" for number in range(1, 40)])
        line = self._open_line(2)

        line.generate_serials()

        self.assertEqual(self._entered(line), ["UX040", "UX041"])
        line.entry_id.action_confirm()
        line = self._open_line(1)
        line.generate_serials()
        self.assertEqual(self._entered(line), ["UX042"])

    def test_when_the_window_is_discarded_then_its_numbers_are_given_out_again(self):
        line = self._open_line(3)
        line.generate_serials()
        line.entry_id.action_discard()
        line = self._open_line(2)

        line.generate_serials()

        self.assertEqual(self._entered(line), ["UX001", "UX002"])

    def test_when_one_is_taken_out_then_the_same_window_takes_it_again_first(self):
        line = self._open_line(2)
        line.generate_serials()
        line.remove_serials(["UX001"])

        line.generate_serials()

        self.assertEqual(self._entered(line), ["UX002", "UX001"])

    def test_when_a_window_is_open_then_another_one_never_gets_its_numbers(self):
        line, other = self._open_line(2), self._open_line(2)
        line.generate_serials()
        line.remove_serials(["UX001"])

        other.generate_serials()

        self.assertEqual(self._entered(other), ["UX003", "UX004"])

    def test_when_confirmed_without_some_then_these_are_given_out_next(self):
        line = self._open_line(2)
        line.generate_serials()
        line.remove_serials(["UX001"])
        line.use_blanks()
        line.entry_id.action_confirm()
        line = self._open_line(2)

        line.generate_serials()

        self.assertEqual(self._entered(line), ["UX001", "UX003"])

    def test_when_the_counter_is_set_back_then_numbers_of_open_windows_are_not_taken_twice(self):
        line = self._open_line(2)
        line.generate_serials()
        self.series.next_number = 1
        other = self._open_line(1)

        other.generate_serials()

        self.assertEqual(self._entered(other), ["UX003"])

    def test_when_a_document_keeps_numbers_then_they_wait_until_given_back(self):
        picking = self._transfer("in", 2)
        line = self._entry(picking.action_enter_serials(), picking).line_ids
        line.generate_serials()
        line.entry_id.action_confirm()
        picking.action_cancel()
        taken = self.env["serial.series.number"].search(self.series.action_view_taken()["domain"])
        self.assertEqual(taken.mapped("name"), ["UX001", "UX002"])
        self.assertEqual(self.series.taken_count, 2)

        taken.with_user(self.manager).action_give_back()

        line = self._open_line(1)
        line.generate_serials()
        self.assertEqual(self._entered(line), ["UX001"])

    def test_when_range_begins_with_the_next_number_then_the_series_makes_it(self):
        self.series.check_digit = "luhn"
        line = self._open_line(2)
        first = line._get_state()["next_number"]

        line.enter_range(first, 2)

        self.assertEqual(self._entered(line), ["UX0018", "UX0026"])

    def test_when_range_begins_elsewhere_then_it_counts_up_as_ever(self):
        line = self._open_line(2)

        line.enter_range("Z8", 2)

        self.assertEqual(self._entered(line), ["Z8", "Z9"])

    def test_when_the_category_has_a_series_then_its_products_take_from_it(self):
        category = self.env["product.category"].create({"name": "Devices"})
        below = self.env["product.category"].create({"name": "Meters", "parent_id": category.id})
        category.serial_series_id = self._make_series("Devices", prefix="D-", padding=2, suffix="/E")
        self.product.write({"serial_series_id": False, "categ_id": below.id})

        self.assertEqual(self.product.product_tmpl_id.serial_next_number, "D-01/E")
        line = self._open_line(1)
        line.generate_serials()
        self.assertEqual(self._entered(line), ["D-01/E"])

    def test_when_there_is_no_series_then_generate_says_where_to_choose_one(self):
        self.product.serial_series_id = False
        line = self._open_line(1)

        self.assertEqual(line._get_state()["next_number"], "")
        with self.assertRaisesRegex(UserError, "no series of own numbers. Choose one"):
            line.generate_serials()

    def test_when_units_leave_then_nothing_is_generated(self):
        self._receive(["A1"])
        line = self._open_line(1, "out")

        self.assertEqual(line._get_state()["next_number"], "")
        with self.assertRaisesRegex(UserError, "where new units come in"):
            line.generate_serials()

    def test_when_the_format_refuses_the_series_then_nothing_is_taken(self):
        self.product.product_tmpl_id.serial_format = "[0-9]+"
        line = self._open_line(1)

        with self.assertRaisesRegex(UserError, "Meters makes what is refused: UX001 does not look like"):
            line.generate_serials()
        self.assertEqual(self.series.next_number, 1)

    def test_when_the_prefix_has_the_year_then_free_numbers_of_another_one_stay_gaps(self):
        self.series.prefix = "%(year)s-"
        line = self._open_line(1)
        line.generate_serials()
        first = self._entered(line)[0]
        line.entry_id.action_discard()
        taken = self.env["serial.series.number"].search([("series_id", "=", self.series.id)])
        self.env.cr.execute("UPDATE serial_series_number SET name = '1999-001' WHERE id = %s", [taken.id])

        line = self._open_line(1)
        line.generate_serials()

        self.assertEqual(self._entered(line), [first.replace("001", "002")])

    def test_when_the_counter_allows_no_gaps_then_it_counts_as_well(self):
        self.series.sequence_id.sudo().write({"implementation": "no_gap", "number_increment": 5})
        line = self._open_line(2)

        line.generate_serials()

        self.assertEqual(self._entered(line), ["UX001", "UX006"])
        self.assertEqual(self.series.next_number, 11)

    def test_when_the_counter_begins_anew_each_year_then_its_range_counts(self):
        self.series.sequence_id.sudo().use_date_range = True
        self.series.prefix = "%(range_year)s/"
        line = self._open_line(2)

        line.generate_serials()

        year = self.env.cr.now().year
        self.assertEqual(self._entered(line), [f"{year}/001", f"{year}/002"])
        self.assertEqual(self.series.next_name, f"{year}/003")

    def test_when_the_series_is_of_another_company_then_it_is_refused(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.env.user.company_ids += other
        self.series.company_id = other
        line = self._open_line(1)

        with self.assertRaisesRegex(UserError, "The series Meters is of Other"):
            line.generate_serials()

    def test_when_labels_print_at_once_then_confirming_prints_those_that_were_generated(self):
        self.series.write({"prints_labels": True, "label_format": "4x7"})
        line = self._open_line(2)
        line.add_serials(["X1"])
        line.generate_serials()

        action = line.entry_id.action_confirm()

        self.assertEqual((action["tag"], action["params"]["anotherAction"]), ("serial_print_labels", False))
        [report] = action["params"]["reports"]
        layout = self.env["serial.label.layout"].browse(report["context"]["active_ids"])
        self.assertEqual(layout.serial_ids.mapped("name"), ["UX001"])
        self.assertEqual(layout.print_format, "4x7")

    def test_when_a_count_brings_units_then_their_numbers_are_generated(self):
        quant = (
            self.env["stock.quant"]
            .with_context(inventory_mode=True)
            .create({"product_id": self.product.id, "location_id": self.stock.id, "inventory_quantity": 2})
        )
        line = self._entry(quant.with_context(serial_ask=True).action_apply_inventory()).line_ids

        line.generate_serials()
        line.entry_id.action_confirm()

        self.assertEqual(self._units().mapped("name"), ["UX001", "UX002"])

    def test_when_blanks_are_chosen_on_the_worklist_then_they_get_the_next_numbers(self):
        self._receive(blanks=2)
        units = self._units()

        self.assertIs(units.with_user(self.clerk).action_generate_numbers(), True)

        self.assertEqual(units.mapped("name"), ["UX001", "UX002"])
        self.assertEqual(units.mapped("status"), ["available"] * 2)
        line = self._open_line(1)
        line.generate_serials()
        self.assertEqual(self._entered(line), ["UX003"])

    def test_when_no_unit_waits_for_a_number_then_generate_says_so(self):
        self._receive(["A1"])

        with self.assertRaisesRegex(UserError, "Choose units in stock that have no serial number yet"):
            self._units().action_generate_numbers()

    def test_when_products_share_a_series_then_they_never_get_the_same(self):
        other = self._make_product("Other", serial_series_id=self.series.id)
        self._receive(blanks=1)
        self._receive(blanks=1, product=other)
        units = self._units() + self._units(product=other)

        units.action_generate_numbers()

        self.assertEqual(units.mapped("name"), ["UX001", "UX002"])

    def test_when_a_unit_has_its_number_then_the_daily_cleaning_forgets_it(self):
        line = self._open_line(1)
        line.generate_serials()
        line.entry_id.action_confirm()

        self.env["serial.series.number"]._forget_used()

        self.assertFalse(self.env["serial.series.number"].search([("series_id", "=", self.series.id)]))

    def test_when_a_series_makes_no_numbers_then_it_is_refused(self):
        with self.assertRaisesRegex(UserError, "Invalid prefix"):
            self.series.prefix = "%(nothing)s"
        with self.assertRaisesRegex(ValidationError, "too long"):
            self.series.prefix = "X" * 128
        with self.assertRaisesRegex(ValidationError, "at least 1"):
            self.series.next_number = 0

    def test_when_it_is_copied_then_the_copy_counts_for_itself(self):
        self.series.next_number = 7

        copy = self.series.copy()

        self.assertRecordValues(copy, [{"name": "Meters (copy)", "prefix": "UX", "padding": 3, "next_number": 1}])
        self.assertNotEqual(copy.sequence_id, self.series.sequence_id)

    def test_when_a_manager_of_serial_numbers_alone_makes_one_then_it_counts(self):
        user = new_test_user(self.env, "numbers", "serial_number_tracking.group_serial_number_manager")
        series = self.env["serial.series"].with_user(user).create({"name": "N", "prefix": "N", "next_number": 5})
        self.assertEqual(series.next_name, "N00005")
        with self.assertRaises(AccessError):
            series.with_user(self.clerk).prefix = "M"
        series.unlink()
        self.assertFalse(series.exists())

    def test_when_two_lines_are_of_the_product_then_both_are_filled(self):
        picking = self._transfer("in", 1)
        picking.write({"move_ids": [Command.create(picking.move_ids.copy_data()[0] | {"product_uom_qty": 2})]})
        picking.action_confirm()
        picking.move_ids.picked = True
        lines = self._validate_and_open(picking).line_ids

        for line in lines:
            line.generate_serials()

        self.assertEqual(sum(lines.mapped("entered")), sum(lines.mapped("quantity")))
