import { add, judge, judgeForm } from "./accessibility_steps";
import { answered, click, confirmByEnter, DIALOG, done, entered, openEntry, press, scan, shown } from "./entry_steps";
import { wedge } from "./look_up_tours";

add("serial_accessible_entry", () => [
    ...openEntry(),
    judge("An empty window", ".o_serial_entry"),
    ...scan("P-1"),
    ...scan("A-1"),
    ...scan("p-1"),
    { content: "A number is refused", trigger: ".o_serial_problem:contains(A-1)" },
    judge("A window with answers", ".o_serial_entry"),
    ...press("alt+g"),
    { content: "The range", trigger: ".o_serial_range_first:focus", run: "edit P-5" },
    judge("A range", ".o_serial_entry"),
    { content: "Leave it", trigger: ".o_serial_range_first", run: "press Escape" },
    { content: "The answer is read to whom does not see it", trigger: ".o_serial_answer[role=status][aria-live]" },
]);

const CLOSED = "body:not(:has(.modal))";

add("serial_accessible_focus", () => [
    ...openEntry(),
    ...press("Escape"),
    ...shown("What opened the window has the focus", `${CLOSED} button[name=button_validate]:focus`),
    ...openEntry(),
    ...scan("P-1"),
    ...confirmByEnter(),
    ...done(),
    ...shown("It is gone: its form has the focus", `${CLOSED} .o_form_view:focus`),
]);

add("serial_accessible_wizard", () => [
    ...click("Put the unit on hold", ".o_statusbar_buttons button:contains(Put on Hold)"),
    { content: "Not now", trigger: `${DIALOG} .o_form_view`, run: "press Escape" },
    ...shown("What opened the window has the focus", `${CLOSED} .o_statusbar_buttons button:contains(Hold):focus`),
]);

add("serial_accessible_return", () => [
    ...openEntry(),
    ...scan("P-1"),
    ...entered("1 / 2"),
    judge("A return", ".o_serial_entry"),
]);

add("serial_accessible_announced", () => [
    ...openEntry(),
    ...scan("P-1"),
    ...answered("P-1"),
    judge("What the vendor announced", ".o_serial_entry"),
]);

add("serial_accessible_worklist", () => [
    { content: "The first row", trigger: ".o_selected_row td[name=name] input:focus" },
    judge("The worklist", ".o_selected_row td[name=name]"), // the rest of the list is Odoo's
]);

add("serial_accessible_desk", () => [
    { content: "The box has the focus", trigger: ".o_serial_desk_box input:focus" },
    judge("An empty desk", ".o_serial_desk"),
    { content: "Scan", trigger: ".o_serial_desk_box input:focus", run: "edit DESK-1 && press Enter" },
    { content: "Its card", trigger: ".o_serial_desk_row[data-number='DESK-1']" },
    { content: "Scan", trigger: ".o_serial_desk_box input:focus", run: "edit DESK-9 && press Enter" },
    { content: "Unknown", trigger: ".o_serial_desk_answer:contains(DESK-9)" },
    judge("A desk with a unit", ".o_serial_desk"),
    { content: "Answers are read", trigger: "[aria-live] .o_serial_desk_answer" },
]);

add("serial_accessible_count", () => [
    { content: "Begin", trigger: "button[name=action_scan]", run: "click" },
    { content: "Scan", trigger: ".o_serial_desk_box input:focus", run: "edit P-1 && press Enter" },
    { content: "There", trigger: ".o_serial_count_rows tr[data-number='P-1']" },
    { content: "A new one", trigger: ".o_serial_desk_box input", run: "edit P-9 && press Enter" },
    { content: "New", trigger: ".o_serial_count_rows tr[data-number='P-9']" },
    judge("A count", ".o_serial_count"),
    { content: "Answers are read", trigger: "[aria-live] .o_serial_desk_answer" },
    { content: "What is missing", trigger: "[data-figure=missing]", run: "click" },
    { content: "Chosen", trigger: "[data-figure=missing][aria-pressed=true]" },
    judge("What is missing", ".o_serial_count"),
]);

add("serial_accessible_start", () => [
    { content: "The box has the focus", trigger: ".o_serial_start input:focus" },
    judge("The start screen", ".o_serial_start"),
    { content: "Scan a unit", trigger: ".o_serial_start input:focus", run: () => wedge("P-1") },
    { content: "Its card", trigger: ".o_serial_card[data-number='P-1']" },
    judge("The card of a unit", ".modal .o_serial_card"),
]);

const PHONE = ".o_serial_phone";

