"""What customers and end users see of their units, and where they register what they bought.

Portal users have no right to the register: everything here reads as superuser, within ``_get_portal_domain``.
"""

import re

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request, route
from odoo.tools import email_normalize

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ..engine import scan
from ..engine.entry_file import NUMBER_HEADINGS
from ..engine.upload import UPLOADS, make_file_error, read_upload
from ..tools import naming
from ..tools.columns import find_numbers

URL = "/my/serial-numbers"
FORM = "serial_number_tracking.portal_serial_number_register"
LINES = re.compile(r"[\r\n\t]+")  # one number a line; other control characters are of labels
MANY = 500  # numbers at once
TEXT_LENGTH = 128  # of what is typed
# What the form asks of a customer of the user, and what of it cannot be left out.
ADDRESS = ("name", "street", "zip", "city", "country_id", "email", "phone")
NEEDED = ("name", "street", "city", "country_id")


def _may_be_number(cell):
    return scan.is_label(cell) or not naming.find_fault(naming.clean(cell))


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

    def _shows_company(self):
        """Tell whether the user's units are of several companies, so that it must be said who sold which."""
        return len(self._get_register()._read_group(self._get_own_domain(), ["company_id"], limit=2)) > 1

    def _read_count(self, text):
        return int(text) if isinstance(text, str) and text.isascii() and text.isdecimal() and len(text) < 9 else 0

    def _get_sortings(self):
        return {
            "newest": {"label": request.env._("Newest"), "order": "date_sold desc, id desc"},
            "name": {"label": request.env._("Serial Number"), "order": "name, id"},
            "product": {"label": request.env._("Product"), "order": "product_id, name, id"},
            "warranty": {"label": request.env._("Warranty"), "order": "warranty_end, id"},
        }

    def _get_filters(self):
        """Return which units the list can show: by a key ``label``, ``domain`` and ``count``."""
        register, own = self._get_register(), self._get_own_domain()
        filters = {
            "all": {"label": request.env._("All"), "domain": own},
            "open": {"label": request.env._("Not registered"), "domain": own & register._get_unregistered_domain()},
            "done": {"label": request.env._("Registered"), "domain": own & Domain("date_registered", "!=", False)},
        }
        for choice in filters.values():
            choice["count"] = register.search_count(choice["domain"])
        return filters

    @route([URL, f"{URL}/page/<int:page>"], type="http", auth="user", website=True, readonly=True)
    def portal_serial_numbers(self, page=1, sortby=None, search=None, filterby=None, **kwargs):
        """Show the user's units, a page at a time.

        :param int page: which page
        :param str sortby: a key of the sortings
        :param str search: part of a serial number
        :param str filterby: a key of the filters
        """
        filters = self._get_filters()
        filterby = filterby if filterby in filters else "all"
        sortings = self._get_sortings()
        sortby = sortby if sortby in sortings else "newest"
        search = naming.clean_text(search)
        domain = filters[filterby]["domain"] & (Domain("display_name", "ilike", search) if search else Domain.TRUE)
        register = self._get_register()
        args = {"sortby": sortby, "search": search, "filterby": filterby}
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
            "filters": filters,
            "filterby": filterby,
            "search": search,
            "fault": scan.find_fault(request.env, search),
            "choosable": units.filtered_domain(units._get_unregistered_domain()),
            "shows_company": self._shows_company(),
            "registered": "registered" in kwargs,
            "many": self._read_count(kwargs.get("many")),
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
            "shows_company": self._shows_company(),
            "is_own": unit._is_used_by(request.env.user.partner_id),
            "registered": "registered" in kwargs,
        }
        return request.render(
            "serial_number_tracking.portal_my_serial_number", self._prepare_portal_layout_values() | values
        )

    @route(f"{URL}/register", type="http", auth="user", website=True, readonly=True, methods=["GET"])
    def portal_register_form(self, **kwargs):
        """Ask for the numbers of the units to register, and for whom they are.

        :param kwargs: what to begin with, as :meth:`portal_register`; ``unit``: ids of units of the user, ``asked``
        """
        ids = [self._read_count(text) for text in request.httprequest.args.getlist("unit")[:MANY]]
        units = self._get_register().search(
            self._get_own_domain() & Domain("id", "in", ids) & Domain("name", "!=", False)
        )
        if units:
            kwargs["number"] = "\n".join(units.sorted("name").mapped("name"))
        return self._render_form(kwargs, asked="asked" in kwargs)

    @route(f"{URL}/register", type="http", auth="user", website=True, methods=["POST"])
    def portal_register(self, number="", product="", whose="own", file=None, **kwargs):
        """Register units to the user, or to a customer of theirs; or say that it cannot be, never why.

        :param str number: its serial number, or several: one a line
        :param str product: its product, as far as the user can tell
        :param str whose: ``own`` or ``customer``: who uses it
        :param file: a file with serial numbers
        :param kwargs: name and address of the customer
        """
        posted = {"number": number, "product": product, "whose": whose, **kwargs}
        is_text = all(isinstance(value, str) for value in posted.values())
        end_user = self._read_address(posted) if whose == "customer" else None
        fault = self._find_address_fault(end_user) if end_user is not None and is_text else None
        if fault:
            return self._render_form(posted, fault)
        if is_text:
            try:
                numbers = self._read_numbers(number, file)
            except UserError as error:
                return self._render_form(posted, "file", message=str(error))
            if len(numbers) > 1:
                return self._register_many(posted, numbers, end_user)
            number = numbers[0] if numbers else number
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

    def _read_numbers(self, text, file):
        """Return the numbers that were typed and those of a file, each once.

        :raise UserError: for a file that cannot be read, and too many numbers
        """
        numbers = [line for line in LINES.split(text) if line.strip()]
        if getattr(file, "filename", ""):
            numbers += self._read_file(file)
        numbers = list({naming.make_key(number): number for number in reversed(numbers)}.values())[::-1]
        if len(numbers) > MANY:
            raise UserError(
                request.env._(
                    "These are %(count)s serial numbers. Register at most %(limit)s at once.",
                    count=len(numbers),
                    limit=MANY,
                )
            )
        return numbers

    def _read_file(self, file):
        name, limit = naming.show(file.filename), UPLOADS["portal"].size
        table = read_upload(request.env, "portal", name, file.read(limit + 1))
        headings = {*map(str.lower, NUMBER_HEADINGS), request.env._("Serial Number").lower()}
        column, indexes = find_numbers(table.rows, headings, _may_be_number)
        if column is None:
            raise make_file_error(request.env, name)
        return [str(table.rows[index][column]) for index in indexes]

    def _register_many(self, posted, numbers, end_user):
        """Register all that can be registered, and show the others, ready to be corrected."""
        partner = request.env.user.partner_id
        units, refused, left = self._get_register()._register_many_for_portal(
            partner, numbers, posted["product"], end_user
        )
        if not refused and not left:
            return request.redirect(f"{URL}?many={len(units)}")
        posted = {**posted, "number": "\n".join([*refused, *left])}
        return self._render_form(posted, "some", count=len(units), refused=refused, left=left)

    @route(f"{URL}/ask", type="http", auth="user", website=True, methods=["POST"])
    def portal_ask(self, number="", product="", question="", **kwargs):
        """Send a question about units that cannot be registered to those who look after the user.

        :param str number: their serial numbers, one a line
        :param str product: what the user takes their product for
        :param str question: what the user asks
        """
        posted = {"number": number, "product": product, "question": question}
        if not all(isinstance(value, str) for value in posted.values()):
            return request.redirect(f"{URL}/register")
        numbers = [naming.show(line) for line in LINES.split(number) if line.strip()][:MANY]
        register = self._get_register()
        if register._ask_from_portal(request.env.user, numbers, naming.clean_text(product), question.strip()):
            return request.redirect(f"{URL}/register?asked=1")
        return self._render_form(posted, "unasked")

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

    def _render_form(self, posted, error=None, **options):
        names = ("product", "whose", *ADDRESS)
        typed = {name: naming.clean_text(posted.get(name))[:TEXT_LENGTH] for name in names}
        number = posted.get("number")
        lines = LINES.split(number) if isinstance(number, str) else []
        typed["number"] = "\n".join(naming.clean_text(line)[:TEXT_LENGTH] for line in lines[:MANY])
        if typed["whose"] != "customer":
            typed["whose"] = "own"
        typed["country_id"] = typed["country_id"] or str(request.env.user.partner_id.country_id.id or "")
        values = {
            "typed": typed,
            "countries": request.env["res.country"].sudo().search([]),
            "error": error,
            **{name: options.get(name) for name in ("asked", "count", "refused", "left", "message")},
            "page_name": "serial_number_register",
        }
        return request.render(FORM, self._prepare_portal_layout_values() | values)
