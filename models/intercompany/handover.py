"""Units that one company of the database ships to another one: announced there, and told to the first when they came.

Each company keeps its own row of the register; what one does to the other's is done as the system, and names documents
by their text alone: nobody sees more of the other company than before.
"""

from odoo import SUPERUSER_ID
from odoo.fields import Domain

from ...engine.sql import register_sql

ON_THE_WAY = ("expected", "sold", "void")  # what units of the receiving company may be until they come


def is_between(location):
    """Tell whether a location is one between companies: goods there are no company's stock."""
    return location.usage == "transit" and not location.company_id


def announce(move):
    """Announce the units that a move shipped to another company in that company's register."""
    company = _find_company(move)
    product = move.product_id
    if not company or company == move.company_id or product.company_id not in (company, product.company_id.browse()):
        return
    names = {unit.name_key: unit.name for unit in move.sudo().serial_ids if unit.name and unit.status == "sold"}
    register = _get_register(move, company)
    known = register_sql.find_units(register, product, company, list(names), lock=True) if names else {}
    vals = {"status": "expected", "vendor_id": move.company_id.partner_id.id, "location_id": move.location_dest_id.id}
    event = _prepare_event(register, "expected", move, register.env._("Shipped to us by %s.", move.company_id.name))
    new = [name for key, name in names.items() if key not in known]
    register._record_new("expected", new, vals | {"product_id": product.id, "company_id": company.id}, event)
    away = [row for row in known.values() if not row["in_stock"]]
    register.browse(row["id"] for row in away if row["status"] == "void")._record_change("expected", vals, event)
    sold = register.browse(row["id"] for row in away if row["status"] == "sold")
    sold._record_change("moved", {"location_id": move.location_dest_id.id}, event | {"kind": "moved"})


def withdraw(units):
    """Void what was announced to other companies and comes no more, because these units are back."""
    for _place, own in units.grouped(lambda unit: (unit.company_id, unit.product_id)).items():
        _withdraw(own)


def _withdraw(units):
    company, keys = units.company_id, units.filtered("name").mapped("name_key")
    domain = _get_domain(units.product_id, keys) & Domain("company_id", "!=", company.id)
    domain &= Domain([("status", "=", "expected"), ("purchase_line_id", "=", False)])
    domain &= Domain([("location_id.usage", "=", "transit"), ("location_id.company_id", "=", False)])
    register = _get_register(units, company)
    gone = register.search(domain & Domain("vendor_id", "=", company.sudo().partner_id.id))
    if gone:
        note = register.env._("Comes no more: %s took it back.", company.name)
        event = register._prepare_event_vals("voided", partner=company.sudo().partner_id, note=note)
        event |= {"document": units.sudo().event_ids[:1].document, "user_id": units.env.uid}
        gone._record_change("voided", {"status": "void"}, event)


def confirm(move):
    """Tell the company that shipped the units of a receipt that they came."""
    keys = [unit.name_key for unit in move.sudo().serial_ids if unit.name]
    units = _get_register(move, move.company_id).search(_get_coming_domain(move) & _get_domain(move.product_id, keys))
    target = move.env.ref("stock.stock_location_customers", raise_if_not_found=False) or move.location_id
    for company, own in units.grouped("company_id").items():
        register = _get_register(move, company)
        note = register.env._("Received by %s.", move.company_id.name)
        event = _prepare_event(register, "moved", move, note)
        own._record_change("moved", {"location_id": target.id}, event | {"partner_id": move.company_id.partner_id.id})


def get_proposal(move):
    """Return the domain of units that other companies have shipped to this one and that have not arrived."""
    coming = _get_register(move, move.company_id).search_fetch(
        _get_coming_domain(move) & Domain("product_id", "=", move.product_id.id), ["name_key"]
    )
    keys = coming.mapped("name_key")
    return Domain([("name_key", "in", keys), ("status", "in", ON_THE_WAY), ("company_id", "=", move.company_id.id)])


def _get_coming_domain(move):
    """Return the domain of the units of other companies that are on their way to the move's company."""
    partner = move.company_id.sudo().partner_id
    return Domain(
        [
            ("company_id", "!=", move.company_id.id),
            ("status", "=", "sold"),
            ("location_id", "=", move.location_id.id),
            ("customer_id", "child_of", partner.commercial_partner_id.ids),
        ]
    )


def _get_domain(product, keys):
    return Domain([("product_id", "=", product.id), ("name_key", "in", list(keys))])


def _find_company(move):
    """Return the company that a move ships to: the customer's, or the one whose move goes on with the goods."""
    move = move.sudo()
    partner = move._serial_customer().commercial_partner_id
    found = move.env["res.company"].search([("partner_id.commercial_partner_id", "=", partner.id)], limit=1)
    return found or move.move_dest_ids.company_id[:1]


def _get_register(record, company):
    return record.env["serial.number"].with_user(SUPERUSER_ID).with_company(company)


def _prepare_event(register, kind, move, note):
    """Return an event that names the other company's document by its text alone."""
    partner = move.company_id.sudo().partner_id
    return register._prepare_event_vals(kind, partner=partner, note=note) | {
        "document": move.sudo()._serial_document(),
        "user_id": move.env.uid,
    }
