"""The list of the entry window: which units of a product a line can take, and which are entered already."""

from odoo.fields import Domain

LINE = "serial_number_tracking_line"  # context key: the line of an entry window that units are chosen for


def get_domain(line):
    """Return the domain of all units that may be looked up: those of the product, or what the customer bought.

    :param line: the ``serial.entry.line``
    """
    source = line._get_source()
    domain = Domain("product_id", "=", line.product_id.id) & Domain("name", "!=", False)
    choices = source.sudo()._get_serial_choices()
    if choices is not None:
        return domain & Domain("id", "in", choices.ids)
    if source._serial_flow().takes == "customer":
        return domain & Domain("status", "=", "sold") & Domain("customer_id", "child_of", source._serial_partner().ids)
    return domain


def get_takeable_domain(line):
    """Return the domain of those that the line can take, as far as a search can tell, entered ones among them."""
    source = line._get_source()
    flow, register = source._serial_flow(), line.env["serial.number"]
    in_stock = register._get_in_stock_domain()
    domain = get_domain(line) & Domain("company_id", "=", source._serial_company().id)
    if flow.takes == "customer":
        return domain & ~in_stock
    status = Domain("status", "in", flow.accepts)
    if flow.accepts_own:
        status |= Domain("status", "in", flow.accepts_own) & _get_own_domain(source, flow)
    if flow.takes == "outside":
        return domain & status & ~in_stock
    if flow.open_until == "invoiced":
        delivered = Domain("status", "=", "sold") & Domain("invoice_line_id", "=", False) & ~in_stock
        return domain & (status & in_stock | delivered & _get_own_domain(source, flow))
    return domain & status & in_stock


def _get_own_domain(source, flow):
    """Return the domain of the units that belong to the line's order or partner."""
    if flow.takes == "outside":
        return Domain("purchase_line_id", "in", [False, *source._serial_purchase_line().ids])
    return Domain("customer_id", "child_of", source._serial_partner().commercial_partner_id.ids)


def find_entered(units):
    """Return those of these units that are entered in the window that they are chosen for."""
    line_id = units.env.context.get(LINE)
    line = units.env["serial.entry.line"].browse(line_id).exists() if isinstance(line_id, int) else None
    if not line or not line.has_access("read"):
        return units.browse()
    names = units.filtered(lambda unit: unit.product_id == line.product_id and unit.name)
    entered = set(line._get_siblings()._find_units(names.mapped("name")).mapped("name_key"))
    return names.filtered(lambda unit: unit.name_key in entered)
