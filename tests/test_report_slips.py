"""Numbers on the delivery slip, the return slip, the receipt and the picking list."""

import re

from odoo.tests import BaseCase, HttpCase, tagged

from ..tools import paper
from .common.base import HOSTILE_NAMES, PaperCommon


@tagged("post_install", "-at_install")
class TestSerialPaper(BaseCase):
    def _cells(self, names):
        return [[run and run.first for run in row.cells] for row in paper.arrange(names)]

    def test_when_numbers_are_short_then_six_stand_beside_each_other(self):
        names = [f"SN-{count:05}" for count in range(8)]

        self.assertEqual(self._cells(names), [names[:6], names[6:]])

    def test_when_numbers_are_longer_then_fewer_stand_beside_each_other(self):
        names = ["L" * 40 + str(count) for count in range(4)]

        self.assertEqual(self._cells(names), [names[:2], names[2:]])

    def test_when_letters_are_wide_then_fewer_stand_beside_each_other(self):
        self.assertEqual([len(cells) for cells in self._cells(["W" * 12, "I" * 12])], [2])
        self.assertEqual([len(cells) for cells in self._cells(["W" * 12] * 6)], [4, 2])

    def test_when_one_number_is_very_long_then_it_alone_takes_the_whole_row(self):
        self.assertEqual(self._cells(["A1", "A2", "L" * 128, "A3"]), [["A1", "A2"], ["L" * 128], ["A3"]])

    def test_when_numbers_are_chinese_then_they_count_double(self):
        self.assertEqual(len(self._cells(["\u5e8f" * 20] * 4)), 2)
        self.assertEqual(len(self._cells(["L" * 20] * 4)), 1)

    def test_when_a_number_is_missing_then_its_ruled_place_comes_last(self):
        self.assertEqual(self._cells([None, "A1"]), [["A1"], [None]])

    def test_when_500_are_missing_then_60_have_a_place_and_the_rest_is_counted(self):
        rows = paper.arrange([None] * 500)

        self.assertEqual(sum(len(row.cells) for row in rows), 60)
        self.assertEqual([row.unruled for row in rows if row.unruled], [440])

    def test_when_there_is_nothing_then_nothing_is_printed(self):
        self.assertEqual(paper.arrange([]), [])


