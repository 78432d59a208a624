import { patch } from "@web/core/utils/patch";
import { ProductScreen } from "@point_of_sale/app/screens/product_screen/product_screen";

patch(ProductScreen.prototype, {
    /** Find a product by the number of one of its units, too: it is sold with this number then. */
    async _getProductByBarcode(code) {
        let product = await super._getProductByBarcode(code);
        if (!product && (product = await this.pos.findProductOf(code.code))) {
            Object.assign(code, { type: "lot", base_code: product.barcode });
        }
        return product;
    },
});
