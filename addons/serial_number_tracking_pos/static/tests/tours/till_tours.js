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
            Chrome.startPoS(),
            ProductScreen.clickDisplayedProduct("Phone"),
            refuse("A2", "was sold to Customer"),
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
            { trigger: ".pos-receipt .lot-number:contains(SN A1)" },
            { trigger: ".pos-receipt .lot-number:contains(SN A4)" },
            ReceiptScreen.clickNextOrder(),
            { trigger: ".product-screen" },
        ].flat(),
});

registry.category("web_tour.tours").add("serial_pos_scan", {
    steps: () =>
        [
            Chrome.startPoS(),
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
            Chrome.startPoS(),
            ...ProductScreen.clickRefund(),
            TicketScreen.search("Serial Number", "A2"),
            TicketScreen.nthRowContains(1, "Customer"),
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
            Chrome.startPoS(),
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
