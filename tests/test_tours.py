import threading
from unittest.mock import patch

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tests import common as odoo_common

from .common import SerialCommon

LATENCY_MS = 200
SCAN_EVERY_S = 0.1


class ScannerBrowser(odoo_common.ChromeBrowser):
    """A browser on a slow network, with a scanner at its keyboard that does not wait for anything."""

    numbers = ()

    def __init__(self, *args, **options):
        self.scanner = None
        super().__init__(*args, **options)
        conditions = {"offline": False, "latency": LATENCY_MS, "downloadThroughput": -1, "uploadThroughput": -1}
        self._websocket_request("Network.enable")
        self._websocket_request("Network.emulateNetworkConditions", params=conditions)

    def _handle_console(self, type, args=None, **options):
        if args and args[0].get("value") == "serial scanner: begin":
            self.scanner = threading.Thread(target=self._scan, name="scanner")
            self.scanner.start()
        return super()._handle_console(type, args=args, **options)

    def _scan(self):
        pace = threading.Event()
        for number in self.numbers:
            for key in number:
                self._press(key, key)
            self._press("Enter", "\r")
            pace.wait(SCAN_EVERY_S)

    def _press(self, key, text):
        code = 13 if key == "Enter" else ord(key.upper())
        keyboard = {"key": key, "windowsVirtualKeyCode": code}
        self._websocket_send("Input.dispatchKeyEvent", params={"type": "keyDown", "text": text, **keyboard})
        self._websocket_send("Input.dispatchKeyEvent", params={"type": "keyUp", **keyboard})

    def stop(self):
        if self.scanner:
            self.scanner.join(timeout=30)
        return super().stop()


class TourCommon(SerialCommon, HttpCase):
    """Ways to play what a user does by hand in a real browser, as a warehouse clerk where nothing else is said."""

    def _tour(self, name, record=None, action="stock.action_picking_tree_all", login="clerk", **options):
        path = f"/odoo/action-{action}"
        self.start_tour(f"{path}/{record.id}" if record else path, name, login=login, **options)
        self.env.invalidate_all()

    def _tour_by_scanner(self, numbers, *args, **options):
        scanner = type("Scanner", (ScannerBrowser,), {"numbers": numbers})
        with patch.object(odoo_common, "ChromeBrowser", scanner):
            self._tour(*args, timeout=120, **options)

    def _names(self, picking):
        """Return the numbers that a transfer booked, in the order of their booking."""
        return picking.move_ids.serial_ids.sorted("id").mapped("name")


@tagged("post_install", "-at_install")
class TestTours(TourCommon):
    """Receiving, shipping, and typing the numbers afterwards."""

    def test_received_by_scanner_shipped_with_a_blank_numbered_afterwards(self):
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

    def test_worklist_goes_from_row_to_row_by_keyboard(self):
        self._receive(blanks=4)
        self._tour("serial_worklist_keyboard", action="serial_number_tracking.serial_number_action_worklist")
        self.assertEqual(self._units("available").mapped("name"), ["P-1", "P-2", "P-3"])

    def test_worklist_takes_a_scanner_faster_than_the_network(self):
        self._receive(blanks=11)
        numbers = [f"P-{number}" for number in range(1, 11)]
        numbers.insert(5, "P-3")
        action = "serial_number_tracking.serial_number_action_worklist"
        self._tour_by_scanner(numbers, "serial_worklist_scanner", action=action)
        self.assertEqual(self._units("available").mapped("name"), list(dict.fromkeys(numbers)))

    def test_product_with_stock_switched_to_serialized_asks_for_its_numbers(self):
        self._adjust(3, self.plain)
        template = self.plain.product_tmpl_id
        new_test_user(self.env, "buyer", "stock.group_stock_user,product.group_product_manager")
        self._tour("serial_setup_question", template, action="stock.product_template_action_product", login="buyer")
        self.assertEqual(self._units("available", self.plain).mapped("name"), ["R-1"])
        self.assertEqual(len(self._units("received", self.plain)), 2)
