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

    # Many at once

    def test_when_many_are_registered_for_a_customer_then_all_of_them_are_theirs(self):
        units = self._sell("M1", "M2", "M3")

        response = self._post_for_customer("M1\r\nM2\r\n\r\nm3\r\nM1")

        self.assertIn("Products registered: 3", response.text)
        self.assertEqual(len(units.end_user_id), 1)
        self.assertEqual(set(units.mapped("registration_channel")), {"Portal"})
        self.assertEqual(self._count_attempts(self.buyer), 0)

    def test_when_some_of_many_cannot_be_registered_then_the_others_are_and_these_stand_there_to_be_corrected(self):
        units = self._sell("M1", "M2")

        response = self._post_for_customer("M1\nNONE\nM2")

        page = html.fromstring(response.text)
        self.assertEqual(units.end_user_id.name, "Ada End")
        self.assertEqual(page.xpath("//textarea[@name='number']")[0].text.strip(), "NONE")
        (alert,) = page.xpath("//div[@name='some']")
        self.assertIn("Products registered: 2 These cannot", " ".join(alert.text_content().split()))
        self.assertEqual(self._count_attempts(self.buyer), 1)

    def test_when_many_are_guessed_then_they_are_not_tried_any_more_and_the_own_ones_are_registered(self):
        units = self._sell("M1", "M2")
        self._sell("OTHER", partner=self.other_customer)
        wrong = [f"N{number}" for number in range(12)]

        response = self._post_for_customer("\n".join([*wrong, "OTHER", "M1", "M2"]))

        self.assertIn("These were not tried", response.text)
        self.assertTrue(all(units.mapped("end_user_id")))
        self.assertFalse(self._unit("OTHER").end_user_id)

    def test_when_a_file_is_uploaded_then_its_numbers_are_registered(self):
        units = self._sell("M1", "M2", "M3")
        content = b"Customer;Serial Number\nAda;M1\nAda;M2\n"

        response = self._post_for_customer("M3", files={"file": ("sold.csv", content, "text/csv")})

        self.assertIn("Products registered: 3", response.text)
        self.assertTrue(all(units.mapped("end_user_id")))

    def test_when_the_file_cannot_be_read_then_the_form_says_so_and_keeps_what_was_typed(self):
        self._sell("M1")

        response = self._post_for_customer("M1", files={"file": ("sold.xlsx", b"PK\x03\x04 no", "application/x")})

        self.assertIn("sold.xlsx cannot be read", response.text)
        self.assertEqual(html.fromstring(response.text).xpath("//textarea[@name='number']")[0].text.strip(), "M1")

    def test_when_too_many_are_sent_then_none_is_registered(self):
        self._sell("M1")

        response = self._post_for_customer("\n".join(["M1", *map(str, range(500))]))

        self.assertIn("Register at most 500 at once", response.text)
        self.assertFalse(self._unit("M1").end_user_id)

    # What is left to register

    def test_when_what_is_not_registered_is_shown_then_these_alone_and_the_chosen_ones_go_to_the_form(self):
        first, second, third = self._sell("M1", "M2", "M3")
        self._post_for_customer("M2")

        text = self._read("?filterby=open")
        response = self._get(f"/register?whose=customer&unit={first.id}&unit={third.id}&unit={second.id + 99}")

        self.assertIn("All (3)", text)
        self.assertIn("Not registered (2)", text)
        self.assertIn("Registered (1)", text)
        self.assertIn("M1", text)
        self.assertNotIn("M2", text)
        page = html.fromstring(response.text)
        self.assertEqual(page.xpath("//textarea[@name='number']")[0].text.split(), ["M1", "M3"])
        self.assertTrue(page.xpath("//input[@id='whose_customer'][@checked]"))

    def test_when_all_are_registered_then_the_list_of_the_others_says_so(self):
        self._sell("M1")
        self._post_for_customer("M1")
        self.assertIn("All your products are registered", self._read("?filterby=open"))
        self.assertIn("M1", self._read("?filterby=done"))

    def test_when_the_own_units_are_of_two_companies_then_each_says_whose_it_is(self):
        self._sell("M1")
        self.assertNotIn("Sold by", self._read())
        other = self.env["res.company"].create({"name": "Second Shop"})
        place = self.env["stock.warehouse"].search([("company_id", "=", other.id)], limit=1).lot_stock_id
        self.register._record_new(
            "imported",
            ["T1"],
            {
                "product_id": self.product.id,
                "company_id": other.id,
                "status": "sold",
                "customer_id": self.customer.id,
                "location_id": place.id,
            },
            self.register._prepare_event_vals("imported"),
        )
        text = self._read()
        self.assertIn("Sold by", text)
        self.assertIn("Second Shop", text)

    # A way to ask

    def _ask(self, user=None, **data):
        page = html.fromstring(self._get("/register", user or self.buyer).text)
        (token,) = page.xpath("//form[contains(@action, '/ask')]//input[@name='csrf_token']/@value")
        return self.url_open(f"{URL}/ask", data={"csrf_token": token, **data})

    def test_when_a_number_is_refused_then_they_ask_who_looks_after_them(self):
        self.customer.user_id = self.clerk
        refused = html.fromstring(self._post_for_customer("NONE").text)
        self.assertEqual(refused.xpath("//form[@id='ask']//input[@name='number']/@value"), ["NONE"])

        response = self._ask(number="NONE", product="Phone", question="Bought on <b>Monday</b>")

        self.assertIn("We have got your question", response.text)
        message = self.buyer.partner_id.message_ids[0]
        self.assertEqual(message.author_id, self.buyer.partner_id)
        self.assertEqual(message.notified_partner_ids, self.clerk.partner_id)
        self.assertIn("&lt;b&gt;Monday", message.body)
        self.assertIn("NONE", message.body)

    def test_when_they_have_no_salesperson_then_the_managers_are_asked(self):
        self._ask(question="Where is its number?")
        message = self.buyer.partner_id.message_ids[0]
        self.assertIn(self.manager.partner_id, message.notified_partner_ids)

    def test_when_nothing_or_too_much_is_asked_then_it_is_not_sent(self):
        self.assertIn("Say what you want to know", self._ask(question=" ").text)
        for number in range(5):
            self.assertIn("We have got your question", self._ask(question=f"Question {number}").text)
        self.assertIn("Say what you want to know", self._ask(question="One more").text)
