"""A real browser, driven as a person drives it: by clicks and keys, which are counted."""

import base64
import itertools
import json
import shutil
import subprocess
import tempfile
import time
import urllib.request

import websocket

from environment.browser import NAMES
from environment.command import free_port

PATIENCE = 60  # seconds
SIZE = (1366, 768)
NAMED = {
    name: ({"key": name, "code": name, "windowsVirtualKeyCode": code}, text)
    for name, code, text in (("Enter", 13, "\r"), ("Escape", 27, ""), ("Tab", 9, ""))
}
# What is seen of an element that has a text, and where it is. Buttons by their own text before what contains them.
FIND = """
(() => {
    const [css, text] = %s;
    const shown = (el) => {
        const box = el.getBoundingClientRect();
        return box.width > 0 && box.height > 0 && !el.disabled && getComputedStyle(el).visibility !== "hidden";
    };
    const said = (el) => [el.textContent, el.title, el.ariaLabel, el.value].join(" ").replace(/\\\\s+/g, " ");
    const found = [...document.querySelectorAll(css)].filter((el) => shown(el) && (!text || said(el).includes(text)));
    if (!found.length) return null;
    const el = found[0];
    el.scrollIntoView({ block: "center", inline: "center" });
    const box = el.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
})()
"""
# Each dialog that opens, once.
WATCH = """
(() => {
    const seen = new WeakSet();
    window.openedDialogs = 0;
    new MutationObserver(() => {
        for (const dialog of document.querySelectorAll(".modal:not(.o_inactive_modal)")) {
            if (!seen.has(dialog)) {
                seen.add(dialog);
                window.openedDialogs++;
            }
        }
    }).observe(document, { childList: true, subtree: true });
})()
"""


class Lost(Exception):
    """What was looked for did not appear on the screen."""


