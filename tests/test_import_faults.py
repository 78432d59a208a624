import datetime
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..wizards import base_import_import
from .common.files import make_far, make_xlsx
from .common.imports import CSV, XLSX
from .common.job import JobCommon

SCREEN = {"has_headers": True, "quoting": '"', "date_format": "", "datetime_format": "", "skip": 0, "limit": 2000}


class FaultsCommon(JobCommon):
    """Files whose rows are wrong, in the screen and in the background."""

    def _test(self, content, fields, file_type=XLSX, dryrun=True, **options):
        """Load a file as the import screen does, and press Test; return the answer."""
        screen = self._screen(content, file_type)
        preview = screen.parse_preview({**SCREEN, **options})
        self.assertFalse(preview.get("error"))
        options = {**SCREEN, **options, "date_format": options.get("date_format") or preview["options"]["date_format"]}
        return screen.execute_import(fields, [name or "" for name in fields], options, dryrun=dryrun)

    def _import(self, content, fields, **options):
        """Import a file; return its units."""
        result = self._test(content, fields, dryrun=False, **options)
        self.assertFalse(result["messages"])
        return self.register.browse(result["ids"])

    def _faults(self, result):
        """Return ``{line: [message]}`` of an answer of the screen."""
        faults = {}
        for message in result["messages"]:
            self.assertEqual(message["rows"], {"from": message["record"] - 1, "to": message["record"] - 1})
            faults.setdefault(message["record"], []).append(message["message"])
        return faults

    def _fail_job(self, content, fields, file_type=XLSX, **options):
        """Import a bad file in the background; return what is wrong with it."""
        screen = self._screen(content, file_type)
        job = self._job(screen.action_import_in_background(fields, {**SCREEN, **options}))
        self._work()
        self.assertEqual(job.state, "failed")
        return job.problem


