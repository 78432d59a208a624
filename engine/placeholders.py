"""How many units a product has on hand without being known, and those that are made for them."""

import math
from collections import Counter

from odoo.exceptions import UserError
from odoo.fields import Domain

from . import by_hand
from .place import PLACE


def create_missing(products, companies=None):
    """Create a placeholder for each piece on hand that has no unit, by location and company.

    :param companies: only theirs
    :raise UserError: when a fraction of a piece is on hand
    """
    products.flush_model()
    on_hand = _get_on_hand(products, companies)
    for (product, company), places in on_hand.items():
        units = _get_units(products, product, company)
        gap = sum(places.values()) - sum(units.values()) + _count_uncovered(products, product, company)
        for place, quantity in sorted(places.items(), key=lambda item: item[0][0].complete_name):
            count = min(gap, quantity - units[place])
            if count > 0:
                gap -= count
                _create_placeholders(products, product, company, place, count)
        if gap > 0:
            # Each place seems to have its units because one of them is really gone: any place will do.
            _create_placeholders(products, product, company, max(places, key=places.get), gap)
        if gap < 0:
            _create_placeholders(products, product, company, None, -gap)


def find_fraction(products):
    """Return why pieces on hand cannot be units, or an empty text: a fraction of one is on hand."""
    products.flush_model()
    try:
        _get_on_hand(products)
    except UserError as error:
        return str(error)
    return ""


def _get_on_hand(products, companies=None):
    """Return ``{(product, company): {place: pieces on hand}}``, over all companies or some.

    A place is a location, an owner and a package.
    """
    quants = products.env["stock.quant"].sudo()
    groups = quants._read_group(
        [("product_id", "in", products.ids), ("location_id.is_serial_stock", "=", True)],
        ["product_id", "company_id", *PLACE],
        ["quantity:sum"],
    )
    result = {}
    for product, company, *place, quantity in groups:
        company = company or products.env.company
        if companies and company not in companies:
            continue
        if product.uom_id.compare(quantity, math.floor(quantity)) and product.uom_id.compare(
            quantity, math.ceil(quantity)
        ):
            raise UserError(
                products.env._(
                    "%(quantity)s of %(product)s at %(location)s is no whole number of pieces. Correct the "
                    "quantity on hand first.",
                    quantity=quantity,
                    product=product.display_name,
                    location=place[0].display_name,
                )
            )
        result.setdefault((product, company), Counter())[tuple(place)] += round(quantity)
    return result


def _get_units(products, product, company):
    """Return ``Counter({place: units})`` of those in stock."""
    register = products.env["serial.number"].sudo()
    domain = register._get_in_stock_domain() & Domain(
        [("product_id", "=", product.id), ("company_id", "=", company.id)]
    )
    return Counter({tuple(place): count for *place, count in register._read_group(domain, PLACE, ["__count"])})


def _count_uncovered(products, product, company):
    register = products.env["serial.number"].sudo()
    return register.search_count(
        [("product_id", "=", product.id), ("company_id", "=", company.id), ("uncovered", "=", True)]
    )


def _create_placeholders(register, product, company, place, count):
    """Create placeholders at a place in stock; without a place, the blanks that a negative quantity stands for."""
    register = register.env["serial.number"].sudo()
    vals = {"product_id": product.id, "company_id": company.id, "status": "received"}
    if place:
        vals.update({name: record.id for name, record in zip(PLACE, place, strict=True)})
    else:
        outside = by_hand.get_outside_location(register, "sold", company)
        vals.update(location_id=outside.id, status="issued", uncovered=True)
    register._record_new("created", [None] * count, vals, register._prepare_event_vals("created"))