@tagged("post_install", "-at_install")
class TestDeliverySlip(PaperCommon):
    report = "stock.report_deliveryslip"

    def test_when_delivered_then_each_number_stands_as_it_was_typed_and_each_blank_as_a_ruled_place(self):
        self._receive(HOSTILE_NAMES, blanks=2)
        picking = self._ship(HOSTILE_NAMES, blanks=2)

        paper = self._paper(picking)

        self.assertEqual(self._printed(paper), HOSTILE_NAMES)
        self.assertEqual(self._count_places(paper), 2)
        self.assertFalse(paper.xpath("//table//script"))

    def test_when_the_reader_writes_from_right_to_left_then_the_paper_does_and_numbers_stay_as_they_are(self):
        self._receive(HOSTILE_NAMES)
        picking = self._ship(HOSTILE_NAMES)

        paper = self._paper(picking, lang="ar_001")

        self.assertEqual(paper.xpath("//body/@dir"), ["rtl"])
        self.assertEqual(self._printed(paper), HOSTILE_NAMES)
        self.assertEqual(set(paper.xpath("//bdi[@name='serial_name']/@dir")), {"auto"})

    def test_when_received_then_the_receipt_shows_the_numbers(self):
        self.assertEqual(self._printed(self._paper(self._receive(["A1", "A2"]))), ["A1", "A2"])

    def test_when_two_moves_make_one_row_then_their_numbers_stand_under_it_once(self):
        self._receive(["A1", "A2", "A3"])
        picking = self._transfer("out", 1)
        picking.move_ids.copy({"product_uom_qty": 2, "picking_id": picking.id})._action_confirm(merge=False)
        for move, names in zip(picking.move_ids, (["A1"], ["A2", "A3"]), strict=True):
            move.quantity = len(names)
            move.assign_serials(names)
        picking.button_validate()

        paper = self._paper(picking)

        self.assertEqual(self._printed(paper), ["A1", "A2", "A3"])
        rows = paper.xpath("//table[@name='stock_move_line_table']/tbody/tr")
        self.assertEqual(len(rows), 1 + len(paper.xpath("//tr[@name='serial_row']")))

    def test_when_a_move_is_packed_in_two_packages_then_its_numbers_stand_once(self):
        self._receive(["A1", "A2"])
        picking = self._transfer("out", 2)
        line = picking.move_ids.move_line_ids
        line.quantity = 1
        packages = self.env["stock.package"].create([{"name": "P1"}, {"name": "P2"}])
        line.result_package_id = packages[0]
        line.copy({"quantity": 1, "result_package_id": packages[1].id})
        self._validate(picking, ["A1", "A2"])

        paper = self._paper(picking)

        self.assertIn("P2", paper.text_content())
        self.assertEqual(self._printed(paper), ["A1", "A2"])

    def test_when_a_part_stays_in_a_backorder_then_only_what_was_delivered_has_numbers(self):
        self._receive(["A1", "A2"])
        picking = self._transfer("out", 2)
        picking.move_ids.quantity = 1
        picking.move_ids.assign_serials(["A1"])
        picking.with_context(skip_backorder=True).button_validate()

        paper = self._paper(picking)

        self.assertTrue(paper.xpath("//table[@name='stock_backorder_table']"))
        self.assertEqual(self._printed(paper), ["A1"])

    def test_when_lots_are_printed_too_then_the_numbers_stand_below_with_their_product(self):
        self.env.ref("base.group_user").implied_ids += self.env.ref("stock.group_lot_on_delivery_slip")
        tracked = self._make_product("Battery", is_serialized=False, tracking="lot")
        self._receive(["A1"])
        picking = self._transfer("out", 1)
        lot = self.env["stock.lot"].create({"name": "LOT1", "product_id": tracked.id})
        picking.move_ids.assign_serials(["A1"])
        picking.move_line_ids.copy({"product_id": tracked.id, "lot_id": lot.id, "move_id": False, "quantity": 1})
        picking.button_validate()

        paper = self._paper(picking)

        self.assertIn("LOT1", paper.text_content())
        self.assertEqual(paper.xpath("//tr[@name='serial_product']")[0].text_content().strip(), "Phone")
        self.assertEqual(self._printed(paper), ["A1"])

    def test_when_not_delivered_yet_then_what_is_entered_stands_and_the_rest_is_ruled(self):
        self._receive(["A1", "A2", "A3"])
        picking = self._transfer("out", 3)
        picking.move_ids.assign_serials(["A2"])

        paper = self._paper(picking)

        self.assertEqual(self._printed(paper), ["A2"])
        self.assertEqual(self._count_places(paper), 2)

    def test_when_there_are_500_numbers_then_the_paper_takes_no_more_queries_than_with_5(self):
        self._receive([f"A{count}" for count in range(505)])
        small = self._ship([f"A{count}" for count in range(5)])
        big = self._ship([f"A{count}" for count in range(5, 505)])
        self._paper(small)

        few, many = (self._count_queries(lambda picking=picking: self._paper(picking)) for picking in (small, big))

        self._assert_no_more_queries(many, few)


