from lxml import html

from odoo.tests import new_test_user, tagged

from .common.portal import CUSTOMER, UNKNOWN, URL, PortalCommon


@tagged("post_install", "-at_install")
class TestPortalReseller(PortalCommon):
    """A reseller registers what it sold on to whom it sold it, and is not in the way of who uses it."""

    def _post_for_customer(self, number, user=None, **data):
        data = {**CUSTOMER, "country_id": self.country.id, **data}
        return self._post(number, user=user or self.buyer, **data)

    # For somebody else

    def test_when_a_reseller_registers_for_a_customer_then_the_customer_is_the_end_user(self):
        unit = self._sell("MINE")

        response = self._post_for_customer("MINE", email="ada@example.com", phone="+32 2")

        self.assertIn("is registered to your customer", response.text)
        self.assertTrue(response.url.startswith(f"{self.base_url()}{URL}/{unit.id}"))
        self.assertRecordValues(
            unit.end_user_id,
            [
                {
                    "name": "Ada End",
                    "street": "1 Main Street",
                    "zip": "1000",
                    "city": "Brussels",
                    "country_id": self.country.id,
                    "email": "ada@example.com",
                    "phone": "+32 2",
                    "parent_id": False,
                    "company_id": False,
                }
            ],
        )
        self.assertRecordValues(unit, [{"customer_id": self.customer.id, "registration_channel": "Portal"}])
        self.assertNotIn("Ada End", self._read(f"/{unit.id}"))

    def test_when_several_units_go_to_one_customer_then_one_contact(self):
        units = self._sell("M1", "M2", "M3")
        for name, data in (("M1", {}), ("M2", {}), ("M3", {"city": "Ghent"})):
            self._post_for_customer(name, **data)
        first, second, third = (unit.end_user_id for unit in units)
        self.assertEqual(first, second)
        self.assertNotEqual(first, third)

    def test_when_two_users_name_the_same_customer_then_neither_gets_the_others_contact(self):
        units = self._sell("M1", "M2")
        self._post_for_customer("M1")
        self._post_for_customer("M2", user=self.stranger)
        self.assertEqual(len(units.end_user_id), 2)

    def test_when_who_registers_it_for_a_customer_did_not_buy_it_then_the_list_says_so(self):
        unit = self._sell("MINE")

        response = self._post_for_customer("MINE", user=self.stranger)

        self.assertIn("is registered to your customer", response.text)
        self.assertEqual(response.url, f"{self.base_url()}{URL}?registered=1")
        self.assertEqual(unit.end_user_id.name, "Ada End")

    def test_when_the_address_is_incomplete_then_it_is_asked_for_and_no_number_is_looked_up(self):
        unit = self._sell("MINE")
        for field in ("name", "street", "city", "country_id"):
            response = self._post_for_customer("MINE", **{field: " "})
            with self.subTest(field=field):
                self.assertIn("Enter the name, street, city and country", response.text)
                page = html.fromstring(response.text)
                self.assertEqual(page.xpath("//input[@name='zip']/@value"), ["1000"])
        for country in ("x", "-1", "99999999", "9" * 99, "\u00b2"):
            with self.subTest(country=country):
                self.assertIn("Enter the name", self._post_for_customer("MINE", country_id=country).text)
        self.assertIn("no e-mail address", self._post_for_customer("MINE", email="ada").text)
        self.assertFalse(unit.end_user_id)
        self.assertEqual(self._count_attempts(self.buyer), 0)

    def test_when_the_address_is_markup_then_it_is_text(self):
        self._sell("MINE")
        response = self._post_for_customer("WRONG", name="<script>alert(1)</script>")
        self.assertNotIn("<script>alert(1)", response.text)

    def test_when_the_form_is_opened_for_a_customer_then_the_choice_is_made(self):
        page = html.fromstring(self._get("/register?whose=customer&number=A1").text)
        self.assertEqual(page.xpath("//input[@name='whose'][@checked]/@value"), ["customer"])
        page = html.fromstring(self._get("/register?whose=nonsense").text)
        self.assertEqual(page.xpath("//input[@name='whose'][@checked]/@value"), ["own"])

    # Followed by the end user

    def test_when_a_reseller_registered_it_then_one_end_user_follows_and_the_history_keeps_both(self):
        unit = self._sell("MINE")
        third = self._make_portal_user("third", self.vendor)
        self._post("MINE", user=self.buyer)
        self.assertEqual(unit.end_user_id, self.buyer.partner_id)

        self.assertIn("is registered to you", self._post("MINE").text)
        self.assertIn(UNKNOWN, self._post("MINE", user=third).text)
        self.assertIn(UNKNOWN, self._post("MINE", user=self.buyer).text)

        self.assertEqual(unit.end_user_id, self.stranger.partner_id)
        events = unit.event_ids.filtered(lambda event: event.kind == "registered").sorted("id")
        self.assertEqual(events.partner_id.ids, (self.buyer.partner_id | self.stranger.partner_id).ids)
        self.assertIn("MINE", self._read())  # it bought it all the same

    def test_when_a_reseller_registered_it_then_it_can_register_it_to_its_customer(self):
        unit = self._sell("MINE")
        self._post("MINE", user=self.buyer)
        self.assertIn("Register to a Customer", self._read(f"/{unit.id}"))

        self.assertIn("is registered to your customer", self._post_for_customer("MINE").text)

        self.assertEqual(unit.end_user_id.name, "Ada End")
        self.assertIn(UNKNOWN, self._post("MINE").text)

    def test_when_we_registered_the_customer_then_nobody_follows(self):
        unit = self._sell("MINE")
        unit.with_user(self.clerk).action_register(self.customer)
        self.assertIn(UNKNOWN, self._post("MINE").text)

    def test_when_the_named_customer_has_an_account_then_they_take_it_over(self):
        unit = self._sell("MINE")
        self._post_for_customer("MINE", email="Ada@example.com")
        ada = new_test_user(self.env, "ada", "base.group_portal", email="ada@example.com", password="adaadaada")

        self.authenticate("ada", "adaadaada")
        page = html.fromstring(self.url_open(f"{URL}/register").text)
        (token,) = page.xpath("//form[contains(@action, 'register')]//input[@name='csrf_token']/@value")
        response = self.url_open(f"{URL}/register", data={"number": "MINE", "csrf_token": token})

        self.assertIn("is registered to you", response.text)
        self.assertEqual(unit.end_user_id, ada.partner_id)

    def test_when_a_reseller_names_a_customer_with_the_own_address_then_not_again_and_again(self):
        unit = self._sell("MINE")
        address = self.buyer.partner_id.email
        self._post_for_customer("MINE", email=address)
        named, count = unit.end_user_id, self.env["res.partner"].search_count([])

        self.assertIn(UNKNOWN, self._post_for_customer("MINE", email=address, city="Ghent").text)

        self.assertEqual((unit.end_user_id, self.env["res.partner"].search_count([])), (named, count))

    def test_when_the_warranty_began_with_the_resellers_registration_then_it_stays(self):
        self.company.serial_warranty_start = "registration"
        unit = self._sell("MINE")
        unit.action_register(self.buyer.partner_id, "2026-01-01", "Portal")
        end = unit.warranty_end

        self._post("MINE")

        self.assertEqual((unit.end_user_id, unit.warranty_end), (self.stranger.partner_id, end))
