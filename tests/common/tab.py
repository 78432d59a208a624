"""One Chromium for all browser tests of a process, which keeps what it compiled of the scripts and nothing else."""

import atexit
import shutil
import signal
import subprocess
import threading
from concurrent.futures import wait
from unittest.mock import patch

import requests
import websocket

from odoo.tests import HttpCase
from odoo.tests import common as odoo_common

PATIENCE_S = 10
PACE_S = 0.05
STORED = "all"  # cookies, local storage, databases, caches of workers, the workers


class Chromium:
    """A running Chromium, with the folder of its profile."""

    running = {}

    def __init__(self, process, port, folder):
        self.process, self.port, self.folder = process, port, folder

    def is_alive(self):
        return self.process.poll() is None

    def ask(self, method, command):
        """Ask for something about the tabs, such as a new one."""
        url = f"http://{odoo_common.HOST}:{self.port}/json/{command}"
        answer = requests.request(method, url, timeout=PATIENCE_S)
        answer.raise_for_status()
        return answer

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    @classmethod
    def end_all(cls):
        while cls.running:
            cls.running.popitem()[1].end()


atexit.register(Chromium.end_all)


class TabBrowser(odoo_common.ChromeBrowser):
    """A browser test's own tab, where nobody has stored anything.

    One that does not close takes its Chromium along: the next test begins with a new one.
    """

    chromium = None

    def __init__(self, test_case, *args, **options):
        try:
            super().__init__(test_case, *args, **options)
            self._websocket_request("Network.clearBrowserCookies")
            self._websocket_request("Browser.resetPermissions")
            stored = {"origin": test_case.base_url(), "storageTypes": STORED}
            self._websocket_request("Storage.clearDataForOrigin", params=stored)
        except Exception:
            self._give_up()
            raise

    def _chrome_start(self, user_data_dir, touch_enabled, headless=True, debug=False):
        self.kind = (touch_enabled, headless, debug)
        self.chromium = Chromium.running.get(self.kind)
        if self.chromium and self.chromium.is_alive():
            shutil.rmtree(user_data_dir)
        else:
            started = super()._chrome_start(user_data_dir, touch_enabled, headless, debug)
            self.chromium = Chromium.running[self.kind] = Chromium(*started, user_data_dir)
        return self.chromium.process, self.chromium.port

    def _open_websocket(self):
        self.tab = self.chromium.ask("PUT", "new?about:blank").json()
        address = self.tab["webSocketDebuggerUrl"]
        connection = websocket.create_connection(address, enable_multithread=True, suppress_origin=True)
        connection.settimeout(0.01)
        return connection

    def _wait_ready(self, ready_code=None, timeout=60):
        """Ask at a pace that leaves the processors to the page and the server, which are getting ready."""
        question = {"expression": f"try {{ {ready_code} }} catch {{}}", "awaitPromise": True}
        pace = threading.Event()
        for _time in range(int(timeout / PACE_S) if ready_code else 0):
            if self._websocket_request("Runtime.evaluate", params=question, timeout=timeout)["result"].get("value"):
                break
            pace.wait(PACE_S)
        return super()._wait_ready(ready_code, timeout)

    def stop(self):
        try:
            self.screencaster.stop()
            self._websocket_request("Page.stopLoading")
            wait(self._responses.values(), PATIENCE_S)
            self._result.cancel()
            self.chromium.ask("GET", f"close/{self.tab['id']}")
            self._receiver.join(PATIENCE_S)
            if self._receiver.is_alive():
                raise TimeoutError
        except Exception:
            self._logger.warning("The tab does not close", exc_info=True)
            self._give_up()
        if hasattr(self, "ws"):  # not if Chromium closed it before the test was over
            self.ws.close()
        signal.signal(signal.SIGXCPU, self.sigxcpu_handler)

    def _give_up(self):
        """End the Chromium: the next test begins with another."""
        if self.chromium:
            Chromium.running.pop(self.kind, None)
            self.chromium.end()


class BrowserCommon(HttpCase):
    """Browser tests, each in a tab of its own."""

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(odoo_common, "ChromeBrowser", TabBrowser))
