from collections import Counter

from odoo import api, fields, models
from odoo.fields import Domain

from ..engine import outside
from ..engine.registered import RegisteredSelection
from .res_company import ENTRY_POLICIES
from .serial_button_mixin import LOOKUP

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

    serial_blank_count = fields.Integer(
        "Without Serial",
        compute="_compute_serial_blank_count",
        groups=LOOKUP,
        help="Units that came or left by transfers of this type, and wait for their number.",
    )

    def _compute_serial_blank_count(self):
        units = self.env["serial.number"].sudo()
        counts = Counter()
        for line, domain in self._get_blank_domains().items():
            domain &= Domain("company_id", "in", self.env.companies.ids)
            for kind, count in units._read_group(domain, [f"{line}.picking_type_id"], ["__count"]):
                counts[kind.id] += count
        for kind in self:
            kind.serial_blank_count = counts[kind.id]

    def _get_blank_domains(self):
        """Return which units wait for their number: a domain for each move that says how they came or left."""
        waiting = self.env["serial.number"]._get_placeholder_domain()
        return {
            line: waiting & Domain("status", "in", statuses) & Domain(f"{line}.picking_type_id", "in", self.ids)
            for line, statuses in (
                ("receipt_move_id", self._get_blanks(False)),
                ("delivery_move_id", self._get_blanks(True)),
            )
        }

    def _get_blanks(self, is_sold):
        return (
            self.env["serial.number"]._get_serial_rules().find(lambda status: status.blank and status.sold == is_sold)
        )

    @api.readonly
    def action_view_missing_serials(self):
        """Open the units that came or left by transfers of these types without their number, ready for typing.

        :return: a window action on the worklist
        """
        outside.check_some(self)
        self.check_access("read")
        self.env["serial.number"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("serial_number_tracking.serial_number_action_worklist")
        return action | {"domain": list(Domain.OR(self._get_blank_domains().values())), "context": {}}

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
