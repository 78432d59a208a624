"""The end of a unit's warranty: which sales, registrations and corrections write it.

It is a fact of the sale, as its day is, and so part of the core. What is done with warranties (reminders, exchanges,
whether one has ended) is a feature, in `models/warranty/`. The rule itself is :mod:`..tools.warranty_rule`.
"""

from odoo import fields
from odoo.fields import Domain

from ..tools import warranty_rule
from .sql import register_sql


def prepare_corrected(units, vals):
    """Return what else is written when the end of a warranty is corrected by hand."""
    end = fields.Date.to_date(vals.get("warranty_end"))
    if "warranty_end" not in vals or all((unit.warranty_end or None) == end for unit in units):
        return {}
    return {"warranty_fixed": True}


def split_sold(units, vals):
    """Divide units that are sold now by their warranty: a repair does not begin it again.

    :param dict vals: the facts of the sale, with the warranty that it begins
    :return: list of (units, facts)
    """
    if not vals.get("date_sold"):
        return [(units, vals)]
    customer = units.env["res.partner"].browse(vals["customer_id"] or [])
    same = Domain("former_customer_id.commercial_partner_id", "in", customer.commercial_partner_id.ids)
    back = Domain("former_warranty_end", "!=", False) & same
    special = units.search(Domain("id", "in", units.ids) & (back | Domain("warranty_fixed", "=", True)))
    fixed = special.filtered("warranty_fixed")
    kept = {name: value for name, value in vals.items() if name != "warranty_end"}
    return [(units - special, vals), (fixed, kept), (special - fixed, vals | register_sql.RESUMED)]


def split_registered(units, date):
    """Divide units by the warranty that begins when they are registered on a day.

    :return: list of (units, facts)
    """
    groups = {}
    for unit in units:
        groups.setdefault(_find_registered_end(unit, date), []).append(unit.id)
    return [(units.browse(ids), {"warranty_end": end} if end else {}) for end, ids in groups.items()]


def _find_registered_end(unit, date):
    """Return until when the warranty runs that a registration begins; None where it ran before, or is fixed."""
    if unit.warranty_fixed:
        return None
    rule = unit.company_id.sudo().serial_warranty_start
    begun = warranty_rule.find_start(rule, unit.date_sold, unit.date_registered)
    begins = warranty_rule.find_start(rule, unit.date_sold, date)
    if not begins or (begun and begun <= begins):
        return None
    return warranty_rule.find_end(begins, unit.product_id.warranty_months) or None
