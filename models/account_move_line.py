from odoo import api, fields, models
from odoo.fields import Domain

from ..engine import sale_history
from ..engine.booking import SerialBooking
from ..engine.sql import entry_sql
from ..tools.flow import FLOWS
from ..tools.status import SOLD

BLANK = "________"
HEADING = " "  # before the name of a component: no number begins with a space


class AccountMoveLine(models.Model):
    _name = "account.move.line"
    _inherit = ["account.move.line", "serial.capture.mixin"]

    serial_ids = fields.Many2many(
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

    @api.depends("quantity", "product_uom_id", "move_id.state")
    def _compute_serial_missing(self):
        return super()._compute_serial_missing()

    # EXTENDS 'serial.entry.mixin'
    def _get_serial_kept(self):
        return super()._get_serial_kept() | {"serial_text"}

    # EXTENDS 'serial.capture.mixin'
    def _serial_flow(self):
        self.ensure_one()
        if not self._is_serial_line():
            return None
        credit = FLOWS["credit_note"]
        if self._get_credited_lines():
            return credit if self._serial_is_closed() or self._is_credit_open() else None
        if self._is_serial_from_order():
            return None
        return credit if self.move_id.move_type == "out_refund" else FLOWS["invoice"]

    def _is_serial_line(self):
        """Tell whether the line sells units, or takes them back."""
        return (
            self.display_type == "product"
            and self.product_id.is_serialized
            and self.move_id.is_sale_document(include_receipts=True)
        )

    def _is_serial_from_order(self):
        """Tell whether an order says which units these are: a sales order, or one of a Point of Sale."""
        orders = self.move_id["pos_order_ids"] if "pos_order_ids" in self.move_id._fields else None
        return bool(self.sale_line_ids or orders)

    def _get_reversed_lines(self):
        """Return the lines of the reversed invoice that this credit note line speaks of."""
        lines = self.move_id.reversed_entry_id.invoice_line_ids
        return lines.filtered(
            lambda line: line.product_id == self.product_id and line.sale_line_ids == self.sale_line_ids
        )

    # EXTENDS 'serial.capture.mixin'
    def _serial_partner(self):
        return self.move_id.partner_id

    # EXTENDS 'serial.capture.mixin'
    def _serial_document(self):
        return self.move_id.name or self.move_id.display_name

    # EXTENDS 'serial.capture.mixin'
    def _serial_is_closed(self):
        return self.parent_state != "draft"

    # EXTENDS 'serial.capture.mixin'
    def _serial_policy(self):
        return self.company_id.serial_entry_invoice

    # EXTENDS 'serial.capture.mixin'
    def _serial_raw_quantity(self):
        uom = self.product_uom_id or self.product_id.uom_id
        return max(0, uom._compute_quantity(self.quantity, self.product_id.uom_id, round=False))

    def _serial_warehouse(self):
        """Return where a unit is sold from that nobody has delivered yet, and comes back to: the first warehouse."""
        warehouses = self.env["stock.warehouse"].sudo().with_context(active_test=False)
        return warehouses.search([("company_id", "=", self.company_id.id)], order="active desc, sequence, id", limit=1)

    def _serial_origin(self):
        """Return the location that blanks are taken from first."""
        return self._serial_warehouse().lot_stock_id

    # EXTENDS 'serial.entry.mixin'
    def _serial_return_type(self):
        """Ask the warehouse's returns: a credit note has no operation type of its own."""
        warehouse = self._serial_warehouse()
        return warehouse.out_type_id.return_picking_type_id or warehouse.in_type_id

    # EXTENDS 'serial.entry.mixin'
    def _keeps_serial_status(self, unit):
        """Leave a credited unit as it is that is still at the customer's, or that came back: its return decides."""
        return unit.sudo().status not in SOLD or not unit.sudo().location_id.is_serial_stock

    def _get_serial_day(self):
        """Return the day that units are sold on by the line."""
        return self.move_id.invoice_date or self.company_id._get_serial_day()

    def _is_serial_sale(self):
        """Tell whether the line gives units the day of their sale: those of an order are sold by their delivery."""
        return not self._is_serial_from_order() and self.move_id.move_type in ("out_invoice", "out_receipt")

    def _prepare_serial_vals(self, flow):
        """Return the facts that the line writes on its units; extend it to write more.

        :param flow: the line's row of the flow table
        :return: dict of ``serial.number`` values, without status and number
        """
        if "invoice" in flow.clears:
            return {"invoice_line_id": False}
        day = self._get_serial_day()
        return {
            "location_id": self._serial_origin().id,
            "customer_id": self.move_id.partner_id.id,
            "invoice_line_id": self.id,
            "date_sold": day,
            "warranty_end": self.product_id._get_warranty_end(self.company_id, day),
        }

    # EXTENDS 'serial.capture.mixin'
    def _split_serial_vals(self, units, vals):
        """Leave what the delivery wrote as it is; divide credited units by where they are."""
        if "customer_id" not in vals:
            return self._split_credited(units, vals)
        outside = ~units._get_in_stock_domain()
        delivered = units.search(Domain("id", "in", units.ids) & (outside | Domain("delivery_move_id", "!=", False)))
        kept = {name: vals[name] for name in ("invoice_line_id", "status") if name in vals}
        made = {name: value for name, value in vals.items() if name != "location_id"}
        return [
            *sale_history.split_by_sale_day(delivered, self._get_serial_day(), kept),
            *(units - delivered)._split_by_warranty(made),
        ]

    # EXTENDS 'serial.capture.mixin'
    def _get_serial_proposal_domain(self):
        """Propose what was delivered to the customer without an order and is on no invoice."""
        customer = self.move_id.commercial_partner_id
        if self._get_credited_lines():
            return Domain("id", "in", self._filter_came_back(self._get_serial_choices()).ids)
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

    # Booking

    def _book_serials(self):
        """Make the units agree with the posted lines of serialized products, and of kits of them."""
        for line, demand in self.sudo()._get_serial_demands().items():
            for product in demand:
                todo = line._count_serial_todo(product, demand)
                if todo > 0:
                    line._book_serial_line(product, todo)
            line._write_serial_draft([])
            line._print_serials(line.serial_ids)

    def _book_serial_line(self, product, todo):
        if self._get_credited_lines():
            self._credit_serials(product, todo)
        elif self._is_serial_from_order() and self.move_id.move_type != "out_refund":
            self._take_delivered_serials(product, todo)
        elif self._serial_flow():
            SerialBooking(self, todo).run()

    def _take_delivered_serials(self, product, todo):
        """Put units of a product on the line that its order delivered and that are on no invoice line now.

        Those that were on this one and have been credited since are not on it again, if they were not delivered again.
        """
        domain = Domain("sale_line_id", "in", self.sale_line_ids.ids) & Domain(
            [("product_id", "=", product.id), ("invoice_line_id", "=", False), ("delivery_move_id", "!=", False)]
        )
        model, was_here = self.env["serial.number"], Domain("invoice_line_ids", "in", self.ids)
        units = model.search(domain & ~was_here, limit=todo, order="id")
        if len(units) < todo and self.serial_ids:
            again = model.search(domain & was_here, order="id")
            credited = model.browse(sale_history.get_credits(again))
            units += (again - credited)[: todo - len(units)]
        self._put_on_invoice(units)
        return units

    def _put_on_invoice(self, units):
        """Put units on the posted line that a document after it brought."""
        event = units._prepare_event_vals("invoiced", partner=self.move_id.partner_id, source=self)
        units._record_change("invoiced", {"invoice_line_id": self.id}, event, source=self)

    def _append_delivered_serials(self, product):
        """Put units of a product on posted lines that a delivery after the invoice brought."""
        posted = self.filtered(lambda line: line.parent_state == "posted" and line.move_type != "out_refund")
        for line, demand in posted.filtered("sale_line_ids").sudo()._get_serial_demands().items():
            room = line._count_invoice_room(product, demand.get(product, 0))
            if room > 0:
                line._print_added(line._take_delivered_serials(product, room), demand)

    def _append_replacement(self, unit):
        """Put a unit on the posted line that one stood on which it was sent in place of.

        :param unit: the ``serial.number`` record
        """
        for line, demand in self.sudo()._get_serial_demands().items():
            if (
                not unit.invoice_line_id
                and line._count_invoice_room(unit.product_id, demand.get(unit.product_id, 0)) > 0
            ):
                line._put_on_invoice(unit)
                line._print_added(unit, demand)

    def _has_place_for(self, unit):
        """Tell whether nothing else has taken the place that a unit had on the posted line."""
        demand = self._get_serial_demands().get(self, {}).get(unit.product_id, 0)
        here = (self.serial_ids - unit).filtered(lambda other: other.product_id == unit.product_id)
        return len(here.filtered(lambda other: other.invoice_line_id == self)) < demand

    def _count_invoice_room(self, product, quantity):
        """Return how many units of a product may still come on a posted line: in place of those that came back, too.

        What was credited has no place any more, nor has what comes back for a while only: its place is kept.

        :param int quantity: how many the line stands for
        """
        units = self.serial_ids.filtered(lambda unit: unit.product_id == product)
        here = units.filtered(lambda unit: unit.invoice_line_id == self)
        if quantity <= len(here):
            return quantity - len(here)
        refunds = self._get_refunds().filtered(lambda line: line.parent_state == "posted")
        reversing = refunds.filtered(lambda line: line.move_id.reversed_entry_id == self.move_id)
        credited = sum(demand.get(product, 0) for demand in reversing._get_serial_demands().values())
        credited += len((refunds - reversing).serial_ids & units - here)
        away = sale_history.filter_awaited(units - here - refunds.serial_ids)
        return quantity - len(here) - credited - len(away)

    def _print_added(self, units, demand):
        """Append units to the printed numbers, as far as the line was printed with fewer than it stands for.

        :param dict demand: the line's row of :meth:`_get_serial_demands`
        """
        printed = sum(len(names) for names in self._read_printed().values())
        self._print_serials(units[: max(0, sum(demand.values()) - printed)], append=True)

    def _print_serials(self, units, append=False):
        """Keep the numbers as they are printed now: renaming or numbering a unit later changes nothing here.

        Those of a kit stand below the names of its components.

        :param bool append: whether they come to those that are printed already
        """
        groups = self._read_printed() if append else {}
        for product, part in units.sorted(lambda unit: (not unit.name, unit.id)).grouped("product_id").items():
            heading = None if product == self.product_id else product.display_name
            groups.setdefault(heading, []).extend(unit.name or BLANK for unit in part)
        rows = [row for heading, names in groups.items() for row in ([HEADING + heading] if heading else []) + names]
        text = "\n".join(rows)
        if text != (self.serial_text or ""):
            entry_sql.write_kept(self, "serial_text", text or None)

    def _read_printed(self):
        """Return what is printed: ``{component: numbers}``, the component None for the line's own product."""
        groups, heading = {}, None
        for row in (self.serial_text or "").splitlines():
            if row.startswith(HEADING):
                heading = row.removeprefix(HEADING)
            else:
                groups.setdefault(heading, []).append(row)
        return groups

    # EXTENDS 'serial.capture.mixin'
    def _get_serial_groups(self):
        printed = self._read_printed().items()
        return {heading: [name if name != BLANK else None for name in names] for heading, names in printed}

    # EXTENDS 'serial.capture.mixin'
    def _get_serial_rows(self):
        return [name for names in self._get_serial_groups().values() for name in names]