@tagged("post_install", "-at_install")
class TestPickingList(PaperCommon):
    report = "stock.report_picking"

    def _designate(self, name, quantity):
        """Return the transfers of an order that a unit is designated to."""
        order = self._order(quantity)
        self._unit(name).action_designate(self.customer, order.order_line)
        return order.picking_ids

    def test_when_units_are_designated_then_the_list_says_which_to_pick(self):
        self._receive(["A1", "A2", "A3"])

        paper = self._paper(self._designate("A2", 2))

        self.assertEqual(self._printed(paper), ["A2"])
        self.assertEqual(self._count_places(paper), 1)

    def test_when_picked_in_a_step_of_its_own_then_that_list_says_which_to_pick(self):
        self.warehouse.delivery_steps = "pick_ship"
        self._receive(["A1", "A2", "A3"])

        pick = self._designate("A2", 2)

        self.assertEqual(pick.picking_type_id, self.warehouse.pick_type_id)
        self.assertEqual(self._printed(self._paper(pick)), ["A2"])

    def test_when_something_is_entered_then_it_stands_instead_of_what_was_meant(self):
        self._receive(["A1", "A2"])
        picking = self._designate("A2", 1)
        picking.move_ids.quantity = 1
        picking.move_ids.assign_serials(["A1"])

        self.assertEqual(self._printed(self._paper(picking)), ["A1"])

    def test_when_nothing_is_known_then_there_are_places_to_write_on(self):
        paper = self._paper(self._transfer("in", 500))

        self.assertEqual(self._count_places(paper), 60)
        unruled = paper.xpath("//*[@name='serial_ending']")[0].text_content()
        self.assertEqual(" ".join(unruled.split()), "And 440 more without serial number")

    def test_when_nobody_is_asked_then_there_is_nothing_to_write_on(self):
        self._receive(["A1"])

        self.assertFalse(self._paper(self._transfer("int", 1)).xpath("//tr[@name='serial_row']"))

    def test_when_done_then_the_booked_numbers_stand(self):
        picking = self._receive(["A1"], blanks=1)

        paper = self._paper(picking)

        self.assertEqual(self._printed(paper), ["A1"])
        self.assertEqual(self._count_places(paper), 1)

    def test_when_the_table_has_all_its_columns_then_the_numbers_take_them_all(self):
        self.env.ref("base.group_user").implied_ids += self.env.ref("stock.group_stock_multi_locations")
        self.product.barcode = "5901234123457"

        paper = self._paper(self._transfer("in", 1))

        heads = paper.xpath("//table[@style='table-layout: fixed; width: 100%']/thead/tr/th")
        self.assertEqual(paper.xpath("//tr[@name='serial_row']/td/@colspan"), [str(len(heads))])


@tagged("post_install", "-at_install")
class TestReturnSlip(PaperCommon):
    report = "stock.report_return_document"

    def test_when_delivered_then_the_slip_lists_what_can_come_back(self):
        self._receive(HOSTILE_NAMES)

        paper = self._paper(self._ship(HOSTILE_NAMES))

        self.assertEqual(self._printed(paper), HOSTILE_NAMES)
        self.assertIn("Phone", paper.xpath("//table[@name='serial_table']")[0].text_content())


@tagged("post_install", "-at_install")
class TestPapersWithoutSerials(PaperCommon):
    """For products that are not serialized, papers are the same as without the addon, to the letter."""

    INHERITED = (
        "report_delivery_document",
        "stock_report_delivery_aggregated_move_lines",
        "report_picking",
        "report_return_slip",
    )

    def _assert_same(self, report, picking):
        keys = [f"serial_number_tracking.{name}" for name in self.INHERITED]
        views = self.env["ir.ui.view"].with_context(active_test=False).search([("key", "in", keys)])
        self.assertEqual(len(views), len(keys))
        views.active = True
        with_views = self._render(report, picking)
        views.active = False
        self.assertEqual(self._lines(with_views), self._lines(self._render(report, picking)))

    def _lines(self, content):
        # Pictures are drawn anew each time, and no two are the same to the byte.
        text = re.sub(r'base64,[^"]*', "", content.decode())
        return [line for line in map(str.strip, text.splitlines()) if line]

    def test_when_done_then_they_are_the_same(self):
        picking = self._transfer("in", 2, product=self.plain)
        picking.button_validate()
        for report in ("stock.report_deliveryslip", "stock.report_picking", "stock.report_return_document"):
            with self.subTest(report=report):
                self._assert_same(report, picking)

    def test_when_not_done_then_they_are_the_same(self):
        picking = self._transfer("in", 2, product=self.plain)
        for report in ("stock.report_deliveryslip", "stock.report_picking"):
            with self.subTest(report=report):
                self._assert_same(report, picking)


@tagged("post_install", "-at_install")
class TestPrintedSlip(HttpCase, PaperCommon):
    def test_when_500_numbers_are_printed_then_every_one_is_on_some_page(self):
        names = [f"IMEI35{count:010}" for count in range(500)]
        self._receive(names)
        picking = self._ship(names)
        for lang in ("en_US", "ar_001"):
            with self.subTest(lang=lang):
                pages = self._pages("stock.report_deliveryslip", picking, lang)

                self.assertLessEqual(len(pages), 4)
                self.assertEqual(sorted(re.findall(r"IMEI35\d{10}", "".join(pages))), names)