add("serial_accessible_phone", () => [
    judge("The page for phones", PHONE),
    ...click("Look up", `${PHONE} [data-task=look_up]`),
    { content: "Scan a unit", trigger: ".o_serial_phone_scan", run: () => wedge("P-1") },
    ...shown("Its card", `${PHONE} .o_serial_card[data-number='P-1']`),
    judge("The card of a unit on the phone", PHONE),
    ...click("Back", ".o_serial_phone_home"),
    ...click("Ship", `${PHONE} [data-task=ship]`),
    ...shown("Nothing to ship", ".o_serial_phone_empty"),
    judge("An empty list", PHONE),
    ...click("Back", ".o_serial_phone_home"),
    ...click("Receive", `${PHONE} [data-task=receive]`),
    ...shown("A transfer", ".o_serial_phone_transfer"),
    judge("What there is to receive", PHONE),
    ...click("Open it", ".o_serial_phone_transfer"),
    ...shown("Its window", `${DIALOG} .o_serial_scan:focus`),
    ...scan("P-2"),
    ...answered("P-2"),
    judge("The window on the phone", `${DIALOG} .o_serial_entry`),
    ...press("Escape"),
    ...shown("Its page has the focus", `${CLOSED} ${PHONE}:focus`),
]);

/** Open an action, as its menu would. */
function open(content, action) {
    const run = () => odoo.__WOWL_DEBUG__.root.env.services.action.doAction(action, { clearBreadcrumbs: true });
    return { content, trigger: ".o_action_manager", run };
}

const FORM = ".o_form_view .o_form_sheet";

add("serial_accessible_recall", () => [
    ...click("The recall", ".o_data_row .o_data_cell[name=name]"),
    ...shown("Its units", `${FORM} [name=line_ids] .o_data_row`),
    judgeForm("The units of a recall", FORM),
    ...click("Its customers", `${FORM} .nav-link[name=customers]`),
    ...shown("They are there", `${FORM} [name=notice_ids] .o_data_row`),
    judgeForm("The customers of a recall", FORM),
    ...click("Its message", `${FORM} .nav-link[name=message]`),
    ...shown("It is there", `${FORM} [name=hazard]`),
    judgeForm("The message of a recall", FORM),
    ...click("More units", "button[name=action_add]:visible"),
    ...shown("Where numbers are pasted", `${DIALOG} [name=names] textarea`),
    judgeForm("Units to be added", DIALOG),
    ...click("Not now", `${DIALOG} .modal-footer .btn-secondary`),
    ...click("E-mail the customers", "button[name=action_review_email]:visible"),
    ...shown("What they are sent", `${DIALOG} [name=recipients]`),
    judgeForm("An e-mail before it is sent", DIALOG),
    ...click("Not now", `${DIALOG} .modal-footer .btn-secondary`),
    ...click("The end", "button[name=action_close]:visible"),
    ...shown("What is left to do", `${DIALOG} [name=remaining]`),
    judgeForm("What is left of a recall", DIALOG),
    ...click("Not now", `${DIALOG} .modal-footer .btn-secondary`),
    open("The settings", "stock.action_stock_config_settings"),
    ...click("A label is tested", ".o_serial_scanner_input"),
    { content: "Scan it", trigger: ".o_serial_scanner_input:focus", run: "edit P-1 && press Enter" },
    ...shown("What arrived", ".o_serial_arrived"),
    judgeForm("The settings", ".o_settings_container:has(.o_serial_scanner_test)"),
    judge("The test of a scanner", ".o_serial_scanner_test"),
]);

/** Let the import have a file. */
async function upload({ anchor }) {
    const name = "serial_number_import_template.xlsx";
    const answer = await fetch(`/serial_number_tracking/static/import/${name}`);
    const files = new DataTransfer();
    files.items.add(new File([await answer.blob()], name));
    anchor.files = files.files;
    anchor.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Open the dialog that other addons ask by, as a till does. */
function ask() {
    const { AskDialog } = odoo.loader.modules.get("@serial_number_tracking/ask/ask_dialog");
    odoo.__WOWL_DEBUG__.root.env.services.dialog.add(AskDialog, {
        name: "Phone",
        options: ["P-1", "P-2", "P-3"],
        entered: [{ text: "P-1", status: "available" }],
        check: async (name) => ({ ok: false, name, message: `${name} is on hold.` }),
        getPayload: () => {},
        isOffline: true,
        mayBeBlank: true,
        statuses: [
            ["available", "Available"],
            ["hold", "Hold"],
        ],
    });
}

add("serial_accessible_ask", () => [
    { content: "A till asks", trigger: ".o_list_view .o_list_renderer", run: ask },
    { content: "Type a number", trigger: ".serial-input:focus", run: "edit P-9" },
    { content: "Enter it", trigger: ".serial-input:focus", run: "press Enter" },
    ...shown("It is refused", ".serial-refusal:contains(P-9)"),
    judge("What a till asks", `${DIALOG} .serial-popup`),
    judge("Its buttons", `${DIALOG} .modal-footer`),
    { content: "Leave it", trigger: ".serial-input:focus", run: "press Escape" },
    ...shown("It is closed", "body:not(:has(.modal))"),
    open("The import", { type: "ir.actions.client", tag: "import", params: { active_model: "serial.number" } }),
    {
        content: "A file",
        trigger: ".o_action_manager input.o_input_file:not(:visible)",
        run: (helpers) => upload({ anchor: helpers.anchor }),
    },
    ...shown("Its columns", ".o_import_data_content table"),
    judge("How days are written in a file", "div:has(> #o_serial_date_format)"),
]);
