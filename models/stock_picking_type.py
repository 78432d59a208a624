from odoo import api, fields, models

from ..engine.registered import RegisteredSelection
from .res_company import ENTRY_POLICIES


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
