from odoo import api, fields, models
from odoo.fields import Domain

from ..engine import credit_note, invoice, sale_history, warranty
from ..engine.invoice import BLANK
from ..engine.keyless import KeylessMany2many
from ..engine.sql import register_sql


class AccountMoveLine(models.Model):
    _name = "account.move.line"
    _inherit = ["account.move.line", "serial.capture.mixin"]

    _serial_sale_field = "invoice_line_id"

    serial_ids = KeylessMany2many(
        relation="serial_number_account_move_line_rel",
        column1="account_move_line_id",
        column2="serial_number_id",
    )
    serial_text = fields.Text(
        "Printed Serial Numbers",
        copy=False,
        readonly=True,
        help="The numbers as the posted invoice printed them, one a line; an underlined place for each blank.",
    )
    serial_ends = fields.Json(
        "Printed Ends of Warranties",
        copy=False,
        readonly=True,
        help="The ends of warranties as the posted invoice printed them, with the numbers of each.",
    )

    @api.depends("quantity", "product_uom_id", "move_id.state")
    def _compute_serial_missing(self):
        return super()._compute_serial_missing()

    def _get_serial_locked(self):
        # EXTENDS 'serial.entry.mixin'
        return super()._get_serial_locked() | {"serial_text", "serial_ends"}

    def _serial_flow(self):
        # EXTENDS 'serial.capture.mixin'
        self.ensure_one()
        if not self._is_serial_line():
            return None
        credit = self.env["serial.number"]._get_flow("credit_note")
        if credit_note.get_credited_lines(self):
            asks = self._serial_is_closed() or credit_note.is_credit_open(self) or self._takes_goods_back()
            return credit if asks else None
        if invoice.is_from_order(self):
            return None
        return credit if self.move_id.move_type == "out_refund" else self.env["serial.number"]._get_flow("invoice")

    def _is_serial_line(self):
        """Tell whether the line sells units, or takes them back."""
        return (
            self.display_type == "product"
            and self.product_id.is_serialized
            and self.move_id.is_sale_document(include_receipts=True)
        )

    def _serial_partner(self):
        # EXTENDS 'serial.capture.mixin'
        return self.move_id.partner_id

    def _serial_document(self):
        # EXTENDS 'serial.capture.mixin'
        return self.move_id.name or self.move_id.display_name

    def _serial_is_closed(self):
        # EXTENDS 'serial.capture.mixin'
        return self.parent_state != "draft"

    def _serial_policy(self):
        # EXTENDS 'serial.capture.mixin'
        return self.company_id.serial_entry_invoice

    def _serial_raw_quantity(self):
        # EXTENDS 'serial.capture.mixin'
        uom = self.product_uom_id or self.product_id.uom_id
        return max(0, uom._compute_quantity(self.quantity, self.product_id.uom_id, round=False))

    def _serial_warehouse(self):
        """Return where a unit is sold from that nobody has delivered yet, and comes back to: the first warehouse."""
        chosen = self.env["serial.number"]._find_issue_warehouse(self)
        if chosen:
            return chosen.sudo()
        warehouses = self.env["stock.warehouse"].sudo().with_context(active_test=False)
        return warehouses.search([("company_id", "=", self.company_id.id)], order="active desc, sequence, id", limit=1)

    def _serial_origin(self):
        """Return the location that blanks are taken from first."""
        return self._serial_warehouse().lot_stock_id

    def _serial_return_type(self):
        """Ask the warehouse's returns: a credit note has no operation type of its own."""
        # EXTENDS 'serial.entry.mixin'
        warehouse = self._serial_warehouse()
        return warehouse.out_type_id.return_picking_type_id or warehouse.in_type_id

    def _keeps_serial_status(self, unit):
        """Leave a credited unit as it is that is still at the customer's, or that came back: its return decides."""
        # EXTENDS 'serial.entry.mixin'
        if not unit.sudo()._is_sold():
            return True
        return not unit.sudo().location_id.is_serial_stock and not self._takes_goods_back()

    def _takes_goods_back(self):
        """Tell whether confirming the credit note brings the units back by itself."""
        # EXTENDS 'serial.entry.mixin'
        return self.env["serial.number"]._takes_goods_back(self)

    def _get_serial_day(self):
        """Return the day that units are sold on by the line."""
        return self.move_id.invoice_date or self.company_id._get_serial_day()

    def _is_serial_sale(self):
        """Tell whether the line gives units the day of their sale: those of an order are sold by their delivery."""
        return not invoice.is_from_order(self) and self.move_id.move_type in sale_history.ISSUING

    def _prepare_serial_vals(self, flow):
        """Return the facts that the line writes on its units; extend it to write more.

        :param flow: the line's row of the flow table
        :return: dict of ``serial.number`` values, without status and number
        """
        if "invoice" in flow.clears:
            return {"invoice_line_id": False}
        sold = self._prepare_sold_vals(self.move_id.partner_id, self._get_serial_day())
        return sold | {"location_id": self._serial_origin().id, "invoice_line_id": self.id}

    def _split_serial_vals(self, units, vals):
        """Leave what the delivery wrote as it is; divide credited units by where they are."""
        # EXTENDS 'serial.capture.mixin'
        if "customer_id" not in vals:
            return credit_note.split_credited(self, units, vals)
        outside = ~units._get_in_stock_domain()
        delivered = register_sql.filter_by(units, outside | Domain("delivery_move_id", "!=", False))
        kept = {name: vals[name] for name in ("invoice_line_id", "status") if name in vals}
        made = {name: value for name, value in vals.items() if name != "location_id"}
        return [
            *sale_history.split_by_sale_day(delivered, self._get_serial_day(), kept),
            *warranty.split_sold(units - delivered, made),
        ]

    def _get_serial_proposal_domain(self):
        """Propose what was delivered to the customer without an order and is on no invoice."""
        # EXTENDS 'serial.capture.mixin'
        customer = self.move_id.commercial_partner_id
        if credit_note.get_credited_lines(self):
            if self._takes_goods_back():
                return Domain("id", "in", self._get_serial_choices().ids)
            return Domain("id", "in", credit_note.filter_came_back(self, self._get_serial_choices()).ids)
        if self.move_id.move_type == "out_refund" or not customer:
            return Domain.FALSE
        return Domain("customer_id", "child_of", customer.ids) & Domain(
            [
                ("status", "=", "sold"),
                ("delivery_move_id", "!=", False),
                ("invoice_line_id", "=", False),
                ("sale_line_id", "=", False),
            ]
        )

    # The order that the line is made from. Other addons extend these for orders of theirs

    def _get_serial_order_domain(self):
        """Return the domain of the units that the line's order delivered, whoever has them now."""
        return Domain("sale_line_id", "in", self.sale_line_ids.ids)

    def _get_order_invoice_lines(self):
        """Return all invoice lines of these lines' orders, those of credit notes too."""
        return self.sale_line_ids.invoice_lines

    def _find_kit_demands(self):
        """Return ``{line: {component: number of units}}`` of those of these lines whose order delivered kits."""
        return invoice.get_kit_demands(self)

    def _get_serial_order_moves(self):
        """Return the moves of the orders behind these lines that are no sales orders. Extend it for other orders."""
        return self.env["stock.move"]

    # Booking

    def _book_serials(self):
        """Make the units agree with the posted lines of serialized products, and of kits of them."""
        for line, demand in invoice.get_demands(self.sudo()).items():
            for product in demand:
                todo = invoice.count_todo(line, product, demand)
                if todo > 0:
                    invoice.book_line(line, product, todo)
            line._write_serial_draft([])
            invoice.print_units(line, line.serial_ids)

    def _get_serial_groups(self):
        # EXTENDS 'serial.capture.mixin'
        printed = invoice.read_printed(self).items()
        return {heading: [name if name != BLANK else None for name in names] for heading, names in printed}

    def _get_serial_rows(self):
        # EXTENDS 'serial.capture.mixin'
        return [name for names in self._get_serial_groups().values() for name in names]

    def _get_serial_ends(self):
        # EXTENDS 'serial.capture.mixin'
        return invoice.read_ends(self)

    def _describe_serial_gap(self):
        # EXTENDS 'serial.capture.mixin'
        sold = self.sudo().filtered(lambda line: line.parent_state == "posted" and line.move_type != "out_refund")
        back = sum(map(invoice.count_back, sold))
        if not back:
            return []
        if back == 1:
            return [self.env._("One more came back and is not listed.")]
        return [self.env._("%(count)s more came back and are not listed.", count=back)]

    def _get_serial_choices(self):
        # EXTENDS 'serial.entry.mixin'
        return credit_note.find_creditable(self, self.product_id) if credit_note.get_credited_lines(self) else None

    # Reset to draft

    def unlink(self):
        """Give the units back that posted lines took, where Odoo lets them be deleted."""
        # EXTENDS 'account'
        credit_note.give_back(self.filtered(lambda line: line.parent_state == "posted"))
        return super().unlink()

    def _redate_serials(self):
        """Let the sale of units, and the warranties that it begins, follow the corrected date of a posted invoice."""
        line = self.sudo()
        units = line.serial_ids
        note = self.env._("The date of %s was corrected.", line._serial_document())
        event = units._prepare_event_vals("corrected", source=line, note=note)
        sale_history.follow_document(units, line, line._get_serial_day(), event)
        invoice.keep_ends(line, units)

    # Corrected without resetting

    def _get_corrected_document(self):
        # EXTENDS 'serial.capture.mixin'
        return self.move_id

    def _has_serial_in_place(self, unit):
        # EXTENDS 'serial.capture.mixin'
        return self.move_type == "out_refund" or (unit.invoice_line_id == self and unit._is_sold())

    def _count_open_serials(self):
        # EXTENDS 'serial.capture.mixin'
        is_credit = self.move_type == "out_refund" and self._serial_flow()
        return max(0, self._serial_quantity() - len(self.serial_ids)) if is_credit else 0

    def _get_serial_counterpart(self, unit):
        # EXTENDS 'serial.capture.mixin'
        if self.move_type == "out_refund" or not unit._is_sold():
            return self.browse()
        return unit.invoice_line_id.filtered(lambda line: line._is_serial_line() and line._serial_flow())

    def _undo_serials(self, units, note):
        """Take units off the posted line, and put them back where they were."""
        register_sql.unlink_document(units, self)  # first: a unit on a posted credit note is on no invoice
        if self.move_type == "out_refund":
            credit_note.uncredit(self, units, note)
        else:
            credit_note.uninvoice(self, units, note)

    def _run_serial_booking(self, count):
        """Book units that were entered on the posted line."""
        invoice.book_line(self, self.product_id, count)

    def _keep_corrected_serials(self):
        # EXTENDS 'serial.capture.mixin'
        invoice.print_units(self, self.serial_ids)
