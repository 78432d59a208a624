"""The warranty of units that are taken in: by the months in a file, else by the product's."""

from odoo.exceptions import UserError

from ..tools import warranty_rule
from ..tools.day import show_day
from .warranty import Sale


def prepare_warranty(row, unit, is_sold):
    """Return what a row's months, or its day of the sale, make of the warranty where the file has no end of it.

    :param row: the :class:`~.serial_intake_row.Row`, read
    :param unit: the unit that it changes or whose place it takes; empty for none
    :param bool is_sold: whether the unit is sold
    :return: the facts to write
    :raise UserError: when the months contradict the end, or have no day to begin on
    """
    sold, registered = (row.facts.get(name) or unit[name] for name in ("date_sold", "date_registered"))
    given, months = row.facts.get("warranty_end"), row.months
    customer = unit.env["res.partner"].browse(row.facts.get("customer_id") or unit.customer_id.id or [])
    sale = Sale(row.product, row.company, customer, sold, registered, unit)
    if months is None:
        is_new = is_sold and row.facts.get("date_sold") and row.facts["date_sold"] != unit.date_sold
        if not is_new or given or unit.warranty_end or unit.warranty_fixed:
            return {}
        return {"warranty_end": sale.find_end() or None}
    warranty = unit._find_warranty(sale)
    start = warranty.find_start(sold, registered) if is_sold else None
    end = warranty_rule.find_end(start, months) or None
    if given:
        if start and given != end:
            raise UserError(_message_contradiction(row, start))
        return {}
    if not start:
        if months not in (0, warranty.months):
            raise UserError(_message_no_start(row, is_sold, warranty.months))
        return {}
    is_usual = months == warranty.months and not unit.warranty_fixed
    return {"warranty_end": end, "warranty_fixed": not is_usual}


def read_months(row, value):
    """Return how many months of warranty a row has, None where it has none.

    :param row: the :class:`~.serial_intake_row.Row`
    :param value: what its file or a caller gives
    :raise UserError: for what is no number of months
    """
    if value in (None, "") or value is False:
        return None
    if type(value) is not int or not 0 <= value <= warranty_rule.MONTHS_LIMIT:
        raise UserError(
            row.unit.env._(
                "%(value)s is no number of months. Enter a whole number from 0 to %(limit)s.",
                value=repr(value)[:50],
                limit=warranty_rule.MONTHS_LIMIT,
            )
        )
    return value


def _message_contradiction(row, start):
    env = row.unit.env
    return env._(
        "%(serial)s: the warranty until %(end)s is not %(months)s months from %(start)s. Leave one of the two empty.",
        serial=row.name,
        end=show_day(env, row.facts["warranty_end"]),
        months=row.months,
        start=show_day(env, start),
    )


def _message_no_start(row, is_sold, usual):
    env = row.unit.env
    if is_sold:
        return env._(
            "%(serial)s has %(months)s months of warranty, and no day that they begin on. Enter the day of the sale, "
            "or of the registration if that begins them.",
            serial=row.name,
            months=row.months,
        )
    return env._(
        "%(serial)s is not sold: its warranty begins with the sale, for the %(usual)s months of %(product)s. Leave its "
        "months empty.",
        serial=row.name,
        usual=usual,
        product=row.product.display_name,
    )
