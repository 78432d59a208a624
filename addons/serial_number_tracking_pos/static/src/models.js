import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { PosOrderline } from "@point_of_sale/app/models/pos_order_line";
import { ProductTemplate } from "@point_of_sale/app/models/product_template";

// `_asks_serials`: whether a product's numbers are the register's, and not Odoo's lots. `_serial_pieces`: how many units
// one of it is, more than one of a kit.
patch(ProductTemplate.prototype, {
    isTracked() {
        const policy = this.models["stock.picking.type"].getFirst().serial_entry;
        return this._asks_serials ? policy !== "skip" : super.isTracked();
    },
});

patch(PosOrderline.prototype, {
    /** How many units have no number; negative where there are too many numbers. */
    get missingSerials() {
        return Math.abs(this.qty) * this.product_id._serial_pieces - this.getValidLots().length;
    },

    hasValidProductLot() {
        if (!this.product_id._asks_serials) {
            return super.hasValidProductLot();
        }
        return this.pickingType.serial_entry === "require" ? this.missingSerials === 0 : this.missingSerials >= 0;
    },

    /** Raise the quantity to that of the numbers, and never lower it: the others are sold without. */
    setQuantityByLot() {
        if (!this.product_id._asks_serials) {
            super.setQuantityByLot();
        } else if (this.missingSerials < 0) {
            const count = Math.ceil(this.getValidLots().length / this.product_id._serial_pieces);
            this.setQuantity(this.qty < 0 ? -count : count);
        }
    },

    /** Whether Odoo adds more of its product to the line, and not on a new one: see `canBeMergedWith`. */
    get takesMore() {
        const isPlain = this.isPosGroupable() && !this.refunded_orderline_id && this.price_type === "original";
        return isPlain && !this.getDiscount() && !this.getCustomerNote() && this.getNote() === "[]";
    },

    /** Offer the numbers of the line that more is added to: Odoo asks the product's first line, without knowing which. */
    getPackLotLinesToEdit(isAllowOnlyOneLot) {
        const isAdding = isAllowOnlyOneLot === undefined && this.product_id.is_serialized;
        const lines = this.order_id.lines.filter((line) => line.product_id.id === this.product_id.id && line.takesMore);
        return isAdding ? lines.at(-1)?.getPackLotLinesToEdit(false) || [] : super.getPackLotLinesToEdit(...arguments);
    },

    setPackLotLines(changes) {
        super.setPackLotLines(changes);
        for (const { lot_name, serial_status, serial_component } of changes.newPackLotLines) {
            const lot = this.pack_lot_ids.find((each) => each.lot_name === lot_name);
            Object.assign(lot || {}, { serial_status, serial_component });
        }
    },

    get packLotLines() {
        const isAsked = this.product_id._asks_serials && this.pickingType.serial_entry !== "skip";
        const missing = isAsked ? Math.max(0, this.missingSerials) : 0;
        const components = this.pack_lot_ids.map((lot) => (lot.serial_component ? `${lot.serial_component}: ` : ""));
        // Marked as a text of its own direction: the receipt may be read from right to left.
        const lines = super.packLotLines.map((text, index) => `\u2068${components[index]}${text}\u2069`);
        return [...lines, ...(missing ? [_t("%s without serial", missing)] : [])];
    },
});
