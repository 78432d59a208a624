"""Which units are meant for a move, so that the entry window proposes them."""

from odoo.fields import Domain


def get_origin_domain(move):
    """Return the domain of the units that the returned transfer moved, if all that are left of them go."""
    if not move.origin_returned_move_id:
        return Domain.FALSE
    return _propose_whole(move, _get_moved_domain(move, move._serial_flow()))


def _get_moved_domain(move, flow):
    """Return the domain of the units of the returned transfer that can come back."""
    origin, sold = move.origin_returned_move_id, move.env["serial.number"]._get_serial_rules().sold
    if flow.takes == "customer":
        return Domain([("delivery_move_id", "=", origin.id), ("status", "in", sold)])
    return Domain([("receipt_move_id", "=", origin.id), ("status", "in", (*flow.accepts, "received"))])


def get_promised_domain(move):
    """Return the domain of the units that are designated to the move's order line, or to its customer alone."""
    customer = move._serial_customer().commercial_partner_id
    if not customer:
        return Domain.FALSE
    return Domain([("status", "=", "designated"), ("sale_line_id", "in", [False, move.sale_line_id.id])]) & Domain(
        "customer_id", "child_of", customer.ids
    )


def get_invoiced_domain(move):
    """Return the domain of the units that were invoiced to the move's customer and not delivered yet."""
    customer = move._serial_customer().commercial_partner_id
    if not customer:
        return Domain.FALSE
    return Domain("customer_id", "child_of", customer.ids) & Domain(
        [("status", "=", "sold"), ("delivery_move_id", "=", False), ("invoice_line_id", "!=", False)]
    )


def _propose_whole(move, domain):
    """Return the domain of units, if the move takes all of them: nobody knows which part of more it takes."""
    domain &= Domain("product_id", "=", move.product_id.id)
    count = move.env["serial.number"].search_count(domain, limit=move._serial_quantity() + 1)
    return domain if count == move._serial_quantity() else Domain.FALSE


def get_brought_domain(move):
    """Return the domain of the units that the step before brought for this move and that are still there."""
    brought = Domain(
        [
            ("product_id", "=", move.product_id.id),
            ("move_ids", "in", move.move_orig_ids.ids),
            ("location_id", "child_of", move.location_id.id),
        ]
    )
    return brought & (Domain("status", "=", "available") | get_promised_domain(move))


DOMAINS = {
    "origin": get_origin_domain,
    "brought": get_brought_domain,
    "promised": get_promised_domain,
    "invoiced": get_invoiced_domain,
}


def find_domain(move, name):
    """Return the domain of the units that one of the proposals of a flow means.

    :param str name: what the flow's row proposes
    """
    return DOMAINS[name](move)


def list_numbers(line, limit=None):
    """Return the numbers of units that a line can take where it takes from, in the order of their keys."""
    source, choices = line._read_serial_source(), line._get_serial_choices()
    if choices is not None:
        domain = Domain("id", "in", choices.ids)
    else:
        domain = Domain("status", "in", source.flow.accepts) & Domain(
            "location_id", "child_of", line._serial_origin().ids
        )
    own = [("product_id", "=", source.product.id), ("company_id", "=", source.company.id), ("name", "!=", False)]
    units = line.env["serial.number"].search_fetch(domain & Domain(own), ["name"], limit=limit, order="name_key")
    return units.mapped("name")
