import * as Chrome from "@point_of_sale/../tests/pos/tours/utils/chrome_util";
import * as Dialog from "@point_of_sale/../tests/generic_helpers/dialog_util";
import * as PaymentScreen from "@point_of_sale/../tests/pos/tours/utils/payment_screen_util";
import * as ProductScreen from "@point_of_sale/../tests/pos/tours/utils/product_screen_util";
import * as ReceiptScreen from "@point_of_sale/../tests/pos/tours/utils/receipt_screen_util";
import * as TicketScreen from "@point_of_sale/../tests/pos/tours/utils/ticket_screen_util";
import { setOfflineMode, setOnlineMode } from "@point_of_sale/../tests/generic_helpers/offline_util";
import { scan_barcode } from "@point_of_sale/../tests/generic_helpers/utils";
import { registry } from "@web/core/registry";

const BOX = ".serial-popup .serial-input";

/** Open the till, which may take long the first time. */
function start() {
    return [{ trigger: ".screen-login .btn.open-register-btn", timeout: 60000 }, Chrome.startPoS()].flat();
}

function type(number) {
    return [
        { trigger: BOX, run: `edit ${number}` },
        { trigger: BOX, run: "press Enter" },
    ];
}

function enter(number) {
    return [...type(number), { trigger: `.serial-entered:last span:contains(${number})` }];
}

function refuse(number, reason) {
    return [...type(number), { trigger: `.serial-refusal:contains(${reason})` }];
}

function pay() {
    return [
        ProductScreen.clickPayButton(),
        PaymentScreen.clickValidate(),
        { trigger: ".receipt-screen .pos-receipt", timeout: 60000 }, // the order is sent to the server, and booked
    ].flat();
}

registry.category("web_tour.tours").add("serial_pos_sale", {
    steps: () =>
        [
            start(),
            ProductScreen.clickDisplayedProduct("Phone"),
            refuse("A2", "was sold to Paula"),
            refuse("A3", "is on hold"),
            refuse("X1", "is not known"),
            enter("A1"),
            { trigger: ".serial-proposal:contains(A4)", run: "click" },
            { trigger: ".serial-entered span:contains(A4)" },
            Dialog.confirm("Apply"),
            ProductScreen.selectedOrderlineHas("Phone", "2"),
            { trigger: ".lot-number:contains(SN A1)" },
            ProductScreen.clickDisplayedProduct("Phone"),
            { trigger: ".serial-blank", run: "click" },
            ProductScreen.selectedOrderlineHas("Phone", "3"),
            { trigger: ".lot-number:contains(1 without serial)" },
            pay(),
            { content: "In its own direction", trigger: ".pos-receipt .lot-number:contains(\u2068SN A1\u2069)" },
            {
                content: "A long number takes a second line of the paper",
                trigger: ".pos-receipt .lot-number:contains(SN A4)",
                run() {
                    if (this.anchor.scrollWidth > this.anchor.clientWidth) {
                        throw new Error("The number is cut off");
                    }
                },
            },
            ReceiptScreen.clickNextOrder(),
            { trigger: ".product-screen" },
        ].flat(),
});

registry.category("web_tour.tours").add("serial_pos_scan", {
    steps: () =>
        [
            start(),
            scan_barcode("A001"),
            ProductScreen.selectedOrderlineHas("Phone", "1"),
            { trigger: ".lot-number:contains(SN A001)" },
            scan_barcode("a002"),
            { trigger: ".lot-number:contains(SN A002)" },
            scan_barcode("A003"),
            { trigger: ".modal-body:contains(is on hold)" },
            Dialog.confirm("Ok"),
            scan_barcode("B001"),
            { trigger: ".modal-body:contains(Several products have the number B001)" },
            Dialog.confirm("Ok"),
            scan_barcode("X001"),
            { trigger: ".o_notification:contains(X001)" },
            scan_barcode("010952123454321421X"),
            { trigger: ".modal-body:contains(The check digit of 09521234543214 is wrong)" },
            Dialog.confirm("Ok"),
            pay(),
            { trigger: ".pos-receipt .lot-number:contains(SN A001)" },
            { trigger: ".pos-receipt .lot-number:contains(SN A002)" },
            ReceiptScreen.clickNextOrder(),
            { trigger: ".product-screen" },
        ].flat(),
});

