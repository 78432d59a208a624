import json

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import HttpCase, new_test_user, tagged

from .common.access_records import AccessRecords
from .common.base import SerialCommon

HALF = "\ud800"  # half a character: JSON can send it, and no database stores it
CYRILLIC = "\N{CYRILLIC CAPITAL LETTER A}"
FIVE = "\N{ARABIC-INDIC DIGIT FIVE}"


@tagged("post_install", "-at_install")
class TestUnstorable(AccessRecords):
    """Half a character, or none at all, in a number: said in words."""

    def test_when_a_checked_number_has_half_a_character_then_the_answer_can_be_sent(self):
        move = self.records["move"].with_user(self.clerk)
        for name in (f"A{HALF}", "A\0", HALF):
            check = move.check_serials([name])[0]
            self.assertEqual(check["code"], "bad_format")
            json.dumps(check, ensure_ascii=False, default=str).encode()

    def test_when_it_is_entered_in_the_window_then_it_is_bad(self):
        line = self._get_record("entry_line", self.clerk)
        for result in (line.enter_text(f"A{HALF}1"), line.enter_range(f"{HALF}1", 1)):
            self.assertEqual([check["code"] for check in result["bad"]], ["bad_format"])
            json.dumps(result["bad"], ensure_ascii=False, default=str).encode()

    def test_when_it_is_searched_then_nothing_is_found(self):
        register = self.register.with_user(self.clerk)
        for text in (HALF, "A\0"):
            for operator in ("=", "ilike", "like"):
                self.assertFalse(register.search([("name", operator, text)]))
            self.assertFalse(register.search([("name", "in", [text])]))
            self.assertTrue(register.search([("name", "not ilike", text)]))
            self.assertFalse(register.name_search(text))

    def test_when_it_is_written_on_a_unit_a_window_or_a_recall_then_refused(self):
        unit = self.records["sold"].with_user(self.manager)
        add = self._get_record("recall_add", self.clerk)
        for act in (
            lambda: unit.write({"name": f"A{HALF}"}),
            lambda: add.write({"names": f"A1\n{HALF}"}),
            lambda: add.copy_data() and add.create({"recall_id": add.recall_id.id, "names": "A\0"}),
            lambda: self.records["recall"].with_user(self.clerk).write({"leftover": HALF}),
            lambda: self.env["serial.recall"].with_user(self.clerk).create({"reason": HALF}),
        ):
            with self.assertRaisesRegex(UserError, "cannot be seen"):
                act()


@tagged("post_install", "-at_install")
class TestUnstorableByHttp(SerialCommon, HttpCase):
    """The same, as it comes over the net."""

    def test_when_half_a_character_is_sent_then_the_server_answers(self):
        move = self._transfer("in", 1).move_ids
        new_test_user(self.env, "sender", "stock.group_stock_user")
        self.authenticate("sender", "sender")
        result = self.make_jsonrpc_request(
            "/web/dataset/call_kw",
            {"model": "stock.move", "method": "check_serials", "args": [move.ids, [f"A{HALF}"]], "kwargs": {}},
        )
        self.assertEqual(result[0]["code"], "bad_format")