@tagged("post_install", "-at_install")
class TestImportFaults(FaultsCommon):
    """All bad rows are told at once, by the lines of the file and the labels of the fields."""

    FIELDS = ["name", "product_id", "status", "customer_id", "date_sold", False]

    def _make_bad_file(self):
        """Return a file with bad rows of many kinds, an empty line between them, and a column that is not imported."""
        rows = [["Serial Number", "Product", "Status", "Customer", "Sold on", "Box"]]
        rows += [[f"S{number}", "Phone", "Sold", "Customer", "2026-01-31", "7"] for number in range(2, 60)]
        rows[10] = ["", "", "", "", "", ""]
        rows[20] = ["", "", "", "", "", "only here"]
        for line, (column, cell) in {
            5: (4, "2026-02-31"),
            7: (1, "Nonsense"),
            9: (2, "Broken"),
            15: (3, "Nobody"),
            26: (0, "S\u200b26"),
            30: (0, "s2"),
            31: (4, "soon"),
            57: (0, 1234567890123456789),
            58: (1, "Cable"),
        }.items():
            rows[line - 1][column] = cell
        return make_xlsx(rows)

    def test_when_rows_are_bad_for_many_reasons_then_all_are_told_by_their_line_and_field(self):
        result = self._test(self._make_bad_file(), self.FIELDS, dryrun=False)

        faults = self._faults(result)
        self.assertEqual(list(faults), [5, 7, 9, 15, 26, 30, 31, 57, 58])
        labels = ["Sold on", "Product", "Status", "Customer", "Serial Number", "Serial Number", "Sold on"]
        for (line, messages), label in zip(faults.items(), [*labels, "Serial Number", "Product"], strict=True):
            self.assertEqual(len(messages), 1, messages)
            self.assertRegex(messages[0], f"^Line {line}: .*{label}")
        self.assertIn("S2 stands on line 2 already", faults[30][0].replace("s2", "S2"))
        self.assertFalse(result["ids"])
        self.assertFalse(self._units())

    def test_when_the_screen_shows_the_rows_then_their_numbers_stand_beside_them(self):
        result = self._test(self._make_bad_file(), self.FIELDS)
        self.assertEqual(result["name"][7 - 1], "S7")
        self.assertEqual(result["name"][58 - 1], "S58")

    def test_when_the_same_file_is_imported_in_the_background_then_it_says_the_same(self):
        content = self._make_bad_file()

        problem = self._fail_job(content, self.FIELDS)

        messages = self._test(content, self.FIELDS)["messages"]
        self.assertEqual(problem.splitlines()[1:], [message["message"] for message in messages])
        self.assertFalse(self._units())

    def test_when_a_row_has_two_bad_cells_then_both_are_told(self):
        rows = [["Number", "Product", "Sold on", "Customer", "Status"], ["S1", "Phone", "x", "Nobody", "Sold"]]

        faults = self._faults(self._test(make_xlsx(rows), ["name", "product_id", "date_sold", "customer_id", "status"]))

        self.assertEqual(list(faults), [2])
        self.assertEqual(len(faults[2]), 2)

    def test_when_rows_stand_far_down_then_their_own_lines_are_told(self):
        content = make_far(A1="Serial Number", B1="Product", A500="S1", B500="Nonsense", A70000="S2", B70000="Cable")
        self.assertEqual(list(self._faults(self._test(content, ["name", "product_id"]))), [500, 70000])

    def test_when_a_text_goes_over_lines_then_the_lines_of_the_file_are_told(self):
        content = b'Serial Number,Product,Note\nS1,Nonsense,"one\ntwo"\n\nS2,Cable,\n'
        faults = self._faults(self._test(content, ["name", "product_id", "note"], CSV))
        self.assertEqual(list(faults), [2, 5])

    def test_when_the_test_begins_below_then_lines_are_those_of_the_file(self):
        faults = self._faults(self._test(self._make_bad_file(), self.FIELDS, skip=20))
        self.assertEqual(list(faults), [26, 30, 31, 57, 58])

    def test_when_the_first_batch_is_bad_then_the_test_goes_on(self):
        faults = self._faults(self._test(self._make_bad_file(), self.FIELDS, limit=5))
        self.assertEqual(list(faults), [5, 7, 9, 15, 26, 30, 31, 57, 58])

    def test_when_a_later_batch_has_a_bad_cell_then_nothing_of_the_first_is_imported(self):
        rows = [["Number", "Product", "Status", "Sold on"], *([f"S{n}", "Phone", "Sold", ""] for n in range(4))]
        rows[4][3] = "never"

        result = self._test(make_xlsx(rows), ["name", "product_id", "status", "date_sold"], dryrun=False, limit=2)

        self.assertEqual(list(self._faults(result)), [5])
        self.assertFalse(self._units())

    def test_when_very_many_rows_are_bad_then_it_says_how_many_more_there_are(self):
        self.enterContext(patch.object(base_import_import, "FAULTS_SHOWN", 3))
        rows = [["Number", "Product"], *([f"S{number}", "Nonsense"] for number in range(8))]

        result = self._test(make_xlsx(rows), ["name", "product_id"])

        self.assertEqual(len(result["messages"]), 4)
        self.assertIn("5 more", result["messages"][-1]["message"])

    def test_when_other_records_of_the_addon_are_imported_then_their_rows_are_told_as_well(self):
        vals = {"res_model": "serial.hold.reason", "file_name": "reasons.csv", "file_type": CSV}
        screen = self.env["base_import.import"].with_user(self.manager).create(vals)
        for content, lines in ((b"Reason,Active\nLost,yes\n", []), (b"Reason,Active\n\nGone,1\n,1\n", [4])):
            screen.file = content

            result = screen.execute_import(["name", "active"], ["reason", "active"], dict(SCREEN))

            self.assertEqual(list(self._faults(result)), lines)
            self.assertEqual(bool(result["ids"]), not lines)

    def test_when_others_load_a_file_then_it_is_not_even_read(self):
        content = make_xlsx([["Serial Number", "Product"], ["S1", "Phone"]])
        stranger = new_test_user(self.env, "stranger", "base.group_user")
        for model in ("serial.number", "serial.hold.reason", "serial.event"):
            screen = self.env["base_import.import"].with_user(stranger).create({"res_model": model, "file": content})
            with self.assertRaises(AccessError):
                screen.parse_preview(dict(SCREEN))
            with self.assertRaises(AccessError):
                screen.execute_import(["name"], ["name"], dict(SCREEN), dryrun=True)


