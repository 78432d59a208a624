import { describe, expect, test } from "@odoo/hoot";

import { SerialGraphModel } from "@serial_number_tracking/reporting/serial_graph";

describe.current.tags("headless");

const STATUSES = [
    ["received", "Received w/out Serial"],
    ["available", "Available"],
    ["sold", "Sold"],
];

/** Return the legend of a chart of units by product and status, in its order. */
function listLegend(groups, mode = "bar") {
    const model = Object.create(SerialGraphModel.prototype);
    model.metaData = {
        mode,
        measure: "__count",
        measures: { __count: { string: "Count" } },
        fields: { product_id: { type: "many2one" }, status: { type: "selection", selection: STATUSES } },
        groupBy: ["product_id", "status"].map((name) => ({ fieldName: name, spec: name })),
    };
    const points = groups.map(([product, status]) => ({
        labels: [product, STATUSES.find(([code]) => code === status)[1]],
        identifier: JSON.stringify([{ product_id: [1, product] }, { status }]),
        value: 1,
    }));
    return model._getData(points).datasets.map(({ label }) => label);
}

test("statuses stand in their own order, whichever product has them first", () => {
    const groups = [
        ["Phone", "available"],
        ["Phone", "sold"],
        ["Tablet", "received"],
        ["Tablet", "sold"],
    ];
    expect(listLegend(groups)).toEqual(["Received w/out Serial", "Available", "Sold"]);
    expect(listLegend(groups, "pie")).toEqual([""]);
});
