from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...engine import outside
from ...tools import naming
from . import form, lookup

GIVEN = {"serial_id", "kind_id", "name"}  # the rest follows from these


class SerialIdentity(models.Model):
    """Another number that a unit carries. What becomes of it is told in the unit's history."""

    _name = "serial.identity"
    _description = "Identity of a Unit"
    _order = "serial_id, kind_id, id"
    _log_access = False  # the unit's history says who and when

    serial_id = fields.Many2one("serial.number", "Unit", required=True, index=True, ondelete="restrict")
    kind_id = fields.Many2one("serial.identity.kind", required=True, ondelete="cascade")
    name = fields.Char("Identity", required=True, help="As it stands on the unit or its box.")
    name_key = fields.Char(
        "Comparable Identity", compute="_compute_name_key", store=True, precompute=True, readonly=True, required=True
    )
    company_id = fields.Many2one(
        related="serial_id.company_id", store=True, precompute=True, required=True, ondelete="restrict"
    )

    _key_unique = models.UniqueIndex(
        "(kind_id, name_key, company_id)",
        "Another unit has this identity. If somebody else entered it at the same moment, look it up in the register "
        "before you try again.",
    )

    @api.depends("name", "kind_id")
    def _compute_name_key(self):
        for identity in self:
            identity.name_key = form.make_key(identity.kind_id.check, identity.name)[0]

    @api.depends("name", "kind_id")
    def _compute_display_name(self):
        for identity in self:
            identity.display_name = f"{identity.kind_id.name}: {identity.name}"

    @api.model
    def _search_display_name(self, operator, value):
        if operator in ("ilike", "like", "=") and isinstance(value, str):
            return lookup.get_domain(value, is_whole=operator == "=")
        return Domain("name", operator, value)

    @api.model_create_multi
    def create(self, vals_list):
        """Give units other numbers, each of which one unit has.

        :raise UserError: for what is no number of its kind, another unit's, and more than a unit has of a kind
        """
        # EXTENDS 'base'
        vals_list = [{name: value for name, value in vals.items() if name in GIVEN} for vals in vals_list]
        for vals in vals_list:
            vals["name"] = naming.clean(vals.get("name"))
            self._check_links(vals)
        self._check_rows([(vals["serial_id"], vals["kind_id"], vals["name"]) for vals in vals_list])
        identities = super().create(vals_list)
        identities._check_counts()
        identities._tell({identity: ("", identity.display_name) for identity in identities})
        return identities

    def write(self, vals):
        """Correct identities.

        :raise UserError: see :meth:`create`; and where they are to go to another unit
        """
        # EXTENDS 'base'
        vals = {name: value for name, value in vals.items() if name in GIVEN}
        self._check_links(vals)
        if any(vals.get("serial_id", unit) != unit for unit in self.serial_id.ids):
            raise UserError(self.env._("An identity stays with its unit. Remove it there, then add it to the other."))
        if "name" in vals:
            vals["name"] = naming.clean(vals["name"])
        before = {identity: identity.display_name for identity in self}
        self._check_rows(
            [
                (each.serial_id.id, vals.get("kind_id", each.kind_id.id), vals.get("name", each.name), each.id)
                for each in self
            ]
        )
        result = super().write(vals)
        self._check_counts()
        self._tell({identity: (old, identity.display_name) for identity, old in before.items()})
        return result

    def unlink(self):
        """Take identities off their units."""
        # EXTENDS 'base'
        told = self._describe({identity: (identity.display_name, "") for identity in self})
        result = super().unlink()
        self._write_events(told)
        return result

    # Inside

    def _replace(self, vals_list):
        """Create identities in place of these, which may be those of other units: two that were exchanged, too.

        :param list vals_list: the values of each new one, see :meth:`create`
        :raise UserError: see :meth:`create`
        """
        going = [(each.serial_id, each.kind_id, each.display_name) for each in self]
        self._drop()
        self._check_rows([(vals["serial_id"], vals["kind_id"], vals["name"]) for vals in vals_list])
        coming = super().create(vals_list)
        coming._check_counts()
        told = {}
        new = [(each.serial_id, each.kind_id, each.display_name) for each in coming]
        for unit, kind, old in going:
            after = next((row for row in new if row[:2] == (unit, kind)), None)
            if after:
                new.remove(after)
            self._say(told, unit, old, after[2] if after else "")
        for unit, _kind, text in new:
            self._say(told, unit, "", text)
        self._write_events(told)

    def _drop(self):
        return super().unlink()

    def _check_links(self, vals):
        """Refuse units and kinds that there are not, or that the user may not see."""
        for name, model in (("serial_id", "serial.number"), ("kind_id", "serial.identity.kind")):
            if name in vals or not self:
                vals[name] = outside.take_record(self.env, model, vals.get(name)).id
                if not vals[name]:
                    raise UserError(self.env._("An identity needs a unit, a kind and a number."))

    def _check_rows(self, rows):
        """Refuse what is no number of its kind, and what another unit has.

        :param list rows: (unit id, kind id, text) each, and the id of the identity where there is one
        """
        kinds = self.env["serial.identity.kind"]
        units = self.env["serial.number"].browse({row[0] for row in rows})
        companies = {unit.id: unit.company_id.id for unit in units}
        wanted = {}
        for unit, kind, text, *own in rows:
            key, fault = form.make_key(kinds.browse(kind).check, text)
            if fault:
                raise UserError(lookup.describe_fault(kinds.browse(kind), text, fault))
            place = (kind, companies[unit], key)
            if place in wanted:
                raise UserError(self.env._("%s stands there twice.", text))
            wanted[place] = (unit, own)
        for known in lookup.find_known(self.env, wanted):
            unit, own = wanted[known.kind_id.id, known.company_id.id, known.name_key]
            if own != [known.id]:
                raise UserError(lookup.describe_taken(known.with_env(self.env)))

    def _check_counts(self):
        """Refuse more identities of a kind than a unit has."""
        groups = self.sudo()._read_group(
            [("serial_id", "in", self.serial_id.ids), ("kind_id", "in", self.kind_id.ids)],
            ["serial_id", "kind_id"],
            ["__count"],
        )
        for unit, kind, count in groups:
            if count > kind.count:
                raise UserError(
                    self.env._(
                        "%(serial)s would have %(count)s numbers of the kind %(kind)s, and a unit has at most "
                        "%(limit)s. Remove one first.",
                        serial=unit.display_name,
                        count=count,
                        kind=kind.name,
                        limit=kind.count,
                    )
                )

    def _tell(self, changes):
        self._write_events(self._describe(changes))

    def _describe(self, changes):
        """Return ``{unit: what its history says}`` of ``{identity: (before, after)}``."""
        told = {}
        for identity, (old, new) in changes.items():
            if old != new:
                self._say(told, identity.serial_id, old, new)
        return told

    def _say(self, told, unit, old, new):
        text = f"{old} → {new}" if old and new else new or self.env._("Removed: %s", old)
        told.setdefault(unit, []).append(text)

    def _write_events(self, told):
        register = self.env["serial.number"].sudo()
        events = [register._prepare_event_vals("identified", note="; ".join(texts)) for texts in told.values()]
        units = register.browse(unit.id for unit in told)
        if units:
            units._record_rows("identified", [{} for _unit in units], events)
