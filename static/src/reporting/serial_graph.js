import { registry } from "@web/core/registry";
import { GraphModel } from "@web/views/graph/graph_model";
import { graphView } from "@web/views/graph/graph_view";

/** Charts of units: what bars are divided into has the order of its choices, and not that in which it is met. */
export class SerialGraphModel extends GraphModel {
    _getData() {
        const data = super._getData(...arguments);
        const [, part] = this.metaData.groupBy;
        const choices = part && this.metaData.fields[part.fieldName].selection;
        if (choices) {
            const place = ({ identifiers }) => {
                const [, value] = JSON.parse([...identifiers][0]);
                return choices.findIndex(([code]) => code === value[part.spec]);
            };
            data.datasets.sort((one, other) => place(one) - place(other));
        }
        return data;
    }
}

registry.category("views").add("serial_graph", { ...graphView, Model: SerialGraphModel });
