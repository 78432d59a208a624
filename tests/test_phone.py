from odoo.exceptions import UserError
from odoo.tests import HttpCase, new_test_user, tagged

from .common.base import SerialCommon
from .common.tours import GS, TourCommon, draw_data_matrix, draw_qr

GTIN = "09521234543213"


@tagged("post_install", "-at_install")
class TestPhone(SerialCommon):
    """What the page for phones lists and opens."""

    def _find(self, work, user=None, **options):
        transfers = self.env["stock.picking"].with_user(user or self.clerk)
        return [row["name"] for row in transfers.find_serial_work(work, **options)["rows"]]

    def test_when_work_is_asked_for_then_the_open_transfers_of_that_kind(self):
        receipt = self._transfer("in", 2)
        back = self._transfer("back", 1)
        plain = self._transfer("in", 1, product=self.plain)
        done = self._transfer("in", 1)
        self._validate(done, ["A1"])
        delivery = self._transfer("out", 1)

        found = {work: self._find(work) for work in ("receive", "ship", "take_back")}

        self.assertIn(receipt.name, found["receive"])
        self.assertIn(delivery.name, found["ship"])
        self.assertIn(back.name, found["take_back"])
        for work, name in (
            ("receive", back.name),
            ("receive", plain.name),
            ("receive", done.name),
            ("ship", back.name),
        ):
            self.assertNotIn(name, found[work])

    def test_when_a_name_or_a_partner_is_searched_then_it_is_found_and_the_whole_name_comes_first(self):
        receipt = self._transfer("in", 2)

        self.assertEqual(self._find(None, text=receipt.name.lower())[0], receipt.name)
        self.assertIn(receipt.name, self._find("receive", text="vendo"))
        self.assertEqual(self._find("receive", text="no such thing"), [])

    def test_when_nothing_is_reserved_then_it_is_found_by_name_only_and_opening_says_why_not(self):
        delivery = self._transfer("out", 3)
        delivery.do_unreserve()
        self.assertNotIn(delivery.name, self._find("ship"))
        rows = self.env["stock.picking"].with_user(self.clerk).find_serial_work("ship", delivery.name)["rows"]

        self.assertEqual([(row["name"], row["is_ready"]) for row in rows], [(delivery.name, False)])
        with self.assertRaisesRegex(UserError, "nothing is reserved"):
            delivery.action_scan_serials()

    def test_when_numbers_are_entered_then_the_list_says_how_many_of_how_many(self):
        receipt = self._transfer("in", 3)
        receipt.move_ids.assign_serials(["A1"])

        [row] = receipt.find_serial_work("receive", receipt.name)["rows"]

        self.assertEqual((row["entered"], row["quantity"]), (1, 3))

    def test_when_operation_types_differ_then_one_can_be_chosen(self):
        receipt = self._transfer("in", 1)
        other = self.warehouse.in_type_id.copy({"name": "Second Dock", "sequence_code": "DOCK"})
        second = self._transfer("in", 1)
        second.picking_type_id = other
        found = receipt.find_serial_work("receive")

        self.assertLessEqual({self.warehouse.in_type_id.id, other.id}, {each["id"] for each in found["types"]})
        self.assertEqual(self._find("receive", type_id=other.id), [second.name])

    def test_when_the_window_is_confirmed_then_the_transfer_is_done(self):
        receipt = self._transfer("in", 1)
        entry = self._entry(receipt.action_scan_serials(), receipt)
        entry.line_ids.add_serials(["A1"])

        entry.action_confirm()

        self.assertEqual(receipt.state, "done")

    def test_when_a_user_may_change_no_transfer_then_no_work_is_offered(self):
        looker = new_test_user(self.env, "looker", "base.group_user,serial_number_tracking.group_serial_number_user")

        self.assertEqual(self.env["stock.picking"].with_user(looker).count_serial_work(), {})
        self.assertLessEqual(
            {"receive", "ship", "take_back"}, set(self.env["stock.picking"].with_user(self.clerk).count_serial_work())
        )

    def test_when_transfers_are_another_companys_then_they_are_not_listed(self):
        receipt = self._transfer("in", 1)
        stranger = self._make_stranger("stock.group_stock_user")

        self.assertNotIn(receipt.name, self._find("receive", stranger, text=receipt.name))

    def test_when_the_work_is_unknown_then_refused(self):
        for options in (("fly",), ("receive", "", "x"), ("receive", "", False, -1), ({},)):
            with self.subTest(options=options), self.assertRaises(UserError):
                self.env["stock.picking"].with_user(self.clerk).find_serial_work(*options)


