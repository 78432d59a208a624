import { registry } from "@web/core/registry";

const field = (name, text) => ({ content: name, trigger: `[name='${name}']:visible`, run: `edit ${text}` });

registry.category("web_tour.tours").add("serial_reseller_registers", {
    steps: () => [
        {
            content: "Two are not registered",
            trigger: "[data-filter=open]:contains(2)",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "These alone", trigger: "[data-filter=open].active" },
        { content: "The first", trigger: "tr:contains(RES-1) input[name=unit]", run: "check" },
        { content: "The second", trigger: "tr:contains(RES-2) input[name=unit]", run: "check" },
        {
            content: "For a customer",
            trigger: "form[name=units] button:contains(Register the Chosen)",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "Both stand there", trigger: "textarea[name=number]:value(RES-2)" },
        { content: "Mistyped", trigger: "textarea[name=number]", run: ({ edit }) => edit("RES-1\nRES-3") },
        { content: "For a customer", trigger: "#whose_customer:checked" },
        field("name", "Ada End"),
        field("street", "1 Main Street"),
        field("city", "Brussels"),
        { content: "Country", trigger: "#end_user_country", run: "selectByLabel Belgium" },
        {
            content: "Register",
            trigger: "form[action$=register] button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "One is registered", trigger: "div[name=some]:contains(Products registered: 1)" },
        { content: "One is not", trigger: "div[name=some]:contains(RES-3)" },
        { content: "Corrected", trigger: "textarea[name=number]", run: "edit RES-2" },
        {
            content: "Register",
            trigger: "form[action$=register] button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "The other one too", trigger: ".alert-success:contains(registered)" },
        {
            content: "Something else",
            trigger: ".breadcrumb a:contains(Your Products)",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "Nothing is left", trigger: "[data-filter=open]:contains(0)" },
        {
            content: "Register a product",
            trigger: "a:contains(Register a Product)",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "A question", trigger: "#question", run: "edit Where is the number?" },
        { content: "Ask", trigger: "#ask button", run: "click", expectUnloadPage: true },
        { content: "It was sent", trigger: ".alert-success:contains(We have got your question)" },
    ],
});
