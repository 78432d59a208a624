import threading
from unittest.mock import patch

from odoo.tests import HttpCase
from odoo.tests import common as odoo_common

from .base import SerialCommon

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


class HallBrowser(odoo_common.ChromeBrowser):
    """A browser in a hall with dead spots: the page says in the console when it loses the network, or its battery."""

    def _handle_console(self, type, args=None, **options):
        said = args[0].get("value") if args else None
        if said == "network: cut":
            self._set_network(offline=True)
        elif said == "network: load again and restore":
            self._websocket_send("Page.reload")
            self._set_network(offline=False)
            self._websocket_send("Page.reload")
        return super()._handle_console(type, args=args, **options)

    def _set_network(self, offline):
        conditions = {"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        self._websocket_send("Network.enable")
        self._websocket_send("Network.emulateNetworkConditions", params=conditions)


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

    def _tour_in_hall(self, *args, **options):
        with patch.object(odoo_common, "ChromeBrowser", HallBrowser):
            self._tour(*args, **options)

    def _names(self, picking):
        """Return the numbers that a transfer booked, in the order of their booking."""
        return picking.move_ids.serial_ids.sorted("id").mapped("name")
