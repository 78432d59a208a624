from odoo import api, fields, models

from ..engine.registered import RegisteredSelection
from .res_company import ENTRY_POLICIES

ANY_NUMBER = 10**6  # of pieces that somebody may ask about


class StockPickingType(models.Model):
    _inherit = "stock.picking.type"

    serial_entry = fields.Selection(
        ENTRY_POLICIES,
        "Serial Numbers",
        compute="_compute_serial_entry",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="Whether validating a transfer asks for the serial numbers of its serialized products.",
    )
    serial_entry_lots = fields.Boolean(
        "Enter Lots in the Window",
        help="For products that Odoo tracks by unique serial number: the window asks for their numbers as well, and "
        "they become the lots of the operations. Without it, Odoo's own screens enter them.",
    )
    serial_return_status = RegisteredSelection(
        only=lambda status: status.returns,
        string="Status of Returned Units",
        required=True,
        default="available",
        help="The status proposed for units that customers return.",
    )

    @api.depends("code")
    def _compute_serial_entry(self):
        for picking_type in self:
            asks = picking_type.code in ("incoming", "outgoing", "dropship")
            picking_type.serial_entry = "ask" if asks else "skip"

    def _imagine_serial_moves(self, product, partner, is_back=False, **vals):
        """Return moves that only exist to be asked which numbers they would take, before there is any document.

        :param product: what would move; of a kit there is a move for each followed component
        :param partner: whom it would go to, or come from
        :param bool is_back: whether it would come back
        :param vals: more values of the moves
        """
        kind = (self.return_picking_type_id or self) if is_back else self
        places = [self.default_location_src_id, partner.property_stock_customer or self.default_location_dest_id]
        source, target = places[::-1] if is_back else places
        vals |= {"picking_type_id": kind.id, "location_id": source.id, "location_dest_id": target.id}
        vals |= {"partner_id": partner.id, "company_id": self.company_id.id, "product_uom_qty": ANY_NUMBER}
        moves = self.env["stock.move"].with_company(self.company_id)
        parts = product._find_serial_parts(self.company_id).get(product) or [product]
        return moves.concat(*(moves.new(vals | {"product_id": part.id}) for part in parts))
