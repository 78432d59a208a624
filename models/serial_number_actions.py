"""What people do to units by hand: number them, hold, designate, void, restore and register them."""

from odoo import fields, models
from odoo.exceptions import UserError

from . import serial_name, serial_sql
from .serial_flow import FLOWS
from .serial_number import CUSTOMER_FACTS, VENDOR_FACTS

NUMBERED = {"received": "available", "issued": "sold", "void": "void"}


class SerialNumber(models.Model):
    _inherit = "serial.number"

    def action_hold(self, reason):
        """Put units on hold: they stay where they are and cannot be sold.

        :param str reason: why; shown wherever somebody tries to sell them
        :raise UserError: for units that are not available or designated
        """
        self.check_access("write")
        vals = {"status": "hold", "hold_reason": reason, "customer_id": False, "sale_line_id": False}
        self._record_change("held", vals, self._prepare_event_vals("held", note=reason))
        return True

    def action_release(self):
        """Make units available again that are on hold or designated.

        :raise UserError: for units with another status
        """
        self.check_access("write")
        vals = {"status": "available", "hold_reason": False, "customer_id": False, "sale_line_id": False}
        self._record_change("released", vals, self._prepare_event_vals("released"))
        return True

    def action_designate(self, partner, sale_line=None):
        """Promise available units to one customer: nobody else's delivery or invoice takes them.

        :param partner: the ``res.partner``, or its id
        :param sale_line: the ``sale.order.line`` that they are for, or its id
        :raise UserError: for units that are not available, and without a customer
        """
        self.check_access("write")
        partner = self._as_record("res.partner", partner)
        if not partner:
            raise UserError(self.env._("Choose the customer that the units are for."))
        sale_line = self._as_record("sale.order.line", sale_line)
        vals = {"status": "designated", "customer_id": partner.id, "sale_line_id": sale_line.id}
        self._record_change("designated", vals, self._prepare_event_vals("designated", partner=partner))
        return True

    def action_void(self, reason):
        """Take units out of use for good, for managers.

        Quantities on hand stay as they are: a void unit that lies in stock still counts until it is scrapped.

        :param str reason: why
        :raise UserError: for units that are void already
        """
        self.check_access("write")
        self._check_manager()
        event = self._prepare_event_vals("voided", note=reason)
        self._record_change("voided", {"status": "void"}, event)
        return True

    def action_restore(self):
        """Bring void units back that lie in stock, for managers.

        :raise UserError: for units that are not void or not in stock; these come in by a receipt or an adjustment
        """
        self.check_access("write")
        self._check_manager()
        away = self.filtered(lambda unit: not unit.location_id._is_serial_stock())
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

    def action_register(self, end_user, date=None, channel=None):
        """Note who uses sold units, where the customer resold them.

        :param end_user: the ``res.partner``, or its id
        :param date: the day of the registration (default: today, in the user's time zone)
        :param str channel: how it reached us
        :raise UserError: for units that are not sold, and without an end user
        """
        self.check_access("write")
        end_user = self._as_record("res.partner", end_user)
        if not end_user:
            raise UserError(self.env._("Choose who uses the units."))
        vals = {
            "end_user_id": end_user.id,
            "date_registered": date or fields.Date.context_today(self),
            "registration_channel": channel or False,
        }
        event = self._prepare_event_vals("registered", partner=end_user, note=channel)
        self._record_change("registered", {"status": "sold", **vals}, event)
        return True

    def _as_record(self, model, value):
        """Return a record for a record, an id or nothing: other systems send ids."""
        if isinstance(value, models.BaseModel):
            return value
        record = self.env[model].browse(value or [])
        if not record.exists() and value:
            raise UserError(self.env._("There is no %(model)s with the id %(id)s.", model=model, id=value))
        return record

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
            units.action_hold(vals.pop("hold_reason", False))
        elif status == "designated":
            units.action_designate(vals.pop("customer_id", False), vals.pop("sale_line_id", False))
        elif status == "void":
            units.action_void(False)
        elif status == "available":
            void = units.filtered(lambda unit: unit.status == "void")
            void.action_restore()
            (units - void).action_release()
        else:
            labels = dict(self._fields["status"]._description_selection(self.env))
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
        if not serial_name.clean(name):
            if not self.name:
                return
            raise UserError(
                self.env._("%s has a number already. Type the right one instead of removing it.", self.display_name)
            )
        name, key = self._check_name(name, self.product_id)
        other = serial_sql.find_units(self, self.product_id, self.company_id, [key], lock=True).get(key)
        if other and other["id"] != self.id:
            self._join(self.browse(other["id"]), name)
        elif name != self.name:
            self._set_name(name)

    def _set_name(self, name):
        if self.name:
            self._check_manager()
            event = self._prepare_event_vals("renumbered", note=f"{self.name} → {name}")
            self._record_change("renumbered", {}, event, names=[name])
        elif self.status in NUMBERED:
            event = self._prepare_event_vals("numbered")
            self._record_change("numbered", {"status": NUMBERED[self.status]}, event, names=[name])

    def _join(self, other, name):
        """Number this blank with a number that the register knows: the two are one piece, or change places.

        :raise UserError: when the other unit cannot be this piece
        """
        if self.name:
            raise UserError(self._message_exists(name, self.product_id))
        other_in_stock = other.location_id._is_serial_stock()
        self._check_join(other, other_in_stock)
        if other_in_stock and not self.uncovered:
            self._change_places(other)
        else:
            self._merge(other, other_in_stock, name)

    def _check_join(self, other, other_in_stock):
        if self.status == "received":
            allowed = not other_in_stock and other.status in FLOWS["receive"].accepts
        elif other_in_stock:
            flow = FLOWS["ship" if self.status == "issued" else "adjust_out"]
            own = other.customer_id.commercial_partner_id == self.customer_id.commercial_partner_id
            allowed = other.status in flow.accepts or (other.status == "designated" and own)
        else:
            allowed = other.status == "expected"
        if not allowed or (self.uncovered and other.uncovered):
            labels = dict(self._fields["status"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(serial)s (%(product)s) exists already and is %(status)s at %(location)s, so it cannot be this "
                    "unit. Check the number, or correct the other unit first.",
                    serial=other.name,
                    product=other.product_id.display_name,
                    status=labels[other.status],
                    location=other.location_id.display_name,
                )
            )

    def _merge(self, other, other_in_stock, name):
        """Make two rows one: this one survives, and takes over the other's facts, documents and history."""
        facts = {field: other[field] for field in (*VENDOR_FACTS, "lot_id", "note") if other[field] and not self[field]}
        vals = {field: getattr(value, "id", value) for field, value in facts.items()}
        vals["uncovered"] = other.uncovered if other_in_stock else self.uncovered or other.uncovered
        vals["status"] = NUMBERED[self.status]
        serial_sql.absorb_unit(self, other)
        note = self.env._("The unit in the register and this one were the same piece.")
        self._record_change("numbered", vals, self._prepare_event_vals("numbered", note=note), names=[name])

    def _change_places(self, other):
        """Let a unit in stock be the one that left as this blank: the blank is back in stock in its place."""
        kind, documents = self._get_leaving()
        facts = {field: self[field] for field in CUSTOMER_FACTS}
        vals = {field: getattr(value, "id", value) for field, value in facts.items()}
        vals.update(status=NUMBERED[self.status], location_id=self.location_id.id)
        place, source = other.location_id, documents[0] if documents else None
        note = self.env._("It left as a unit without number.")
        event = other._prepare_event_vals(kind, partner=self.customer_id, source=source, note=note)
        other._record_change(kind, vals, event, source=source)
        for document in documents:
            serial_sql.unlink_document(self, document)
            serial_sql.link_document(other, document)
        note = self.env._("Not this piece left but %s.", other.name)
        back = {"status": "received", "location_id": place.id, **dict.fromkeys(CUSTOMER_FACTS, False)}
        self._record_change("corrected", back, self._prepare_event_vals("corrected", note=note))

    def _get_leaving(self):
        """Return how a blank left: the kind of event, and the documents that it left with."""
        documents = [document for document in (self.delivery_move_id, self.invoice_line_id) if document]
        if self.status == "issued":
            return "shipped" if self.delivery_move_id else "invoiced", documents
        return "adjusted", [move for move in self.event_ids.move_id[:1] if move]