registry.category("web_tour.tours").add("serial_pos_refund", {
    steps: () =>
        [
            start(),
            ...ProductScreen.clickRefund(),
            TicketScreen.search("Serial Number", "A2"),
            TicketScreen.nthRowContains(1, "Paula"),
            { trigger: ".ticket-screen .order-row:first", run: "click" },
            ProductScreen.clickNumpad("1"),
            TicketScreen.toRefundTextContains("To Refund: 1"),
            TicketScreen.confirmRefund(),
            Dialog.confirm("Apply"),
            { trigger: ".serial-refusal:contains(Choose 1)" },
            refuse("B1", "not among the units"),
            enter("A2"),
            { trigger: ".serial-entered select", run: "select hold" },
            Dialog.confirm("Apply"),
            PaymentScreen.clickValidate(),
            { trigger: ".receipt-screen .pos-receipt", timeout: 60000 },
            { trigger: ".pos-receipt .lot-number:contains(SN A2)" },
            ReceiptScreen.clickNextOrder(),
            { trigger: ".product-screen" },
        ].flat(),
});

registry.category("web_tour.tours").add("serial_pos_offline", {
    steps: () =>
        [
            start(),
            ProductScreen.clickDisplayedProduct("Phone"),
            enter("A1"),
            Dialog.confirm("Apply"),
            setOfflineMode(),
            ProductScreen.clickDisplayedProduct("Phone"),
            { trigger: ".serial-popup .alert:contains(No connection)" },
            enter("A2"),
            Dialog.confirm("Apply"),
            ProductScreen.selectedOrderlineHas("Phone", "2"),
            pay(),
            Dialog.confirm("Continue with limited functionality"),
            ReceiptScreen.clickNextOrder(),
            { trigger: ".product-screen" },
            setOnlineMode(),
            ProductScreen.clickDisplayedProduct("Cable"),
            pay(),
            ReceiptScreen.clickNextOrder(),
            Chrome.isSynced(),
        ].flat(),
});

function warned(text) {
    return [{ trigger: `.modal-body:contains(${text})` }, Dialog.confirm("Ok")].flat();
}

function editNumbers() {
    return [{ trigger: ".orderline.selected .line-lot-icon", run: "click" }, { trigger: BOX }];
}

function remove(number) {
    return { trigger: `.serial-entered:contains(${number}) .btn-danger`, run: "click" };
}

registry.category("web_tour.tours").add("serial_pos_lines", {
    steps: () =>
        [
            start(),
            ProductScreen.clickDisplayedProduct("Phone"),
            enter("A1"),
            enter("A2"),
            Dialog.confirm("Apply"),
            ProductScreen.selectedOrderlineHas("Phone", "2"),
            ProductScreen.clickNumpad("1"),
            ProductScreen.selectedOrderlineHas("Phone", "1"),
            ProductScreen.clickPayButton(false),
            warned("remove 1 numbers"),
            editNumbers(),
            remove("A2"),
            Dialog.confirm("Apply"),
            ProductScreen.clickNumpad("Price", "5"),
            ProductScreen.selectedOrderlineHas("Phone", "1", "5"),
            ProductScreen.clickDisplayedProduct("Phone"),
            enter("A1"),
            Dialog.confirm("Apply"),
            ProductScreen.clickPayButton(false),
            warned("A1 is on two lines"),
            editNumbers(),
            remove("A1"),
            enter("A3"),
            Dialog.confirm("Apply"),
            pay(),
            { trigger: ".pos-receipt .lot-number:contains(SN A1)" },
            { trigger: ".pos-receipt .lot-number:contains(SN A3)" },
            ReceiptScreen.clickNextOrder(),
            { trigger: ".product-screen" },
        ].flat(),
});

