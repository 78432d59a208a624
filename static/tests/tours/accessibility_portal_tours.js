import { add, judge } from "./accessibility_steps";

const PAGE = "#wrap"; // what is around it is Odoo's

/** Follow a link, or send a form: another page comes. */
function go(content, trigger) {
    return { content, trigger, run: "click", expectUnloadPage: true };
}

add("serial_accessible_portal", () => [
    { content: "A recalled product", trigger: "[name=case]" },
    judge("Your products", PAGE),
    go("One of them", "td a:contains(RES-2)"),
    { content: "All about it", trigger: "h2:contains(RES-2)" },
    judge("One product", PAGE),
    go("Register it", "a.btn-primary[href*=register]"),
    { content: "The form", trigger: "#number" },
    judge("To register a product", PAGE),
    { content: "For a customer", trigger: "#whose_customer", run: "click" },
    { content: "Their address", trigger: "#end_user_country:visible" },
    judge("To register a product to a customer", PAGE),
    { content: "Another number", trigger: "#number", run: "edit RES-9" },
    { content: "To me", trigger: "input[name=whose][value=own]", run: "click" },
    go("Send it", "form[action$=register] button[type=submit]"),
    { content: "It is refused", trigger: ".alert-danger:contains(cannot be registered)" },
    judge("A refused number", PAGE),
    go("Back", ".breadcrumb a:contains(Your Products)"),
    go("What to do about the recall", "[name=case] a"),
    { content: "The notice", trigger: "form[name=answer]" },
    judge("The notice of a recall", "main"),
    { content: "An answer", trigger: "input[name=answer]", run: "click" },
    go("Send it", "form[name=answer] button[type=submit]"),
    { content: "It has arrived", trigger: ".alert-success" },
    judge("An answered notice", "main"),
]);