@tagged("post_install", "-at_install")
class TestPhoneApp(HttpCase):
    """The page as an app."""

    def test_when_the_app_is_installed_then_it_has_a_name_an_icon_and_its_own_page(self):
        page = self.url_open("/scoped_app?app_id=serial_number_tracking&path=scoped_app%2Fserial-phone")
        self.assertIn("manifest.scoped_app_manifest", page.text)
        manifest = self.url_open(
            "/web/manifest.scoped_app_manifest?app_id=serial_number_tracking&path=%2Fscoped_app%2Fserial-phone"
        ).json()

        self.assertEqual(
            (manifest["name"], manifest["start_url"], manifest["scope"]),
            ("Serial Number Tracking", "/scoped_app/serial-phone", "/scoped_app/serial-phone"),
        )
        [icon] = manifest["icons"]
        self.assertEqual(self.url_open(icon["src"]).headers["Content-Type"], "image/png")
        self.assertEqual(self.url_open("/scoped_app_icon_png?app_id=serial_number_tracking").status_code, 200)


@tagged("post_install", "-at_install")
class TestPhoneTours(TourCommon):
    """A day in the hall with a phone of 360 pixels."""

    browser_size = "360x740"
    touch_enabled = True

    def test_phone_receives_ships_takes_back_and_looks_up(self):
        receipt = self._transfer("in", 10)
        self.start_tour("/odoo/serial-phone", "serial_phone_receive", login="clerk")
        self.env.invalidate_all()
        self.assertEqual(receipt.state, "done")
        self.assertEqual(self._names(receipt), [f"P-{number}" for number in range(1, 11)])

        delivery = self._transfer("out", 1)
        delivery.name = "OUT-7"
        self.start_tour("/odoo/serial-phone", "serial_phone_ship", login="clerk")
        self.env.invalidate_all()
        self.assertEqual(delivery.state, "done")
        self.assertEqual(self._names(delivery), ["P-1"])

    def test_back_button_goes_one_screen_back_and_the_list_stays_narrowed(self):
        for name in ("Hall 1", "Hall 2", "Yard 1", "Yard 2"):
            self._transfer("in", 1).origin = name
        self.start_tour("/odoo/serial-phone", "serial_phone_back", login="clerk")
        self.env.invalidate_all()
        self.assertTrue(self._unit("P-1"))

    def test_network_cut_in_the_middle_of_50_scans_and_a_page_loaded_again_lose_none_and_double_none(self):
        picking = self._transfer("in", 50)
        self._tour_in_hall("serial_phone_network_cut", action="serial_number_tracking.serial_phone_action")
        self.assertEqual(picking.state, "done")
        self.assertEqual(self._names(picking), [f"P-{number}" for number in range(1, 51)])

    def test_camera_reads_a_datamatrix_and_a_qr_code(self):
        receipt = self._transfer("in", 2)
        pictures = [draw_data_matrix("P-1"), draw_qr(f"https://id.gs1.org/01/{GTIN}/21/P-2")]
        self._tour_with_camera(pictures, "serial_phone_camera", action="serial_number_tracking.serial_phone_action")
        self.assertEqual(receipt.state, "done")
        self.assertEqual(sorted(self._names(receipt)), ["P-1", "P-2"])

    def test_scanner_that_types_separators_enters_labels_as_fast_as_it_types(self):
        receipt = self._transfer("in", 10)
        labels = [f"]d201{GTIN}21P-{number}{GS}17271231" for number in range(1, 11)]
        self._tour_by_scanner(labels, "serial_phone_separators", action="serial_number_tracking.serial_phone_action")
        self.assertEqual(receipt.state, "done")
        self.assertEqual(self._names(receipt), [f"P-{number}" for number in range(1, 11)])
        self.assertEqual(
            {f"{day:%Y-%m-%d}" for day in receipt.move_ids.serial_ids.mapped("expiration_date")}, {"2027-12-31"}
        )
