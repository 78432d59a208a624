from odoo import api, models

from ..engine.register_file import LOADING
from ..tools import naming
from ..tools.context import hear

CANDIDATES = 5  # that are named where a name is several records'


class IrFieldsConverter(models.AbstractModel):
    _inherit = "ir.fields.converter"

    @api.model
    def db_id_for(self, model, field, subfield, value, savepoint):
        """Look each product, partner and place of a register's file up once, not once a row."""
        # EXTENDS 'base'
        loading = hear(self.env, LOADING)
        if not loading or field.comodel_name == "serial.number":
            return super().db_id_for(model, field, subfield, value, savepoint)
        key = (field.comodel_name, field.name, subfield, value)
        if key not in loading.found:
            try:
                id_, warnings = super().db_id_for(model, field, subfield, value, savepoint)
                if warnings:
                    raise self._make_ambiguous_error(field, value)
                loading.found[key] = id_, warnings
            except ValueError as error:
                if self.env.context.get("name_create_enabled_fields"):
                    loading.found.clear()  # what was created from a name alone is gone when the next one cannot be
                loading.found[key] = error
        if isinstance(loading.found[key], ValueError):
            raise ValueError(*loading.found[key].args)
        return loading.found[key]

    def _make_ambiguous_error(self, field, value):
        """Return the error for a name that several records have: which of them is meant, nobody should guess.

        Odoo warns of it, and takes the first all the same.
        """
        named = self.env[field.comodel_name].with_context(show_email=True)  # what tells partners apart
        records = named.name_search(value, operator="=", limit=CANDIDATES + 1)
        shown = [f"{name} (ID {id_})" for id_, name in records[:CANDIDATES]]
        shown += ["…"] * (len(records) > CANDIDATES)
        message = self.env._(
            "Found multiple matches for '%(value)s' in field '%%(field)s': %(candidates)s. Enter what only one of them "
            "has, such as a reference, or its ID in a column '%%(field)s / Database ID'.",
            value=naming.show(value).replace("%", "%%"),
            candidates=", ".join(shown).replace("%", "%%"),
        )
        return ValueError(message, {"value": value, "field_type": self.env._("name")})
