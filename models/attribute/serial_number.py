"""The properties of units, asked with their numbers."""

from odoo import api, fields, models
from odoo.fields import Domain

from ...engine.sql import register_sql
from . import attribute_sql, entry


class SerialNumber(models.Model):
    _inherit = "serial.number"

    attribute_text = fields.Char("Grade and Properties", compute="_compute_attribute_text", exportable=False)

    @api.depends("serial_properties", "product_id")
    def _compute_attribute_text(self):
        texts = register_sql.read_expression(self, attribute_sql.make_text("unit"))
        for unit in self:
            unit.attribute_text = texts.get(unit.id)

    def _field_to_sql(self, alias, field_expr, query=None):
        # EXTENDS 'orm': reports read thousands of units without making records of them
        if field_expr == "attribute_text":
            return attribute_sql.make_text(alias)
        return super()._field_to_sql(alias, field_expr, query)

    @api.model
    def _get_more_facts(self):
        # EXTENDS 'serial.hook.mixin'
        return (*super()._get_more_facts(), "attribute_text")

    @api.model
    def _get_more_columns(self, domain):
        # EXTENDS 'serial.hook.mixin'
        defined = Domain("product_id.serial_properties_definition", "!=", False)
        has_some = self.search_count(domain & defined, limit=1)
        return super()._get_more_columns(domain) | ({"attribute_text": 40} if has_some else {})

    @api.model
    def _get_beside_columns(self, product, row):
        # EXTENDS 'serial.hook.mixin'
        return super()._get_beside_columns(product, row) | entry.find_columns(product, row)

    @api.model
    def _take_beside(self, line, checks, beside, entered=None):
        # EXTENDS 'serial.hook.mixin'
        kept = super()._take_beside(line, checks, beside, entered)
        return kept | {"attributes": entry.check(line, checks, beside)}

    @api.model
    def _keep_beside(self, draft, names):
        # EXTENDS 'serial.hook.mixin'
        kept, entered = super()._keep_beside(draft, names), draft.get("attributes") or {}
        keys = entry.find_kept(entered, names)
        return kept | {"attributes": {key: entered[key] for key in keys}} if keys else kept

    @api.model
    def _describe_beside(self, kept, product=None):
        # EXTENDS 'serial.hook.mixin'
        texts = [super()._describe_beside(kept, product), entry.describe(product, kept.get("attributes"))]
        return ", ".join(filter(None, texts))

    @api.model
    def _ask_beside(self, line, kept):
        # EXTENDS 'serial.hook.mixin'
        return super()._ask_beside(line, kept) + entry.ask(line, kept.get("attributes"))

    @api.model
    def _check_beside_complete(self, lines):
        # EXTENDS 'serial.hook.mixin'
        super()._check_beside_complete(lines)
        entry.check_complete(lines)

    def _forget_beside(self, given=None):
        # EXTENDS 'serial.hook.mixin'
        super()._forget_beside(given)
        entered = (given or {}).get("attributes") or {}
        attribute_sql.forget_values(self, {key: list(entry.read(text)) for key, text in entered.items()})

    def _give_beside(self, kept, source):
        # EXTENDS 'serial.hook.mixin'
        super()._give_beside(kept, source)
        if kept.get("attributes"):
            self._write_attributes({key: entry.read(text) for key, text in kept["attributes"].items()}, source)

    def _write_attributes(self, entered, source):
        """Give units the properties that were entered on the document line that booked them."""
        known = attribute_sql.read_values(self)
        entered = {
            key: values
            for key, values in entered.items()
            if key in known and any(known[key].get(name) != value for name, value in values.items())
        }
        if not entered:
            return
        attribute_sql.write_values(self, entered)
        register = self.sudo()
        units = register.browse(self.ids).filtered(lambda unit: unit.name_key in entered)
        events = [register._prepare_event_vals("corrected", source=source, note=unit.attribute_text) for unit in units]
        units._record_rows("corrected", [{} for _unit in units], events)
