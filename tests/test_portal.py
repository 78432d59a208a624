from datetime import date

from lxml import html

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common.portal import CUSTOMER, UNKNOWN, URL, PortalCommon


@tagged("post_install", "-at_install")
class TestPortal(PortalCommon):
    """What customers and end users see of their units, and nobody else's."""

    # What they see

    def test_when_many_units_are_recalled_then_the_list_tells_it_once(self):
        units = self._sell("R1", "R2")
        self._sell("FINE")
        recall = self.env["serial.recall"].create({"reason": "It burns", "instructions": "<p>Unplug it.</p>"})
        recall._add_units(units)
        recall.action_start()

        page = html.fromstring(self._get().text)

        (notice,) = page.xpath("//*[@name='case']")
        self.assertIn("It burns", notice.text_content())
        marked = page.xpath("//tbody/tr[.//*[@name='recalled']]//a[contains(@class, 'text-decoration-underline')][1]")
        self.assertEqual({link.text_content().strip() for link in marked} & {"R1", "R2", "FINE"}, {"R1", "R2"})
        (answer,) = set(page.xpath("//*[@name='recalled']/@href"))
        self.assertEqual(answer, notice.xpath(".//a/@href")[0])

    def test_when_the_list_is_opened_then_the_own_companys_units_alone(self):
        self._sell("MINE")
        self._sell("FOREIGN", partner=self.other_customer)
        self._sell("USED", partner=self.vendor).action_register(self.buyer.partner_id)
        self._receive(["STOCK"])
        self._unit("STOCK").action_designate(self.customer)

        text = self._read()

        for number in ("MINE", "USED"):
            self.assertIn(number, text)
        for number in ("FOREIGN", "STOCK"):
            self.assertNotIn(number, text)

    def test_when_a_unit_is_opened_then_product_sale_warranty_and_registration(self):
        unit = self._sell("MINE")
        unit.with_user(self.manager).write({"date_sold": "2026-03-14 12:00:00", "warranty_end": "2099-03-14"})
        unit.action_register(self.buyer.partner_id, "2026-03-15")

        text = self._read(f"/{unit.id}")

        for part in ("MINE", "Phone", "Delivered", "03/14/2026", "03/14/2099", "In warranty", "Registered 03/15/2026"):
            self.assertIn(part, text)

    def test_when_a_unit_is_somebody_elses_or_none_then_back_to_the_list_without_a_word_of_it(self):
        unit = self._sell("MINE")
        for path in (f"/{unit.id}", "/999999999", "/0", f"/{2**70}"):
            response = self._get(path, self.stranger)
            self.assertTrue(response.url.endswith(URL), response.url)
            self.assertNotIn("MINE", response.text)

    def test_when_nobody_is_logged_in_then_the_login(self):
        unit = self._sell("MINE")
        for path in ("", f"/{unit.id}", "/register"):
            self.assertIn("/web/login", self.url_open(f"{URL}{path}").url)

    def test_when_a_reseller_looks_then_whom_it_is_registered_to_stays_hidden(self):
        unit = self._sell("MINE")
        unit.action_register(self.stranger.partner_id, "2026-03-15")

        self.assertIn("03/15/2026", self._read(f"/{unit.id}"))
        self.assertNotIn("Stranger", self._read(f"/{unit.id}"))
        self.assertIn("to Stranger", self._read(f"/{unit.id}", self.stranger))

    def test_when_a_unit_came_back_then_it_is_not_theirs_any_more(self):
        unit = self._sell("MINE")
        self._return(["MINE"])

        self.assertTrue(self._get(f"/{unit.id}").url.endswith(URL))
        self.assertNotIn("MINE", self._read())

    def test_when_searched_and_sorted_then_the_list_follows(self):
        self._sell("B2", "A1", "C3")

        by_name = self._read("?sortby=name")
        self.assertLess(by_name.index("A1"), by_name.index("B2"))
        self.assertIn("B2", self._read("?search=b2"))
        self.assertNotIn("A1", self._read("?search=b2"))

    def test_when_a_wrong_label_is_searched_then_it_is_said_what_is_wrong(self):
        self._sell("A1")

        page = self._read("?search=(01)09521234543214(21)A1")

        self.assertIn("check digit of 09521234543214", page)
        self.assertNotIn("None of your products", page)
        self.assertIn("None of your products", self._read("?search=B2"))

    def test_when_there_are_many_then_page_by_page(self):
        self._sell(*[f"P{number:03}" for number in range(81)])

        first, second = self._read("?sortby=name"), self._read("/page/2?sortby=name")

        self.assertIn("P079", first)
        self.assertNotIn("P080", first)
        self.assertIn("P080", second)

    def test_when_the_address_is_nonsense_then_the_list_all_the_same(self):
        self._sell("MINE")
        for path in ("?sortby=id;drop", "/page/999", "/page/0", "?search=%00", "?search=%25&sortby=&page=x"):
            with self.subTest(path=path):
                self._get(path)

    def test_when_a_number_is_markup_then_it_is_text_on_each_page(self):
        name = "<script>alert('x')</script>"
        unit = self._sell(name)
        for path in ("", f"/{unit.id}", "?search=<script>alert", "/register?number=<script>alert('x')</script>"):
            with self.subTest(path=path):
                self.assertNotIn("<script>alert", self._get(path).text)
        self.assertIn(name, self._read(f"/{unit.id}"))

    def test_when_the_portal_is_opened_then_it_counts_their_units(self):
        self._sell("MINE", "TOO")
        self.authenticate("buyer", "buyerbuyer")

        self.assertIn(URL, self.url_open("/my").text)
        counters = self.make_jsonrpc_request("/my/counters", {"counters": ["serial_number_count"]})
        self.assertEqual(counters, {"serial_number_count": 2})

    def test_when_a_portal_user_reads_the_register_itself_then_refused(self):
        unit = self._sell("MINE")
        with self.assertRaises(AccessError):
            unit.with_user(self.buyer).read(["name"])
        with self.assertRaises(AccessError):
            unit.with_user(self.buyer).action_register(self.buyer.partner_id)

    # Registration

    def test_when_an_end_user_registers_then_the_unit_is_theirs_and_its_warranty_begins(self):
        self.company.serial_warranty_start = "registration"
        unit = self._sell("MINE")
        self.assertIn("Begins when you register", self._read(f"/{unit.id}"))

        response = self._post(" mine ")

        self.assertIn("is registered to you", response.text)
        self.assertTrue(unit.warranty_end > date.today())
        self.assertRecordValues(
            unit,
            [
                {
                    "end_user_id": self.stranger.partner_id.id,
                    "customer_id": self.customer.id,
                    "registration_channel": "Portal",
                }
            ],
        )
        self.assertRecordValues(unit.event_ids[0], [{"kind": "registered", "user_id": self.stranger.id}])

    def test_when_a_number_cannot_be_registered_then_the_answer_never_says_why(self):
        self._sell("TAKEN")
        self._unit("TAKEN").action_register(self.buyer.partner_id)
        self._receive(["STOCK"])

        answers = {}
        for number in ("UNKNOWN", "TAKEN", "STOCK", "\x1b[0m", "x" * 300, " "):
            text = self._post(number).text
            self.assertIn(UNKNOWN, text)
            (form,) = html.fromstring(text).xpath("//form[contains(@action, 'register')]")
            for field in form.xpath(".//input"):
                field.set("value", "")
            for field in form.xpath(".//textarea"):
                field.text = ""
            answers[number] = html.tostring(form)

        self.assertEqual(len(set(answers.values())), 1)
        self.assertEqual(self._unit("TAKEN").end_user_id, self.buyer.partner_id)

    def test_when_two_products_have_the_number_then_the_product_decides(self):
        tablet = self._make_product("Tablet", default_code="TAB-1")
        self._sell("SAME")
        self._receive(["SAME"], product=tablet)
        self._ship(["SAME"], product=tablet)

        self.assertIn(UNKNOWN, self._post("SAME").text)
        self.assertIn("is registered to you", self._post("SAME", "tab-1").text)

        self.assertEqual(self._unit("SAME", tablet).end_user_id, self.stranger.partner_id)
        self.assertFalse(self._unit("SAME").end_user_id)

    def test_when_two_companies_sold_the_same_piece_then_the_users_own_company_is_meant(self):
        unit = self._sell("SAME")
        other = self.env["res.company"].create({"name": "Other"})
        vals = {"name": "SAME", "product_id": self.product.id, "company_id": other.id, "status": "sold"}
        theirs = self.register.with_context(allowed_company_ids=[self.company.id, other.id]).create(vals)

        self.assertIn("is registered to you", self._post("SAME").text)

        self.assertEqual((unit.end_user_id, theirs.end_user_id), (self.stranger.partner_id, self.env["res.partner"]))

    def test_when_registered_twice_by_the_same_company_then_the_first_one_stays(self):
        unit = self._sell("MINE")
        unit.action_register(self.other_customer, "2026-01-01")
        events = len(unit.event_ids)

        self.assertIn("is registered to you", self._post("MINE").text)

        self.assertRecordValues(unit, [{"end_user_id": self.other_customer.id, "date_registered": date(2026, 1, 1)}])
        self.assertEqual(len(unit.event_ids), events)

    def test_when_many_numbers_are_guessed_then_even_a_right_one_is_refused_for_a_while(self):
        unit = self._sell("MINE")
        self.env["serial.registration.attempt"].with_user(self.stranger).sudo().create([{}] * 10)

        self.assertIn("Try again in an hour", self._post("MINE").text)
        self.assertFalse(unit.end_user_id)

        self.assertIn("is registered to you", self._post("MINE", user=self.buyer).text)

    def test_when_a_wrong_number_is_sent_then_it_counts(self):
        self._post("WRONG")

        self.assertEqual(self._count_attempts(), 1)

    def test_when_a_right_number_is_sent_then_it_does_not_count(self):
        self._sell("MINE")
        self._post("MINE")
        self.assertEqual(self._count_attempts(), 0)

    def test_when_the_users_contact_is_another_companys_then_it_is_an_unknown_number(self):
        unit = self._sell("MINE")
        other = self.env["res.company"].create({"name": "Another"})
        self.stranger.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        (self.stranger.partner_id | self.other_customer).company_id = other

        for count, data in enumerate(({}, {**CUSTOMER, "country_id": self.country.id}), 1):
            with self.subTest(data=data):
                self.assertIn(UNKNOWN, self._post("MINE", **data).text)
                self.assertEqual(self._count_attempts(), count)
        self.assertFalse(unit.end_user_id)

    def test_when_the_end_user_is_another_companys_then_registering_again_is_an_unknown_number(self):
        unit = self._sell("MINE")
        colleague = self.env["res.partner"].create({"name": "Colleague", "parent_id": self.other_customer.id})
        unit.sudo().end_user_id = colleague
        another = self.env["res.company"].create({"name": "Another"})
        self.env.flush_all()
        # It became so before units kept their contacts from it.
        self.env.cr.execute("UPDATE res_partner SET company_id = %s WHERE id = %s", [another.id, colleague.id])
        self.env.invalidate_all()

        self.assertIn(UNKNOWN, self._post("MINE").text)

    def test_when_a_file_is_sent_where_a_text_belongs_then_it_counts_as_a_wrong_number(self):
        unit = self._sell("MINE")
        for count, field in enumerate(("number", "product", "whose", "name"), 1):
            response = self._post("MINE", files={field: ("MINE", b"MINE")}, **CUSTOMER)
            with self.subTest(field=field):
                self.assertEqual(response.status_code, 200)
                self.assertIn(UNKNOWN, response.text)
                self.assertEqual(self._count_attempts(), count)
        self.assertFalse(unit.end_user_id)

    def test_when_what_is_sent_is_nonsense_then_it_is_an_unknown_number(self):
        for data in ({"number": "\0"}, {"number": "1" * 100_000}, {"number": "A", "product": "\0" * 9}):
            with self.subTest(number=data["number"][:9]):
                self.assertIn(UNKNOWN, self._post(**data).text)

    def test_when_the_number_is_missing_then_it_is_an_unknown_number(self):
        page = html.fromstring(self._get("/register", self.stranger).text)
        (token,) = page.xpath("//form[contains(@action, 'register')]//input[@name='csrf_token']/@value")
        self.assertIn(UNKNOWN, self.url_open(f"{URL}/register", data={"csrf_token": token}).text)

    def test_when_the_form_is_posted_without_its_token_then_refused(self):
        unit = self._sell("MINE")
        self.authenticate("stranger", "strangerstranger")

        response = self.url_open(f"{URL}/register", data={"number": "MINE"})

        self.assertEqual(response.status_code, 400)
        self.assertFalse(unit.end_user_id)
