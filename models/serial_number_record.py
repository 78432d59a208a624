"""The one way by which units change: their facts and their history are written together."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..engine import outside
from ..engine.sql import register_sql, row_sql
from ..tools import naming
from ..tools.status import is_allowed
from .serial_number import REASON

# Characters of a note of the history, whatever documents add to a reason.
HISTORY_LIMIT = 2 * outside.TEXT_LIMIT


class SerialNumber(models.Model):
    _inherit = "serial.number"

    def _prepare_event_vals(self, kind, partner=None, source=None, note=None, day=None):
        """Return the values of one line of the history; extend it to keep more.

        :param str kind: what happened
        :param partner: the ``res.partner``, or its id, that it happened with
        :param source: the document line that made it happen
        :param str note: what else is worth knowing; the reason in the context comes after it
        :param day: the day that it counts for (default: the document line's)
        :raise UserError: for a reason in the context that is too long
        """
        source = source if source is None else source.sudo()  # who numbers units may not see what they stand on
        if not day and source is not None and source._name in register_sql.RELATIONS:
            day = source._get_serial_day()
        reason = outside.take_text(self.env, self.env.context.get(REASON))
        note = " ".join(filter(None, [naming.clean_text(note), reason]))[:HISTORY_LIMIT]
        return {
            "kind": kind,
            "date": fields.Datetime.now(),
            "day": day or False,
            "partner_id": getattr(partner, "id", partner) or False,
            "move_id": source.id if source is not None and source._name == "stock.move" else False,
            "invoice_line_id": source.id if source is not None and source._name == "account.move.line" else False,
            "document": source._serial_document() if source is not None else False,
            "user_id": self.env.uid,
            "note": note or False,
        }

    def _record_change(self, kind, vals, event, source=None, names=None):
        """Change units and write their history, all at once: no other code changes a status.

        :param str kind: the kind of event; with the statuses it must stand in the status table
        :param dict vals: the facts to write, the status among them if it changes
        :param dict event: what :meth:`_prepare_event_vals` returned
        :param source: the document line to link the units to
        :param list names: the numbers that they get, in order
        :raise UserError: when a unit's status does not allow it; it names these units
        """
        if not self:
            return
        statuses = self._check_change(kind, vals.get("status"))
        keys = names and [naming.make_key(name) for name in names]
        register_sql.update_units(self, statuses, vals, event, source=source, names=names, keys=keys)
        self._after_change(kind)

    def _record_new(self, kind, names, vals, event, source=None):
        """Create units with the first line of their history, all at once.

        :param list names: their numbers; None for a placeholder
        :return: the units, in the order of ``names``
        """
        if not names:
            return self.browse()
        self._check_beginning(kind, vals["status"])
        keys = [naming.make_key(name) if name else None for name in names]
        return self.browse(register_sql.insert_units(self.browse(), names, keys, vals, event, source=source))

    def _record_rows(self, kind, vals_list, events):
        """Do what :meth:`_record_change` does where each unit has facts of its own: all at once, as well.

        :param list vals_list: the facts of each unit, its number among them if it gets one
        :param list events: what :meth:`_prepare_event_vals` returned, for each unit
        :raise UserError: when a unit's status does not allow it; it names these units
        """
        groups = {}
        for row in zip(self._ids, vals_list, events, strict=True):
            groups.setdefault((row[1].get("status"), *sorted(row[1])), []).append(row)
        for (status, *_fields), rows in groups.items():
            ids, group, said = zip(*rows, strict=True)
            units = self.browse(ids)
            row_sql.update_rows(units, units._check_change(kind, status), self._with_keys(group), said)
        self._after_change(kind)

    def _after_change(self, kind):
        """Do what follows from a change of these units; extend it. Called once per batch, whichever way they changed.

        :param str kind: the kind of event
        """

    def _record_new_rows(self, kind, vals_list, events):
        """Do what :meth:`_record_new` does where each unit has facts of its own.

        :return: the units, in order
        """
        for status in {vals["status"] for vals in vals_list}:
            self._check_beginning(kind, status)
        names = {name for vals in vals_list for name in vals}
        rows = [{name: vals.get(name, False) for name in names} for vals in vals_list]
        return self.browse(row_sql.insert_rows(self.browse(), self._with_keys(rows), events))

    def _with_keys(self, vals_list):
        return [{**vals, "name_key": naming.make_key(vals["name"])} if "name" in vals else vals for vals in vals_list]

    def _check_beginning(self, kind, status):
        if not is_allowed(kind, None, status):
            raise UserError(self.env._("A unit cannot begin as %s.", status))

    def _check_change(self, kind, status):
        """Lock units, and return the statuses that they have now, in order.

        :raise UserError: when one of them may not change like this
        """
        statuses = register_sql.lock_statuses(self)
        refused = {before for before in statuses.values() if not is_allowed(kind, before, status or before)}
        if not refused and len(statuses) == len(self):
            return [statuses[id_] for id_ in self._ids]
        labels = self._get_status_labels()
        units = self.browse(id_ for id_, before in statuses.items() if before in refused)
        lines = [f"- {unit.display_name} ({unit.product_id.display_name}): {labels[unit.status]}" for unit in units]
        raise UserError(
            self.env._(
                "This cannot be done to these units as they are now:\n%(units)s\nChange their status first, or leave "
                "them out.",
                units="\n".join(lines) or self.env._("- somebody else has just joined one of them with another unit"),
            )
        )
