from lxml import html

from odoo.tests import HttpCase, new_test_user

from .base import SerialCommon

URL = "/my/serial-numbers"
UNKNOWN = "cannot be registered. Check"
CUSTOMER = {"whose": "customer", "name": "Ada End", "street": "1 Main Street", "zip": "1000", "city": "Brussels"}


class PortalCommon(SerialCommon, HttpCase):
    """Two portal users: the buyer of what is sold, and a stranger."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.warranty_months = 12
        cls.country = cls.env.ref("base.be")
        cls.buyer = cls._make_portal_user("buyer", cls.customer)
        cls.stranger = cls._make_portal_user("stranger", cls.other_customer)

    @classmethod
    def _make_portal_user(cls, login, company):
        user = new_test_user(cls.env, login, "base.group_portal", name=login.title(), password=login * 2)
        user.partner_id.parent_id = company
        return user

    def _sell(self, *names, **options):
        self._receive(names)
        self._ship(names, **options)
        return self.register.browse([self._unit(name).id for name in names])

    def _get(self, path="", user=None):
        user = user or self.buyer
        self.authenticate(user.login, user.login * 2)
        response = self.url_open(f"{URL}{path}")
        self.assertEqual(response.status_code, 200)
        return response

    def _read(self, path="", user=None):
        """Return the page's own part as lines of text."""
        page = html.fromstring(self._get(path, user).text)
        (main,) = page.xpath("//main")
        return " ".join(main.text_content().split())

    def _post(self, number, product="", user=None, files=None, **data):
        user = user or self.stranger
        page = html.fromstring(self._get("/register", user).text)
        (token,) = page.xpath("//form[contains(@action, 'register')]//input[@name='csrf_token']/@value")
        data |= {"number": number, "product": product, "csrf_token": token}
        return self.url_open(f"{URL}/register", data=data, files=files)

    def _count_attempts(self, user=None):
        user = user or self.stranger
        return self.env["serial.registration.attempt"].search_count([("create_uid", "=", user.id)])
