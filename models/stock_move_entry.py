"""When validating a transfer asks for the serial numbers of a move, and what a move takes over from a count."""

from odoo import models
from odoo.fields import Domain

from ..engine.sql import entry_sql
from ..tools.context import hear
from .serial_entry_mixin_draft import merge_drafts
from .stock_move import COUNTS


class StockMove(models.Model):
    _inherit = "stock.move"

    def _is_serial_to_validate(self):
        return (
            self.product_id.is_serialized
            and self.state not in ("done", "cancel")
            and self.picked
            and not self.product_uom.is_zero(self.quantity)
        )

    # EXTENDS 'serial.capture.mixin'
    def _serial_policy(self):
        return self.sudo().picking_id.picking_type_id.serial_entry or "skip"

    # EXTENDS 'serial.capture.mixin'
    def _serial_policy_holder(self):
        return self.sudo().picking_id.picking_type_id.display_name

    # EXTENDS 'serial.capture.mixin'
    def _get_serial_proposal_domain(self):
        """Propose what is meant for the move.

        That is what is expected from its order, designated to it, invoiced to its customer and not delivered, what the
        step before brought, or all that a returned transfer moved.
        """
        flow = self._serial_flow()
        if self._serial_purchase_line():
            return self._serial_purchase_line()._get_expected_domain()
        domains = {
            "returned": self._get_serial_returned_domain,
            "brought": self._get_serial_brought_domain,
            "promised": self._get_serial_promised_domain,
            "invoiced": self._get_serial_invoiced_domain,
        }
        return Domain.OR(domains[name]() for name in flow.proposes)

    def _get_serial_returned_domain(self):
        """Return the domain of the units that the returned transfer moved, if all that are left of them go."""
        if not self.origin_returned_move_id:
            return Domain.FALSE
        field, statuses = self._serial_flow().returned
        moved = Domain(field, "=", self.origin_returned_move_id.id) & Domain("status", "in", statuses)
        return self._propose_whole(moved)

    def _get_serial_promised_domain(self):
        """Return the domain of the units that are designated to the move's order line, or to its customer alone."""
        customer = self._serial_customer().commercial_partner_id
        if not customer:
            return Domain.FALSE
        return Domain([("status", "=", "designated"), ("sale_line_id", "in", [False, self.sale_line_id.id])]) & Domain(
            "customer_id", "child_of", customer.ids
        )

    def _get_serial_invoiced_domain(self):
        """Return the domain of the units that were invoiced to the move's customer and not delivered yet."""
        customer = self._serial_customer().commercial_partner_id
        if not customer:
            return Domain.FALSE
        return Domain("customer_id", "child_of", customer.ids) & Domain(
            [("status", "=", "sold"), ("delivery_move_id", "=", False), ("invoice_line_id", "!=", False)]
        )

    def _propose_whole(self, domain):
        """Return the domain of units, if the move takes all of them: nobody knows which part of more it takes."""
        domain &= Domain("product_id", "=", self.product_id.id)
        count = self.env["serial.number"].search_count(domain, limit=self._serial_quantity() + 1)
        return domain if count == self._serial_quantity() else Domain.FALSE

    # EXTENDS 'serial.entry.mixin'
    def _serial_reason(self):
        """Add the reason of the count, or of the scrap order and where it comes from."""
        move = self.sudo()
        parts = [super()._serial_reason(), move.inventory_name, *move.scrap_id._get_reason_text()]
        return "; ".join(part for part in parts if part)

    # EXTENDS 'stock'
    def _action_done(self, cancel_backorder=False):
        self._take_entries()  # before: Odoo deletes a quant that becomes empty
        self._follow_serials()
        self._check_serials_free()
        return super()._action_done(cancel_backorder=cancel_backorder)

    def _book_serials(self):
        self._take_entries()  # a scrap order on a done transfer makes a move that is done at once
        return super()._book_serials()

    def _take_entries(self):
        """Take over what was entered on the counts and scrap orders that these moves come from: each entry once."""
        counts = self.env["stock.quant"].browse(hear(self.env, COUNTS, ()))
        counts = counts.exists().filtered("serial_draft")
        scraps = self.sudo().scrap_id.filtered("serial_draft")
        for move in self.filtered("is_serialized") if counts or scraps else ():
            origin = move._find_count(counts) if move.is_inventory else scraps & move.scrap_id
            if origin.serial_draft and origin.product_id == move.product_id:
                entry_sql.write_kept(move, "serial_draft", origin.serial_draft)
                origin._write_serial_draft([])

    def _find_count(self, counts):
        """Return the count that the move was made from: of the same pieces at the same place.

        :param counts: the ``stock.quant`` records that are being applied
        """
        line = self.move_line_ids[:1]
        flow = self._serial_flow()
        arrives = flow and flow.brings
        place = line.location_dest_id if arrives else line.location_id
        package = line.result_package_id if arrives else line.package_id
        return counts.filtered(
            lambda count: (
                count.product_id == self.product_id
                and count.location_id == place
                and (count.lot_id, count.package_id, count.owner_id) == (line.lot_id, package, line.owner_id)
            )
        )[:1]

    # EXTENDS 'stock'
    def _merge_moves_fields(self):
        """Keep what was entered on each of the moves that become one."""
        if any(move.serial_draft for move in self[1:]):
            draft = merge_drafts([move.serial_draft or {} for move in self])
            entry_sql.write_kept(self[0], "serial_draft", draft)
        return super()._merge_moves_fields()
