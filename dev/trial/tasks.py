"""Everyday tasks, done by a person's hands in a browser: what each takes in clicks, keys and dialogs."""

import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

from .browser import Browser
from .client import Session
from .server import Server

OVERVIEW = "/odoo/inventory"
APP = "/odoo/serial-overview"
ENTRY = ".o_serial_entry"


@dataclass
class Task:
    """A task.

    :ivar name: what it is called on the command line
    :ivar title: what is done
    :ivar act: the function that does it
    :ivar clicks: how many it may take
    :ivar keys: how many it may take, scans not counted
    """

    name: str
    title: str
    act: object
    clicks: int
    keys: int


TASKS = []


def task(title, clicks, keys=0):
    """Register a function as a task with its goal."""

    def keep(act):
        TASKS.append(Task(act.__name__, title, act, clicks, keys))
        return act

    return keep


class Desk:
    """A browser on the demonstration data, and a session that prepares documents.

    :param browser: the :class:`~.browser.Browser`
    :param session: the :class:`~.client.Session`
    """

    def __init__(self, browser, session):
        self.browser, self.call = browser, session.call

    def prepare(self):
        """Do what is asked once in a company's life: how its papers look."""
        layout = self.ref("web.external_layout_standard")
        for company in self.find("res.company", [], "id"):
            self.call("res.company", "write", company["id"], {"external_report_layout_id": layout})

    def find(self, model, domain, *fields, **options):
        """Return records as dicts."""
        return self.call(model, "search_read", domain, list(fields), **options)

    def ref(self, name):
        """Return the id of a record of the demonstration data."""
        module, name = name.split(".") if "." in name else ("serial_number_tracking", name)
        domain = [("module", "=", module), ("name", "=", name)]
        return self.find("ir.model.data", domain, "res_id")[0]["res_id"]

    def buy(self, names):
        """Return a receipt of scanners that is done."""
        picking = self.order_from_vendor(len(names))
        self.book(picking, names)
        return picking

    def book(self, picking, names):
        """Validate a transfer with these numbers."""
        (answer,) = self.call("stock.picking", "process_serials", [{"id": picking, "names": names}])
        expect(answer["ok"], answer["message"])

    def order_from_vendor(self, count):
        """Return a receipt of scanners that is ready."""
        line = {"product_id": self.ref("product_scanner_demo"), "product_qty": count, "price_unit": 260}
        vals = {"partner_id": self.ref("partner_vendor_demo"), "order_line": [[0, 0, line]]}
        order = self.call("purchase.order", "create", [vals])
        self.call("purchase.order", "button_confirm", order)
        return self.find("purchase.order", [("id", "in", order)], "picking_ids")[0]["picking_ids"][0]

    def sell(self, count, names=None):
        """Return a delivery of scanners: ready, or done with these numbers."""
        line = {"product_id": self.ref("product_scanner_demo"), "product_uom_qty": count}
        vals = {"partner_id": self.ref("partner_customer_demo"), "order_line": [[0, 0, line]]}
        order = self.call("sale.order", "create", [vals])
        self.call("sale.order", "action_confirm", order)
        picking = self.find("sale.order", [("id", "in", order)], "picking_ids")[0]["picking_ids"][0]
        if names:
            self.book(picking, names)
        return picking

    def name_of(self, picking):
        """Return what a transfer is called."""
        return self.find("stock.picking", [("id", "=", picking)], "name")[0]["name"]

    def number(self, status, count=1):
        """Return numbers of scanners with a status."""
        domain = [("status", "=", status), ("product_id", "=", self.ref("product_scanner_demo")), ("name", "!=", False)]
        return [unit["name"] for unit in self.find("serial.number", domain, "name", limit=count, order="id")]

    def status_of(self, name):
        """Return the status of a scanner."""
        domain = [("name", "=", name), ("product_id", "=", self.ref("product_scanner_demo"))]
        return self.find("serial.number", domain, "status")[0]["status"]


def expect(is_so, what):
    if not is_so:
        raise AssertionError(what)


def enter(browser, *names):
    """Scan numbers into the entry window, and confirm it."""
    browser.wait(ENTRY)
    browser.scan(*names)
    browser.press("Enter")
    browser.wait_gone(".modal")


# The tasks


@task("Receive 10 units, scanned", clicks=3, keys=1)
def receive(desk):
    picking, browser = desk.order_from_vendor(10), desk.browser
    names = [f"RC{number:04}" for number in range(10)]
    browser.begin(OVERVIEW)
    browser.click(".o_kanban_record button", "To Receive")
    browser.click(".o_data_row .o_data_cell[name=name]", desk.name_of(picking))
    browser.click("button[name=button_validate]")
    enter(browser, *names)
    expect(desk.status_of(names[-1]) == "available", "the last one is not received")


