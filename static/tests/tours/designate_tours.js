import { registry } from "@web/core/registry";

import { answered, confirmByEnter, done, entered, openEntry, press, scan } from "./entry_steps";

const tours = registry.category("web_tour.tours");

tours.add("serial_designate_order", {
    steps: () => [
        { content: "Designate by the keyboard", trigger: "button[data-hotkey=d]:enabled", run: "press alt+d" },
        { content: "The scan box has the focus", trigger: ".modal .o_serial_scan:focus" },
        ...scan("A1"),
        ...entered("1 / 2"),
        { content: "The rest may stay open", trigger: ".o_serial_main:contains(1 more possible)" },
        { trigger: ".o_serial_main:not(:has(.o_serial_use_blanks))" },
        ...scan("D1"),
        ...answered("is designated to Other Customer"),
        ...scan("A3"),
        ...entered("2 / 2"),
        ...press("control+Enter"),
        { content: "The window is closed", trigger: "body:not(:has(.modal)) .o_form_view" },
        {
            content: "The line shows its units",
            trigger: ".o_data_row td[name=serial_summary]:contains(A1, A3)",
        },
    ],
});

tours.add("serial_designate_deliver", {
    steps: () => [
        ...openEntry(),
        { content: "What is promised is proposed", trigger: ".o_serial_main:contains(/Enter proposed\\s*\\(\\s*2/)" },
        ...press("alt+p"),
        ...entered("2 / 2"),
        ...confirmByEnter(),
        ...done(),
    ],
});
