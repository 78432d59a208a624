"""The end of a unit's warranty: which sales, registrations and corrections write it.

It is a fact of the sale, as its day is, and so part of the core. What is done with warranties (reminders, exchanges,
whether one has ended) is a feature, in `models/warranty/`. The rule itself is :mod:`..tools.warranty_rule`.
"""

from dataclasses import dataclass

from odoo import fields, models
from odoo.fields import Domain

from .sql import register_sql


@dataclass(frozen=True)
class Sale:
    """A sale that may begin a warranty, see ``_find_warranty``.

    :ivar product: the ``product.product``
    :ivar company: the ``res.company`` that sells
    :ivar customer: the ``res.partner`` who buys, or nobody
    :ivar sold: the day of the sale, or None
    :ivar registered: the day of the registration, or None
    :ivar unit: the ``serial.number``; None where several are sold at once
    """

    product: models.BaseModel
    company: models.BaseModel
    customer: models.BaseModel
    sold: object = None
    registered: object = None
    unit: models.BaseModel | None = None

    def find_end(self):
        """Return the last day of the warranty that it begins, or False."""
        warranty = self.product.env["serial.number"]._find_warranty(self)
        return warranty.find_end(self.sold or None, self.registered or None)


def get_sale(unit, sold, registered, customer=None):
    """Return the :class:`Sale` of a unit on a day."""
    return Sale(unit.product_id, unit.company_id, customer or unit.customer_id, sold, registered, unit)


def prepare_corrected(units, vals):
    """Return what else is written when the end of a warranty is corrected by hand."""
    end = fields.Date.to_date(vals.get("warranty_end"))
    if "warranty_end" not in vals or all((unit.warranty_end or None) == end for unit in units):
        return {}
    return {"warranty_fixed": True}


def find_apart(env, vals):
    """Return the domain of units whose warranty a sale does not begin: a repair does not, and a fixed end stays.

    :param dict vals: the facts of the sale
    """
    if not vals.get("date_sold"):
        return Domain.FALSE
    customer = env["res.partner"].browse(vals["customer_id"] or [])
    same = Domain("former_customer_id.commercial_partner_id", "in", customer.commercial_partner_id.ids)
    return Domain("former_warranty_end", "!=", False) & same | Domain("warranty_fixed", "=", True)


def split_sold(units, vals, apart=None):
    """Divide units that are sold now by their warranty.

    :param dict vals: the facts of the sale, with the warranty that it begins
    :param apart: those of :func:`find_apart`, where they are known
    :return: list of (units, facts)
    """
    if not vals.get("date_sold"):
        return [(units, vals)]
    if apart is None:
        apart = register_sql.filter_by(units, find_apart(units.env, vals))
    fixed = apart.filtered("warranty_fixed")
    kept = {name: value for name, value in vals.items() if name != "warranty_end"}
    return [(units - apart, vals), (fixed, kept), (apart - fixed, vals | register_sql.RESUMED)]


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
    warranty = unit._find_warranty(get_sale(unit, unit.date_sold, date))
    begun = warranty.find_start(unit.date_sold, unit.date_registered)
    begins = warranty.find_start(unit.date_sold, date)
    if not begins or (begun and begun <= begins):
        return None
    return warranty.find_end(unit.date_sold, date) or None
