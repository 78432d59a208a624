"""What people do to units by hand: number them, void and restore them."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..engine import outside
from ..engine.sql import register_sql
from ..tools import naming
from ..tools.facts import CUSTOMER_FACTS, HOLD_FACTS
from ..tools.status import NUMBERED


class SerialNumber(models.Model):
    _inherit = "serial.number"

    def action_void(self, reason):
        """Take units out of use for good, for managers.

        Quantities on hand stay as they are: a void unit that lies in stock still counts until it is scrapped.

        :param str reason: why
        :raise UserError: for units that are void already, and a text that is too long
        """
        self.check_access("write")
        self._check_manager()
        reason = outside.take_text(self.env, reason)
        promises = self._get_promises()
        event = self._prepare_event_vals("voided", note=reason)
        self._record_change("voided", {"status": "void", **dict.fromkeys(HOLD_FACTS, False)}, event)
        text = self.env._("These units were voided and taken from this order: %s", reason or "-")
        self._tell_orders(promises, text, self._take_back_reserved())
        return True

    def action_restore(self):
        """Bring void units back that lie in stock, for managers.

        :raise UserError: for units that are not void or not in stock; these come in by a receipt or an adjustment
        """
        self.check_access("write")
        self._check_manager()
        away = self.filtered(lambda unit: not unit.location_id.is_serial_stock)
        if away:
            raise UserError(
                self.env._(
                    "These units are not in stock, receive them or adjust the inventory instead: %s",
                    ", ".join(away.mapped("display_name")),
                )
            )
        event = self._prepare_event_vals("restored")
        cleared = dict.fromkeys(CUSTOMER_FACTS, False)
        named = self.filtered("name")
        named._record_change("restored", {"status": "available", **cleared}, event)
        (self - named)._record_change("restored", {"status": "received", **cleared}, event)
        return True

    def _as_day(self, value):
        """Return a date for a date, a text or nothing: other systems send texts."""
        try:
            return fields.Date.to_date(value)
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("%s is no day. Enter one like 2026-02-28.", naming.show(value))) from error

    # Writing fields by hand takes the same roads

    def _write_status(self, vals):
        """Take the status out of ``vals``, with what belongs to it, and do what it stands for.

        :raise UserError: for a status that only documents give
        """
        status = vals.pop("status")
        units = self.filtered(lambda unit: unit.status != status)
        if not units:
            return
        if status == "hold":
            reason, *rest = (vals.pop(name, False) for name in ("hold_reason_id", "hold_until", "hold_reason"))
            units.action_hold(reason, *rest)
        elif status == "designated":
            units.action_designate(vals.pop("customer_id", False), vals.pop("sale_line_id", False))
        elif status == "void":
            units.action_void(False)
        elif status == "available":
            void = units.filtered(lambda unit: unit.status == "void")
            void.action_restore()
            (units - void).action_release()
        else:
            labels = self._get_status_labels()
            raise UserError(
                self.env._(
                    "%(serial)s becomes %(status)s by its document: validate a transfer or confirm an invoice.",
                    serial=units[0].display_name,
                    status=labels.get(status, status),
                )
            )

    def _write_name(self, name):
        """Give a placeholder its number, or change a number that was mistyped.

        :raise UserError: for a bad number, a number that another unit has, and for taking a number away
        """
        self.ensure_one()
        if not naming.clean(name):
            if not self.name:
                return
            raise UserError(
                self.env._("%s has a number already. Type the right one instead of removing it.", self.display_name)
            )
        name, key = self._check_name(name, self.product_id)
        is_blank = not self.name
        other = register_sql.find_units(self, self.product_id, self.company_id, [key], lock=True).get(key)
        if other and other["id"] != self.id:
            self._join(self.browse(other["id"]), name)
        elif name != self.name:
            self._set_name(name)
        if is_blank:
            self.union(self.browse(other["id"] if other else [])).exists()._find_invoices()

    def _set_name(self, name):
        if self.name:
            self._check_manager()
            event = self._prepare_event_vals("renumbered", note=f"{self.name} → {name}")
            self._record_change("renumbered", {}, event, names=[name])
        elif self.status in NUMBERED:
            event = self._prepare_event_vals("numbered")
            self._record_change("numbered", {"status": NUMBERED[self.status]}, event, names=[name])
            self._retake_own_stock()
