"""What customers and end users see of their units, and where they register what they bought.

Portal users have no right to the register: everything here reads as superuser, within ``_get_portal_domain``.
"""

from odoo.fields import Domain
from odoo.http import request, route
from odoo.tools import email_normalize

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ..tools import naming

URL = "/my/serial-numbers"
FORM = "serial_number_tracking.portal_serial_number_register"
TEXT_LENGTH = 128  # of what is typed
# What the form asks of a customer of the user, and what of it cannot be left out.
ADDRESS = ("name", "street", "zip", "city", "country_id", "email", "phone")
NEEDED = ("name", "street", "city", "country_id")


class SerialNumberPortal(CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        # EXTENDS 'portal'
        values = super()._prepare_home_portal_values(counters)
        if "serial_number_count" in counters:
            values["serial_number_count"] = self._get_register().search_count(self._get_own_domain())
        return values

    def _get_register(self):
        return request.env["serial.number"].sudo()

    def _get_own_domain(self):
        return self._get_register()._get_portal_domain(request.env.user.partner_id)

    def _get_sortings(self):
        return {
            "newest": {"label": request.env._("Newest"), "order": "date_sold desc, id desc"},
            "name": {"label": request.env._("Serial Number"), "order": "name, id"},
            "product": {"label": request.env._("Product"), "order": "product_id, name, id"},
            "warranty": {"label": request.env._("Warranty"), "order": "warranty_end, id"},
        }

    @route([URL, f"{URL}/page/<int:page>"], type="http", auth="user", website=True, readonly=True)
    def portal_serial_numbers(self, page=1, sortby=None, search=None, **kwargs):
        """Show the user's units, a page at a time.

        :param int page: which page
        :param str sortby: a key of the sortings
        :param str search: part of a serial number
        """
        sortings = self._get_sortings()
        sortby = sortby if sortby in sortings else "newest"
        search = naming.clean_text(search)
        domain = self._get_own_domain() & (Domain("display_name", "ilike", search) if search else Domain.TRUE)
        register = self._get_register()
        args = {"sortby": sortby, "search": search}
        pages = pager(URL, register.search_count(domain), page, step=self._items_per_page, url_args=args)
        order, offset = sortings[sortby]["order"], pages["offset"]
        units = register.search(domain, order=order, limit=self._items_per_page, offset=offset)
        values = {
            "units": units,
            "cases": units._get_case_notices(request.env.user.partner_id),
            "page_name": "serial_number",
            "default_url": URL,
            "pager": pages,
            "searchbar_sortings": sortings,
            "sortby": sortby,
            "searchbar_inputs": {"name": {"input": "name", "label": request.env._("Serial Number")}},
            "search_in": "name",
            "search": search,
            "registered": "registered" in kwargs,
        }
        return request.render(
            "serial_number_tracking.portal_my_serial_numbers", self._prepare_portal_layout_values() | values
        )

    @route(f"{URL}/<int:unit_id>", type="http", auth="user", website=True, readonly=True)
    def portal_serial_number(self, unit_id, **kwargs):
        """Show one of the user's units; what is not theirs leads back to the list.

        :param int unit_id: the id of the ``serial.number``
        """
        unit = self._get_register().search(self._get_own_domain() & Domain("id", "=", unit_id))
        if not unit:
            return request.redirect(URL)
        values = {
            "unit": unit,
            "cases": unit._get_case_notices(request.env.user.partner_id),
            "page_name": "serial_number",
            "end_user": unit._get_portal_end_user(request.env.user.partner_id),
            "is_own": unit._is_used_by(request.env.user.partner_id),
            "registered": "registered" in kwargs,
        }
        return request.render(
            "serial_number_tracking.portal_my_serial_number", self._prepare_portal_layout_values() | values
        )

    @route(f"{URL}/register", type="http", auth="user", website=True, readonly=True, methods=["GET"])
    def portal_register_form(self, **kwargs):
        """Ask for the number of the unit to register, and for whom it is.

        :param kwargs: what to begin with, as :meth:`portal_register`
        """
        return self._render_form(kwargs)

    @route(f"{URL}/register", type="http", auth="user", website=True, methods=["POST"])
    def portal_register(self, number="", product="", whose="own", **kwargs):
        """Register a unit to the user, or to a customer of theirs; or say that it cannot be, never why.

        :param str number: its serial number
        :param str product: its product, as far as the user can tell
        :param str whose: ``own`` or ``customer``: who uses it
        :param kwargs: name and address of the customer
        """
        posted = {"number": number, "product": product, "whose": whose, **kwargs}
        is_text = all(isinstance(value, str) for value in posted.values())
        end_user = self._read_address(posted) if whose == "customer" else None
        fault = self._find_address_fault(end_user) if end_user is not None and is_text else None
        if fault:
            return self._render_form(posted, fault)
        attempts = request.env["serial.registration.attempt"].sudo()
        attempt = attempts._begin()
        if not attempt:
            return self._render_form(posted, "exhausted")
        partner = request.env.user.partner_id
        # A file is no number. It counts as a wrong one.
        unit = is_text and self._get_register()._register_for_portal(partner, number, product, end_user)
        if not unit:
            return self._render_form(posted, "unknown")
        attempts._forget(attempt)
        # Who registers for somebody else may have bought it from a reseller of ours: then it is none of their units.
        own = self._get_register().search(self._get_own_domain() & Domain("id", "=", unit.id))
        return request.redirect(f"{URL}/{own.id}?registered=1" if own else f"{URL}?registered=1")

    def _read_address(self, posted):
        """Return name and address of the user's customer as values of a contact, empty where they are not given."""
        vals = {name: naming.clean_text(posted.get(name))[:TEXT_LENGTH] for name in ADDRESS}
        country = vals["country_id"]
        country_id = int(country) if country.isdecimal() and len(country) < 9 else 0
        return vals | {"country_id": request.env["res.country"].browse(country_id).exists().id}

    def _find_address_fault(self, vals):
        if not all(vals[name] for name in NEEDED):
            return "incomplete"
        return "email" if vals["email"] and not email_normalize(vals["email"]) else None

    def _render_form(self, posted, error=None):
        names = ("number", "product", "whose", *ADDRESS)
        typed = {name: naming.clean_text(posted.get(name))[:TEXT_LENGTH] for name in names}
        if typed["whose"] != "customer":
            typed["whose"] = "own"
        typed["country_id"] = typed["country_id"] or str(request.env.user.partner_id.country_id.id or "")
        values = {
            "typed": typed,
            "countries": request.env["res.country"].sudo().search([]),
            "error": error,
            "page_name": "serial_number_register",
        }
        return request.render(FORM, self._prepare_portal_layout_values() | values)
