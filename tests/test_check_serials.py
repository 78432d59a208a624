from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools.misc import format_date

from .common.base import SerialCommon

ZERO_WIDTH = "A\N{ZERO WIDTH SPACE}1"


class CheckCommon(SerialCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls.env["res.partner"].create({"name": "Contact", "parent_id": cls.customer.id})

    def _create_unit(self, name, status, **vals):
        return self.register.with_user(self.manager).create(
            {"name": name, "product_id": self.product.id, "status": status, **vals}
        )

    def _check(self, move, name):
        """Return the check of one number."""
        (check,) = move.check_serials([name])
        return check


@tagged("post_install", "-at_install")
class TestCheckAny(CheckCommon):
    """What is wrong with a list of numbers by itself."""

    def test_when_number_is_blank_then_empty(self):
        move = self._transfer("in", 5).move_ids

        codes = self._codes(move, ["", "  ", "\t", "\N{NO-BREAK SPACE}"])

        self.assertEqual(codes, ["empty"] * 4)

    def test_when_number_cannot_be_kept_then_bad_format(self):
        move = self._transfer("in", 5).move_ids

        codes = self._codes(move, ["x" * 129, "\N{LATIN SMALL LETTER SHARP S}" * 65, ZERO_WIDTH, "A\x001"])

        self.assertEqual(codes, ["bad_format"] * 4)

    def test_when_format_does_not_match_the_whole_number_then_bad_format(self):
        self.product.serial_format = "[A-Z]{2}[0-9]{4}"
        move = self._transfer("in", 5).move_ids

        codes = self._codes(move, ["AB1234", "AB123", "XAB1234", "AB12345"])

        self.assertEqual(codes, ["new", "bad_format", "bad_format", "bad_format"])

    def test_when_number_is_twice_in_the_list_then_duplicate(self):
        move = self._transfer("in", 5).move_ids

        codes = self._codes(move, ["ab1", "AB1", " ab1 ", "ab2"])

        self.assertEqual(codes, ["new", "duplicate", "duplicate", "new"])

    def test_when_there_are_more_than_the_line_takes_then_too_many(self):
        move = self._transfer("in", 2).move_ids

        codes = self._codes(move, ["A1", "", "A1", "A2", "A3", "A3"])

        self.assertEqual(codes, ["new", "empty", "duplicate", "new", "too_many", "duplicate"])

    def test_when_bad_and_too_many_then_the_register_speaks_first(self):
        self._receive(["A1"])
        move = self._transfer("in", 1).move_ids

        codes = self._codes(move, ["A2", "A1", "A3"])

        self.assertEqual(codes, ["new", "in_stock", "too_many"])

    def test_when_names_are_no_list_of_texts_then_refused(self):
        move = self._transfer("in", 1).move_ids
        for names in ("A1", [1], None, {"A1": 1}, [None]):
            with self.assertRaises(UserError):
                move.check_serials(names)

    def test_when_checked_then_result_has_one_row_per_name_in_order(self):
        self._receive(["A1"])
        move = self._transfer("in", 3).move_ids

        checks = move.check_serials([" A2 ", "a1"])

        for check in checks:
            self.assertEqual(set(check), {"name", "typed", "serial_id", "code", "ok", "message", "warranty_end"})
        self.assertEqual([check["name"] for check in checks], ["A2", "a1"])
        self.assertEqual([check["serial_id"] for check in checks], [False, self._unit("A1").id])
        self.assertEqual([check["ok"] for check in checks], [True, False])

    def test_when_checked_then_nothing_is_written(self):
        self._receive(["A1"])
        move = self._transfer("out", 3).move_ids
        self.env.flush_all()
        with self.env.cr.savepoint(flush=False) as savepoint:
            self.env.cr.execute("SET TRANSACTION READ ONLY")
            move.check_serials(["A1", "X", "", "A1"])
            self.env.flush_all()
            savepoint.rollback()
        self.assertFalse(move.serial_draft)

    def test_when_there_are_more_names_then_queries_stay_the_same(self):
        others = [self._make_product(f"Other {number}") for number in range(5)]
        for other in others:
            self._receive([f"{other.name}-1", f"{other.name}-2"], product=other)
        self._receive([f"A{number}" for number in range(250)])
        wrong = [f"{other.name}-{number}" for other in others for number in (1, 2)]
        for kind in ("in", "out"):
            move = self._transfer(kind, 600).move_ids
            self._count_queries(lambda move=move: move.check_serials(["A1"]))  # now Odoo's own caches are warm
            few = self._count_queries(lambda move=move: move.check_serials(["A1", "A2", wrong[0], "X1"]))
            many = [f"{letter}{number}" for letter in "AX" for number in range(245)] + wrong
            self._assert_no_more_queries(
                self._count_queries(lambda move=move, many=many: move.check_serials(many)), few
            )


@tagged("post_install", "-at_install")
class TestCheckReceive(CheckCommon):
    """Into stock comes only what is not there."""

    def test_when_nobody_has_it_then_new(self):
        move = self._transfer("in", 1).move_ids

        self.assertEqual(self._codes(move, ["A1"]), ["new"])

    def test_when_another_product_has_it_then_new(self):
        self._receive(["A1"], product=self._make_product("Tablet"))

        self.assertEqual(self._codes(self._transfer("in", 1).move_ids, ["A1"]), ["new"])

    def test_when_it_lies_in_stock_then_in_stock_whatever_its_status(self):
        self._receive(["A1", "H1", "D1", "V1"])
        self._unit("H1").with_user(self.clerk).action_hold("recall")
        self._unit("D1").with_user(self.clerk).action_designate(self.customer)
        self._unit("V1").with_user(self.manager).action_void("lost")
        move = self._transfer("in", 4).move_ids

        codes = self._codes(move, ["A1", "h1", "D1", "V1"])

        self.assertEqual(codes, ["in_stock"] * 4)

    def test_when_it_lies_in_a_sub_location_then_in_stock(self):
        self._receive(["A1"], target=self.shelf)

        check = self._check(self._transfer("in", 1).move_ids, "A1")

        self.assertEqual(check["code"], "in_stock")
        self.assertIn(self.shelf.complete_name, check["message"])

    def test_when_it_is_expected_then_ok(self):
        self._create_unit("A1", "expected")

        self.assertEqual(self._codes(self._transfer("in", 1).move_ids, ["A1"]), ["ok"])

    def test_when_it_was_sold_or_void_then_ok_and_noted(self):
        self._receive(["A1"])
        self._ship(["A1"])
        self._create_unit("V1", "void")

        checks = self._transfer("in", 2).move_ids.check_serials(["A1", "V1"])

        self.assertEqual([check["code"] for check in checks], ["ok", "ok"])
        self.assertIn("Customer", checks[0]["message"])
        self.assertIn("void", checks[1]["message"])

    def test_when_dropshipped_then_as_received(self):
        self._receive(["A1", "S1"])
        self._ship(["S1"])
        self._create_unit("E1", "expected")
        move = self._transfer("out", 4, source=self.supplier_location).move_ids

        codes = self._codes(move, ["A1", "S1", "E1", "N1"])

        self.assertEqual(codes, ["in_stock", "ok", "ok", "new"])


@tagged("post_install", "-at_install")
class TestCheckShip(CheckCommon):
    """Out of stock goes only what is there and free."""

    def test_when_available_then_ok(self):
        self._receive(["A1"])

        self.assertEqual(self._codes(self._transfer("out", 1).move_ids, [" a1"]), ["ok"])

    def test_when_unknown_and_a_placeholder_waits_then_fills(self):
        self._receive(["A1"], blanks=1)

        codes = self._codes(self._transfer("out", 3).move_ids, ["X1", "X2", "A1"])

        self.assertEqual(codes, ["fills", "unknown", "ok"])

    def test_when_unknown_then_refused_by_number_and_product(self):
        check = self._check(self._transfer("out", 1).move_ids, "X1")

        self.assertEqual((check["code"], check["ok"], check["serial_id"]), ("unknown", False, False))
        self.assertIn("X1", check["message"])
        self.assertIn("Phone", check["message"])

    def test_when_it_is_a_number_of_another_product_then_message_names_it(self):
        self._receive(["T1"], product=self._make_product("Tablet"))

        check = self._check(self._transfer("out", 1).move_ids, "t1")

        self.assertEqual(check["code"], "unknown")
        self.assertIn("Tablet", check["message"])

    def test_when_sold_then_message_names_customer_and_day(self):
        self._receive(["A1"])
        self._ship(["A1"], partner=self.other_customer)

        check = self._check(self._transfer("out", 1).move_ids, "A1")

        self.assertEqual(check["code"], "sold")
        self.assertIn("Other Customer", check["message"])
        self.assertIn(format_date(self.env, self._unit("A1").date_sold), check["message"])

    def test_when_on_hold_then_message_names_the_reason(self):
        self._receive(["A1"])
        self._unit("A1").with_user(self.clerk).action_hold("recall 7")

        check = self._check(self._transfer("out", 1).move_ids, "A1")

        self.assertEqual(check["code"], "hold")
        self.assertIn("recall 7", check["message"])

    def test_when_void_then_refused_in_stock_and_out_of_it(self):
        self._receive(["A1"])
        self._unit("A1").with_user(self.manager).action_void("broken")
        self._create_unit("V1", "void")

        self.assertEqual(self._codes(self._transfer("out", 2).move_ids, ["A1", "V1"]), ["void", "void"])

    def test_when_designated_to_somebody_else_then_message_names_them(self):
        self._receive(["A1"])
        self._unit("A1").with_user(self.clerk).action_designate(self.other_customer)

        check = self._check(self._transfer("out", 1).move_ids, "A1")

        self.assertEqual(check["code"], "designated")
        self.assertIn("Other Customer", check["message"])

    def test_when_designated_to_this_customers_company_then_ok(self):
        self._receive(["A1", "A2"])
        self._unit("A1").with_user(self.clerk).action_designate(self.customer)
        self._unit("A2").with_user(self.clerk).action_designate(self.contact)

        for partner in (self.customer, self.contact):
            move = self._transfer("out", 2, partner=partner).move_ids
            self.assertEqual(self._codes(move, ["A1", "A2"]), ["ok", "ok"])

    def test_when_ordered_but_not_received_then_elsewhere(self):
        self._create_unit("A1", "expected")

        self.assertEqual(self._codes(self._transfer("out", 1).move_ids, ["A1"]), ["elsewhere"])

    def test_when_returned_to_vendor_or_scrapped_then_hold_is_accepted_but_void_is_not(self):
        self._receive(["A1", "H1", "V1"])
        self._unit("H1").with_user(self.clerk).action_hold("broken")
        self._unit("V1").with_user(self.manager).action_void("lost")
        for target in (self.supplier_location, self.loss_location):
            move = self._transfer("out", 3, target=target).move_ids
            self.assertEqual(self._codes(move, ["A1", "H1", "V1"]), ["ok", "ok", "void"])

    def test_when_transferred_then_everything_in_stock_is_ok(self):
        self._receive(["A1", "H1", "S1"])
        self._unit("H1").with_user(self.clerk).action_hold("recall")
        self._ship(["S1"])
        move = self._transfer("int", 2).move_ids

        self.assertEqual(self._codes(move, ["A1", "H1", "S1", "X1"]), ["ok", "ok", "sold", "unknown"])


@tagged("post_install", "-at_install")
class TestCheckReturn(CheckCommon):
    """A customer returns only what was sold to them."""

    def _return_move(self, quantity, partner=None):
        return self._transfer("back", quantity, partner=partner).move_ids

    def test_when_sold_to_this_customer_then_ok_with_its_warranty_end(self):
        self.product.warranty_months = 24
        self._receive(["A1"])
        self._ship(["A1"])

        check = self._check(self._return_move(1), "A1")

        self.assertEqual(check["code"], "ok")
        self.assertEqual(check["warranty_end"], self._unit("A1").warranty_end)
        self.assertTrue(check["warranty_end"])

    def test_when_sold_to_their_contact_then_ok(self):
        self._receive(["A1", "A2"])
        self._ship(["A1"], partner=self.contact)
        self._ship(["A2"])

        self.assertEqual(self._codes(self._return_move(2), ["A1", "A2"]), ["ok", "ok"])
        self.assertEqual(self._codes(self._return_move(2, self.contact), ["A1", "A2"]), ["ok", "ok"])

    def test_when_sold_to_nobody_then_anybody_returns_it(self):
        self._create_unit("A1", "sold")

        self.assertEqual(self._codes(self._return_move(1), ["A1"]), ["ok"])

    def test_when_not_sold_to_this_customer_then_not_sold_here_known_or_not(self):
        self._receive(["A1", "S1"])
        self._ship(["S1"], partner=self.other_customer)
        self._create_unit("E1", "expected")
        self._create_unit("V1", "void")

        checks = self._return_move(5).check_serials(["A1", "S1", "E1", "V1", "X1"])

        self.assertEqual([check["code"] for check in checks], ["not_sold_here"] * 5)
        for check in checks:
            self.assertIn(check["name"], check["message"])
            self.assertIn("Customer", check["message"])

    def test_when_dropship_returned_then_as_returned(self):
        self._dropship(["A1"])
        self._receive(["A2"])
        move = self._transfer("out", 2, source=self.customer_location, target=self.supplier_location).move_ids

        self.assertEqual(self._codes(move, ["A1", "A2"]), ["ok", "not_sold_here"])
