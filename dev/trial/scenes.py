"""The pictures of the manual: screens and papers of the demonstration data, brought about as a person would."""

import sys
import traceback
from pathlib import Path

from .browser import SIZE, Browser
from .client import Session
from .server import Server
from .stage import SCENES, WIDTH, Stage, scan, scene
from .tasks import APP, ENTRY, expect

PHONE = (390, 844)
WIDE = (1530, 860)  # where all columns of a list are to be seen that other apps add to
TALL = (1366, 1024)  # where all of a page is to be seen
# The chat, and what the server or a button says for some seconds.
PASSING = ".o-mail-ChatHub, .o-mail-ChatWindow, .o_notification_manager, .o_pager_indicator"


@scene
def receive(stage):
    browser = stage.browser
    browser.begin(f"/odoo/receipts/{stage.find_picking('purchase_order_demo')}")
    browser.click("button[name=button_validate]")
    browser.wait(ENTRY)
    scan(browser, "HS240117", "HS240118")
    stage.take("receive")


@scene
def phone(stage):
    browser = stage.browser
    browser.set_size(*PHONE, mobile=True)
    try:
        browser.open("/odoo/serial-phone", ".o_serial_phone_task")
        stage.take("phone")
        browser.click("[data-task=look_up]")
        browser.wait(".o_serial_phone_scan")
        browser.scan("HS240001")
        browser.wait(".o_serial_card", "HS240001")
        browser.scroll_up()
        stage.take("phone-card")
        browser.click(".o_serial_phone_home")
        browser.click("[data-task=receive]")
        browser.wait(".o_serial_phone_transfer")
        stage.take("phone-list")
        browser.click(".o_serial_phone_transfer", "Meridian")
        browser.wait(ENTRY)
        scan(browser, "HS240119")
        stage.take("receive-phone")
        browser.set_network(False)
        browser.scan("HS240120", "HS240121", "HS240122")
        browser.wait(".o_serial_waiting", "HS240121")
        browser.scroll_up()
        stage.take("phone-waiting")
        browser.set_network(True)
        browser.wait_gone(".o_serial_waiting")
    finally:
        browser.set_size(*SIZE)


@scene
def papers(stage):
    picking = stage.find_picking("purchase_order_demo")
    moves = stage.find("stock.move", [("picking_id", "=", picking)], "product_id")
    names = {stage.ref("product_scanner_demo"): [f"HS{number:06}" for number in range(240117, 240127)]}
    lines = [{"move_id": move["id"], "names": names.get(move["product_id"][0], [])} for move in moves]
    (answer,) = stage.call("stock.picking", "process_serials", [{"id": picking, "lines": lines, "blanks": True}])
    expect(answer["ok"], answer["message"])
    stage.take_paper("slip", "stock.report_deliveryslip", [picking], 836)
    (line,) = stage.find("purchase.order.line", [("order_id", "=", stage.ref("purchase_order_demo"))], "id", limit=1)
    units = stage.call("serial.number", "search", [("purchase_line_id", "=", line["id"])])
    layout = stage.call("serial.label.layout", "create", [{"serial_ids": [[6, 0, units]]}])
    stage.take_paper("labels", "serial_number_tracking.report_serial_label", layout, 606)


@scene
def ship(stage):
    browser, picking = stage.browser, stage.find_picking("sale_order_demo")
    stage.call("stock.picking", "action_assign", [picking])
    browser.begin(f"/odoo/deliveries/{picking}")
    browser.click("button[name=button_validate]")
    browser.wait(ENTRY)
    scan(browser, "HS240123", "HS240001", "HS24012", "HS240124")
    stage.take("ship")


@scene
def without_serial(stage):
    browser = stage.browser
    browser.begin(APP)  # whose menu the pages from here on show
    browser.set_size(*WIDE)
    browser.begin("/odoo/serial-numbers-missing")
    browser.wait(".o_data_row")
    browser.scroll_up()
    stage.take("without-serial")
    browser.set_size(*SIZE)


@scene
def register(stage):
    stage.browser.begin("/odoo/serial-numbers")
    stage.browser.wait(".o_data_row")
    stage.take("register")


@scene
def unit(stage):
    browser = stage.browser
    browser.set_size(*TALL)
    browser.begin(f"/odoo/serial-numbers/{stage.find_unit('HS240001')}")
    browser.wait("[name=event_ids] .o_data_row")
    browser.scroll_up()
    stage.take("unit")
    browser.set_size(*SIZE)


@scene
def recall(stage):
    (found,) = stage.find("serial.recall", [("state", "=", "open")], "id", limit=1)
    browser = stage.browser
    browser.begin(f"/odoo/serial-recalls/{found['id']}")
    browser.click(".o_notebook .nav-link", "Customers")
    browser.wait("[name=notice_ids] .o_data_row")
    browser.scroll_up()
    stage.take("recall")


@scene
def service_desk(stage):
    browser = stage.browser
    browser.begin("/odoo/scan-to-return")
    browser.scan("HS240007")
    browser.wait(".o_serial_desk_row", "HS240007")
    browser.click(".o_serial_desk_row [data-status=hold]")
    stage.take("service-desk")


@scene
def count(stage):
    products = [stage.ref("product_scanner_demo"), stage.ref("product_printer_demo")]
    vals = {"location_id": stage.ref("stock.stock_location_stock"), "product_ids": [[6, 0, products]]}
    counts = stage.call("serial.count", "create", [vals])
    browser = stage.browser
    browser.begin(f"/odoo/serial-counts/{counts[0]}")
    browser.click("button[name=action_scan]")
    browser.wait(".o_serial_count")
    for name in ("HS240125", "HS240126", "LP000007", "HS240001", "HS999001"):
        browser.scan(name)
        browser.wait(f".o_serial_count_rows tr[data-number='{name}']")
    stage.take("count")


@scene
def reconciliation(stage):
    stage.browser.begin("/odoo/serial-number-reconciliation")
    stage.browser.click(".o_facet_remove")  # what agrees as well
    stage.browser.wait(".o_data_row")
    stage.take("reconciliation")


@scene
def recall_notice(stage):
    browser = stage.browser
    browser.set_size(WIDTH, 576)
    customer = Session(stage.url, stage.database, "portal", "portal")
    try:
        browser.log_in(customer.http.cookies["session_id"])
        browser.open("/my/serial-numbers", "[name=case] a")
        # Only the path: the address that notices are sent with is not this server's.
        path = browser.run("new URL(document.querySelector('[name=case] a').href).pathname")
        browser.open(path, "form[name=answer]")
        browser.run("scrollTo(0, 0)")
        stage.take("recall-notice")
    finally:
        browser.log_in(stage.http.cookies["session_id"])
        browser.set_size(*SIZE)


def main(database, log, *wanted):
    from . import app_scenes  # noqa: F401 - after ours, whose units they take

    failed = False
    with Server(database, log) as server, Browser(server.url) as browser:
        session = Session(server.url, database, "admin", "admin")
        browser.log_in(session.http.cookies["session_id"])
        browser.hide(PASSING)
        stage = Stage(browser, session, database)
        stage.prepare()
        for act in SCENES:
            if wanted and act.__name__ not in wanted:
                continue
            try:
                act(stage)
            except Exception:
                failed = True
                browser.take_picture(Path(log).with_name(f"{act.__name__}.png"))
                print(f"{act.__name__}: {traceback.format_exc(limit=3)}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
