import { registry } from "@web/core/registry";
import { click, DIALOG, shown } from "./entry_steps";

const FORM = ".o_form_view";

function figure(name, text) {
    return shown(`${name}: ${text}`, `button.oe_stat_button:contains(${name}):contains(${text})`);
}

registry.category("web_tour.tours").add("serial_recall_story", {
    steps: () => [
        ...click("A new recall", ".o_list_button_add"),
        {
            content: "What is wrong",
            trigger: `${FORM} [name=reason] input`,
            run: "edit Battery may overheat",
        },
        ...click("Add its units", "button[name=action_add]:visible"),
        {
            content: "Paste their numbers",
            trigger: `${DIALOG} [name=names] textarea:focus`,
            run: "edit A1, A2;A3, A4;X9",
        },
        ...click("Find them", `${DIALOG} button[name=action_add]`),
        ...shown(
            "It says what became of them",
            ".o_notification:contains('Units added: 4'):contains('see Not Found: 1')",
        ),
        ...click("The number that nobody knows", `${FORM} .nav-link:contains(Not Found)`),
        ...shown("It is listed with what to do", "[name=leftover_reasons]:contains(X9: no unit has this number)"),
        { content: "It is not meant", trigger: "[name=leftover] textarea", run: "clear" },
        ...figure("In Stock", "2"),
        ...figure("With Customers", "2"),
        ...click("One click puts the stock on hold", "button[name=action_hold]:visible"),
        ...figure("Held", "2"),
        ...shown("It is in progress", ".o_statusbar_status button[data-value=open][aria-checked=true]"),
        ...click("The customers", `${FORM} .nav-link:contains(Customers)`),
        ...shown(
            "Both are to be notified",
            "[name=notice_ids] .o_data_row:contains(Other Customer):contains(To notify)",
        ),
        ...click("What to do", `${FORM} .nav-link:contains(Message)`),
        {
            content: "Customers are to stop using them",
            trigger: "[name=instructions] .odoo-editor-editable",
            run: "editor Stop using it.",
        },
        ...click("The customers again", `${FORM} .nav-link:contains(Customers)`),
        ...click("E-mail them", "button[name=action_review_email]:visible"),
        ...shown("It says whom, and what", `${DIALOG} [name=recipients]:contains(customer@example.com)`),
        ...click("Send it", `${DIALOG} button[name=action_send]`),
        ...shown("It says who has no address", ".o_notification:contains(have no address: Other Customer)"),
        ...shown("The e-mail waits", "[name=notice_ids] .o_data_row:contains(Waiting to be sent)"),
        ...click(
            "The other one was phoned",
            "[name=notice_ids] .o_data_row:contains(Other Customer) button[name=action_mark_notified]",
        ),
        ...shown("They know", "[name=notice_ids] .o_data_row:contains(Other Customer):contains(Notified by hand)"),
        ...figure("Notified", "1 / 2"),
        ...click("The end", "button[name=action_close]:visible"),
        ...shown("It says what is left", `${DIALOG} [name=remaining]:contains('Not back from customers: 2')`),
        ...click("Close it all the same", `${DIALOG} button[name=action_confirm]`),
        ...shown("It is closed", ".o_statusbar_status button[data-value=done][aria-checked=true]"),
    ],
});
