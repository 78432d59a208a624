"""How Odoo's own import and export read and write the register."""

import re
from dataclasses import dataclass, field

from ..tools import naming

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


def drop_consequences(faults, messages):
    """Return the faults of rows but those that may only follow from a cell that could not be read."""
    told = {}
    for message in messages:
        if "rows" in message:
            told.setdefault(message["rows"]["from"], set()).add(message.get("field"))
    return [
        fault
        for fault in faults
        if fault["rows"]["from"] not in told or (fault["field"] and fault["field"] not in told[fault["rows"]["from"]])
    ]


def find_partners(register, fields, data):
    """Look up at once the partners whose names stand in a file, where a name is one partner's.

    :return: what :attr:`Loading.found` keeps
    """
    partners = register.env["res.partner"]
    columns = {
        index: name
        for index, name in enumerate(fields)
        if name in register._fields and register._fields[name].comodel_name == partners._name
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


def find_loaded(register, data_list):
    """Return the units that rows name by their id or external id."""
    xml_ids = [data["xml_id"] for data in data_list if data["xml_id"]]
    rows = register.env["ir.model.data"].sudo()._lookup_xmlids(xml_ids, register)
    ids = {f"{module}.{name}": id_ for _id, module, name, _model, _res_id, _noupdate, id_ in rows}
    return [register.browse(data["values"].get("id") or ids.get(data["xml_id"]) or []) for data in data_list]


def escape(cell):
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


def unescape(cell):
    """Return a cell as it was before :func:`escape`."""
    return cell[1:] if isinstance(cell, str) and cell.startswith("'") and FORMULA.match(cell) else cell
