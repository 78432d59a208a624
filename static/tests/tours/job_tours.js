import { registry } from "@web/core/registry";
import { inputFiles } from "@web/../tests/utils";

const FILE = ["Serial Number,Product", "A1,Phone", "A2,Phone", "A3,Phone"].join("\n");

registry.category("web_tour.tours").add("serial_import_in_background", {
    steps: () => [
        { content: "What can be done with the register", trigger: ".o_cp_action_menus button", run: "click" },
        { content: "Import", trigger: ".o_import_menu", run: "click" },
        {
            content: "Choose the file",
            trigger: ".o_import_file",
            async run() {
                await inputFiles(".o_control_panel input[type=file]", [
                    new File([FILE], "units.csv", { type: "text/csv" }),
                ]);
            },
        },
        { content: "In the background", trigger: "button:contains(Import in the Background)", run: "click" },
        { content: "The job is shown", trigger: ".o_form_view div[name=name]:contains(Import of units.csv)" },
        { content: "It waits", trigger: ".o_statusbar_status button:contains(Waiting)" },
        { content: "It can be looked at again", trigger: "button[name=action_refresh]", run: "click" },
        { content: "Enough of it", trigger: "button[name=action_cancel]", run: "click" },
        { content: "Sure", trigger: ".modal-footer .btn-primary", run: "click" },
        { content: "Or not", trigger: "button[name=action_retry]", run: "click" },
        { content: "It waits again", trigger: "button[name=action_refresh]" },
    ],
});

const BAD_FILE = ["Serial Number,Product,Sold on", "A1,Phone,2027-01-31", "A2,Nonsense,", "A3,Phone,03.04.2027"].join(
    "\n",
);
const TEMPLATE = "/serial_number_tracking/static/import/serial_number_import_template.xlsx";

registry.category("web_tour.tours").add("serial_import_faults", {
    steps: () => [
        { content: "What can be done with the register", trigger: ".o_cp_action_menus button", run: "click" },
        { content: "Import", trigger: ".o_import_menu", run: "click" },
        {
            content: "Choose a file with bad rows",
            trigger: ".o_import_file",
            async run() {
                await inputFiles(".o_control_panel input[type=file]", [
                    new File([BAD_FILE], "units.csv", { type: "text/csv" }),
                ]);
            },
        },
        { content: "Test it", trigger: "button:contains(Test)", run: "click" },
        { content: "One bad row", trigger: ".o_import_data_content .alert-danger:contains(Line 3: )" },
        {
            content: "And the other",
            trigger: ".o_import_data_content .alert-danger:contains(Line 4: Sold on: 03.04.2027)",
        },
        { content: "It stands beside its column too", trigger: ".o_import_report:contains(03.04.2027)" },
        {
            content: "Choose a spreadsheet",
            trigger: ".o_import_action",
            async run() {
                const content = await (await fetch(TEMPLATE)).blob();
                await inputFiles(".o_control_panel input[type=file]", [new File([content], "units.xlsx")]);
            },
        },
        {
            content: "Its dates may be texts",
            trigger: "#o_serial_date_format",
            run: "edit DD.MM.YYYY && press Tab",
        },
        { content: "Test it", trigger: "button:contains(Test)", run: "click" },
        { content: "It knows none of the products here", trigger: ".alert-danger:contains(Line 2: )" },
    ],
});
