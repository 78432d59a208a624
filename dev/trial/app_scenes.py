"""The pictures of the manual that need another app: a till, production, a repair."""

from .stage import scan, scene
from .tasks import ENTRY

WHOLE = "Handheld Scanner X2"


@scene
def till(stage):
    browser = stage.browser
    browser.open(f"/pos/ui/{open_shop(stage)}", ".open-register-btn")
    browser.click(".open-register-btn")
    browser.click("article.product", "HS-1")
    enter(browser, "HS240027")
    browser.scan("HS240021")
    browser.wait(".serial-refusal", "HS240021")
    stage.take("pos-ask")
    browser.type_over(".serial-input", "HS240028")
    browser.wait(".serial-entered", "HS240028")
    browser.click(".modal-footer button", "Apply")
    browser.click(".pay-order-button")
    browser.wait(".payment-screen .paymentline", "Till")  # the only way to pay is chosen
    browser.click(".payment-screen button.validation-button.next")
    browser.wait(".receipt-screen .pos-receipt")
    browser.click(".receipt-screen .button.next[name=done]")
    browser.click(".pos-leftheader .orders-button")
    browser.click(".ticket-screen .filter, .ticket-screen .pos-search-bar .dropdown-toggle")
    browser.click(".ticket-screen .dropdown-item, .o-dropdown-item", "Paid")
    browser.click(".ticket-screen .order-row")
    browser.click(".numpad button", "1")
    browser.click(".ticket-screen .pay-order-button, .ticket-screen .validation", "Refund")
    enter(browser, "HS240028")
    stage.take("pos-refund")


def enter(browser, name):
    """Enter a number where a till asks."""
    browser.wait(".serial-input")
    browser.scan(name)
    browser.wait(".serial-entered", name)


def open_shop(stage):
    """Return a shop that sells the two products of the demonstration data, opened."""
    products = [stage.ref("product_scanner_demo"), stage.ref("product_printer_demo")]
    (category,) = stage.call("pos.category", "create", [{"name": "Devices"}])
    vals = {"available_in_pos": True, "taxes_id": [[5]], "pos_categ_ids": [[6, 0, [category]]]}
    stage.call("product.product", "write", products, vals)
    (journal,) = stage.call("account.journal", "create", [{"name": "Till", "code": "TILL", "type": "cash"}])
    (method,) = stage.call("pos.payment.method", "create", [{"name": "Till", "journal_id": journal}])
    shop = {"name": "Shop", "payment_method_ids": [[6, 0, [method]]], "limit_categories": True}
    shop |= {"iface_available_categ_ids": [[6, 0, [category]]]}
    (config,) = stage.call("pos.config", "create", [shop])
    stage.call("pos.config", "open_ui", [config])
    (session,) = stage.find("pos.session", [("config_id", "=", config)], "id")
    stage.call("pos.session", "set_opening_control", [session["id"]], 0, "")
    return config


@scene
def produce(stage):
    browser = stage.browser
    browser.begin(f"/odoo/action-mrp.mrp_production_action/{order_production(stage)}")
    browser.click("button[name=button_mark_done]")
    browser.wait(ENTRY)
    scan(browser, "HX2-0101", "HX2-0102", "BP-7001", "BP-7002")
    stage.take("produce")
    scan(browser, "BP-7003", "BP-7004", "RM-5501")
    browser.scan("RM-5502")
    browser.wait(".o_serial_answer", "Press Enter")
    browser.press("Enter")
    browser.wait_gone(".modal")
    browser.begin(f"/odoo/serial-numbers/{stage.find_unit('HX2-0101')}")
    browser.click(".nav-link[name=parts]")
    browser.wait("[name=part_ids] .o_data_row")
    browser.run("document.querySelector('.nav-link[name=parts]').scrollIntoView({ block: 'center' })")
    stage.take("parts")


def order_production(stage):
    """Return a confirmed order of two scanners, whose parts are there."""
    whole, battery, radio = map(stage.make_product, (WHOLE, "Battery Pack 5000", "Radio Module"))
    stage.receive(
        (battery, [f"BP-{number}" for number in range(7001, 7007)]),
        (radio, [f"RM-{number}" for number in range(5501, 5504)]),
    )
    (template,) = stage.find("product.product", [("id", "=", whole)], "product_tmpl_id")
    parts = [[0, 0, {"product_id": battery, "product_qty": 2}], [0, 0, {"product_id": radio, "product_qty": 1}]]
    bom = {"product_tmpl_id": template["product_tmpl_id"][0], "product_qty": 1, "bom_line_ids": parts}
    (bom,) = stage.call("mrp.bom", "create", [bom])
    (order,) = stage.call("mrp.production", "create", [{"product_id": whole, "bom_id": bom, "product_qty": 2}])
    stage.call("mrp.production", "action_confirm", [order])
    stage.call("mrp.production", "action_assign", [order])
    return order


@scene
def repair(stage):
    unit = stage.find_unit("HX2-0101")
    (battery,) = stage.find("product.product", [("name", "=", "Battery Pack 5000")], "id")
    (order,) = stage.call("repair.order", "create", [{"serial_id": unit}])
    for kind in ("add", "recycle"):
        line = {"repair_id": order, "repair_line_type": kind, "product_id": battery["id"], "product_uom_qty": 1}
        stage.call("stock.move", "create", [line])
    stage.call("repair.order", "action_validate", [order])
    stage.browser.begin(f"/odoo/action-repair.action_repair_order_tree/{order}")
    stage.browser.wait("[name=serial_id]", "")
    stage.take("repair")