@tagged("post_install", "-at_install")
class TestImportCells(FaultsCommon):
    """What people write into cells: taken where it is clear, refused where something may have been lost."""

    def _statuses_of(self, *words):
        self._receive(blanks=9)
        self._ship(blanks=1)
        rows = [[f"S{number}", "Phone", word, "Customer"] for number, word in enumerate(words)]
        return self._loads(["name", "product_id", "status", "customer_id"], *rows).mapped("status")

    def test_when_a_status_is_a_letter_of_the_old_manual_then_it_is_understood(self):
        self.assertEqual(
            self._statuses_of("A", "D", "H", "R", "I", "S", "a", " s "),
            ["available", "designated", "hold", "available", "sold", "sold", "available", "sold"],
        )

    def test_when_a_status_is_written_in_another_case_then_it_is_understood(self):
        words = ["AVAILABLE", "sold", "hOLD ", "received W/OUT serial", "ORDERED"]
        self.assertEqual(self._statuses_of(*words), ["available", "sold", "hold", "available", "expected"])

    def test_when_a_fallback_is_chosen_then_only_unknown_words_get_it(self):
        self._receive(blanks=1)
        rows = [["Serial Number", "Product", "Status"], ["S1", "Phone", " o "], ["S2", "Phone", "ORDERED "]]
        rows += [["S3", "Phone", "expected"], ["S4", "Phone", "R"]]
        fallback = {"fallback_value": "void", "field_model": "serial.number", "field_type": "selection"}

        units = self._import(make_xlsx(rows), ["name", "product_id", "status"], fallback_values={"status": fallback})

        self.assertEqual(units.mapped("status"), ["void", "expected", "expected", "available"])

    def test_when_blanks_stand_around_names_then_they_do_not_count(self):
        fields = ["name", "product_id", "status", "customer_id", "vendor_id"]
        rows = [["Number"] * 5, [" S1 ", " Phone\u00a0", "Sold ", "\tCustomer ", " Vendor"]]

        unit = self._import(make_xlsx(rows), fields)

        self.assertRecordValues(
            unit, [{"name": "S1", "status": "sold", "customer_id": self.customer.id, "vendor_id": self.vendor.id}]
        )

    def test_when_two_partners_have_the_name_then_the_row_is_refused_with_both(self):
        twins = self.env["res.partner"].create([{"name": "Twin 100%", "email": f"{n}@example.com"} for n in (1, 2)])
        rows = [["Serial Number", "Product", "Status", "Customer"], ["S1", "Phone", "Sold", "Twin 100%"]]
        fields = ["name", "product_id", "status", "customer_id"]

        message = self._faults(self._test(make_xlsx(rows), fields, dryrun=False))[2][0]

        for part in ("Customer", "Twin 100%", *(f"(ID {id_})" for id_ in twins.ids), "1@example.com"):
            self.assertIn(part, message)
        self.assertIn(message, self._fail_job(make_xlsx(rows), fields))
        self.assertFalse(self._units())

    def test_when_one_of_two_partners_is_named_by_its_id_then_it_is_taken(self):
        twins = self.env["res.partner"].create([{"name": "Twin"}, {"name": "Twin"}])
        rows = [["Serial Number", "Product", "Status", "Customer"], ["S1", "Phone", "Sold", twins[1].id]]
        unit = self._import(make_xlsx(rows), ["name", "product_id", "status", "customer_id/.id"])
        self.assertEqual(unit.customer_id, twins[1])

    def test_when_number_cells_cannot_have_lost_anything_then_they_are_taken(self):
        rows = [["Serial Number", "Product", "Status"], [7001, "Phone", "S"]]
        rows += [["01234567890123456789", 4006381333931, "S"]]
        units = self._import(make_xlsx(rows), ["name", "product_id", "status"])
        self.assertEqual(units.mapped("name"), ["7001", "01234567890123456789"])
        self.assertEqual(units[1].product_id, self.other_phone)

    def test_when_number_cells_may_have_lost_something_then_they_are_refused_with_row_and_reason(self):
        day = datetime.date(2027, 4, 3)
        cells = [1234567890123456789, 8.9e18, "8.9E+18", True, 1.5, day]
        rows = [["Serial Number", "Product", "Status"], *([cell, "Phone", "Sold"] for cell in cells)]
        content = make_xlsx(rows, default_date_format="yyyy-mm-dd")

        faults = self._faults(self._test(content, ["name", "product_id", "status"]))

        words = ["more digits"] * 3 + ["TRUE is no text", "show otherwise", "2027-04-03 is no text"]
        self.assertEqual(list(faults), [2, 3, 4, 5, 6, 7])
        for messages, text in zip(faults.values(), words, strict=True):
            self.assertIn(text, messages[0])
            self.assertIn("Serial Number", messages[0])
        problem = self._fail_job(content, ["name", "product_id", "status"])
        self.assertIn(faults[5][0], problem)

    def test_when_a_date_stands_where_none_belongs_then_its_row_is_told_and_the_others_too(self):
        self.product.product_tmpl_id.serial_properties_definition = [{"name": "n", "type": "integer", "string": "Box"}]
        row = {"name": "S1", "product_id": "Phone", "status": "Sold"}
        for name, label in {
            "product_id": "Product",
            "product_id/.id": "Product",
            "status": "Status",
            "warranty_months": "Warranty",
            "customer_id": "Customer",
            "warranty_fixed": "End is Fixed",
            "serial_properties.n": "Box",
            "id": "ID",
        }.items():
            cells = {field: cell for field, cell in row.items() if field != name.split("/")[0]}
            rows = [[*cells, name], [*cells.values(), datetime.date(2027, 4, 3)], ["S2", *["Nonsense"] * len(cells)]]
            content = make_xlsx(rows, default_date_format="yyyy-mm-dd")
            with self.subTest(name=name):
                faults = self._faults(self._test(content, [*cells, name]))
                self.assertEqual(len(faults[2]), 1, faults)
                self.assertRegex(faults[2][0], f"^Line 2: .*{label}.*: 2027-04-03 is no text")
                self.assertIn(3, faults)
                self.assertIn(faults[2][0], self._fail_job(content, [*cells, name]))

    def test_when_a_date_stands_in_a_column_of_texts_then_it_is_its_text(self):
        rows = [["A"] * 4, ["S1", "Phone", "Sold", datetime.date(2027, 4, 3)]]
        content = make_xlsx(rows, default_date_format="d.m.yy")
        self.assertEqual(self._import(content, ["name", "product_id", "status", "note"]).note, "2027-04-03")

    def test_when_a_text_file_has_the_word_true_then_it_is_a_number(self):
        content = b"Number,Product,Status\nTRUE,Phone,Sold\n"
        unit = self._import(content, ["name", "product_id", "status"], file_type=CSV)
        self.assertEqual(unit.name, "TRUE")


