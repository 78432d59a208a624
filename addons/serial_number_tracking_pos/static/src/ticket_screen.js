import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { TicketScreen } from "@point_of_sale/app/screens/ticket_screen/ticket_screen";

patch(TicketScreen.prototype, {
    _getSearchFields() {
        const findNames = (order) => order.lines.flatMap((line) => line.pack_lot_ids.map((lot) => lot.lot_name));
        const field = { displayName: _t("Serial Number"), modelFields: ["serial_search"] };
        return { ...super._getSearchFields(), SERIAL: { ...field, repr: (order) => findNames(order).join(" ") } };
    },

    /** Ask which units come back, and in which condition. */
    async onDoRefund() {
        await super.onDoRefund(...arguments);
        const lines = this.pos.getOrder()?.lines || [];
        const back = lines.filter((line) => line.refunded_orderline_id && line.product_id._asks_serials);
        for (const line of back.filter((each) => !each.uiState.serialsAsked)) {
            line.uiState.serialsAsked = true;
            await line.editPackLotLines(await this.pos.editLotsRefund(line));
        }
    },
});
