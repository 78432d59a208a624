from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

KEEPERS = ("res.company",)  # models of Odoo that got fields from us which keep records


class SerialReferenceMixin(models.AbstractModel):
    """A record that units, their history or recalls name: it can be archived, and not be deleted."""

    _name = "serial.reference.mixin"
    _description = "Record Named by Serial Numbers"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_named_by_units(self):
        """Refuse to delete what the register names, before the database does so without saying why.

        :raise UserError: with the unit, or what else names it, and what to do instead
        """
        for model, field in self._get_serial_references():
            names = self._get_serial_named()
            found = self.env[model].sudo().with_context(active_test=False).search([(field, "in", names.ids)], limit=1)
            if found:
                raise UserError(self._describe_serial_reference(found, field))

    def _check_serial_company(self, company):
        """Refuse to give these records to one company while units of another one name them.

        :param int company: the id of the company, nothing for all of them
        :raise UserError: with a unit
        """
        if not company:
            return
        names = self._get_serial_named()
        of_units = [field for model, field in self._get_serial_references() if model == "serial.number"]
        domain = Domain.OR(Domain(field, "in", names.ids) for field in of_units)
        domain &= ~Domain("company_id", "child_of", company)
        unit = self.env["serial.number"].sudo().search(domain, limit=1)
        if unit:
            raise UserError(self._message_named(unit, self.env["res.company"].sudo().browse(company)))

    def _message_named(self, unit, company):
        words = {
            "record": ", ".join(self.mapped("display_name")),
            "company": company.name,
            "unit": unit.with_env(self.env)._filtered_access("read").display_name,
            "own": unit.company_id.name,
        }
        if not words["unit"]:
            return self.env._(
                "%(record)s cannot become one of %(company)s alone: a unit of %(own)s names it. Make another one for "
                "%(company)s.",
                **words,
            )
        return self.env._(
            "%(record)s cannot become one of %(company)s alone: %(unit)s of %(own)s names it. Make another one for "
            "%(company)s.",
            **words,
        )

    def _get_serial_named(self):
        """Return the records that may be named. Extend per model."""
        return self

    @api.model
    def _get_serial_references(self):
        """Return the fields of our models that keep these records from being deleted: units first.

        :return: list of (model, field)
        """
        comodel, found = self._get_serial_named()._name, []
        for name, model in self.env.registry.items():
            if name in KEEPERS or (name.startswith("serial.") and model._auto and not model._transient):
                found += [
                    (name, field.name)
                    for field in model._fields.values()
                    if field.type == "many2one" and field.store and field.comodel_name == comodel
                    if field.ondelete == "restrict" and (name not in KEEPERS or field.name.startswith("serial_"))
                ]
        return sorted(found, key=lambda item: (item[0] != "serial.number", item))

    def _describe_serial_reference(self, record, field):
        named = record[field] if self._get_serial_named() == self else self
        unit = record.serial_id if record._name == "serial.event" else record
        words = {
            "record": named.display_name,
            "unit": unit.with_env(self.env)._filtered_access("read").display_name,
            "kind": record.env["ir.model"]._get(record._name).name,
            "field": record._fields[field]._description_string(self.env),
        }
        if not words["unit"]:
            return self.env._(
                "%(record)s cannot be deleted: a record (%(kind)s) names it as %(field)s. Archive it instead; the "
                "register and its history keep the name.",
                **words,
            )
        return self.env._(
            "%(record)s cannot be deleted: %(unit)s (%(kind)s) names it as %(field)s. Archive it instead; the register "
            "and its history keep the name.",
            **words,
        )
