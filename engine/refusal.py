"""Why units must not be taken, beside the rules of the flow: asked on each road by which a unit gets to somebody."""

from odoo.exceptions import UserError
from odoo.tools import SQL, groupby

from .sql import register_sql


def check(units, flow, partner, line=None):
    """Refuse units that another addon's rule keeps from a partner.

    :param str flow: the code of the row of the flow table that says what happens to them
    :raise UserError: with all that is said of them, one line for each unit
    """
    if why := units._find_refusal(line, units._get_flow(flow), partner):
        raise UserError("\n".join(why.values()))


def lock_blanks(line, flow, partner, where, place, count):
    """Lock blanks that nothing refuses for a document line, see :func:`.register_sql.lock_blanks`.

    :param SQL where: which ones
    :param place: the :class:`.Place` whose blanks come first
    :raise UserError: with the reasons, where too few are left because of them
    :return: their ids
    """
    model, location, refused = line.env["serial.number"].sudo(), line.env["stock.location"].browse(place.location), {}
    while True:
        allowed = SQL("%s AND unit.id != ALL(%s)", where, list(refused)) if refused else where
        ids = register_sql.lock_blanks(model, allowed, location, count, place.owner)
        found = model.browse(ids)._find_refusal(line, flow, partner) if ids else {}
        if not found:
            break
        refused |= found
    if refused and len(ids) < count:
        raise UserError("\n".join(refused.values()))
    return ids


def check_rows(rows):
    """Let rows of an import be faulty whose units must not be with their customer; see :class:`.Row`."""
    for customer, group in groupby(rows, lambda row: row.facts.get("customer_id")):
        if not customer:
            continue
        units = group[0].unit.concat(*(row.unit for row in group))
        partner = units.env["res.partner"].browse(customer)
        why = units._find_refusal(None, units._get_flow("ship"), partner)
        for row in group:
            if row.unit.id in why:
                row.refuse(UserError(why[row.unit.id]), "customer_id")
