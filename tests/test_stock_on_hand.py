from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .common.base import SerialCommon


class StockOnHandCommon(SerialCommon):
    def _stock(self, product, location, quantity):
        self.env["stock.quant"]._update_available_quantity(product, location, quantity)

    def _switch_on(self, product=None):
        (product or self.plain).product_tmpl_id.is_serialized = True


@tagged("post_install", "-at_install")
class TestSwitchOn(StockOnHandCommon):
    """What is on hand becomes placeholders when a product becomes serialized."""

    def test_when_switched_on_then_each_piece_is_a_placeholder_where_it_lies(self):
        self._stock(self.plain, self.stock, 2)
        self._stock(self.plain, self.shelf, 1)

        self._switch_on()

        self.assertEqual(self._units(product=self.plain).mapped("status"), ["received"] * 3)
        places = self._units(product=self.plain).mapped("location_id.id")
        self.assertEqual(sorted(places), sorted([self.stock.id, self.shelf.id]))
        self.assertEqual(self._units(product=self.plain).event_ids.mapped("kind"), ["created"] * 3)
        self.assertAddsUp(self.plain)

    def test_when_switched_on_by_a_product_manager_then_placeholders(self):
        self._stock(self.plain, self.stock, 1)
        user = new_test_user(self.env, "products", "base.group_user,product.group_product_manager")

        self.plain.with_user(user).is_serialized = True

        self.assertEqual(len(self._units(product=self.plain)), 1)

    def test_when_switched_on_by_import_then_placeholders(self):
        self._stock(self.plain, self.stock, 2)

        result = self.env["product.template"].load(
            [".id", "is_serialized"], [[str(self.plain.product_tmpl_id.id), "1"]]
        )

        self.assertFalse(result["messages"])
        self.assertEqual(len(self._units(product=self.plain)), 2)
        self.assertAddsUp(self.plain)

    def test_when_a_variant_is_written_then_placeholders(self):
        self._stock(self.plain, self.stock, 2)

        self.plain.is_serialized = True

        self.assertEqual(len(self._units(product=self.plain)), 2)

    def test_when_created_serialized_then_nothing_is_on_hand(self):
        self.assertFalse(self._units(product=self._make_product("New")))

    def test_when_switched_on_again_then_only_what_is_missing(self):
        self._stock(self.plain, self.stock, 2)
        self._switch_on()

        self._switch_on()

        self.assertEqual(len(self._units(product=self.plain)), 2)

    def test_when_pieces_came_past_the_register_then_switching_on_again_adds_them(self):
        self._receive(["A1"])
        self._stock(self.product, self.stock, 2)

        self._switch_on(self.product)

        self.assertEqual(self._units().mapped("status"), ["available", "received", "received"])
        self.assertAddsUp()

    def test_when_stock_is_negative_then_what_left_is_uncovered(self):
        self._stock(self.plain, self.stock, -2)

        self._switch_on()

        self.assertRecordValues(self._units(product=self.plain), [{"status": "issued", "uncovered": True}] * 2)
        self.assertAddsUp(self.plain)

    def test_when_one_place_is_negative_then_totals_hold(self):
        self._stock(self.plain, self.stock, -1)
        self._stock(self.plain, self.shelf, 3)

        self._switch_on()

        self.assertEqual(len(self._units("received", product=self.plain)), 2)
        self.assertAddsUp(self.plain)

    def test_when_several_companies_have_stock_then_each_has_its_placeholders(self):
        other = self.env["res.company"].create({"name": "Other"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", other.id)], limit=1)
        self._stock(self.plain, self.stock, 1)
        self._stock(self.plain, warehouse.lot_stock_id, 2)

        self._switch_on()

        companies = self._units(product=self.plain).mapped("company_id.id")
        counts = self.register._read_group([("product_id", "=", self.plain.id)], ["company_id"], ["__count"])
        self.assertEqual(set(companies), {self.company.id, other.id})
        self.assertEqual(dict(counts), {self.company: 1, other: 2})
        self.assertAddsUp(self.plain)

    def test_when_a_fraction_is_on_hand_then_refused(self):
        self._stock(self.plain, self.stock, 1.5)
        with self.assertRaisesRegex(UserError, "1.5 of Cable"):
            self._switch_on()

    def test_when_archived_variants_have_stock_then_they_have_placeholders(self):
        self._stock(self.plain, self.stock, 1)
        self.plain.active = False

        self.plain.product_tmpl_id.is_serialized = True

        self.assertEqual(len(self._units(product=self.plain)), 1)

    def test_when_thousands_are_on_hand_then_queries_stay_the_same(self):
        few, many = self._make_product("Few", is_serialized=False), self._make_product("Many", is_serialized=False)
        self._stock(few, self.stock, 2)
        self._stock(many, self.stock, 500)
        self._stock(self.plain, self.stock, 1)
        self._switch_on()  # now Odoo's own caches are warm

        cost = self._count_queries(lambda: self._switch_on(few))
        self._assert_no_more_queries(self._count_queries(lambda: self._switch_on(many)), cost)


@tagged("post_install", "-at_install")
class TestSwitchOff(StockOnHandCommon):
    def test_when_units_are_in_stock_then_refused(self):
        self._receive(["A1"])
        with self.assertRaisesRegex(UserError, "(?s)Phone.*A1"):
            self.product.is_serialized = False

    def test_when_all_have_left_then_it_can_be_switched_off(self):
        self._receive(["A1"])
        self._ship(["A1"])

        self.product.is_serialized = False

        self.assertFalse(self.product.is_serialized)
        self.assertRecordValues(self._unit("A1"), [{"status": "sold"}])

    def test_when_switched_off_and_on_with_stock_then_totals_hold(self):
        self._receive(["A1"])
        self._ship(["A1"])
        self.product.is_serialized = False
        self._stock(self.product, self.stock, 2)

        self._switch_on(self.product)

        self.assertEqual(self._units().mapped("status"), ["sold", "received", "received"])
        self.assertAddsUp()

    def test_when_another_company_has_units_in_stock_then_refused(self):
        other = self.env["res.company"].create({"name": "Other"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", other.id)], limit=1)
        self._stock(self.plain, warehouse.lot_stock_id, 1)
        self._switch_on()
        with self.assertRaises(UserError):
            self.plain.is_serialized = False


@tagged("post_install", "-at_install")
class TestWhichProducts(StockOnHandCommon):
    """Only products whose single pieces can be told apart are serialized."""

    def test_when_it_is_a_service_then_refused(self):
        with self.assertRaisesRegex(ValidationError, "not storable"):
            self.env["product.product"].create({"name": "Work", "type": "service", "is_serialized": True})

    def test_when_it_is_not_storable_then_refused(self):
        with self.assertRaisesRegex(ValidationError, "not storable"):
            self.env["product.product"].create({"name": "Nail", "is_serialized": True})

    def test_when_it_is_no_longer_storable_then_refused(self):
        with self.assertRaises(UserError):
            self.product.is_storable = False

    def test_when_odoo_tracks_it_by_lots_then_refused(self):
        with self.assertRaisesRegex(ValidationError, "tracks it by lots"):
            self._make_product("Milk", tracking="lot")

    def test_when_odoo_begins_to_track_it_by_lots_then_refused(self):
        with self.assertRaises(ValidationError):
            self.product.tracking = "lot"

    def test_when_its_unit_does_not_count_pieces_then_refused(self):
        for uom in ("uom.product_uom_kgm", "uom.product_uom_dozen", "uom.product_uom_litre", "uom.product_uom_meter"):
            with self.assertRaisesRegex(ValidationError, "does not count single pieces"):
                self._make_product("Rope", uom_id=self.env.ref(uom).id)

    def test_when_its_unit_is_the_companys_own_piece_then_accepted(self):
        piece = self.env["uom.uom"].create({"name": "Piece", "relative_factor": 1})

        self.assertTrue(self._make_product("Radio", uom_id=piece.id).is_serialized)

    def test_when_the_format_is_no_expression_then_refused(self):
        with self.assertRaisesRegex(ValidationError, "no regular expression"):
            self.product.serial_format = "[A-Z"

    def test_when_a_warranty_is_negative_then_refused(self):
        for field in ("warranty_months", "vendor_warranty_months"):
            with self.assertRaises(ValidationError):
                self.product[field] = -1


@tagged("post_install", "-at_install")
class TestSetup(StockOnHandCommon):
    """The question after switching on, and the counts that lead to the same list."""

    def test_when_pieces_wait_then_the_question_counts_them(self):
        self._stock(self.plain, self.stock, 2)
        self._switch_on()

        action = self.plain.product_tmpl_id.with_user(self.manager).get_serial_setup_action()

        setup = self.env[action["res_model"]].with_user(self.manager).browse(action["res_id"])
        self.assertRecordValues(setup, [{"count": 2, "product_names": "Cable"}])

    def test_when_answered_yes_then_the_worklist_of_the_product_opens(self):
        self._receive(["A1"], blanks=2)
        action = self.product.with_user(self.clerk).get_serial_setup_action()
        setup = self.env["serial.setup"].with_user(self.clerk).browse(action["res_id"])

        worklist = setup.action_enter()

        units = self.env[worklist["res_model"]].with_user(self.clerk).search(worklist["domain"])
        self.assertEqual(units.sorted("id"), self._units("received"))

    def test_when_answered_no_then_it_closes(self):
        self._receive(blanks=1)
        action = self.product.with_user(self.clerk).get_serial_setup_action()
        setup = self.env["serial.setup"].with_user(self.clerk).browse(action["res_id"])

        self.assertEqual(setup.action_later()["type"], "ir.actions.act_window_close")

    def test_when_every_piece_has_its_number_then_nothing_is_asked(self):
        self._receive(["A1"])

        self.assertFalse(self.product.with_user(self.clerk).get_serial_setup_action())

    def test_when_user_cannot_number_then_nothing_is_asked(self):
        self._receive(blanks=1)
        user = new_test_user(self.env, "products", "base.group_user,product.group_product_manager")

        self.assertFalse(self.product.with_user(user).get_serial_setup_action())

    def test_when_counted_then_product_and_template_agree(self):
        self._receive(["A1", "A2"], blanks=1)
        self._ship(["A2"])

        product = self.product.with_user(self.clerk)

        self.assertRecordValues(product, [{"serial_count": 3, "serial_blank_count": 1}])
        self.assertRecordValues(product.product_tmpl_id, [{"serial_count": 3, "serial_blank_count": 1}])

    def test_when_user_may_not_look_up_then_the_product_is_still_readable(self):
        user = new_test_user(self.env, "plain user", "base.group_user")

        self.assertEqual(self.product.with_user(user).read(["name", "is_serialized"])[0]["name"], "Phone")


@tagged("post_install", "-at_install")
class TestAddsUp(SerialCommon):
    def test_when_the_register_is_wrong_then_the_check_of_all_tests_says_so(self):
        self._receive(["A1", "A2"])
        self.assertAddsUp()
        for wrong, what in (
            ("UPDATE serial_number SET status = 'hold' WHERE id = %s", "last event"),
            ("UPDATE serial_number SET uncovered = TRUE WHERE id = %s", "differ"),
        ):
            with self.subTest(wrong), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(wrong, [self._unit("A1").id])
                with self.assertRaisesRegex(AssertionError, what):
                    self.assertAddsUp()
                savepoint.rollback()
