import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const PREFIX = "serial_number_tracking_";
const AWAY = "body:not(:has(.o_serial_start))"; // the user is somewhere else than on the start screen
const DIALOG = ".modal:not(.o_inactive_modal)";
const NAME = "First Scanner"; // what is typed where nobody types: in tests

/** Go to the start screen, and from there to the screen of a step. */
function begin(step, content) {
    return [
        {
            isActive: [AWAY, ".o_navbar_apps_menu button:enabled"],
            trigger: ".o_navbar_apps_menu button:enabled",
            content: _t("Serial Numbers is among your apps."),
            run: "click",
        },
        {
            isActive: [AWAY],
            trigger: ".o_app[data-menu-xmlid='serial_number_tracking.serial_number_menu_root']",
            content: _t("Here is every unit that carries a number of its own."),
            run: "click",
        },
        { trigger: `[data-step=${step}] .o_serial_first_do`, content, run: "click" },
    ];
}

/** Make a transfer of the product, and validate it: the entry window opens. */
function transfer(content, quantity) {
    return [
        { trigger: ".o_list_button_add", content, run: "click" },
        {
            trigger: ".o_field_widget[name=move_ids] .o_field_x2many_list_row_add a",
            content: _t("Add the product."),
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=move_ids] .o_selected_row [name=product_id] input",
            content: _t("Choose a product that is followed."),
            run: `edit ${NAME}`,
        },
        { isActive: ["auto"], trigger: `.ui-menu-item a:contains('${NAME}')`, run: "click" },
        {
            trigger: ".o_field_widget[name=move_ids] .o_selected_row [name=product_uom_qty] input",
            content: _t("How many units?"),
            run: `edit ${quantity}`,
        },
        {
            trigger: ".o_statusbar_buttons button[name=action_confirm]",
            content: _t("The transfer is to be done."),
            run: "click",
        },
        {
            trigger: ".o_statusbar_buttons button[name=button_validate]",
            content: _t("Validate it: the numbers are asked for."),
            run: "click",
        },
    ];
}

function scan(content, name) {
    return { trigger: `${DIALOG} .o_serial_scan`, content, run: `edit ${name} && press Enter` };
}

const confirm = () => [
    { trigger: `${DIALOG} footer .btn-primary`, content: _t("All is entered. Confirm."), run: "click" },
    { isActive: ["auto"], trigger: ".o_arrow_button_current[data-value=done]" },
];

tours.add(`${PREFIX}follow`, {
    steps: () => [
        ...begin("follow", _t("Begin with a product whose units carry numbers.")),
        {
            trigger: ".o_field_widget[name=name] :is(input, textarea)",
            content: _t("Name the product. Track Serialized Units is on: each unit of it is followed."),
            run: `edit ${NAME}`,
        },
        { trigger: ".o_form_button_save", content: _t("Save it."), run: "click" },
        { isActive: ["auto"], trigger: ".o_form_saved" },
    ],
});

tours.add(`${PREFIX}receive`, {
    steps: () => [
        ...begin("receive", _t("Units come in by receipts, as all goods do.")),
        ...transfer(_t("Make a receipt."), 3),
        scan(_t("Scan the number of a unit, or type it and press Enter."), "FIRST-1"),
        {
            trigger: `${DIALOG} .o_serial_use_blanks`,
            content: _t("The others have no number at hand: leave them blank, nothing waits for them."),
            run: "click",
        },
        ...confirm(),
    ],
});

tours.add(`${PREFIX}ship`, {
    steps: () => [
        ...begin("ship", _t("Units leave by deliveries.")),
        ...transfer(_t("Make a delivery."), 1),
        scan(_t("Scan what leaves. What was sold, is on hold or promised to somebody else is refused."), "FIRST-1"),
        ...confirm(),
    ],
});

tours.add(`${PREFIX}number`, {
    steps: () => [
        ...begin("number", _t("Every unit without a number waits on one list.")),
        {
            isActive: ["auto"],
            trigger: ".o_selected_row td[name=name] input",
            run: "edit FIRST-2 && press Enter",
        },
        {
            // Where the units of several documents wait, no row is open before the user has clicked it.
            isActive: ["manual"],
            trigger:
                ".o_selected_row td[name=name] input, .o_list_view:not(:has(.o_selected_row)) .o_data_row td[name=name]",
            content: _t("Type the number where it is missing, and press Enter."),
            run: "edit FIRST-2",
        },
        { isActive: ["auto"], trigger: ".o_data_row:contains(FIRST-2)" },
    ],
});

tours.add(`${PREFIX}register`, {
    steps: () => [
        ...begin("register", _t("The register has all units; these are sold.")),
        { trigger: ".o_data_row .o_data_cell", content: _t("Open a sold unit."), run: "click" },
        {
            trigger: ".o_statusbar_buttons button[data-hotkey=g], .o_statusbar_buttons button:contains(Register)",
            content: _t("Somebody else may use it than bought it. Say who."),
            run: "click",
        },
        {
            trigger: `${DIALOG} .o_field_widget[name=end_user_id] input`,
            content: _t("Choose who uses it."),
            run: "edit First User",
        },
        { isActive: ["auto"], trigger: ".ui-menu-item a:contains('First User')", run: "click" },
        { trigger: `${DIALOG} footer .btn-primary`, content: _t("Register the unit."), run: "click" },
        { isActive: ["auto"], trigger: "body:not(:has(.modal))" },
    ],
});

tours.add(`${PREFIX}recall`, {
    steps: () => [
        ...begin("recall", _t("When units turn out to be faulty, a recall finds all of them.")),
        { trigger: ".o_list_button_add", content: _t("Prepare a recall."), run: "click" },
        {
            trigger: ".o_field_widget[name=reason] input",
            content: _t("Say what is wrong: your customers read it."),
            run: "edit The battery may overheat",
        },
        { trigger: ".o_form_button_save", content: _t("Save it. Then add the units that are affected."), run: "click" },
        { isActive: ["auto"], trigger: ".o_form_saved" },
    ],
});
