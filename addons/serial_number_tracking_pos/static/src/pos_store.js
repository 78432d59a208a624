import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { patch } from "@web/core/utils/patch";
import { PosStore } from "@point_of_sale/app/services/pos_store";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { AskDialog } from "@serial_number_tracking/ask/ask_dialog";

patch(PosStore.prototype, {
    /** Ask the server about numbers; nothing without connection: the booking checks them then. */
    async askServer(method, ...args) {
        try {
            return await this.data.call("pos.order.line", method, [this.config.id, ...args]);
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                return null;
            }
            throw error;
        }
    },

    /** Return what the server says of numbers that are sold, or that come back of a refunded line. */
    async checkSerials(product, names, refunded) {
        const partner = this.getOrder()?.getPartner()?.id;
        const ids = [typeof partner === "number" && partner, refunded?.id || false];
        const checks = await this.askServer("check_serials", product.id, names, ...ids);
        const mayBeNew = !product._asks_serials && this.pickingType.use_create_lots; // of Odoo's lots
        return checks?.map((check) => ({ ...check, ok: check.ok || (mayBeNew && check.code === "unknown") }));
    },

    /** Return the product of the unit that has a number; nothing where nobody knows it. */
    async findProductOf(number) {
        const [[id, other], fault] = (await this.askServer("find_products", number)) || [[]];
        const several = _t("Several products have the number %s. Touch the right one first.", number);
        if (fault || other) {
            this.refuseSerials([fault || several]);
        } else if (id && !this.models["product.product"].get(id)) {
            await this.loadNewProducts([["product_variant_ids", "in", [id]]]);
        }
        return !other && this.models["product.product"].get(id);
    },

    /** Open the window; return the changes of a line's numbers as `editLots` does. */
    async askSerials(product, refunded, props) {
        const check = async (text) => (await this.checkSerials(product, [text], refunded))?.[0];
        const values = await makeAwaitable(this.dialog, AskDialog, { name: product.display_name, check, ...props });
        const numbers = values?.map(({ text, status, component }) => ({
            lot_name: text,
            serial_status: status || false,
            serial_component: component || false,
        }));
        return numbers && { modifiedPackLotLines: {}, newPackLotLines: numbers };
    },

    async editLots(product, packLotLinesToEdit) {
        if (!product._asks_serials) {
            return super.editLots(...arguments);
        }
        const listed = await this.askServer("list_serials", product.id);
        const lots = this.models["pos.pack.operation.lot"];
        const taken = lots
            .filter((lot) => lot.pos_order_line_id?.order_id?.state === "draft")
            .map((lot) => lot.pos_order_line_id.product_id.id === product.id && lot.lot_name);
        return await this.askSerials(product, null, {
            entered: packLotLinesToEdit
                .filter((item) => item?.text)
                .map(({ id, text }) => ({ text, component: lots.get(id)?.serial_component })),
            options: (listed?.names || []).filter((name) => !taken.includes(name)),
            isOffline: !listed,
            mayBeBlank: this.pickingType.serial_entry !== "require",
        });
    },

    async editLotsRefund(line) {
        const [product, sold] = [line.product_id, line.refunded_orderline_id];
        if (!product._asks_serials) {
            return super.editLotsRefund(...arguments);
        }
        const left = await this.askServer("list_serials", product.id, sold.id);
        const options = left?.names || sold.getValidLots().map((lot) => lot.lot_name);
        const count = Math.abs(line.qty) * product._serial_pieces;
        const chosen = line.getValidLots().filter((lot) => options.includes(lot.lot_name));
        // Where some of several come back, somebody has to say which.
        const isDecided = options.length <= count || chosen.some((lot) => lot.serial_status);
        return await this.askSerials(product, sold, {
            entered: (isDecided ? chosen : []).map((lot) => ({
                text: lot.lot_name,
                component: lot.serial_component,
                status: lot.serial_status || left?.statuses[0][0],
            })),
            options,
            isOffline: !left,
            mayBeBlank: !options.length,
            statuses: left?.statuses,
            least: Math.max(0, Math.min(options.length, count - (left?.blanks || 0))),
        });
    },

    /** Check a number that was read from a label on the product screen, before it is sold. */
    async addLineToOrder(vals, order, opts = {}, configure = true) {
        const isRead = opts.code?.type === "lot" && vals.product_id?.is_serialized;
        const [check] = (isRead && (await this.checkSerials(vals.product_id, [opts.code.code]))) || [];
        if (check && !check.ok) {
            return this.refuseSerials([check.message]);
        }
        const code = check ? { ...opts.code, code: check.name } : opts.code;
        return await super.addLineToOrder(vals, order, { ...opts, code }, configure);
    },

    async pay() {
        const faults = await this.findSerialFaults(this.getOrder());
        return faults.length ? this.refuseSerials(faults) : super.pay(...arguments);
    },

    async validateOrderFast() {
        const faults = await this.findSerialFaults(this.getOrder());
        return faults.length ? this.refuseSerials(faults) : super.validateOrderFast(...arguments);
    },

    refuseSerials(faults) {
        this.dialog.add(AlertDialog, { title: _t("Serial Numbers to Check"), body: faults.join("\n") });
    },

    /** Return what is wrong with an order's numbers now: another till may have sold one in the meantime. */
    async findSerialFaults(order) {
        const faults = [];
        const seen = new Set();
        for (const line of order.lines.filter((each) => each.product_id.is_serialized)) {
            const names = line.getValidLots().map((lot) => lot.lot_name);
            for (const name of names) {
                const key = `${line.product_id.id} ${name}`;
                faults.push(...(seen.has(key) ? [_t("%s is on two lines. Remove it from one of them.", name)] : []));
                seen.add(key);
            }
            if (line.product_id._asks_serials && !line.hasValidProductLot()) {
                const values = { product: line.product_id.display_name, count: Math.abs(line.missingSerials) };
                const more = _t("%(product)s: enter %(count)s more numbers.", values);
                const less = _t("%(product)s: remove %(count)s numbers, or raise the quantity.", values);
                faults.push(line.missingSerials > 0 ? more : less);
            }
            const checks =
                names.length && (await this.checkSerials(line.product_id, names, line.refunded_orderline_id));
            faults.push(...(checks || []).filter((check) => !check.ok).map((check) => check.message));
        }
        return faults;
    },
});
