import { registry } from "@web/core/registry";

import { answered, confirmByEnter, done, openEntry, scan, shown } from "./entry_steps";

const tours = registry.category("web_tour.tours");

tours.add("serial_shelf_receive", {
    steps: () => [
        ...openEntry(),
        ...shown("The first shelf is filled", ".o_serial_filling:contains(WH/Stock/Shelf):contains(0 / 1)"),
        ...scan("A1"),
        ...shown("The next shelf is filled", ".o_serial_filling:contains(WH/Stock/Shelf B):contains(0 / 1)"),
        ...scan("B1"),
        ...answered("All numbers are entered"),
        ...confirmByEnter(),
        ...done(),
    ],
});

tours.add("serial_shelf_ship", {
    steps: () => [
        ...openEntry(),
        ...scan("B1"),
        ...answered("B1 lies at WH/Stock/Shelf B: taken from there. All numbers are entered."),
        ...confirmByEnter(),
        ...done(),
    ],
});
