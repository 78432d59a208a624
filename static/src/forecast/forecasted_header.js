import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { patch } from "@web/core/utils/patch";
import { ForecastedHeader } from "@stock/stock_forecasted/forecasted_header";

import { markup } from "@odoo/owl";

/** Say how much of the stock is kept back, and lead to these units. */
patch(ForecastedHeader.prototype, {
    get serialsKept() {
        return (this.props.docs.serial_statuses || [])
            .map(({ status, label }) => ({
                status,
                label,
                count: Object.values(this.products).reduce(
                    (sum, product) => sum + (product.serials_kept?.[status] || 0),
                    0,
                ),
            }))
            .filter((figure) => figure.count);
    },

    describeSerialsKept({ label, count }) {
        return _t("%(label)s: %(count)s", { label, count: markup`<b>${count}</b>` });
    },

    async onClickSerialsKept(status) {
        const context = { ...user.context, serial_number_tracking_figure: status };
        const products = this.props.docs.product_variants_ids;
        const action = await this.orm.call("product.product", "action_view_kept_serials", [products], { context });
        return this.action.doAction(action);
    },
});
