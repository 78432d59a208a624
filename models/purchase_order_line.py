from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..engine import outside, scan
from ..engine.check import SerialCheck
from ..tools.facts import read_facts
from .serial_button_mixin import LOOKUP

USER = "serial_number_tracking.group_serial_number_user"
LOWERED = {"product_qty", "product_uom_id", "product_id"}


class PurchaseOrderLine(models.Model):
    """What the vendor announces: units that are expected until a receipt brings them."""

    _name = "purchase.order.line"
    _inherit = ["purchase.order.line", "serial.order.line.mixin"]

    _serial_flow_code = "expect"
    _serial_open_state = "purchase"
    _serial_link = "purchase_line_id"
    _serial_status = "expected"

    has_announced_serials = fields.Boolean(
        "Vendor Announced Serial Numbers",
        copy=False,
        readonly=True,
        help="The vendor gave a list: what comes is compared with it.",
    )
    serial_expected_count = fields.Integer(
        "Announced",
        compute="_compute_serial_expected_count",
        groups=LOOKUP,
        help="Units that the vendor announced by their numbers and that have not come yet.",
    )

    def _compute_serial_expected_count(self):
        register = self.env["serial.number"].sudo()
        groups = register._read_group(self._get_named_domain(), ["purchase_line_id"], ["__count"])
        counts = {line.id: count for line, count in groups}
        for line in self:
            line.serial_expected_count = counts.get(line.id, 0)

    def announce_serials(self, names):
        """Expect these units of the line, in place of those that were announced before.

        Example::

            {"ids": [23], "names": ["B1", {"name": "B2", "identities": {"imei": ["356938035643809"]}}]}

        :param list names: the vendor's numbers or labels, or dicts with other numbers of the unit as
            :meth:`~.serial_capture_mixin.SerialCaptureMixin.assign_serials` takes them; an empty list withdraws them
            all
        :return: True
        :raise AccessError: without the right to change the order, for others than users of serial numbers
        :raise UserError: when one cannot be expected: it lists every bad row with its reason, and nothing is changed
        """
        outside.check_one(self)
        self._check_serial_access()
        self._check_serial_open()
        self._replace_serials(*outside.take_entries(self.env, names))
        return True

    def _check_serial_access(self):
        """Let users of serial numbers announce on orders that they can read: the goods are theirs to receive."""
        # EXTENDS 'serial.entry.mixin'
        self.check_access("read" if self.env.user.has_group(USER) else "write")

    def _check_serial_open(self):
        # EXTENDS 'serial.entry.mixin'
        if self._serial_is_closed():
            raise UserError(
                self.env._(
                    "%s is no confirmed order: confirm it before you announce what will come.", self._serial_document()
                )
            )

    def _serial_purchase_line(self):
        # EXTENDS 'serial.entry.mixin'
        return self

    def _serial_vendor(self):
        # EXTENDS 'serial.entry.mixin'
        return self.order_id.partner_id

    def _serial_raw_quantity(self):
        """Return how many units can still come: those of the receipts that are not done."""
        # EXTENDS 'serial.entry.mixin'
        return sum(self._get_open_receipt_moves().mapped("product_qty"))

    def _get_open_receipt_moves(self):
        return self.sudo().move_ids.filtered(
            lambda move: (
                move.state not in ("done", "cancel")
                and move.product_id == self.product_id
                and move._serial_purchase_line()
            )
        )

    def _enter_serials(self, names, **extra):
        """Expect the units with these numbers, and no longer those that are missing from them."""
        # EXTENDS 'serial.entry.mixin'
        expected = self._get_named_units()
        checks = SerialCheck(self, names, lock=True).run()
        self._raise_bad_serials(checks)
        keys = {check.key for check in checks}
        gone = expected.filtered(lambda unit: unit.name_key not in keys)
        self._withdraw_serials(gone, self.env._("No longer announced by %s.", self.order_id.partner_id.display_name))
        self._expect_serials([check for check in checks if check.serial_id not in expected._ids])
        self.sudo().has_announced_serials = bool(checks)
        announced = self._get_named_units()
        facts = {key: read_facts(said) for key, said in extra.get("facts", {}).items()}
        scan.keep_facts(announced, facts, self)
        announced._give_beside(extra, self)

    def _expect_serials(self, checks):
        """Create the units that are new, and expect those again that are known.

        :param list checks: good checks of numbers that are not expected here yet
        """
        register = self.env["serial.number"].sudo()
        vals = self._prepare_expected_vals()
        event = register._prepare_event_vals("expected", partner=self.order_id.partner_id, source=self)
        names = [check.name for check in checks if not check.serial_id]
        identity = {"product_id": self.product_id.id, "company_id": self.company_id.id}
        register._record_new("expected", names, vals | identity, event)
        known = register.browse(check.serial_id for check in checks if check.serial_id)
        known._record_change("expected", vals, event)

    def _prepare_expected_vals(self):
        """Return the facts of units that the vendor announced; extend it to write more.

        :return: dict of ``serial.number`` values, without number, product and company
        """
        return {
            **dict.fromkeys(self.env["serial.number"]._get_facts("customer", "vendor", "hold"), False),
            "status": "expected",
            "vendor_id": self.order_id.partner_id.id,
            "purchase_line_id": self.id,
            "location_id": self.order_id.partner_id.property_stock_supplier.id,
        }

    # What can no longer come

    def _withdraw_serials(self, units, reason):
        """Void units that are no longer expected: a unit is never deleted, and one that comes all the same is taken."""
        event = units._prepare_event_vals("voided", partner=self.order_id.partner_id, source=self, note=reason)
        units._record_change("voided", {"status": "void", "purchase_line_id": False}, event)

    def _withdraw_surplus(self, reason, keeps_first=False):
        """Withdraw announced units that can no longer come.

        While one of several still can, nobody knows which one will: all of them stay expected.

        :param str reason: why not, for their history
        :param bool keeps_first: whether the user ordered fewer: then those that were announced last are withdrawn
        """
        announced = self.sudo().filtered("has_announced_serials")
        for line, units in announced._get_named_units().grouped("purchase_line_id").items():
            room = line._count_serials_to_come()
            surplus = len(units) - room
            if surplus > 0 and (keeps_first or not room):
                line._withdraw_serials(units._sorted_by_announcement()[-surplus:], reason)
                line.has_announced_serials = surplus < len(units)

    def _count_serials_to_come(self):
        """Return how many announced units may still get here: on open receipts, or as units without number."""
        blanks = Domain("purchase_line_id", "=", self.id) & Domain("status", "=", "received")
        return self._serial_quantity() + self.env["serial.number"].sudo().search_count(blanks)

    def write(self, vals):
        """Withdraw announced units that a lower quantity leaves no room for."""
        # EXTENDS 'purchase_stock'
        result = super().write(vals)
        if LOWERED & vals.keys():
            for order, lines in self.grouped("order_id").items():
                lines._withdraw_surplus(self.env._("The quantity on %s was lowered.", order.name), keeps_first=True)
        return result
