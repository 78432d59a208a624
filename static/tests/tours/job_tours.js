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
                await inputFiles(".o_control_panel input[type=file]", [new File([FILE], "units.csv", { type: "text/csv" })]);
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