@task("Ship 3 units, scanned", clicks=3, keys=1)
def ship(desk):
    picking, browser = desk.sell(3), desk.browser
    names = desk.number("available", 3)
    browser.begin(OVERVIEW)
    browser.click(".o_kanban_record button", "To Deliver")
    browser.click(".o_data_row .o_data_cell[name=name]", desk.name_of(picking))
    browser.click("button[name=button_validate]")
    enter(browser, *names)
    expect(desk.status_of(names[-1]) == "sold", "the last one is not shipped")


@task("Take back a unit, with its order", clicks=4, keys=1)
def take_back(desk):
    (name,) = desk.number("available", 1)
    picking, browser = desk.sell(1, [name]), desk.browser
    browser.begin(f"/odoo/deliveries/{picking}")
    browser.click("button", "Return")
    browser.click(".modal button[name=action_create_returns_all]")
    browser.click("button[name=button_validate]")
    enter(browser, name)
    expect(desk.status_of(name) == "available", "it is not back")


@task("Take back a unit that is scanned, without its papers", clicks=2, keys=1)
def take_back_by_scan(desk):
    (name,) = desk.number("available", 1)
    desk.sell(1, [name])
    browser = desk.browser
    browser.begin(APP)
    browser.click(".o_menu_sections *", "Scan to Return")
    browser.scan(name)
    browser.wait(".o_serial_desk_row", name)
    browser.click(".o_serial_take_back")
    browser.wait_gone(".o_serial_desk_row")
    expect(desk.status_of(name) == "available", "it is not back")


@task("Look up a unit: scanned on Inventory's overview", clicks=0)
def look_up(desk):
    (name,) = desk.number("sold", 1)
    browser = desk.browser
    browser.begin(OVERVIEW)
    browser.scan(name)
    browser.wait(".o_serial_card", name)


@task("Print what is in stock", clicks=3)
def print_stock(desk):
    browser = desk.browser
    browser.begin(APP)
    browser.click(".o_menu_sections button", "Reporting")
    browser.click(".dropdown-item", "Serial Number Report")
    browser.click(".modal button[name=action_print]")
    browser.wait_gone(".modal")


@task("Count 3 pieces more than were known, with their numbers", clicks=2, keys=1)
def count_more(desk):
    browser, product = desk.browser, desk.ref("product_scanner_demo")
    domain = [("product_id", "=", product), ("location_id", "=", desk.ref("stock.stock_location_stock"))]
    (quant,) = desk.find("stock.quant", domain, "quantity", limit=1)
    row = ".o_data_row:has(.o_data_cell[name=product_id][data-tooltip*='HS-1'])"
    browser.begin("/odoo/physical-inventory")
    browser.click(f"{row} .o_data_cell[name=inventory_quantity]")
    browser.type(str(int(quant["quantity"]) + 3))
    browser.click(f"{row} button[name=action_apply_inventory]")
    enter(browser, "CM1", "CM2", "CM3")
    expect(desk.status_of("CM3") == "available", "the last one is not there")


@task("Put all units of a receipt on a recall", clicks=6)
def recall_receipt(desk):
    picking, browser = desk.buy(["RR1", "RR2"]), desk.browser
    browser.begin("/odoo/serial-recalls")
    browser.click("button.o_list_button_add, button.o-kanban-button-new", "New")
    browser.wait("div[name=reason]")
    browser.type("The battery can overheat")
    browser.click("button[name=action_add]")
    browser.click(".modal label", "Vendor receipts")
    browser.click(".modal div[name=picking_ids] input")
    browser.type(desk.name_of(picking))
    browser.click(".o-autocomplete--dropdown-item", desk.name_of(picking))
    browser.click(".modal button[name=action_add]")
    browser.wait_gone(".modal")
    recall = desk.find("serial.recall", [], "unit_count", limit=1, order="id desc")[0]
    expect(recall["unit_count"] == 2, "they are not on it")


@task("Enter the number of a unit that came without", clicks=2, keys=0)
def number_blank(desk):
    browser = desk.browser
    browser.begin(APP)
    browser.click("[data-tile=missing]")
    browser.click(".o_data_row:has(.o_data_cell[name=product_id]) .o_data_cell[name=name]")
    browser.scan("LP900001")
    browser.wait(".o_data_cell", "LP900001")