@tagged("post_install", "-at_install")
class TestForgedRows(AccessRecords):
    """What the window checked stays as it was checked."""

    def test_when_a_row_is_made_by_rpc_then_refused(self):
        line = self._get_record("entry_line", self.clerk)
        forged = {"line_id": line.id, "name": "FORGED", "name_key": "FORGED", "code": "ok"}
        with self.assertRaises(AccessError):
            self.env["serial.entry.unit"].with_user(self.clerk).create(forged)
        with self.assertRaises(AccessError):
            line.write({"unit_ids": [Command.create({"name": "FORGED", "name_key": "FORGED"})]})
        source = {"move_id": self.records["move"].id, "unit_ids": [Command.create({"name": "FORGED"})]}
        with self.assertRaises(AccessError):
            self.env["serial.entry"].with_user(self.clerk).create(
                {"button": "keep", "line_ids": [Command.create(source)]}
            )

    def test_when_a_row_is_changed_by_rpc_then_refused(self):
        line = self._get_record("entry_line", self.clerk)
        line.add_serials(["N1"])
        for vals in ({"name": "FORGED"}, {"name_key": "FORGED"}, {"code": "ok"}, {"is_added": True}):
            with self.assertRaisesRegex(UserError, "by the window's buttons"):
                line.unit_ids.write(vals)
        self.assertEqual(line.unit_ids.mapped("name"), ["N1"])

    def test_when_the_context_proposes_what_only_the_entry_writes_then_it_is_not_taken(self):
        context = {
            "default_serial_ids": [(6, 0, self._unit("A1").ids)],
            "default_serial_draft": {"names": "FORGED"},
            "default_serial_text": "FORGED",
        }
        for user in (self.clerk, self.env.user):
            for model in ("stock.move", "stock.scrap", "stock.quant", "account.move.line"):
                self.env["ir.default"].with_user(user).set(model, "serial_draft", {"names": "FORGED"}, user_id=True)
        product, env = self.product.id, self.env(context={**self.env.context, **context})
        places = {"location_id": self.stock.id, "location_dest_id": self.customer_location.id}
        line = (0, 0, {"product_id": product, "quantity": 1})
        invoice = {"move_type": "out_invoice", "partner_id": self.customer.id, "invoice_line_ids": [line]}
        count = {"product_id": product, "location_id": self.shelf.id, "inventory_quantity": 1}
        lines = (
            env["stock.move"].with_user(self.clerk).create({"product_id": product, **places}),
            env["account.move"].create(invoice).invoice_line_ids,
            env["stock.scrap"].with_user(self.clerk).create({"product_id": product, "scrap_qty": 1}),
            env["stock.quant"].with_user(self.clerk).with_context(inventory_mode=True).create(count),
        )
        for line in lines:
            with self.subTest(model=line._name):
                self.assertFalse(line.serial_draft)
                self.assertFalse("serial_ids" in line and line.serial_ids)
                self.assertFalse("serial_text" in line and line.serial_text)

    def test_when_the_context_says_what_only_our_own_code_tells_then_it_counts_as_nothing(self):
        product = self._make_product("Counted on")
        receipt = self._receive(["C1", "C2", "C3"], product=product)
        line = receipt.move_ids.move_line_ids.with_user(self.clerk)
        told = ("settled", "forced", "kept", "demand", "not_moved", "counts", "loading", "file")
        for value in (True, "x", 7, {"found": {}}, self._unit("C1", product).ids):
            context = {f"serial_number_tracking_{key}": value for key in told}
            with self.subTest(value=value):
                with self.assertRaisesRegex(UserError, "leave open which ones"), self.env.cr.savepoint():
                    line.with_context(**context).quantity = 1
                line.with_context(**context).quantity = 4
                self.assertAddsUp(product)
                line.with_context(**context).quantity = 3
                self.assertAddsUp(product)
        self._unit("C1", product).with_user(self.manager).action_hold("Why")
        order = self._order(3, product=product)
        order.picking_ids.with_context(serial_number_tracking_kept={}, serial_number_tracking_forced=1).action_assign()
        self.assertEqual(order.picking_ids.move_ids.quantity, 2)

    def test_when_the_printed_numbers_are_written_then_refused(self):
        line = (0, 0, {"product_id": self.product.id})
        vals = {"move_type": "out_invoice", "partner_id": self.customer.id}
        invoice = self.env["account.move"].create({**vals, "invoice_line_ids": [line]})
        with self.assertRaisesRegex(UserError, "not by writing"):
            invoice.invoice_line_ids.serial_text = "FORGED"
        with self.assertRaisesRegex(UserError, "not by writing"):
            invoice.create({**vals, "invoice_line_ids": [(0, 0, line[2] | {"serial_text": "FORGED"})]})

    def test_when_the_context_proposes_how_far_a_recall_is_then_it_is_a_draft(self):
        context = {"default_state": "done", "default_date_start": "2001-01-01", "default_name": "FORGED"}
        recalls = self.env["serial.recall"].with_user(self.clerk)
        recall = recalls.with_context(**context).create({"reason": "Hot"})
        self.env["ir.default"].with_user(self.clerk).set("serial.recall", "state", "done", user_id=True)
        for one in (recall, recalls.create({"reason": "Hot"})):
            self.assertRecordValues(one, [{"state": "draft", "date_start": False}])
            self.assertNotEqual(one.name, "FORGED")

    def test_when_a_line_is_moved_to_another_document_then_refused(self):
        line = self._get_record("entry_line", self.clerk)
        line.add_serials(["N1"])
        with self.assertRaisesRegex(UserError, "stays with its document"):
            line.write({"move_id": self.records["return_move"].id})

    def test_when_a_status_is_chosen_for_a_row_then_it_is_kept(self):
        line = self._get_record("entry_line_return", self.clerk)
        line.add_serials(["S1"])
        line.unit_ids.write({"return_status": "void"})
        self.assertEqual(line.unit_ids.return_status, "void")
        line.remove_serials(["S1"])
        self.assertFalse(line.unit_ids)


