from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common.count import CountCommon
from .common.tours import TourCommon

GTIN = "9521234543213"


@tagged("post_install", "-at_install")
class TestCount(CountCommon):
    """What is scanned is held against the register, and applied in one step that can be undone."""

    def _receive_here_and_there(self):
        """Receive three units here, and one on the shelf, which is counted apart."""
        self.bin = self.env["stock.location"].create({"name": "Bin", "location_id": self.stock.id})
        self._receive(["A1", "A2", "A3"], target=self.bin)
        self._receive(["S1"], target=self.shelf)

    def test_when_units_are_scanned_then_each_is_what_the_register_says(self):
        self._receive_here_and_there()
        self._receive(["X1"], target=self.bin)
        self._ship(["X1"])
        count = self._begin(self.bin, self.product)

        self.assertEqual(
            self._codes_of(count, "a1", "S1", "X1", "N1", "A1"),
            ["there", "misplaced", "unexpected", "unknown", "again"],
        )
        self.assertEqual(
            self._figures(count),
            {"expected": 3, "missing": 2, "there": 1, "misplaced": 1, "unexpected": 1, "unknown": 1},
        )
        missing = count.get_state("missing")
        self.assertEqual([row["name"] for row in missing["rows"]], ["A2", "A3"])

    def test_when_it_is_applied_then_stock_and_register_are_what_was_scanned(self):
        self._receive_here_and_there()
        self._receive(["X1"], target=self.bin)
        self._ship(["X1"])
        count = self._begin(self.bin, self.product)
        count.add_serials(["A1", "S1", "X1", "N1"])

        state = count.action_apply()

        self.assertFalse(state["is_open"])
        here = self.register.search([("location_id", "=", self.bin.id), ("product_id", "=", self.product.id)])
        self.assertEqual(set(here.mapped("name")), {"A1", "S1", "X1", "N1"})
        self.assertEqual(self._unit("A2").status, "void")
        self.assertEqual(self._unit("X1").status, "available")
        self.assertIn(count.name, self._unit("A2").event_ids[0].note)
        self.assertEqual(self._on_hand(), 4)
        self.assertAddsUp()
        action = count.action_view_moves()
        self.assertEqual(action["views"], [(False, "list"), (False, "form")])  # a screen opens it as it is
        self.assertEqual(self.env["stock.move"].search(action["domain"]), count.sudo().move_ids)

    def test_when_equal_numbers_are_gone_and_found_then_both_are_seen(self):
        self._receive(["K3"])
        count = self._begin(products=self.product)
        count.add_serials(["K9"])

        count.action_apply()

        self.assertEqual((self._unit("K3").status, self._unit("K9").status), ("void", "available"))
        self.assertEqual(self._on_hand(), 1)
        self.assertAddsUp()

    def test_when_it_is_undone_then_all_is_as_before_and_it_can_be_counted_on(self):
        self._receive_here_and_there()
        self._unit("A2").action_hold("Scratched")
        self._receive(["X1"], target=self.bin)
        self._ship(["X1"])
        count = self._begin(self.bin, self.product)
        count.add_serials(["A1", "S1", "X1", "N1"])
        count.action_apply()

        state = count.action_undo()

        self.assertTrue(state["is_open"])
        self.assertEqual(self._unit("A2").status, "hold")
        self.assertEqual(self._unit("A3").status, "available")
        self.assertEqual(self._unit("S1").location_id, self.shelf)
        self.assertRecordValues(self._unit("X1"), [{"status": "sold", "customer_id": self.customer.id}])
        self.assertEqual(self._on_hand(), 4)
        self.assertAddsUp()

    def test_when_a_unit_went_on_since_then_undoing_is_refused_and_nothing_is_changed(self):
        count = self._begin(products=self.product)
        count.add_serials(["N1", "N2"])
        count.action_apply()
        self._ship(["N1"])

        with self.assertRaisesRegex(UserError, "N1"), self.env.cr.savepoint():
            count.action_undo()

        self.assertEqual(self._unit("N2").status, "available")
        self.assertAddsUp()

    def test_when_units_without_serial_lie_there_then_new_numbers_are_theirs(self):
        self._receive(["A1"], blanks=2)
        count = self._begin(products=self.product)
        count.add_serials(["A1", "N1"])

        count.action_apply()

        self.assertEqual(self._unit("N1").status, "available")
        self.assertEqual(len(self._units("received")), 1)
        self.assertEqual(self._on_hand(), 3)
        self.assertAddsUp()

    def test_when_a_unit_left_without_serial_then_the_missing_one_is_it(self):
        self._receive(["A1", "A2"])
        self._ship(blanks=1)
        count = self._begin(products=self.product)
        count.add_serials(["A1"])

        count.action_apply()

        self.assertEqual(self._unit("A2").status, "void")
        self.assertFalse(self._units().filtered("uncovered"))
        self.assertEqual(self._on_hand(), 1)
        self.assertAddsUp()

    def test_when_missing_units_are_left_then_nothing_is_gone(self):
        self._receive(["A1", "A2"])
        count = self._begin(products=self.product)
        count.add_serials(["A1"])

        count.action_apply(False)

        self.assertEqual(self._unit("A2").status, "available")
        self.assertAddsUp()

    def test_when_lots_lead_then_lots_are_counted_and_undone_too(self):
        laptop = self._make_product("Laptop", tracking="serial")
        self._receive(["L1", "L2"], product=laptop)
        self._receive(["L3"], product=laptop, target=self.shelf)
        bin_ = self.env["stock.location"].create({"name": "Bin", "location_id": self.stock.location_id.id})
        count = self._begin(bin_, laptop)
        self.assertEqual(self._codes_of(count, "L1", "L3", "L9"), ["misplaced", "misplaced", "unknown"])

        count.action_apply()

        self.assertEqual(self._unit("L3", laptop).location_id, bin_)
        quants = self.env["stock.quant"].search([("product_id", "=", laptop.id), ("location_id", "=", bin_.id)])
        self.assertEqual(set(quants.lot_id.mapped("name")), {"L1", "L3", "L9"})
        self.assertAddsUp(laptop)
        count.action_undo()
        self.assertEqual(self._unit("L3", laptop).location_id, self.shelf)
        self.assertAddsUp(laptop)

    def test_when_several_products_are_counted_then_a_barcode_says_what_new_numbers_are_of(self):
        tablet = self._make_product("Tablet", barcode=GTIN)
        self._receive(["A1"])
        self._receive(["T1"], product=tablet)
        count = self._begin(products=self.product | tablet)

        self.assertEqual(self._codes_of(count, "N0", GTIN, "N1"), ["unknown", "product", "unknown"])
        with self.assertRaisesRegex(UserError, "N0"):
            count.action_apply()
        count.choose_product(count.line_ids.filtered(lambda line: line.name == "N0").ids, self.product.id)
        count.action_apply(False)

        self.assertEqual(self._unit("N1", tablet).status, "available")
        self.assertEqual(self._unit("N0").status, "available")

    def test_when_two_products_have_the_number_then_the_one_that_is_here_or_chosen(self):
        tablet = self._make_product("Tablet")
        self._receive(["A1"], target=self.shelf)
        self._receive(["A1"], product=tablet, target=self.shelf)
        bin_ = self.env["stock.location"].create({"name": "Bin", "location_id": self.stock.id})
        count = self._begin(bin_, self.product | tablet)
        self.assertEqual(self._codes_of(count, "A1"), ["ambiguous"])

        count.choose_product(count.line_ids.ids, tablet.id)
        count.action_apply()

        self.assertEqual(self._unit("A1", tablet).location_id, bin_)
        self.assertEqual(self._unit("A1").location_id, self.shelf)

    def test_when_two_people_scan_then_a_unit_counts_once_and_each_sees_all(self):
        self._receive(["A1", "A2"])
        count = self._begin(products=self.product)
        other = new_test_user(self.env, "other", "stock.group_stock_user")
        count.add_serials(["A1", "N1"])
        theirs = count.with_user(other)

        self.assertEqual(self._codes_of(theirs, "A1", "N1", "A2"), ["again", "again", "there"])
        self.assertEqual(self._figures(count), {"expected": 2, "there": 2, "unknown": 1})
        theirs.action_apply()
        with self.assertRaisesRegex(UserError, r"any more \(Applied\)"):
            count.action_apply()

    def test_when_a_scan_was_a_mistake_then_it_is_taken_back(self):
        count = self._begin(products=self.product)
        count.add_serials(["N1"])
        count.remove_scans(count.line_ids.ids)
        self.assertFalse(self._figures(count))

    def test_when_thousands_are_scanned_then_a_scan_takes_no_more_queries_and_the_list_is_bounded(self):
        names = [f"A{number:04}" for number in range(2000)]
        self._receive(names)
        count = self._begin(products=self.product)
        count.add_serials(names[:2])
        few = self._count_queries(lambda: count.add_serials([names[2]]))
        count.add_serials(names[3:1900])
        many = self._count_queries(lambda: count.add_serials([names[1900]]))
        self._assert_no_more_queries(many, few)
        self.assertLessEqual(len(count.get_state()["rows"]), 40)

    def test_when_many_are_gone_and_found_then_no_more_queries_than_for_few(self):
        def count_apply(first, size):
            names = [f"{first}{number}" for number in range(size)]
            product = self._make_product(first)
            self._receive(names, product=product)
            count = self._begin(products=product)
            count.add_serials([f"N{name}" for name in names])
            return self._count_queries(count.action_apply)

        few, many = count_apply("F", 3), count_apply("M", 40)
        self.assertLess(many - few, 37)

    def test_when_the_place_changes_after_the_first_scan_then_refused(self):
        count = self._begin()
        count.add_serials(["N1"])
        with self.assertRaisesRegex(UserError, "another count"):
            count.location_id = self.shelf
        with self.assertRaisesRegex(UserError, "its buttons"):
            count.state = "done"

    def test_when_who_looks_up_alone_counts_then_refused(self):
        salesman = new_test_user(self.env, "salesman", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self._begin(user=salesman)


@tagged("post_install", "-at_install")
class TestToursCount(CountCommon, TourCommon):
    def test_counted_by_scanner_applied_and_undone(self):
        self._receive(["CNT-1", "CNT-2"])
        self._receive(["CNT-3"], target=self.shelf)
        bin_ = self.env["stock.location"].create({"name": "Bin", "location_id": self.stock.location_id.id})
        self._receive(["CNT-8"], target=bin_)
        count = self._begin(bin_, self.product)
        self._tour("serial_count", count, action="serial_number_tracking.serial_count_action")
        self.assertEqual(count.state, "open")
        self.assertEqual(self._unit("CNT-8").status, "available")
        self.assertAddsUp()

    def test_session_that_ends_in_the_middle_of_a_count_is_said_and_loses_no_scan(self):
        self._receive(["CNT-1", "CNT-2"])
        count = self._begin(self.stock, self.product)
        action = "serial_number_tracking.serial_count_action"
        self._tour("serial_count_session_expired", count, action=action)
        self.assertEqual(set(count.line_ids.mapped("name")), {"CNT-1", "CNT-2"})
        self.assertEqual(set(count.line_ids.mapped("code")), {"there"})


@tagged("post_install", "-at_install")
class TestToursCountOnPhone(CountCommon, TourCommon):
    browser_size = "360x740"
    touch_enabled = True

    def test_count_fits_a_phone(self):
        self._receive(["CNT-1-WITH-A-RATHER-LONG-NUMBER-12345", "CNT-8"])
        count = self._begin(self.stock)
        self._tour("serial_phone_count_desk", count, action="serial_number_tracking.serial_count_action")
        self.assertEqual(count.state, "done")

    def test_network_cut_in_the_middle_of_a_count_loses_no_scan_and_doubles_none(self):
        self.product.default_code = "PHONE-CODE"
        self._receive(["CNT-1", "CNT-2", "CNT-8"])
        count = self._begin(self.stock)
        self._tour_in_hall("serial_phone_count_network_cut", count, action="serial_number_tracking.serial_count_action")
        scanned = count.line_ids.filtered(lambda line: line.code != "missing").sorted("id")
        self.assertEqual(scanned.mapped("name"), ["CNT-1", "CNT-2", "CNT-8", "CNT-9"])
        self.assertEqual(scanned[-1].product_id, self.product)
