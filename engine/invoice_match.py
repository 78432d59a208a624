"""An invoice that names, or leaves blank, what a delivery without order brought under another number."""

from ..tools.facts import INVOICED_FACTS
from . import swap
from .sql import register_sql


def is_invoiced_for(unit, other):
    """Tell whether this unit was invoiced and not delivered, and the other delivered to them and not invoiced.

    What an order delivered is on the order's invoice.
    """
    return bool(
        unit._is_sold()
        and unit.invoice_line_id
        and not unit.delivery_move_id
        and unit.location_id.is_serial_stock
        and other._is_sold()
        and other.delivery_move_id
        and not (other.invoice_line_id or other.sale_line_id)
        and not other.location_id.is_serial_stock
        and unit.customer_id.commercial_partner_id == other.customer_id.commercial_partner_id
    )


def give_invoice(unit, other, facts=INVOICED_FACTS):
    """Let another unit, which was delivered, be the one that was invoiced; this one is back in stock.

    :param facts: what the invoice decided about the unit
    """
    line = unit.invoice_line_id
    if unit.name:
        _tell_invoice(unit, other)
    vals = {name: getattr(unit[name], "id", unit[name]) for name in facts}
    note = unit.env._("Not %s was sold but this piece.", unit.display_name)
    event = other._prepare_event_vals("invoiced", partner=unit.customer_id, source=line, note=note)
    back = swap.prepare_back_vals(unit, unit)
    note = unit.env._("Not this piece was sold but %s.", other.display_name)
    register_sql.unlink_document(unit, line)
    other._record_change("invoiced", vals, event, line)
    unit._record_change("corrected", back, unit._prepare_event_vals("corrected", source=line, note=note))


def _tell_invoice(unit, other):
    """Note on the invoice that another number was delivered than it names."""
    body = unit.env._(
        "%(delivered)s (%(product)s) was delivered, not %(invoiced)s: it is the unit of this invoice now, and "
        "%(invoiced)s is in stock again.",
        delivered=other.display_name,
        product=unit.product_id.display_name,
        invoiced=unit.display_name,
    )
    unit.invoice_line_id.sudo().move_id._message_log(body=body)


def take_invoices(units, invoiced):
    """Put delivered units on the invoice in place of the numbers that it names.

    :param invoiced: units that were invoiced and not delivered, the first ones before the others
    """
    for unit in units:
        other = invoiced.filtered(lambda other, unit=unit: is_invoiced_for(other, unit))[:1]
        if other:
            give_invoice(other, unit)
            invoiced -= other


def find_invoices(units):
    """Put units on their customer's invoice that got their number after their delivery."""
    delivered = units.filtered(
        lambda unit: unit.status == "sold" and unit.delivery_move_id and not (unit.invoice_line_id or unit.sale_line_id)
    )
    for (product, company, customer), part in delivered.grouped(_get_sale).items():
        rows = register_sql.lock_invoiced(units, product, company, customer)
        take_invoices(part, units.browse(id_ for id_, key in rows if key))


def _get_sale(unit):
    return unit.product_id, unit.company_id, unit.customer_id