@tagged("post_install", "-at_install")
class TestFactsOfSoldUnits(SerialCommon):
    """A unit that nobody has got no customer, no sale and no warranty."""

    def setUp(self):
        super().setUp()
        self._receive(["A1", "H1", "S1", "V1"], blanks=1)
        self._ship(["S1"])
        self._unit("H1").action_hold("Why")

    def test_when_it_is_written_on_a_unit_in_stock_then_refused_with_what_to_do(self):
        for vals in (
            {"customer_id": self.customer.id},
            {"date_sold": "2026-01-05"},
            {"warranty_end": "2030-01-05"},
        ):
            for unit in (self._unit("A1"), self._unit("H1"), self._units("received")):
                words = self.assertRaisesRegex(UserError, "only units that a customer has.*Deliver or invoice it")
                with self.subTest(unit=unit.display_name, field=[*vals]), words:
                    unit.with_user(self.manager).write(vals)

    def test_when_it_is_written_on_a_sold_unit_then_corrected(self):
        unit = self._unit("S1").with_user(self.manager)
        unit.write({"customer_id": self.other_customer.id, "warranty_end": "2030-01-05"})
        self.assertRecordValues(unit, [{"status": "sold", "customer_id": self.other_customer.id}])
        unit.action_void("Lost")
        unit.write({"customer_id": self.customer.id})  # it is not in stock
        self.assertEqual(unit.customer_id, self.customer)

    def test_when_a_designated_unit_gets_another_customer_then_only_that_is_corrected(self):
        unit = self._unit("A1").with_user(self.manager)
        unit.action_designate(self.customer)
        unit.write({"customer_id": self.other_customer.id})
        with self.assertRaisesRegex(UserError, "only units that a customer has"):
            unit.write({"date_sold": "2026-01-05"})

    def test_when_facts_are_taken_off_or_stay_then_nothing_is_refused(self):
        unit = self._unit("A1").with_user(self.manager)
        unit.write({"customer_id": False, "date_sold": False, "note": "Seen"})
        self.assertEqual(unit.note, "Seen")

    def test_when_a_file_gives_them_for_a_unit_in_stock_then_its_history_alone_does(self):
        result = self.register.with_user(self.manager).load(
            ["name", "product_id", "status", "customer_id", "date_sold"],
            [["N1", "Phone", "Available", "Customer", "2025-01-05"]],
        )
        self.assertFalse(result["messages"])
        unit = self._unit("N1")
        self.assertRecordValues(unit, [{"status": "available", "customer_id": False, "date_sold": False}])
        self.assertEqual(unit.event_ids[0].note, "Not kept, for nobody has it: Customer, Sold on")
        self.assertEqual(unit.event_ids[0].partner_id, self.customer)
        self.assertAddsUp()

    def test_when_a_file_gives_them_for_a_known_unit_in_stock_then_its_row_is_refused(self):
        result = self.register.with_user(self.manager).load(
            ["name", "product_id", "status", "customer_id"], [["A1", "Phone", "Available", "Customer"]]
        )
        self.assertEqual([message["rows"]["from"] for message in result["messages"]], [0])
        self.assertIn("A1 is Available, and only units that a customer has", result["messages"][0]["message"])

    def test_when_a_unit_in_stock_is_created_with_them_then_refused(self):
        vals = {"product_id": self.product.id, "name": "N1", "status": "available", "customer_id": self.customer.id}
        with self.assertRaisesRegex(UserError, "N1 is Available, and only units that a customer has"):
            self.register.with_user(self.manager).create([vals])

    def test_when_a_row_has_a_customer_and_no_status_then_it_is_sold(self):
        result = self.register.with_user(self.manager).load(
            ["name", "product_id", "customer_id", "date_sold"], [["N1", "Phone", "Customer", "2025-01-05"]]
        )
        self.assertFalse(result["messages"])
        self.assertRecordValues(self._unit("N1"), [{"status": "sold", "customer_id": self.customer.id}])
        self.assertAddsUp()