registry.category("web_tour.tours").add("serial_pos_note", {
    steps: () =>
        [
            start(),
            ProductScreen.clickDisplayedProduct("Phone"),
            enter("A001"),
            Dialog.confirm("Apply"),
            ProductScreen.addInternalNote("For the window"),
            ProductScreen.clickDisplayedProduct("Phone"),
            { trigger: ".serial-popup:not(:has(.serial-entered))" },
            enter("A002"),
            Dialog.confirm("Apply"),
            scan_barcode("A003"),
            ProductScreen.selectedOrderlineHas("Phone", "2"),
            { trigger: ".orderline.selected:contains(SN A002):contains(SN A003)" },
            ProductScreen.clickDisplayedProduct("Phone"),
            { trigger: ".serial-popup:has(.serial-entered:contains(A002)):has(.serial-entered:contains(A003))" },
            Dialog.discard(),
            pay(),
            { trigger: ".pos-receipt:contains(SN A001):contains(SN A002):contains(SN A003)" },
            ReceiptScreen.clickNextOrder(),
            { trigger: ".product-screen" },
        ].flat(),
});

registry.category("web_tour.tours").add("serial_pos_ship_later", {
    steps: () =>
        [
            start(),
            ProductScreen.clickDisplayedProduct("Phone"),
            enter("A2"),
            Dialog.confirm("Apply"),
            ProductScreen.clickPartnerButton(),
            ProductScreen.clickCustomer("Paula"),
            ProductScreen.clickPayButton(),
            PaymentScreen.clickShipLaterButton(),
            PaymentScreen.clickValidate(),
            { trigger: ".receipt-screen .pos-receipt", timeout: 60000 },
            { trigger: ".pos-receipt .lot-number:contains(SN A2)" },
            ReceiptScreen.clickNextOrder(),
            { trigger: ".product-screen" },
        ].flat(),
});

registry.category("web_tour.tours").add("serial_pos_kit", {
    steps: () =>
        [
            start(),
            ProductScreen.clickDisplayedProduct("Set"),
            refuse("X1", "not known"),
            enter("B3"),
            enter("A2"),
            Dialog.confirm("Apply"),
            ProductScreen.selectedOrderlineHas("Set", "1"),
            { trigger: ".lot-number:contains(1 without serial)" },
            editNumbers(),
            enter("B1"),
            Dialog.confirm("Apply"),
            pay(),
            { trigger: ".pos-receipt .lot-number:contains(Phone: SN A2)" },
            { trigger: ".pos-receipt .lot-number:contains(Battery: SN B1)" },
            { trigger: ".pos-receipt .lot-number:contains(Battery: SN B3)" },
            ReceiptScreen.clickNextOrder(),
            { trigger: ".product-screen" },
        ].flat(),
});

registry.category("web_tour.tours").add("serial_pos_lots", {
    steps: () =>
        [
            start(),
            ProductScreen.clickDisplayedProduct("Laptop"),
            ProductScreen.enterExistingLotNumber("A3"),
            ProductScreen.clickPayButton(false),
            warned("is on hold"),
            editLot("A3", "A1"),
            pay(),
            { trigger: ".pos-receipt .lot-number:contains(SN A1)" },
            ReceiptScreen.clickNextOrder(),
            { trigger: ".product-screen" },
        ].flat(),
});

/** Take a lot out of the window of Odoo, and enter another one. */
function editLot(wrong, right) {
    return [
        ProductScreen.clickLotIcon(),
        ProductScreen.deleteNthLotNumber(1),
        ProductScreen.enterExistingLotNumber(right),
    ].flat();
}
