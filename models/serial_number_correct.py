"""Write on units by hand: each field takes its road, and leaves a line in the history."""

import contextlib

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import mute_logger

from ..engine import outside
from ..engine.sql import register_sql
from ..tools import naming
from ..tools.facts import EVERYDAY, KEPT, PROMISE_FACTS, SALE_FACTS
from ..tools.status import SOLD
from .serial_number import MANAGER

FIELD_LIMITS = {
    "char": outside.TEXT_LIMIT,
    "text": outside.NOTE_LIMIT,
    "properties": outside.NOTE_LIMIT,
}
DESCRIBED = 200  # characters of an old or a new value, in the history
FAULTY = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)  # what fields raise for bad values


class SerialNumber(models.Model):
    _inherit = "serial.number"

    can_correct = fields.Boolean(
        compute="_compute_can_correct", help="Whether you may correct more than the notes and the end user."
    )

    @api.depends_context("uid")
    def _compute_can_correct(self):
        self.can_correct = self.env.user.has_group(MANAGER)

    def write(self, vals):
        """Number, rename, change the status of, or correct units: checked and kept in the history, or refused.

        :raise AccessError: for a record that the user may not read
        :raise UserError: for what only the register writes, a bad or known number, another company's record, or a
            status that the unit cannot have now
        """
        if KEPT & vals.keys():
            raise UserError(self._message_kept(sorted(KEPT & vals.keys())))
        if "warranty_months" in vals:
            raise UserError(self.env._("Only new units and imports take months of warranty. Write its end instead."))
        self.check_access("write")
        for name in vals.keys() - {"name"}:
            self._convert_value(name, vals[name])
            self._check_link(name, vals[name])
        vals = dict(vals)
        if "name" in vals:
            name = vals.pop("name")
            self._lock_against_others()
            for unit in self:
                unit._write_name(name)
        if "status" in vals:
            self._write_status(vals)
        if vals.get("date_registered"):
            self._write_registration(vals)
        if vals:
            self._correct(vals)
        return True

    def _check_link(self, name, value):
        """Refuse to link units to a record that the user may not read, or of another company.

        :raise AccessError: when the user may not read it
        :raise UserError: when it does not exist, or is another company's
        """
        field = self._fields[name]
        if field.type == "many2one" and value:
            outside.take_record(self.env, field.comodel_name, value, self.company_id)

    def _lock_against_others(self):
        """Lock units before it is decided what a number does to them: nobody's number is to be overwritten unseen.

        :raise UserError: when somebody else has changed one of them in this very moment; trying the request again, as
            Odoo does by itself, would rename what the other one has just numbered
        """
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                register_sql.lock_statuses(self)
        except SerializationFailure as error:
            raise UserError(
                self.env._(
                    "Somebody else has just changed %(units)s. Look at it again before you enter the number.",
                    units=", ".join(self[:20].mapped("display_name")),
                )
            ) from error

    def _correct(self, vals):
        """Write facts by hand, with a line in the history that says what they were."""
        if vals.keys() - EVERYDAY:
            self._check_manager()
        if "location_id" in vals:
            self._check_correct_location(self.env["stock.location"].browse(vals["location_id"]))
        for unit in self:
            unit._check_sale_facts(unit._find_changed(vals, SALE_FACTS), unit.status)
        notes = {}
        labels = self._get_labels(vals)
        for unit in self:
            text = unit._describe_changes(vals, labels)
            if text:
                notes.setdefault(text, []).append(unit.id)
        sold = self._as_day(vals.get("date_sold"))
        sold = sold if any(unit.date_sold != sold for unit in self) else None
        super().write(vals | self._prepare_corrected_warranty(vals))
        for text, ids in notes.items():
            event = self._prepare_event_vals("corrected", note=text, day=sold)
            self.browse(ids)._record_change("corrected", {}, event)

    def _find_changed(self, vals, names):
        """Return which of some facts get another value than the unit has."""
        fields = {name: self._fields[name] for name in names if name in vals}
        return {
            name: vals[name]
            for name, field in fields.items()
            if field.convert_to_cache(vals[name], self) != field.convert_to_cache(self[name], self)
        }

    def _check_sale_facts(self, vals, status):
        """Refuse a customer, a sale or a warranty of a unit that nobody has: it would stay available.

        :param dict vals: the facts that it is to get
        :param str status: what it is, or is to become
        :raise UserError: with what to do instead
        """
        refused = SALE_FACTS - PROMISE_FACTS if status == "designated" else SALE_FACTS
        facts = [name for name in refused & vals.keys() if vals[name]]
        if not facts or status in SOLD or (status == "void" and not self.location_id.is_serial_stock):
            return
        labels = self._get_labels(facts)
        raise UserError(
            self.env._(
                "%(serial)s is %(status)s, and only units that a customer has get this: %(fields)s. Deliver or invoice "
                "it, or designate it to the customer; import it as %(sold)s if it left long ago.",
                serial=vals.get("name") or self.display_name,
                status=self._get_status_labels()[status],
                fields=", ".join(sorted(labels.values())),
                sold=self._get_status_labels()["sold"],
            )
        )

    def _convert_value(self, name, value):
        """Return a value that is to be written, in the form of the cache.

        :raise UserError: when the field cannot have it
        """
        field = self._fields.get(name)
        if not field:
            raise UserError(self.env._("A unit has no %s.", name))
        self._check_length(field, value)
        is_id = isinstance(value, models.BaseModel) or (type(value) is int and 0 < value < 2**31)
        is_text = not isinstance(value, str) or naming.clean_text(value) == value.strip()
        with contextlib.suppress(*FAULTY):
            if is_text and (is_id or not value or field.type != "many2one"):
                return field.convert_to_cache(value, self[:1])
        label = field._description_string(self.env)
        raise UserError(self.env._("%(value)s is no %(field)s.", value=repr(value)[:100], field=label))

    def _check_length(self, field, value):
        """Refuse a text that is too long for a field.

        :raise UserError: with the field's label
        """
        limit = FIELD_LIMITS.get(field.type)
        if limit and value and len(value if isinstance(value, str) else repr(value)) > limit:
            label = field._description_string(self.env)
            raise UserError(
                self.env._("%(field)s: at most %(limit)s characters are kept. Shorten it.", field=label, limit=limit)
            )

    def _get_labels(self, names):
        """Return ``{field: label}`` in the user's language."""
        return {name: field["string"] for name, field in self.fields_get(list(names), ["string"]).items()}

    def _describe_changes(self, vals, labels=None):
        """Return ``Field: old → new`` of the fields that ``vals`` changes on this unit.

        :param dict labels: the labels of these fields, for batches
        """
        parts = []
        labels = labels or self._get_labels(vals)
        for name, value in vals.items():
            field = self._fields[name]
            if field.type == "properties":
                parts.append(f"{labels[name]}: …")
                continue
            new = field.convert_to_record(field.convert_to_cache(value, self), self)
            old, new = (field.convert_to_export(item, self) or "-" for item in (self[name], new))
            if old != new:
                old, new = (naming.shorten(str(item), DESCRIBED) for item in (old, new))
                parts.append(f"{labels[name]}: {old} → {new}")
        return ", ".join(parts)

    def _check_correct_location(self, location):
        for unit in self:
            if unit.location_id.is_serial_stock != location.is_serial_stock:
                raise UserError(self._message_place(unit.display_name, location))

    def _message_kept(self, names):
        return self.env._("The register itself keeps these fields: %s.", ", ".join(names))
