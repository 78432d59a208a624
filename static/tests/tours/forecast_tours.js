import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("serial_forecast", {
    steps: () => [
        {
            content: "The product says what is void",
            trigger: ".o_form_view div[name=serials_kept] button:contains(void)",
        },
        {
            content: "And leads to what is on hold",
            trigger: ".o_form_view div[name=serials_kept] button:contains(On hold)",
            run: "click",
        },
        { trigger: ".o_list_view .o_data_row:contains(A2)" },
        { content: "These alone", trigger: ".o_list_view:not(:has(.o_data_row:contains(A3)))" },
        { content: "Back", trigger: ".breadcrumb-item a:contains(Phone), .o_back_button", run: "click" },
        { content: "The report", trigger: "button[name=action_product_tmpl_forecast_report]", run: "click" },
        { content: "Two are on hold", trigger: ".o_serials_kept a[name=hold]:contains(On hold: 2)" },
        { content: "One is promised", trigger: ".o_serials_kept a[name=designated]", run: "click" },
        { trigger: ".o_list_view .o_data_row:contains(A4)" },
        { content: "It alone", trigger: ".o_list_view:not(:has(.o_data_row:contains(A1)))" },
    ],
});
