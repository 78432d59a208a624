"""Find the warranties that end soon and have not been reminded of, and say so."""

from markupsafe import Markup

from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.day import show_day

SHOWN = 50  # units named in one activity


def get_domain(register):
    """Return the domain of the units whose warranty ends soon and whose end nobody was reminded of."""
    companies = register.env["res.company"].sudo().search([("serial_warranty_user_id.active", "=", True)])
    ending = Domain.OR(
        Domain("company_id", "=", company.id)
        & register._get_warranty_domains(company._get_serial_day(user=company.serial_warranty_user_id))["ending"]
        for company in companies
    )
    return ending & Domain.custom(to_sql=_is_not_reminded)


def _is_not_reminded(model, alias, query):
    fields_ = (model._field_to_sql(alias, name, query) for name in ("warranty_reminded", "warranty_end"))
    return SQL("%s IS DISTINCT FROM %s", *fields_)


def describe(units):
    """Return the units of an activity as a list of links, those that end first at the top."""
    lines = [
        Markup("<li>%s</li>")
        % units.env._(
            "%(day)s: %(serial)s, %(product)s%(user)s",
            day=show_day(units.env, unit.warranty_end),
            serial=unit._get_html_link(),
            product=unit.product_id.display_name,
            user=f" ({unit.end_user_id.display_name})" if unit.end_user_id else "",
        )
        for unit in units[:SHOWN]
    ]
    if len(units) > SHOWN:
        more = units.env._("And %s more: see the customer's serial numbers", len(units) - SHOWN)
        lines.append(Markup("<li>%s</li>") % more)
    return Markup("<ul>%s</ul>") % Markup().join(lines)
