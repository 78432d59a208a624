import { registry } from "@web/core/registry";

import { answered, confirmByEnter, done, entered, openEntry, press, scan, shown } from "./entry_steps";

const tours = registry.category("web_tour.tours");

tours.add("serial_series_generate", {
    steps: () => [
        ...openEntry(),
        ...shown("It offers all that are missing", ".o_serial_generate:contains(Generate 3)"),
        ...scan("V-7"),
        ...entered("1 / 3"),
        ...shown("It offers the rest", ".o_serial_generate:contains(Generate 2)"),
        ...scan("UX0019"),
        ...answered("its check digit is wrong"),
        ...press("alt+shift+g"),
        ...entered("3 / 3"),
        ...shown("The series made them", ".o_serial_unit:contains(UX0018)"),
        ...shown("One after the other", ".o_serial_unit:contains(UX0026)"),
        ...shown("Nothing is missing", ".o_serial_main:not(:has(.o_serial_generate))"),
        ...confirmByEnter(),
        ...done(),
    ],
});

tours.add("serial_series_range", {
    steps: () => [
        ...openEntry(),
        ...press("alt+g"),
        {
            content: "It offers the next number of the series",
            trigger: ".o_serial_range_next:contains(UX0018)",
            run: "click",
        },
        ...shown("It says what follows", ".o_serial_range_preview:contains(those that follow it)"),
        { content: "As many as are missing", trigger: ".o_serial_range .btn-primary", run: "click" },
        ...entered("2 / 2"),
        ...shown("The series made them", ".o_serial_unit:contains(UX0026)"),
        ...confirmByEnter(),
        ...done(),
    ],
});