@task("Put a unit on hold that is scanned", clicks=4)
def hold(desk):
    (name,) = desk.number("available", 1)
    browser = desk.browser
    browser.begin(OVERVIEW)
    browser.scan(name)
    browser.click(".o_serial_card [data-action=hold]")
    browser.click(".modal div[name=hold_reason_id] input")
    browser.click(".o-autocomplete--dropdown-item")
    browser.click(".modal button[name=action_apply]")
    browser.wait_gone(".modal button[name=action_apply]")
    expect(desk.status_of(name) == "hold", "it is not on hold")


@task("Release a unit that is scanned", clicks=1)
def release(desk):
    (name,) = desk.number("hold", 1)
    browser = desk.browser
    browser.begin(OVERVIEW)
    browser.scan(name)
    browser.click(".o_serial_card [data-action=release]")
    browser.rest(2)
    expect(desk.status_of(name) == "available", "it is not released")


@task("Find the delivery of a unit by its number", clicks=1, keys=0)
def find_delivery(desk):
    (name,) = desk.number("sold", 1)
    browser = desk.browser
    browser.begin("/odoo/deliveries")
    browser.type(name)
    browser.click(".o_searchview_autocomplete .o-dropdown-item, .o_searchview_autocomplete li", "Serial Number")
    browser.wait(".o_data_row .o_data_cell[name=name]")


@task("See which customers have units that are not registered", clicks=1)
def unregistered(desk):
    browser = desk.browser
    browser.begin(APP)
    browser.click("[data-tile=unregistered]")
    browser.wait(".o_data_row")


@task("Print labels for a receipt", clicks=4)
def labels(desk):
    picking, browser = desk.buy(["LB3", "LB4"]), desk.browser
    browser.begin(f"/odoo/receipts/{picking}")
    browser.click(".o_cp_action_menus button")
    browser.click(".o-dropdown-item, .dropdown-toggle", "Print")
    browser.click(".o-dropdown-item", "Serial Number Labels")
    browser.click(".modal button[name=action_print]")
    browser.wait_gone(".modal")


@task("Leave the numbers of a delivery for later", clicks=4, keys=1)
def leave_blank(desk):
    picking, browser = desk.sell(1), desk.browser
    browser.begin(OVERVIEW)
    browser.click(".o_kanban_record button", "To Deliver")
    browser.click(".o_data_row .o_data_cell[name=name]", desk.name_of(picking))
    browser.click("button[name=button_validate]")
    browser.wait(ENTRY)
    browser.click(".o_serial_use_blanks")
    browser.press("Enter")
    browser.wait_gone(".modal")


def show(goal, taken, dialogs, fault):
    """Return the row of a task."""
    mark = "FAILED" if fault else "too many" if taken > (goal.clicks, goal.keys) else ""
    figures = "      -" if fault else f"{taken[0]:3} + {taken[1]}"
    return f"{goal.name:20} {figures}  (goal {goal.clicks} + {goal.keys})  {dialogs:2} dialogs  {mark:9} {goal.title}"


def do(goal, desk, pictures):
    """Do a task; return what it took and whether it kept its goal."""
    browser, fault = desk.browser, None
    try:
        goal.act(desk)
    except Exception:
        fault = traceback.format_exc(limit=2)
    taken, dialogs = (browser.clicks, browser.keys), browser.count_dialogs()
    if pictures:
        browser.take_picture(Path(pictures) / f"{goal.name}.png")
    print(show(goal, taken, dialogs, fault), flush=True)
    if fault:
        print(fault, flush=True)
    return not fault and taken[0] <= goal.clicks and taken[1] <= goal.keys


def main(database, log, *arguments):
    if "--list" in arguments:
        for goal in TASKS:
            print(f"{goal.name:20} {goal.clicks} clicks + {goal.keys} keys  {goal.title}")
        return 0
    pictures = arguments[arguments.index("--pictures") + 1] if "--pictures" in arguments else None
    wanted = {name for name in arguments if not name.startswith("--") and name != pictures}
    chosen = [goal for goal in TASKS if not wanted or goal.name in wanted]
    if pictures:
        Path(pictures).mkdir(parents=True, exist_ok=True)
    with Server(database, log) as server, Browser(server.url) as browser:
        session = Session(server.url, database, "admin", "admin")
        browser.log_in(session.http.cookies["session_id"])
        desk = Desk(browser, session)
        desk.prepare()
        results = [do(goal, desk, pictures) for goal in chosen]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
