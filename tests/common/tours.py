import io
import threading
from pathlib import Path
from unittest.mock import patch

import zxingcpp
from PIL import Image

from odoo.tests import common as odoo_common

from ...tools import data_matrix
from .base import SerialCommon
from .tab import BrowserCommon, TabBrowser

LATENCY_MS = 200
SCAN_EVERY_S = 0.1
GS = "\x1d"
CONTROL = 2  # as a modifier of a key
CODES = {"]": 221, "Tab": 9, "Enter": 13, "Escape": 27}
TEXTS = {"Enter": "\r"}
SHIFT = 8
FRAME = (640, 480)
CODE_SIDE = 300
FRAMES = 30  # of one code, before the next one


class ScannerBrowser(TabBrowser):
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
                self._press_control("]", "BracketRight") if key == GS else self._press(key, key)
            self._press("Enter", "\r")
            pace.wait(SCAN_EVERY_S)

    def _press(self, key, text):
        code = 13 if key == "Enter" else ord(key.upper())
        keyboard = {"key": key, "windowsVirtualKeyCode": code}
        self._websocket_send("Input.dispatchKeyEvent", params={"type": "keyDown", "text": text, **keyboard})
        self._websocket_send("Input.dispatchKeyEvent", params={"type": "keyUp", **keyboard})

    def _press_control(self, key, code):
        keyboard = {"key": key, "code": code, "modifiers": CONTROL, "windowsVirtualKeyCode": CODES[key]}
        for kind in ("rawKeyDown", "keyUp"):
            self._websocket_send("Input.dispatchKeyEvent", params={"type": kind, **keyboard})

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
        elif said == "network: restore":
            self._set_network(offline=False)
        elif said == "network: load again and restore":
            self._websocket_send("Page.reload")
            self._set_network(offline=False)
            self._websocket_send("Page.reload")
        return super()._handle_console(type, args=args, **options)

    def _wait_code_ok(self, code, timeout, error_checker=None):
        """Wait for the tour; what Odoo's chat loses while the network is cut is no failure of the page."""

        def is_failure(message):
            is_lost = _is_lost_chat(message)
            if is_lost:
                self.had_failure = False  # set before anybody is asked, and judged when the tour has ended
            return not is_lost

        return super()._wait_code_ok(code, timeout, error_checker=is_failure)

    def _set_network(self, offline):
        conditions = {"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        self._websocket_send("Network.enable")
        self._websocket_send("Network.emulateNetworkConditions", params=conditions)


class KeyboardBrowser(odoo_common.ChromeBrowser):
    """A browser with a hand at its keyboard: the page says in the console which key is pressed, Enter or Shift+Tab.

    Tab moves the focus where a person presses it; events that a page makes itself do not.
    """

    def _handle_console(self, type, args=None, **options):
        said = args[0].get("value") if args else None
        if isinstance(said, str) and said.startswith("keyboard: "):
            *shift, key = said.removeprefix("keyboard: ").split("+")
            self._press(key, SHIFT if shift else 0)
        return super()._handle_console(type, args=args, **options)

    def _press(self, key, modifiers):
        keyboard = {"key": key, "code": key, "modifiers": modifiers, "windowsVirtualKeyCode": CODES[key]}
        text = {"text": TEXTS[key]} if key in TEXTS else {}
        self._websocket_send("Input.dispatchKeyEvent", params={"type": "keyDown", **keyboard, **text})
        self._websocket_send("Input.dispatchKeyEvent", params={"type": "keyUp", **keyboard})


class CameraBrowser(odoo_common.ChromeBrowser):
    """A browser whose camera sees one code after the other, again and again."""

    pictures = ()

    def _spawn_chrome(self, cmd):
        film = Path(self.user_data_dir) / "camera.mjpeg"
        film.write_bytes(b"".join(_draw_frame(picture) * FRAMES for picture in self.pictures))
        camera = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
        return super()._spawn_chrome([cmd[0], *camera, f"--use-file-for-fake-video-capture={film}", *cmd[1:]])


def draw_data_matrix(text):
    """Return a picture of a DataMatrix as our labels have it."""
    rows = data_matrix.make_rows(text)
    picture = Image.new("L", (len(rows[0]), len(rows)), 255)
    picture.putdata([0 if is_dark else 255 for row in rows for is_dark in row])
    return picture


def draw_qr(text):
    """Return a picture of a QR code."""
    image = memoryview(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image())
    return Image.frombytes("L", image.shape[::-1], image.tobytes())


def _is_lost_chat(message):
    """Tell whether an error of the page is a request of Odoo's chat that the cut network has lost."""
    return "ConnectionLostError" in message and ("/mail/" in message or "/discuss." in message)


def _draw_frame(picture):
    """Return a picture of a code as a camera sends it."""
    frame = Image.new("L", FRAME, 255)
    scale = CODE_SIDE // picture.width
    code = picture.resize((picture.width * scale, picture.height * scale), Image.NEAREST)
    frame.paste(code, ((FRAME[0] - code.width) // 2, (FRAME[1] - code.height) // 2))
    stream = io.BytesIO()
    frame.convert("RGB").save(stream, "JPEG", quality=90)
    return stream.getvalue()


class TourCommon(SerialCommon, BrowserCommon):
    """Ways to play what a user does by hand in a real browser, as a warehouse clerk where nothing else is said."""

    def _tour(self, name, record=None, action="stock.action_picking_tree_all", login="clerk", **options):
        path = f"/odoo/action-{action}"
        self.start_tour(f"{path}/{record.id}" if record else path, name, login=login, **options)
        self.env.invalidate_all()

    def _tour_by_scanner(self, numbers, *args, **options):
        scanner = type("Scanner", (ScannerBrowser,), {"numbers": numbers})
        with patch.object(odoo_common, "ChromeBrowser", scanner):
            self._tour(*args, timeout=120, **options)

    def _tour_with_camera(self, pictures, *args, **options):
        camera = type("Camera", (CameraBrowser,), {"pictures": pictures})
        with patch.object(odoo_common, "ChromeBrowser", camera):
            self._tour(*args, **options)

    def _tour_in_hall(self, *args, **options):
        with patch.object(odoo_common, "ChromeBrowser", HallBrowser):
            self._tour(*args, **options)

    def _tour_by_keyboard(self, *args, **options):
        with patch.object(odoo_common, "ChromeBrowser", KeyboardBrowser):
            self._tour(*args, **options)

    def _names(self, picking):
        """Return the numbers that a transfer booked, in the order of their booking."""
        return picking.move_ids.serial_ids.sorted("id").mapped("name")
