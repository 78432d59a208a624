"""Write on units by hand: each field takes its road, and leaves a line in the history."""

from odoo import models
from odoo.exceptions import UserError

from .serial_number import EVERYDAY, KEPT


class SerialNumber(models.Model):
    _inherit = "serial.number"

    def write(self, vals):
        """Number, rename, change the status of, or correct units: checked and kept in the history, or refused.

        :raise UserError: for what only the register writes, a bad or known number, or a status that the unit cannot
            have now
        """
        if KEPT & vals.keys():
            raise UserError(self.env._("The register itself keeps these fields: %s.", ", ".join(KEPT & vals.keys())))
        self.check_access("write")
        vals = dict(vals)
        if "name" in vals:
            name = vals.pop("name")
            for unit in self:
                unit._write_name(name)
        if "status" in vals:
            self._write_status(vals)
        if vals.get("date_registered"):
            self._write_registration(vals)
        if vals:
            self._correct(vals)
        return True

    def _correct(self, vals):
        """Write facts by hand, with a line in the history that says what they were."""
        if vals.keys() - EVERYDAY:
            self._check_manager()
        if "location_id" in vals:
            self._check_correct_location(self.env["stock.location"].browse(vals["location_id"]))
        notes = {}
        for unit in self:
            text = unit._describe_changes(vals)
            if text:
                notes.setdefault(text, []).append(unit.id)
        super().write(vals | self._prepare_corrected_warranty(vals))
        for text, ids in notes.items():
            self.browse(ids)._record_change("corrected", {}, self._prepare_event_vals("corrected", note=text))

    def _describe_changes(self, vals):
        """Return ``Field: old → new`` of the fields that ``vals`` changes on this unit."""
        parts = []
        labels = self.fields_get(list(vals), ["string"])
        for name in vals:
            field = self._fields[name]
            old = field.convert_to_export(self[name], self) or "-"
            shadow = self.new({name: vals[name]}) if field.type != "properties" else False
            new = (field.convert_to_export(shadow[name], shadow) or "-") if shadow else "…"
            if old != new:
                parts.append(f"{labels[name]['string']}: {old} → {new}")
        return ", ".join(parts)

    def _check_correct_location(self, location):
        for unit in self:
            if unit.location_id._is_serial_stock() != location._is_serial_stock():
                raise UserError(self._message_place(unit.display_name, location))
