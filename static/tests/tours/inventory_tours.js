import { registry } from "@web/core/registry";
import { confirmByEnter, entered, scan } from "./entry_steps";

registry.category("web_tour.tours").add("serial_scrap_asks_which_unit", {
    steps: () => [
        { content: "Validate the scrap order", trigger: "button[name=action_validate]", run: "click" },
        { content: "The window asks which unit it was", trigger: ".modal .o_serial_scan:focus" },
        ...scan("A2"),
        ...entered("1 / 1"),
        ...confirmByEnter(),
        { content: "The scrap order is done", trigger: "button[data-value=done][aria-checked=true]" },
    ],
});
