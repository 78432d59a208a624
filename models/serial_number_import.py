"""Odoo's own import and export of the register."""

import re
from dataclasses import dataclass, field

from odoo import api, fields, models

from ..engine.import_file import clean_cells
from ..engine.intake import SerialIntake
from ..tools import naming
from ..tools.context import hear, tell

LOADING = "serial_number_tracking_loading"  # context key: the file that is being imported
FORMULA = re.compile(r"'*[=+\-@\t\r]")  # what a spreadsheet takes for a formula, escaped or not


@dataclass
class Loading:
    """What is known of a file while it is imported.

    :ivar list faults: the messages about its bad rows
    :ivar dict found: the records that its cells name, or what is wrong with them
    """

    faults: list = field(default_factory=list)
    found: dict = field(default_factory=dict)


class SerialNumber(models.Model):
    _inherit = "serial.number"

    warranty_months = fields.Integer(
        "Warranty (Months)",
        store=False,
        exportable=False,
        help="For an import: how many months the warranty runs, where its end is not known.",
    )

    # EXTENDS 'base'
    @api.model
    def load(self, fields, data):
        """Take a file into the register: all of it, or nothing and every bad row by its line.

        :param list fields: the fields of the columns
        :param list data: the rows
        :return: the ids, and the messages about bad rows
        """
        self.browse().check_access("write")
        data = clean_cells(self, fields, [[self._unescape(cell) for cell in row] for row in data])
        loading = Loading(found=self._find_partners(fields, data))
        savepoint = self.env.cr.savepoint()
        result = super(SerialNumber, self.with_context(**tell(LOADING, loading))).load(fields, data)
        faults = loading.faults
        savepoint.close(rollback=bool(faults))
        if faults:
            result["messages"] += self._drop_consequences(faults, result["messages"])
            result["messages"].sort(key=lambda message: message.get("rows", {}).get("from", -1))
            result["ids"] = False
        return result

    def _drop_consequences(self, faults, messages):
        """Return the faults of rows but those that may only follow from a cell that could not be read."""
        told = {}
        for message in messages:
            if "rows" in message:
                told.setdefault(message["rows"]["from"], set()).add(message.get("field"))
        return [
            fault
            for fault in faults
            if fault["rows"]["from"] not in told
            or (fault["field"] and fault["field"] not in told[fault["rows"]["from"]])
        ]

    def _find_partners(self, fields, data):
        """Look up at once the partners whose names stand in a file, where a name is one partner's.

        :return: what :attr:`Loading.found` keeps
        """
        partners = self.env["res.partner"]
        columns = {
            index: name
            for index, name in enumerate(fields)
            if name in self._fields and self._fields[name].comodel_name == partners._name
        }
        names = {row[index] for row in data for index in columns}
        names = {name for name in names if naming.clean_text(name) == name}
        matches = {}
        for partner in partners.search([("display_name", "in", list(names))]) if columns else ():
            for name in {partner[field_name] for field_name in partners._rec_names_search} & names:
                matches.setdefault(name, []).append(partner.id)
        return {
            (partners._name, column, None, name): (ids[0], [])
            for column in columns.values()
            for name, ids in matches.items()
            if len(ids) == 1
        }

    # EXTENDS 'base'
    def _load_records(self, data_list, update=False):
        """Take the rows in at once; what stays for Odoo are their external ids."""
        loading = hear(self.env, LOADING)
        if not loading:
            return super()._load_records(data_list, update)
        intake = SerialIntake(self.browse(), [data["values"] for data in data_list], self._find_loaded(data_list))
        units = intake.run()
        if intake.faults:
            loading.faults += [
                {
                    **data_list[index]["info"],
                    "type": "error",
                    "message": str(fault),
                    "field": intake.rows[index].faulty_field or False,
                }
                for index, fault in intake.faults.items()
            ]
            return self.browse()
        for data, unit in zip(data_list, units, strict=True):
            data["values"] = {"id": unit.id}
        return super()._load_records(data_list, update)

    def _find_loaded(self, data_list):
        """Return the units that rows name by their id or external id."""
        xml_ids = [data["xml_id"] for data in data_list if data["xml_id"]]
        rows = self.env["ir.model.data"].sudo()._lookup_xmlids(xml_ids, self)
        ids = {f"{module}.{name}": id_ for _id, module, name, _model, _res_id, _noupdate, id_ in rows}
        return [self.browse(data["values"].get("id") or ids.get(data["xml_id"]) or []) for data in data_list]

    # EXTENDS 'base'
    def _load_records_create(self, vals_list):
        if not hear(self.env, LOADING):
            return super()._load_records_create(vals_list)
        return self.browse(vals["id"] for vals in vals_list)

    # EXTENDS 'base'
    def _load_records_write(self, values):
        if not hear(self.env, LOADING):
            super()._load_records_write(values)

    # EXTENDS 'base'
    @api.model
    def get_property_definition(self, full_name):
        """Return what a property of units is; it is kept with the template, where Odoo does not look.

        :param str full_name: the field and the property
        :return: dict, empty for one that is not known
        """
        field_name, _dot, name = full_name.partition(".")
        if field_name != "serial_properties":
            return super().get_property_definition(full_name)
        self.browse().check_access("read")
        templates = self.env["product.template"].search([("serial_properties_definition", "!=", False)])
        definitions = (item for template in templates for item in template.serial_properties_definition)
        return next((dict(item) for item in definitions if item["name"] == name), {})

    # EXTENDS 'base'
    def export_data(self, fields_to_export):
        """Export units; what a spreadsheet would take for a formula gets an apostrophe before it.

        :param list fields_to_export: the fields
        :return: dict with the rows under ``datas``
        """
        result = super().export_data(fields_to_export)
        result["datas"] = [[self._escape(cell) for cell in row] for row in result["datas"]]
        return result

    def _escape(self, cell):
        return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell

    def _unescape(self, cell):
        return cell[1:] if isinstance(cell, str) and cell.startswith("'") and FORMULA.match(cell) else cell

    @api.model
    def get_import_templates(self):
        """Return the file that shows how a register is imported.

        :return: list of dicts with ``label`` and ``template``
        """
        self.browse().check_access("read")
        return [
            {
                "label": self.env._("Import Template for Serial Numbers"),
                "template": "/serial_number_tracking/static/import/serial_number_import_template.xlsx",
            }
        ]
