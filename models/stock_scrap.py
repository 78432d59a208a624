from odoo import models

from ..engine.place import Place
from ..engine.source import StockTaken


class StockScrap(models.Model):
    _name = "stock.scrap"
    _inherit = ["stock.scrap", "serial.entry.mixin"]

    def _serial_flow(self):
        # EXTENDS 'serial.entry.mixin'
        self.ensure_one()
        return self.location_id._find_serial_flow(self.scrap_location_id, is_scrap=True)

    def _serial_partner(self):
        # EXTENDS 'serial.entry.mixin'
        return self.picking_id.partner_id

    def _serial_document(self):
        # EXTENDS 'serial.entry.mixin'
        # The order gets its name when it is booked.
        name = self.name if self.move_ids else self.env._("Scrap of %s", self.product_id.display_name)
        return self.picking_id.name or name

    def _get_serial_stock(self):
        # EXTENDS 'serial.entry.mixin'
        flow, scrap = self._serial_flow(), self.sudo()
        is_taken = bool(flow) and flow.takes == "stock"
        places = {Place.where(scrap): self._serial_quantity()} if is_taken else {}
        return StockTaken(places, may_follow=True, may_change_owner=not scrap.owner_id)

    def _asks_for_lots(self):
        # EXTENDS 'serial.entry.mixin'
        return False

    def _serial_raw_quantity(self):
        # EXTENDS 'serial.entry.mixin'
        uom = self.product_uom_id or self.product_id.uom_id
        return max(0, uom._compute_quantity(self.scrap_qty, self.product_id.uom_id, round=False))

    def _serial_is_closed(self):
        # EXTENDS 'serial.entry.mixin'
        return self.state == "done"

    def _serial_policy(self):
        # EXTENDS 'serial.entry.mixin'
        return self.sudo().company_id.serial_entry_inventory

    def _get_reason_text(self):
        """Return the reasons that were chosen, and the document that the scrap order comes from."""
        return [*self.scrap_reason_tag_ids.mapped("name"), self.origin]

    def action_validate(self):
        """Ask which units are scrapped; scrapping more than there is goes on to Odoo's own question."""
        # EXTENDS 'stock'
        self.ensure_one()
        if self._takes_serials() and not self._serial_is_closed():
            result = self._ask_serials("scrap", self)
            if result is not True:
                return result
        return super().action_validate()