class Browser:
    """Chromium with one page; a context that ends it.

    :param str url: where Odoo answers
    :ivar clicks: how many clicks were made since :meth:`begin`
    :ivar keys: how many keys were pressed, scans and typed texts not counted
    """

    def __init__(self, url):
        self.url, self.ids, self.clicks, self.keys = url, itertools.count(1), 0, 0

    def __enter__(self):
        program = next(filter(None, map(shutil.which, NAMES)))
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        port = free_port()
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-allow-origins=*", "--no-first-run"]
        options += [f"--remote-debugging-port={port}", f"--user-data-dir={self.profile.name}"]
        options += [f"--window-size={SIZE[0]},{SIZE[1]}", "about:blank"]
        null = subprocess.DEVNULL
        self.process = subprocess.Popen([program, *options], stdout=null, stderr=null)
        self.socket = websocket.create_connection(self._find_page(port), timeout=PATIENCE)
        for domain in ("Page", "Network", "Runtime"):
            self._send(f"{domain}.enable")
        self.set_size(*SIZE)
        self._send("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
        return self

    def __exit__(self, *_exception):
        self.socket.close()
        self.process.terminate()
        self.process.wait()
        self.profile.cleanup()

    def _find_page(self, port):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/json", timeout=5) as answer:
                    pages = [page for page in json.load(answer) if page["type"] == "page"]
                if pages:
                    return pages[0]["webSocketDebuggerUrl"]
            except OSError:
                pass
            time.sleep(0.2)
        raise Lost("Chromium does not start")

    def _send(self, method, **params):
        return self._receive(method, self._post(method, params))

    def _post(self, method, params):
        number = next(self.ids)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        return number

    def _receive(self, method, number):
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == number:
                if "error" in answer:
                    raise Lost(f"{method}: {answer['error']['message']}")
                return answer["result"]

    def run(self, script):
        """Run JavaScript in the page, and return what it says."""
        answer = self._send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        return answer["result"].get("value")

    # What a person does

    def begin(self, path=None):
        """Open a page, from which what follows is counted."""
        if path:
            self._send("Page.navigate", url=f"{self.url}{path}")
            self.wait(".o_web_client .o_action_manager .o_action, .o_web_client .o_view_controller")
            self.rest()
        self.clicks = self.keys = 0
        self.run("window.openedDialogs = 0")

    def log_in(self, session_id):
        """Be the user of a session of Odoo."""
        self._send("Network.setCookie", name="session_id", value=session_id, url=self.url)

    def wait(self, css, text=""):
        """Wait until an element is seen, and return where it is."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if place := self.run(FIND % json.dumps([css, text])):
                return place
            time.sleep(0.1)
        raise Lost(f"{css} {text!r} does not appear")

    def wait_gone(self, css):
        """Wait until no element of a kind is seen."""
        end = time.monotonic() + PATIENCE
        while self.run(FIND % json.dumps([css, ""])):
            if time.monotonic() > end:
                raise Lost(f"{css} does not go away")
            time.sleep(0.1)

    def rest(self, seconds=0.7):
        """Look at the screen for a moment, as people do."""
        time.sleep(seconds)

    def click(self, css, text=""):
        """Click an element that is seen."""
        self.wait(css, text)
        self.rest(0.3)
        x, y = self.wait(css, text)
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            button = {} if kind == "mouseMoved" else {"button": "left", "clickCount": 1}
            self._send("Input.dispatchMouseEvent", type=kind, x=x, y=y, **button)
        self.clicks += 1
        self.rest()

    def press(self, key):
        """Press a key of its own."""
        self._press(key)
        self.keys += 1
        self.rest()

    def scan(self, *texts):
        """Type as a scanner does: each text with the Enter that ends it."""
        for text in texts:
            self.type(text, ends=True)
            self.rest(0.4)

    def type(self, text, ends=False):
        """Type a text into whatever has the focus, as fast as a scanner does.

        :param bool ends: whether Enter follows at once
        """
        self._strike([({"key": character}, character) for character in text] + [NAMED["Enter"]] * ends)

    def type_over(self, css, text):
        """Type a text into a box in place of what stands there, and press Enter."""
        self.run(f"document.querySelector({css!r}).select()")
        self.type(text, ends=True)

    def _press(self, key):
        self._strike([NAMED[key]])

    def _strike(self, keys):
        """Send keys without waiting for what each does: a slow machine would tear a scan apart."""
        method = "Input.dispatchKeyEvent"
        for codes, text in keys:
            down = self._post(method, {"type": "keyDown", **codes, **({"text": text} if text else {})})
            up = self._post(method, {"type": "keyUp", **codes})
        self._receive(method, max(down, up))

    def count_dialogs(self):
        """Return how many dialogs have opened since :meth:`begin`."""
        return self.run("window.openedDialogs") or 0

    def set_size(self, width, height, mobile=False):
        """Make the screen as large as another device's."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile}
        self._send("Emulation.setDeviceMetricsOverride", **size)

    def set_network(self, is_there):
        """Cut the network, or bring it back."""
        conditions = {"offline": not is_there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        self._send("Network.emulateNetworkConditions", **conditions)

    def hide(self, css):
        """Show nothing of some elements on the pages that are opened from here on."""
        style = f"{css} {{ display: none !important; }}"
        script = f"""
            addEventListener("DOMContentLoaded", () => {{
                document.head.append(Object.assign(document.createElement("style"), {{ textContent: {style!r} }}));
            }})"""
        self._send("Page.addScriptToEvaluateOnNewDocument", source=script)

    def open(self, path, css):
        """Open a page that is not the web client's, and wait for an element."""
        self._send("Page.navigate", url=f"{self.url}{path}")
        self.wait(css)
        self.rest()

    def scroll_up(self):
        """Show the beginning of all that was scrolled to what was looked for."""
        self.run(
            "document.querySelectorAll('*').forEach((el) => { if (el.scrollTop || el.scrollLeft) el.scrollTo(0, 0); })"
        )

    def take_picture(self, path):
        """Keep what is seen now as a PNG."""
        path.write_bytes(base64.b64decode(self._send("Page.captureScreenshot")["data"]))
