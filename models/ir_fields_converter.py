from odoo import api, models

from .serial_number_import import LOADING


class IrFieldsConverter(models.AbstractModel):
    _inherit = "ir.fields.converter"

    # EXTENDS 'base'
    @api.model
    def db_id_for(self, model, field, subfield, value, savepoint):
        """Look each product, partner and place of a register's file up once, not once a row."""
        loading = self.env.context.get(LOADING)
        if not loading or field.comodel_name == "serial.number":
            return super().db_id_for(model, field, subfield, value, savepoint)
        key = (field.comodel_name, field.name, subfield, value)
        if key not in loading.found:
            try:
                loading.found[key] = super().db_id_for(model, field, subfield, value, savepoint)
            except ValueError as error:
                if self.env.context.get("name_create_enabled_fields"):
                    loading.found.clear()  # what was created from a name alone is gone when the next one cannot be
                loading.found[key] = error
        if isinstance(loading.found[key], ValueError):
            raise ValueError(*loading.found[key].args)
        return loading.found[key]
