"""Browser tests share a Chromium, and nothing that one leaves there reaches the next."""

from odoo.tests import tagged

from .common.tab import BrowserCommon, Chromium, TabBrowser

STORE = """
    document.cookie = "left=1";
    localStorage.setItem("left", "1");
    sessionStorage.setItem("left", "1");
    window.name = "left";
    Promise.all([
        caches.open("left"),
        navigator.serviceWorker.register("/web/service-worker.js", { scope: "/odoo" }),
        new Promise((resolve) => (indexedDB.open("left").onsuccess = resolve)),
    ]).then(() => console.log("test successful"));
"""
FIND = """
    Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations(), indexedDB.databases()]).then((stores) => {
        const [folders, workers, databases] = stores;
        const found = [
            ...document.cookie.split("; ").filter((cookie) => cookie === "left=1"),
            ...[localStorage, sessionStorage].map((items) => items.getItem("left")),
            window.name,
            ...[...folders, ...databases.map((database) => database.name)].filter((name) => name === "left"),
            ...workers.map((worker) => worker.scope),
        ].filter(Boolean);
        found.length ? console.error(`found: ${found}`) : console.log("test successful");
    });
"""


@tagged("post_install", "-at_install")
class TestTab(BrowserCommon):
    def test_when_a_test_has_stored_something_then_the_next_finds_nothing_of_it(self):
        self.browser_js("/web/login", STORE)

        self.browser_js("/web/login", FIND)

    def test_when_chromium_dies_then_the_next_test_begins_with_another(self):
        tab = TabBrowser(self)
        tab.chromium.process.kill()
        tab.chromium.process.wait()
        tab.stop()
        self.assertNotIn(tab.chromium, Chromium.running.values())

        self.browser_js("/web/login", "console.log('test successful')")

    def test_when_a_test_fails_then_the_next_finds_its_tab_closed(self):
        with self.assertRaises(AssertionError):
            self.browser_js("/web/login", "console.error('as told')")

        alive = filter(Chromium.is_alive, Chromium.running.values())
        tabs = [tab for chromium in alive for tab in chromium.ask("GET", "list").json()]
        self.assertEqual({tab["url"] for tab in tabs if tab["type"] == "page"}, {"about:blank"})
