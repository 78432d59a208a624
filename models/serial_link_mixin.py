from odoo import api, models
from odoo.models import MAGIC_COLUMNS

from ..engine import outside


class SerialOnchangeMixin(models.AbstractModel):
    """A record whose screen tells nothing of records that its user may not read.

    A screen computes what follows from the ids that it is given, much of it as superuser: the name of an order, the
    address of a contact, the status of a unit.
    """

    _name = "serial.onchange.mixin"
    _description = "Screen of Readable Records Only"

    def onchange(self, values, field_names, fields_spec):
        """Refuse ids of records that the user may not read, whether the screen or default values propose them.

        Default values are those of the context, and those that a user saved; lines have theirs, too.

        :return: as for every model
        """
        # EXTENDS 'web'
        outside.check_linked(self, values)
        fields = (self._fields[name] for name in fields_spec if name in self._fields)
        lines = {field.comodel_name for field in fields if field.type == "one2many"}
        for model in [self.browse(), *(self.env[name] for name in lines if name.startswith("serial."))]:
            links = [name for name, field in model._fields.items() if field.relational and name not in MAGIC_COLUMNS]
            outside.check_linked(model, model.default_get(links))
        return super().onchange(values, field_names, fields_spec)


class SerialLinkMixin(models.AbstractModel):
    """A record that nobody can link to what they may not read, nor fill with what no database stores.

    Odoo shows the names of linked records to everybody.
    """

    _name = "serial.link.mixin"
    _inherit = ["serial.onchange.mixin"]
    _description = "Linked to Readable Records Only"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse links to records that the user may not read, those of defaults too."""
        outside.check_storable(self.env, vals_list)
        records = super().create(vals_list)
        records._check_links(records._fields)
        return records

    def write(self, vals):
        """Refuse links to records that the user may not read."""
        outside.check_storable(self.env, [vals])
        result = super().write(vals)
        self._check_links(vals)
        return result

    def onchange(self, values, field_names, fields_spec):
        """Do not tell names of records that the user may not read, whatever the context proposes.

        :return: as for every model
        """
        # EXTENDS 'web'
        result = super().onchange(values, field_names, fields_spec)
        for name, value in result.get("value", {}).items():
            if self._fields[name].type == "many2one" and value:
                id_ = value["id"] if isinstance(value, dict) else value
                outside.check_readable(self.env[self._fields[name].comodel_name].browse(id_))
        return result

    def _check_company(self, fnames=None):
        # EXTENDS 'base': its refusal tells the names of the records of another company
        self._check_links(self._fields if fnames is None else fnames)
        return super()._check_company(fnames)

    def _check_links(self, names):
        """Refuse records in fields of these records that the user may not read.

        :param names: the names of fields
        :raise AccessError: when there is one; its name is not told
        """
        for name in names:
            field = self._fields[name]
            if field.type in ("many2one", "many2many") and field.store and name not in MAGIC_COLUMNS:
                outside.check_readable(self.sudo()[name].with_env(self.env))
