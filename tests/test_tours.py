import base64
import io

from PIL import Image

from odoo.tests import new_test_user, tagged

from .common.tours import TourCommon


@tagged("post_install", "-at_install")
class TestTours(TourCommon):
    """Receiving, shipping, and typing the numbers afterwards."""

    def test_received_by_scanner_shipped_with_a_blank_numbered_afterwards(self):
        self._receive(["P-0"])
        receipt = self._transfer("in", 3)
        self._tour("serial_entry_receive", receipt)
        self.assertEqual(receipt.state, "done")
        self.assertEqual(self._names(receipt), ["P-1", "P-2", "P-3"])

        delivery = self._transfer("out", 2)
        self._tour("serial_entry_ship_with_blank", delivery)
        self.assertEqual(delivery.state, "done")
        self.assertEqual(self._unit("P-1").status, "sold")
        self.assertEqual(len(self._units("issued")), 1)

        self._tour("serial_worklist_number_issued", action="serial_number_tracking.serial_number_action_worklist")
        self.assertRecordValues(self._unit("P-2"), [{"status": "sold", "customer_id": self.customer.id}])
        self.assertFalse(self._units("issued"))
        self.assertAddsUp()

    def test_two_products_are_scanned_one_after_the_other(self):
        tablet = self._make_product("Tablet")
        picking = self._transfer("in", 2)
        picking.move_ids.copy({"product_id": tablet.id, "product_uom_qty": 1, "picking_id": picking.id})
        picking.action_confirm()
        self._tour("serial_entry_next_product", picking)
        self.assertEqual(picking.state, "done")
        self.assertEqual(self._units("available").mapped("name"), ["P-1", "P-2"])
        self.assertEqual(self._units("available", tablet).mapped("name"), ["T-1"])

    def test_eleventh_scan_is_too_many(self):
        picking = self._transfer("in", 10)
        self._tour("serial_entry_too_many", picking)
        self.assertEqual(self._names(picking), [f"P-{number}" for number in range(1, 11)])

    def test_thousand_pasted_numbers_are_shown_by_the_page(self):
        picking = self._transfer("in", 1000)
        self._tour("serial_entry_paste", picking)
        self.assertEqual(picking.state, "done")
        self.assertEqual(set(self._names(picking)), {f"P-{number}" for number in range(1, 1001)})

    def test_range_and_list_are_entered_by_keyboard(self):
        self._receive(["P-1", "P-2", "P-3"])
        picking = self._transfer("out", 3)
        self._tour("serial_entry_range_and_list", picking)
        self.assertEqual(set(self._units("sold").mapped("name")), {"P-1", "P-2", "P-3"})

    def test_where_every_number_is_required_blanks_are_refused_with_the_reason(self):
        self.warehouse.in_type_id.serial_entry = "require"
        picking = self._transfer("in", 1)
        self._tour("serial_entry_every_number_required", picking)
        self.assertEqual(self._names(picking), ["A1"])

    def test_counted_surplus_asks_whose_it_was(self):
        second = self.env["res.partner"].create({"name": "Second Vendor"})
        quant = self.env["stock.quant"].with_context(inventory_mode=True)
        quant.create({"product_id": self.product.id, "location_id": self.stock.id, "inventory_quantity": 1})
        self._tour("serial_entry_counted_surplus", action="stock.action_view_inventory_tree", login="manager")
        self.assertRecordValues(self._unit("A1"), [{"status": "available", "vendor_id": second.id}])

    def test_lost_connection_loses_no_number_and_doubles_none(self):
        picking = self._transfer("in", 3)
        self._tour("serial_entry_connection_lost", picking)
        self.assertEqual(self._names(picking), ["P-1", "P-2", "P-3"])

    def test_scanner_faster_than_the_network_loses_and_glues_no_number(self):
        numbers = [f"P-{number}" for number in range(1, 30)]
        numbers.insert(15, "P-7")
        picking = self._transfer("in", 30)
        self._tour_by_scanner(numbers, "serial_entry_scanner", picking)
        self.assertEqual(picking.state, "done")
        self.assertEqual(self._names(picking), [f"P-{number}" for number in range(1, 31)])

    def test_entry_window_asks_for_the_grade(self):
        self.product.product_tmpl_id.write({"serial_has_grade": True, "serial_ask_properties": "ask"})
        receipt = self._transfer("in", 1)
        self._tour("serial_entry_details", receipt)
        unit = receipt.move_ids.serial_ids
        self.assertEqual((unit.name, unit.attribute_text), ("P-1", "Grade: B"))

    def test_entry_window_takes_a_photo_that_the_product_requires(self):
        self.product.product_tmpl_id.serial_ask_photo = "require"
        receipt = self._transfer("in", 1)
        self._tour("serial_entry_photo", receipt)
        self.assertEqual(receipt.move_ids.serial_ids.mapped("name"), ["P-1"])
        picture = Image.open(io.BytesIO(base64.b64decode(receipt.move_ids.serial_ids.photo)))
        self.assertEqual((picture.format, picture.size), ("JPEG", (1600, 800)))

    def test_worklist_goes_from_row_to_row_by_keyboard(self):
        self._receive(blanks=4)
        self._tour("serial_worklist_keyboard", action="serial_number_tracking.serial_number_action_worklist")
        self.assertEqual(self._units("available").mapped("name"), ["P-1", "P-2", "P-3"])

    def test_worklist_question_is_answered_by_keyboard(self):
        self._receive(["A-1"])
        self._ship(["A-1"], partner=self.other_customer)
        self._receive(blanks=2)
        self._tour_by_keyboard(
            "serial_worklist_question", action="serial_number_tracking.serial_number_action_worklist"
        )
        self.assertEqual(self._units("available").mapped("name"), ["A-1"])

    def test_worklist_asks_for_other_numbers_that_the_product_requires(self):
        imei = self.env.ref("serial_number_tracking.serial_identity_kind_imei")
        self.product.write({"serial_identity_kind_ids": imei.ids, "serial_identity_required_ids": imei.ids})
        self._receive(blanks=3)
        self._tour("serial_worklist_beside", action="serial_number_tracking.serial_number_action_worklist")
        units = self._units("available")
        self.assertEqual(units.mapped("name"), ["P-1", "P-2"])
        self.assertEqual(units.identity_ids.mapped("name"), ["356938035643809", "490154203237518"])

    def test_worklist_takes_a_scanner_faster_than_the_network(self):
        self._receive(blanks=11)
        numbers = [f"P-{number}" for number in range(1, 11)]
        numbers.insert(5, "P-3")
        action = "serial_number_tracking.serial_number_action_worklist"
        self._tour_by_scanner(numbers, "serial_worklist_scanner", action=action)
        self.assertEqual(self._units("available").mapped("name"), list(dict.fromkeys(numbers)))

    def test_worklist_names_what_a_session_that_ended_did_not_take(self):
        self._receive(blanks=1)
        self._tour("serial_worklist_session_expired", action="serial_number_tracking.serial_number_action_worklist")
        self.assertFalse(self._units("available"))

    def test_worklist_opens_the_window_of_one_document(self):
        self._receive(["S-1"])
        self._ship(["S-1"], partner=self.other_customer)
        self._receive(blanks=1)
        gone = self._ship(blanks=1).move_ids.serial_ids
        came = self._receive(blanks=2).move_ids.serial_ids
        self._tour("serial_worklist_window", action="serial_number_tracking.serial_number_action_worklist")
        self.assertEqual(set(came.mapped("name")), {"W-1", "W-2"})
        self.assertRecordValues(gone, [{"name": False, "status": "issued"}])

    def test_worklist_of_several_documents_opens_none_of_them_for_typing(self):
        self._receive(blanks=1)
        self._ship(blanks=1)
        self._receive(blanks=2)
        self._tour("serial_worklist_from_start", action="serial_number_tracking.serial_start_action")
        worklist = self.env.ref("serial_number_tracking.serial_number_action_worklist")
        flat = worklist.copy({"path": False, "context": "{}"})
        flat.view_id = self.env.ref("serial_number_tracking.serial_number_view_list_worklist")
        self._tour("serial_worklist_flat", action=flat.id)

    def test_lists_of_who_keeps_consigned_goods_fit_the_screen(self):
        self.clerk.group_ids |= self.env.ref("stock.group_tracking_owner")
        self._receive([f"P-{number}" for number in range(20)])
        self._receive(blanks=1)
        for action in ("serial_number_action", "serial_number_action_worklist", "serial_event_action"):
            self._tour("serial_list_fits", action=f"serial_number_tracking.{action}")

    def test_worklist_grouped_by_document_and_product_is_open_down_to_the_rows(self):
        tablet = self._make_product("Tablet")
        self._receive(blanks=1, product=tablet)
        self._ship(blanks=1, product=tablet)
        self._receive(blanks=2)
        worklist = self.env.ref("serial_number_tracking.serial_number_action_worklist")
        nested = worklist.copy({"path": False, "context": "{'group_by': ['waits_with', 'product_id']}"})
        nested.view_id = self.env.ref("serial_number_tracking.serial_number_view_list_worklist")
        self._tour("serial_worklist_nested", action=nested.id)
        self._units(product=tablet).with_user(self.clerk).name = "T-1"
        self._tour("serial_worklist_nested_one", action=nested.id)
        self.assertEqual(self._units("available").mapped("name"), ["P-1"])

    def test_product_with_stock_switched_to_serialized_asks_for_its_numbers(self):
        self._adjust(3, self.plain)
        template = self.plain.product_tmpl_id
        new_test_user(self.env, "buyer", "stock.group_stock_user,product.group_product_manager")
        self._tour("serial_setup_question", template, action="stock.product_template_action_product", login="buyer")
        self.assertEqual(self._units("available", self.plain).mapped("name"), ["R-1"])
        self.assertEqual(len(self._units("received", self.plain)), 2)
