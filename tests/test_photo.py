import base64
import io

from lxml import html
from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common.base import PaperCommon
from .common.photo import make_picture

SHEET = "serial_number_tracking.report_serial_history"
REPORT = "serial_number_tracking.report_serial_report"


@tagged("post_install", "-at_install")
class TestPhoto(PaperCommon):
    """The photo of a unit, taken in the window with its number."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.product_tmpl_id.serial_ask_photo = "ask"
        cls.user = new_test_user(cls.env, "photographer", "stock.group_stock_user")

    def _open(self, names=("A1",), way="in"):
        self.picking = self._transfer(way, len(names) or 1).with_user(self.user)
        line = self._entry(self.picking.button_validate(), self.picking).line_ids
        if names:
            line.add_serials(list(names))
        return line

    def _row(self, line, name="A1"):
        return next(row for row in line.get_units()["rows"] if row["name"] == name)

    def _unit(self, name="A1"):
        return self.register.search([("name", "=", name), ("product_id", "=", self.product.id)])

    def _receive_with_photo(self, **options):
        line = self._open()
        line.set_photo("A1", make_picture(**options))
        line.entry_id.action_confirm()
        return self._unit()

    def test_when_a_photo_is_taken_then_the_unit_has_it_once_booked(self):
        line = self._open(["A1", "A2"])

        result = line.set_photo("A1", make_picture())

        self.assertEqual(result["note"], "Photo of A1 kept.")
        self.assertEqual(line._get_state()["asks_photo"], "ask")
        photo = self.env["ir.attachment"].browse(self._row(line)["photo_id"])
        self.assertTrue(photo.with_user(self.user).has_access("read"))
        self.assertFalse(self._row(line, "A2")["photo_id"])
        line.entry_id.action_confirm()
        self.assertTrue(self._unit().photo)
        self.assertFalse(self._unit("A2").photo)
        self.assertIn("Photo taken", self._unit().event_ids.mapped("note"))
        self.assertAddsUp()

    def test_when_a_photo_is_large_then_it_is_made_small(self):
        unit = self._receive_with_photo(width=4000, height=1000)

        self.assertEqual(Image.open(io.BytesIO(base64.b64decode(unit.photo))).size, (1920, 480))

    def test_when_it_is_removed_or_undone_then_it_follows(self):
        line = self._open()
        line.set_photo("A1", make_picture())
        first = self._row(line)["photo_id"]
        line.set_photo("A1", make_picture(colour="blue"))
        self.assertNotEqual(self._row(line)["photo_id"], first)

        line.entry_id.undo()
        self.assertEqual(self._row(line)["photo_id"], first)
        line.set_photo("A1", False)
        self.assertFalse(self._row(line)["photo_id"])
        line.entry_id.undo()
        line.remove_serials(["A1"])
        line.entry_id.undo()

        self.assertEqual(self._row(line)["photo_id"], first)

    def test_when_details_are_entered_then_the_photo_stays(self):
        self.product.product_tmpl_id.write({"serial_has_grade": True, "serial_ask_properties": "ask"})
        line = self._open()
        line.set_photo("A1", make_picture())

        line.set_beside("A1", {"property:grade": ["B"]})

        self.assertTrue(self._row(line)["photo_id"])
        line.entry_id.action_confirm()
        self.assertTrue(self._unit().photo)

    def test_when_the_answer_was_lost_then_the_same_call_keeps_one(self):
        line = self._open()
        line.set_photo("A1", make_picture(), "K-1")
        first = self._row(line)["photo_id"]

        result = line.set_photo("A1", make_picture(), "K-1")

        self.assertEqual(result["note"], "Photo of A1 kept.")
        self.assertEqual(self._row(line)["photo_id"], first)

    def test_when_it_is_no_picture_or_too_large_then_refused_with_the_reason(self):
        line = self._open()
        svg = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode()

        for content, message in (
            (svg, "no picture of the kind JPEG, PNG or GIF"),
            ("TjEK", "could not be decoded"),
            ("no base64!", "no picture"),
            (5, "no picture"),
            (make_picture(kind="BMP"), "no picture of the kind"),
            ("A" * 15_000_000, "larger than 10 MB"),
        ):
            with self.subTest(message=message), self.assertRaisesRegex(UserError, message):
                line.set_photo("A1", content)
        self.assertIn("A9 is not entered any more", line.set_photo("A9", make_picture())["bad"][0]["message"])
        self.assertFalse(self._row(line)["photo_id"])

    def test_when_it_is_required_then_the_window_says_which_are_missing(self):
        self.product.product_tmpl_id.serial_ask_photo = "require"
        line = self._open(["A1", "A2"])
        line.set_photo("A1", make_picture())

        with self.assertRaisesRegex(UserError, "lack the photo(.|\n)*Phone: A2\n"):
            line.entry_id.action_confirm()
        line.set_photo("A2", make_picture())
        line.entry_id.action_confirm()

        self.assertTrue(self._unit("A2").photo)
        line = self._open(["A1"], "out")  # it has one
        line.entry_id.action_confirm()
        self.assertEqual(self._unit().status, "sold")

    def test_when_another_photo_is_taken_then_the_first_stays_among_the_files(self):
        unit = self._receive_with_photo()
        first = unit.photo
        line = self._open(["A1"], "out")
        line.set_photo("A1", make_picture(colour="blue"))

        line.entry_id.action_confirm()

        self.assertNotEqual(unit.photo, first)
        files = self.env["ir.attachment"].search([("res_model", "=", "serial.number"), ("res_id", "=", unit.id)])
        self.assertEqual(files.datas, first)

    def test_when_the_window_is_kept_and_another_user_goes_on_then_the_photo_is_there(self):
        self.picking = self._transfer("in", 1).with_user(self.user)
        kept = self._entry(self.picking.action_enter_serials(), self.picking).line_ids
        kept.add_serials(["A1"])
        kept.set_photo("A1", make_picture())
        kept.entry_id.action_confirm()
        other = new_test_user(self.env, "other", "stock.group_stock_user")

        again = self.picking.with_user(other).action_enter_serials()

        line = self.env[again["res_model"]].with_user(other).browse(again["res_id"]).line_ids
        photo = self.env["ir.attachment"].with_user(other).browse(self._row(line)["photo_id"])
        self.assertTrue(photo.has_access("read"))
        line.set_photo("A1", False)
        line.entry_id.action_confirm()
        self.assertFalse(photo.sudo().exists())

    def test_when_the_window_is_discarded_then_the_photo_goes(self):
        line = self._open()
        line.set_photo("A1", make_picture())
        photo = self.env["ir.attachment"].browse(self._row(line)["photo_id"])

        line.entry_id.action_discard()

        self.assertFalse(photo.exists())

    def test_when_a_file_has_pictures_beside_its_numbers_then_they_are_taken(self):
        line = self._open([])
        content = base64.b64encode(f"Serial,Photo\nA1,{make_picture()}\n".encode()).decode()

        result = line.enter_file("list.csv", content)

        self.assertEqual(result["added"], 1)
        line.entry_id.action_confirm()
        self.assertTrue(self._unit().photo)

    def test_when_a_table_names_a_file_then_its_number_is_refused_with_the_way(self):
        line = self._open([])

        result = line.enter_text("Serial\tPhoto\nA1\ta1.jpg")

        self.assertEqual([check["code"] for check in result["bad"]], ["bad_photo"])
        self.assertIn("A1.jpg) can be dropped on the window", result["bad"][0]["message"])

    def test_when_another_company_or_the_portal_asks_then_nothing_is_to_be_had(self):
        line = self._open()
        line.set_photo("A1", make_picture())
        photo = self.env["ir.attachment"].browse(self._row(line)["photo_id"])
        company = self.env["res.company"].create({"name": "Elsewhere"})
        foreign = new_test_user(
            self.env, "foreign", "stock.group_stock_manager", company_id=company.id, company_ids=company.ids
        )
        portal = new_test_user(self.env, "portal_photo", "base.group_portal")

        for user in (foreign, portal):
            with self.subTest(user=user.login):
                self.assertFalse(photo.with_user(user).has_access("read"))
                with self.assertRaises(AccessError):
                    line.with_user(user).set_photo("A1", make_picture())
        line.entry_id.action_confirm()
        for user in (foreign, portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._unit().with_user(user).read(["photo"])

    def test_when_it_is_written_by_hand_then_the_history_says_so(self):
        unit = self._receive(["A1"]).move_ids.serial_ids

        unit.photo = make_picture()
        self.assertEqual(unit.event_ids[0].note, "Photo taken")
        unit.photo = False

        self.assertEqual(unit.event_ids[0].note, "Photo removed")

    def test_when_a_register_file_has_photos_then_they_come_along(self):
        self._receive(blanks=1)
        rows = [["A1", self.product.display_name, make_picture()]]

        result = self.register.load(["name", "product_id", "photo"], rows)

        self.assertFalse(result["messages"])
        self.assertTrue(self._unit().photo)

    # Where it is seen

    def test_when_a_unit_has_a_photo_then_its_card_shows_it(self):
        unit = self._receive_with_photo()
        self._receive(["A2"])

        [card] = unit.get_cards()
        [other] = self._unit("A2").get_cards()

        self.assertTrue(card["picture"])
        self.assertFalse(other["picture"])
        unit.photo = make_picture(colour="blue")
        self.assertNotEqual(unit.get_cards()[0]["picture"], card["picture"])

    def test_when_many_cards_are_shown_then_no_query_more(self):
        self._receive([f"C{number}" for number in range(10)])
        units = self.register.search([("name", "like", "C"), ("product_id", "=", self.product.id)])

        few = self._count_queries(lambda: units[:2].get_cards())

        self._assert_no_more_queries(self._count_queries(units.get_cards), few)

    def test_when_the_sheet_is_printed_then_the_photo_is_on_it(self):
        unit = self._receive_with_photo(width=1200, height=600)
        self._receive(["A2"])

        for asks, name, is_there in ((True, "A1", True), (True, "A2", False), (False, "A1", False)):
            with self.subTest(asks=asks, name=name):
                unit.product_id.product_tmpl_id.serial_ask_photo = "ask" if asks else False
                tree = html.fromstring(self._render(SHEET, self._unit(name)))
                images = tree.xpath("//img[@name='photo']/@src")
                self.assertEqual([self._measure(src) for src in images], [(600, 300)] if is_there else [])

    def test_when_the_report_is_printed_then_photos_stand_behind_its_rows(self):
        self._receive_with_photo()
        self._receive(["A2"])
        report = self.env["serial.report"].create({"product_ids": [(6, 0, self.product.ids)]})

        tree = html.fromstring(self._render(REPORT, report))

        photos = tree.xpath("//div[@name='photos']/div")
        self.assertEqual([" ".join(photo.text_content().split()) for photo in photos], ["A1"])
        self.assertEqual(self._measure(photos[0].xpath("img/@src")[0]), (40, 30))
        self.product.product_tmpl_id.serial_ask_photo = False
        tree = html.fromstring(self._render(REPORT, report))
        self.assertFalse(tree.xpath("//div[@name='photos']"))

    def _measure(self, source):
        """Return the size of a picture in a page."""
        return Image.open(io.BytesIO(base64.b64decode(source.partition("base64,")[2]))).size