@tagged("post_install", "-at_install")
class TestMadeUpCalls(AccessRecords):
    """What no screen sends is answered in words."""

    def test_when_a_sheet_is_asked_for_labels_of_a_label_printer_then_refused_in_words(self):
        layout = self._get_record("label_layout", self.clerk)
        layout.print_format = "zpl"
        for report in ("report_serial_label", "report_serial_label_dymo"):
            with self.assertRaisesRegex(UserError, "for a label printer"):
                self.env["ir.actions.report"].with_user(self.clerk)._render_qweb_html(
                    f"serial_number_tracking.{report}", layout.ids
                )

    def test_when_a_figure_is_made_up_then_those_that_there_are_are_told(self):
        recall = self.records["recall"].with_user(self.clerk)
        for figure in ("x" * 10**6, 5, ["held"], {}):
            with self.assertRaisesRegex(UserError, "has no figure .* Choose one of: stock, loose, held, out, returned"):
                recall.with_context(serial_number_tracking_figure=figure).action_view_lines()

    def test_when_the_columns_of_a_background_import_are_none_then_refused_in_words(self):
        screen = self._get_record("import", self.manager)
        for fields in (None, 5, "name", [5], [["name"]], ["x" * 10**6], {}):
            with self.assertRaisesRegex(UserError, "which field each column"):
                call_kw(screen.browse(), "action_import_in_background", [screen.ids, fields, {}], {})
        for options in (None, [], "x"):
            with self.assertRaisesRegex(UserError, "which field each column"):
                call_kw(screen.browse(), "action_import_in_background", [screen.ids, ["name"], options], {})

    def test_when_a_background_job_meets_what_nobody_foresaw_then_it_is_not_told_in_pythons_words(self):
        job = self._get_record("job", self.manager)
        self.assertEqual(job._describe_error(UserError("Mend it.")), "Mend it.")
        self.assertIn("ask your administrator", job._describe_error(TypeError("'NoneType' object is not iterable")))


@tagged("post_install", "-at_install")
class TestLookAlikes(SerialCommon):
    """Numbers that differ from known ones only in the script of their letters or digits: accepted with a word."""

    def _check(self, *names, kind="in"):
        move = self._transfer(kind, len(names)).move_ids.with_user(self.clerk)
        return move.check_serials(list(names))

    def test_when_a_number_looks_like_a_known_one_then_it_is_accepted_with_a_word(self):
        self._receive(["A1", "A15", "B2"])
        for name, known in ((f"{CYRILLIC}1", "A1"), (f"A1{FIVE}", "A15"), (f"{CYRILLIC.lower()}1{FIVE}", "A15")):
            check = self._check(name)[0]
            self.assertEqual((check["code"], check["ok"]), ("new", True))
            self.assertIn(f"looks like {known},", check["message"])

    def test_when_the_known_one_has_letters_of_another_script_then_its_digits_count_alone(self):
        self._receive([f"{CYRILLIC}5"])
        self.assertIn(f"looks like {CYRILLIC}5,", self._check(f"{CYRILLIC}{FIVE}")[0]["message"])

    def test_when_two_of_a_batch_look_alike_then_the_word_is_said(self):
        checks = self._check("N1", f"N{CYRILLIC}", "NA")
        self.assertEqual([bool(check["message"]) for check in checks], [False, True, False])

    def test_when_an_unknown_number_is_shipped_then_the_refusal_names_the_one_that_it_looks_like(self):
        self._receive(["A1"])
        check = self._check(f"{CYRILLIC}1", kind="out")[0]
        self.assertEqual(check["code"], "unknown")
        self.assertIn("looks like A1,", check["message"])

    def test_when_it_looks_like_none_or_is_known_itself_then_nothing_is_said(self):
        self._receive(["A1", f"{CYRILLIC}2"])
        self.assertFalse(self._check("\N{CYRILLIC CAPITAL LETTER DE}1")[0]["message"])
        self.assertFalse(self._check(f"{CYRILLIC}2", kind="out")[0]["message"])

    def test_when_it_is_entered_then_the_window_says_so(self):
        self._receive(["A1"])
        transfer = self._transfer("in", 1)
        line = self._entry(transfer.button_validate(), transfer).line_ids
        self.assertIn("looks like A1,", line.enter_text(f"{CYRILLIC}1")["note"])

    def test_when_numbers_are_in_ascii_then_no_query_more_and_else_one_for_all(self):
        self._receive(["A1"])
        move = self._transfer("in", 60).move_ids.with_user(self.clerk)

        def count(prefix, many):
            move.check_serials([f"{prefix}{number}" for number in range(many)])  # what is kept for the next check
            return self._count_queries(lambda: move.check_serials([f"{prefix}{number}" for number in range(many)]))

        ascii_ = count("N", 2)
        self._assert_no_more_queries(count("N", 50), ascii_)
        few = count(CYRILLIC, 2)
        self._assert_no_more_queries(few, ascii_ + 1)
        self._assert_no_more_queries(count(CYRILLIC, 50), few)
