import { registry } from "@web/core/registry";
import { DIALOG, click, shown } from "@serial_number_tracking/../tests/tours/entry_steps";

const state = (value) => shown(`It is ${value}`, `button[data-value=${value}][aria-checked=true]`);

registry.category("web_tour.tours").add("serial_claim", {
    steps: () => [
        ...click("Claim from the repair order", "button[name=action_claim]:visible"),
        ...shown("The vendor is known", ".o_field_widget[name=vendor_id] input:value(Vendor)"),
        {
            content: "What is wrong",
            trigger: ".o_field_widget[name=description] textarea",
            run: "edit Does not charge",
        },
        ...click("Sent", "button[name=action_send]:visible"),
        ...state("sent"),
        {
            content: "What the vendor says",
            trigger: ".o_field_widget[name=answer] textarea",
            run: "edit A new one comes",
        },
        ...click("Accepted", "button[name=action_accept]:visible"),
        ...state("accepted"),
        ...click("Close it too early", "button[name=action_close]:visible"),
        ...shown("Nothing came yet", `${DIALOG}:contains(neither the money nor the replacement came)`),
        ...click("Understood", `${DIALOG} .modal-footer .btn-primary`),
        {
            content: "The replacement came",
            trigger: ".o_field_widget[name=replacement_id] input",
            run: "edit A2",
        },
        ...click("This unit", ".o-autocomplete--dropdown-item:contains(A2)"),
        ...click("Close it", "button[name=action_close]:visible"),
        ...state("closed"),
    ],
});