@tagged("post_install", "-at_install")
class TestImportDates(FaultsCommon):
    """Texts that are dates: the whole file tells their format, or the user; none is guessed."""

    FIELDS = ["name", "product_id", "status", "date_sold"]

    def _make(self, *days):
        rows = [[f"S{number}", "Phone", "Sold", day] for number, day in enumerate(days, 2)]
        return make_xlsx([["Serial Number", "Product", "Status", "Sold on"], *rows], default_date_format="dd.mm.yyyy")

    def _days(self, *days, **options):
        return self._import(self._make(*days), self.FIELDS, **options).mapped("date_sold")

    def test_when_a_row_further_down_tells_the_format_then_all_are_read_by_it(self):
        days = self._days("03.04.2027", *["05.06.2027"] * 20, "31.12.2027")
        self.assertEqual((days[0], days[-1]), (datetime.date(2027, 4, 3), datetime.date(2027, 12, 31)))

    def test_when_nothing_tells_the_format_then_each_row_is_refused_with_both_readings(self):
        content = self._make("03.04.2027", "05.05.2027", datetime.date(2027, 4, 3))

        faults = self._faults(self._test(content, self.FIELDS, dryrun=False))

        self.assertEqual(list(faults), [2])
        for part in ("Sold on", "03.04.2027", "3 April 2027", "4 March 2027", "DD.MM.YYYY", "MM.DD.YYYY"):
            self.assertIn(part, faults[2][0])
        self.assertIn(faults[2][0], self._fail_job(content, self.FIELDS))

    def test_when_the_user_chooses_the_format_then_it_is_taken(self):
        self.assertEqual(self._days("03.04.2027", date_format="%d.%m.%Y"), [datetime.date(2027, 4, 3)])
        rows = self._faults(self._test(self._make("03.14.2027"), self.FIELDS, date_format="%d.%m.%Y"))
        self.assertIn("03.14.2027 is no date of the chosen format, DD.MM.YYYY", rows[2][0])

    def test_when_the_file_before_told_a_format_then_the_next_one_is_asked_again(self):
        screen = self._screen(self._make("31.12.2027"), XLSX)
        found = screen.parse_preview(dict(SCREEN))["options"]["date_format"]
        self.assertEqual(found, "%d.%m.%Y")
        screen.file = self._make("03.04.2027")

        preview = screen.parse_preview({**SCREEN, "date_format": found})

        self.assertEqual(preview["options"]["date_format"], "")

    def test_when_dates_and_texts_stand_together_then_each_is_read(self):
        days = self._days(datetime.date(2027, 4, 3), "2027-04-03", "2027-04-03 10:20:30", "3 Apr 2027", "20270403")
        self.assertEqual(set(days), {datetime.date(2027, 4, 3)})

    def test_when_a_property_is_a_date_then_it_is_read_like_the_others(self):
        definition = [{"name": "made", "type": "date", "string": "Made on"}]
        self.product.product_tmpl_id.serial_properties_definition = definition
        fields = ["name", "product_id", "status", "serial_properties.made"]

        units = self._import(self._make("03.04.2027", "31.12.2027", datetime.date(2027, 4, 3)), fields)
        faults = self._faults(self._test(self._make("03.04.2027"), fields))

        days = [unit.serial_properties["made"] for unit in units]
        self.assertEqual([str(day) for day in days], ["2027-04-03", "2027-12-31", "2027-04-03"])
        self.assertRegex(faults[2][0], "^Line 2: Made on: 03.04.2027 may be")

    def test_when_a_text_is_no_date_then_the_others_are_read_all_the_same(self):
        faults = self._faults(self._test(self._make("31.12.2027", "n/a", "03.04.2027", "46115"), self.FIELDS))
        self.assertEqual(list(faults), [3, 5])

    def test_when_the_background_imports_then_the_format_is_found_too(self):
        screen = self._screen(self._make("03.04.2027", "31.12.2027", "05.06.2027"), XLSX)
        job = self._job(screen.action_import_in_background(self.FIELDS, dict(SCREEN)))

        self._work()

        self.assertEqual(job.state, "done")
        self.assertEqual(self._unit("S2").date_sold, datetime.date(2027, 4, 3))
