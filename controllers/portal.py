"""What customers and end users see of their units, and where they register what they bought.

Portal users have no right to the register: everything here reads as superuser, within ``_get_portal_domain``.
"""

from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

URL = "/my/serial-numbers"
FORM = "serial_number_tracking.portal_serial_number_register"


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
        search = (search or "").replace("\0", "")
        domain = self._get_own_domain() & (Domain("name", "ilike", search) if search else Domain.TRUE)
        register = self._get_register()
        args = {"sortby": sortby, "search": search}
        pages = pager(URL, register.search_count(domain), page, step=self._items_per_page, url_args=args)
        order, offset = sortings[sortby]["order"], pages["offset"]
        values = {
            "units": register.search(domain, order=order, limit=self._items_per_page, offset=offset),
            "page_name": "serial_number",
            "default_url": URL,
            "pager": pages,
            "searchbar_sortings": sortings,
            "sortby": sortby,
            "searchbar_inputs": {"name": {"input": "name", "label": request.env._("Serial Number")}},
            "search_in": "name",
            "search": search,
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
            "page_name": "serial_number",
            "end_user": unit._get_portal_end_user(request.env.user.partner_id),
            "registered": "registered" in kwargs,
        }
        return request.render(
            "serial_number_tracking.portal_my_serial_number", self._prepare_portal_layout_values() | values
        )

    @route(f"{URL}/register", type="http", auth="user", website=True, readonly=True, methods=["GET"])
    def portal_register_form(self, number="", product="", **kwargs):
        """Ask for the number of the unit to register.

        :param str number: what to begin with
        :param str product: likewise
        """
        return self._render_form(number, product)

    @route(f"{URL}/register", type="http", auth="user", website=True, methods=["POST"])
    def portal_register(self, number="", product="", **kwargs):
        """Register a unit to the user, and show it; or say that it cannot be, never why.

        :param str number: its serial number
        :param str product: its product, as far as the user can tell
        """
        attempts = request.env["serial.registration.attempt"].sudo()
        if attempts._is_exhausted():
            return self._render_form(number, product, "exhausted")
        unit = self._get_register()._register_for_portal(request.env.user.partner_id, number, product)
        if not unit:
            attempts.create({})
            return self._render_form(number, product, "unknown")
        return request.redirect(f"{URL}/{unit.id}?registered=1")

    def _render_form(self, number, product, error=None):
        values = {"number": number, "product": product, "error": error, "page_name": "serial_number_register"}
        return request.render(FORM, self._prepare_portal_layout_values() | values)
