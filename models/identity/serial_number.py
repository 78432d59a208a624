"""What the register knows of the other numbers of units, and how they find them."""

from odoo import Command, api, fields, models
from odoo.fields import Domain

from ...engine.sql import register_sql
from ...tools import naming
from . import corrected, entry, form, identity_sql, lookup, typed, window


class SerialNumber(models.Model):
    _inherit = "serial.number"

    identity_ids = fields.One2many(
        "serial.identity", "serial_id", "Identities", help="Other numbers that the unit carries: IMEI, MAC, asset tag."
    )

    identity_text = fields.Char("Other Numbers", compute="_compute_identity_text", exportable=False)

    identity_wanted = fields.Char("Other Numbers Wanted", compute="_compute_identity_wanted", exportable=False)
    identity_lacking = fields.Char("Other Numbers Required", compute="_compute_identity_wanted", exportable=False)
    identity_added = fields.Char(
        "Add Other Numbers",
        compute="_compute_identity_added",
        inverse="_inverse_identity_added",
        exportable=False,
        help="Type or scan them, commas between; each goes where it belongs by its form.",
    )

    @api.depends("product_id", "identity_ids.kind_id")
    def _compute_identity_wanted(self):
        for unit in self:
            unit.identity_wanted = typed.describe_wanted(unit)
            unit.identity_lacking = typed.describe_lacking(unit)

    def _compute_identity_added(self):
        self.identity_added = False

    def _inverse_identity_added(self):
        for unit in self.filtered("identity_added"):
            self.env["serial.identity"].create(typed.read(unit, unit.identity_added))

    @api.depends("identity_ids.name", "identity_ids.kind_id")
    def _compute_identity_text(self):
        for unit in self:
            unit.identity_text = ", ".join(unit.identity_ids.mapped("display_name"))

    @api.model
    def _get_more_facts(self):
        # EXTENDS 'serial.hook.mixin'
        return (*super()._get_more_facts(), "identity_text")

    @api.model
    def _get_more_columns(self, domain):
        # EXTENDS 'serial.hook.mixin'
        has_some = self.search_count(domain & Domain("identity_ids", "!=", False), limit=1)
        return super()._get_more_columns(domain) | ({"identity_text": 40} if has_some else {})

    def _field_to_sql(self, alias, field_expr, query=None):
        # EXTENDS 'base': reports read thousands of units without making records of them
        if field_expr == "identity_text":
            return identity_sql.make_text(self.env, alias)
        return super()._field_to_sql(alias, field_expr, query)

    @api.model
    def _get_line_fields(self):
        # EXTENDS 'serial.hook.mixin'
        return super()._get_line_fields() | {"identity_ids", "identity_added"}

    def _prepare_lines(self, vals):
        """Leave out the identities that the unit has: a file may come twice."""
        # EXTENDS 'serial.hook.mixin'
        vals = super()._prepare_lines(vals)
        commands = [item for item in vals.get("identity_ids") or () if not self._has_identity(item)]
        others = {name: value for name, value in vals.items() if name != "identity_ids"}
        return others | {"identity_ids": commands} if commands else others

    def _has_identity(self, command):
        """Tell whether a command would create an identity that the unit has."""
        if command[0] != Command.CREATE:
            return False
        kind = self.env["serial.identity.kind"].browse(command[2].get("kind_id") or [])
        key, fault = form.make_key(kind.check, command[2].get("name"))
        return not fault and any(each.kind_id == kind and each.name_key == key for each in self.identity_ids)

    @api.model
    def _get_label_codes(self):
        # EXTENDS 'serial.hook.mixin'
        kinds = self.env["serial.identity.kind"].sudo().search([("active", "=", True)])
        return super()._get_label_codes() | set(kinds.mapped("code"))

    @api.model
    def _take_beside(self, line, checks, beside, entered=None):
        # EXTENDS 'serial.hook.mixin'
        kept = super()._take_beside(line, checks, beside, entered)
        taken = window.get_entered(entered) if entered else {}
        return kept | {"identities": entry.EntryCheck(line, checks, beside, taken).run()}

    @api.model
    def _take_scanned_beside(self, line, text):
        # EXTENDS 'serial.hook.mixin'
        return super()._take_scanned_beside(line, text) or window.take_scanned(line, text)

    @api.model
    def _get_waiting_beside(self, line):
        # EXTENDS 'serial.hook.mixin'
        return super()._get_waiting_beside(line) or window.describe_waiting(line)

    @api.model
    def _describe_beside(self, kept, product=None):
        # EXTENDS 'serial.hook.mixin'
        texts = [super()._describe_beside(kept, product), entry.describe(self.env, kept.get("identities"))]
        return ", ".join(filter(None, texts))

    @api.model
    def _ask_beside(self, line, kept):
        # EXTENDS 'serial.hook.mixin'
        return super()._ask_beside(line, kept) + window.ask(line, kept.get("identities"))

    def _check_beside_named(self):
        # EXTENDS 'serial.hook.mixin'
        super()._check_beside_named()
        typed.check_complete(self)

    def _get_beside_texts(self):
        # EXTENDS 'serial.hook.mixin'
        return super()._get_beside_texts() | corrected.get_texts(self)

    def _merge_beside(self, text, others):
        # EXTENDS 'serial.hook.mixin'
        return corrected.merge(self, super()._merge_beside(text, others), others)

    def _add_beside(self, others):
        # EXTENDS 'serial.hook.mixin'
        super()._add_beside(others)
        kinds = self.env["serial.identity.kind"].search([("code", "in", list(others))])
        vals_list = [
            {"serial_id": self.id, "kind_id": kind.id, "name": number} for kind in kinds for number in others[kind.code]
        ]
        new = [vals for vals in vals_list if not self._has_identity(Command.create(vals))]
        self.env["serial.identity"].create(new)

    @api.model
    def _write_beside(self, texts):
        # EXTENDS 'serial.hook.mixin'
        super()._write_beside(texts)
        if texts:
            corrected.write(texts)

    def _forget_beside(self, given=None):
        # EXTENDS 'serial.hook.mixin'
        super()._forget_beside(given)
        self.identity_ids.unlink()

    def _get_printed_beside(self):
        # EXTENDS 'serial.hook.mixin'
        return super()._get_printed_beside() | window.get_printed(self)

    @api.model
    def _get_beside_columns(self, product, row):
        # EXTENDS 'serial.hook.mixin'
        return super()._get_beside_columns(product, row) | window.find_columns(self.env, row)

    @api.model
    def _check_beside_complete(self, lines):
        # EXTENDS 'serial.hook.mixin'
        super()._check_beside_complete(lines)
        window.check_complete(lines)

    @api.model
    def _keep_beside(self, draft, names):
        # EXTENDS 'serial.hook.mixin'
        kept, entered = super()._keep_beside(draft, names), draft.get("identities") or {}
        keys = set(naming.make_keys(names)) & entered.keys() if entered else ()
        return kept | {"identities": {key: entered[key] for key in keys}} if keys else kept

    def _give_beside(self, kept, source):
        # EXTENDS 'serial.hook.mixin'
        super()._give_beside(kept, source)
        if kept.get("identities"):
            self._write_entered(entry.read(self.env, kept["identities"]), source)

    def _write_entered(self, rows, source):
        """Give units the identities that were entered on the document line that booked them."""
        if not rows:
            return
        events = self.env["serial.event"]
        event = register_sql.with_defaults(events, self._prepare_event_vals("identified", source=source))
        columns = register_sql.make_columns(events, event)
        refused = self.env._("Not taken, another unit has it:")
        identity_sql.insert_identities(self, rows, columns, refused)

    @api.model
    def _find_named_otherwise(self, texts, domain):
        # EXTENDS 'serial.hook.mixin'
        found = lookup.find_units(self.browse(), texts, domain)
        others = super()._find_named_otherwise([text for text in texts if text not in found], domain)
        return others | found

    @api.model
    def _get_otherwise_domain(self, text, is_whole):
        # EXTENDS 'serial.hook.mixin'
        return super()._get_otherwise_domain(text, is_whole) | lookup.get_unit_domain(self.env, text, is_whole)
