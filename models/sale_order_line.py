from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..engine import keeping, outside, papers
from ..engine.check import SerialCheck
from ..engine.sql.execute import execute
from .serial_button_mixin import LOOKUP

SHOWN = 5  # numbers on an order line; its button shows all of them
LOWERED = {"product_uom_qty", "product_uom_id", "product_id"}


class SaleOrderLine(models.Model):
    """What is promised to a customer: units that are designated to an order line until a delivery takes them."""

    _name = "sale.order.line"
    _inherit = ["sale.order.line", "serial.order.line.mixin"]

    _serial_flow_code = "designate"
    _serial_open_state = "sale"
    _serial_link = "sale_line_id"
    _serial_status = "designated"

    is_serialized = fields.Boolean(related="product_id.is_serialized")
    serial_summary = fields.Char(
        "Serial Numbers",
        compute="_compute_serial_summary",
        groups=LOOKUP,
        help="The units that are designated to the line or were delivered for it.",
    )

    def _compute_serial_summary(self):
        domain = [("sale_line_id", "in", self.ids), ("name", "!=", False)]
        groups = self.env["serial.number"]._read_group(domain, ["sale_line_id"], ["name:array_agg", "__count"])
        named = {line.id: (names[:SHOWN], count) for line, names, count in groups}
        for line in self:
            names, count = named.get(line._origin.id, ([], 0))
            line.serial_summary = ", ".join(names)
            if count > SHOWN:
                line.serial_summary = self.env._(
                    "%(names)s and %(count)s more", names=line.serial_summary, count=count - SHOWN
                )

    def designate_serials(self, names):
        """Promise these units to the line's customer, in place of those that were promised before.

        Example::

            {"ids": [34], "names": ["A2"]}

        :param list names: the numbers or labels; an empty list releases them all
        :return: True
        :raise AccessError: without the right to change the order
        :raise UserError: when one cannot be promised: it lists every bad row with its reason, and nothing is changed
        """
        outside.check_one(self)
        self._check_serial_access()
        self._check_serial_open()
        self._replace_serials(names)
        return True

    def action_designate_serials(self):
        """Open the window for the units that are promised to the customer.

        :return: the window's action
        :raise UserError: when the order is not confirmed, or wants no serialized unit any more
        """
        outside.check_some(self)
        outside.check_one(self.order_id)
        for line in self:
            line._check_serial_open()
        return self.env["serial.entry"]._open(self.filtered(lambda line: line._takes_serials()), "keep", self.order_id)

    def _check_designation(self, units, partner):
        """Refuse to promise units to the line by name.

        :raise UserError: when the order is not confirmed, or the line is not for these units, this customer or so many
        """
        self._check_serial_open()
        strange = units.filtered(lambda unit: (unit.product_id, unit.company_id) != (self.product_id, self.company_id))
        customer = self.order_id.partner_id
        if strange or partner.commercial_partner_id != customer.commercial_partner_id:
            raise UserError(
                self.env._(
                    "%(order)s wants %(product)s for %(customer)s; these units cannot be designated to it for "
                    "%(partner)s: %(units)s. Choose units of its product and company, and its customer.",
                    order=self.order_id.name,
                    product=self.product_id.display_name,
                    customer=customer.display_name,
                    partner=partner.display_name,
                    units=", ".join((strange or units).mapped("display_name")),
                )
            )
        room = self._count_serial_room()
        if len(units) > room:
            raise UserError(
                self.env._(
                    "%(order)s takes %(room)s more units of %(product)s, not %(count)s: choose fewer, release others, "
                    "or raise its quantity.",
                    order=self.order_id.name,
                    room=room,
                    product=self.product_id.display_name,
                    count=len(units),
                )
            )

    def _lock_promises(self):
        """Let nobody else promise units to the line until the transaction ends: both would count the same room.

        Whoever comes second waits, and is tried again with what the first one did. For that the row is written: who
        waits for a mere lock goes on with what they saw before. The units come before the line, as in a delivery.
        """
        execute(self.env, SQL("UPDATE sale_order_line SET write_date = write_date WHERE id = ANY(%s)", self.ids))

    def _count_serial_room(self):
        """Return how many units can still be promised to the line."""
        return max(0, self._serial_quantity() - len(self._get_named_units()))

    # What the entry window asks

    def _check_serial_open(self):
        # EXTENDS 'serial.entry.mixin'
        if self._serial_is_closed():
            raise UserError(
                self.env._(
                    "%s is no confirmed order: confirm it before you designate units to it.", self.order_id.display_name
                )
            )

    def _serial_raw_quantity(self):
        """Return how many units are still to be delivered, and can be: what was cancelled brings none."""
        # EXTENDS 'serial.entry.mixin'
        quantity = max(0, self.product_uom_qty - self.qty_delivered)
        quantity = self.product_uom_id._compute_quantity(quantity, self.product_id.uom_id, round=False)
        moves = self.sudo().move_ids.filtered(lambda move: move.product_id == self.product_id)
        return min(quantity, moves._count_serials_to_ship()) if moves else quantity

    def _get_serial_proposal_domain(self):
        """Propose what is promised to the customer without an order."""
        # EXTENDS 'serial.entry.mixin'
        customer = self.order_id.partner_id.commercial_partner_id
        return Domain([("status", "=", "designated"), ("sale_line_id", "=", False)]) & Domain(
            "customer_id", "child_of", customer.ids
        )

    def _enter_serials(self, names, **extra):
        """Promise the units with these numbers, and release those that are missing from them."""
        # EXTENDS 'serial.entry.mixin'
        designated = self._get_named_units()
        checks = SerialCheck(self, names, lock=True).run()
        self._raise_bad_serials(checks)
        chosen = designated.browse(check.serial_id for check in checks)
        added, document = chosen - designated, self._serial_document()
        keeping.release(designated - chosen, self.env._("No longer designated to %s.", document))
        known = added.filtered(lambda unit: unit.status == "designated")
        keeping.release(known, self.env._("Designated to %s from now on.", document))
        keeping.designate(added, self.order_id.partner_id, self)
        chosen._give_beside(extra, self)

    # On quotations and order confirmations

    def _get_serial_paper(self):
        """Return the units of the line as its order's papers show them: a list of :class:`paper.Row`."""
        if not (self.product_id.is_serialized and self.company_id.sudo().serial_paper_designated):
            return []
        return papers.arrange_names(self, self._get_promised_units().mapped("name"))

    def _get_promised_units(self):
        """Return the units that the line was promised or got.

        On a quotation these are the ones that its customer is promised without an order, where it wants all of them:
        otherwise nobody knows which. They stand under the first line of their product.
        """
        units = self.env["serial.number"].sudo()
        if not self._serial_is_closed():
            return units.search(Domain([("sale_line_id", "=", self.id), ("name", "!=", False)]), order="id")
        same = self.order_id.order_line.filtered(lambda line: line.product_id == self.product_id)
        if self.state == "cancel" or self != same[:1]:
            return units
        own = Domain("product_id", "=", self.product_id.id) & Domain("company_id", "=", self.company_id.id)
        wanted = sum(line._serial_quantity() for line in same)
        found = units.search(own & self._get_serial_proposal_domain(), order="id", limit=wanted + 1)
        return found if len(found) <= wanted else units

    # What ends a promise by itself

    def _release_surplus(self, note):
        """Release units that the lines do not want any more: of other products, and the last ones of too many.

        :param str note: why not, for their history
        """
        for line, units in self._get_named_units().grouped("sale_line_id").items():
            wanted = units.filtered(lambda unit, line=line: unit.product_id == line.product_id)
            keeping.release(units - wanted[: line._serial_quantity()], note)

    def write(self, vals):
        """Release units that a lower quantity or another product leaves no room for."""
        # EXTENDS 'sale'
        result = super().write(vals)
        if LOWERED & vals.keys():
            for order, lines in self.filtered(lambda line: line.state == "sale").grouped("order_id").items():
                lines._release_surplus(self.env._("The quantity on %s was lowered.", order.name))
        return result
