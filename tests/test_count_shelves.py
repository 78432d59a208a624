from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.count import CountCommon
from .common.tours import TourCommon


class ShelfCommon(CountCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first, cls.second = cls.env["stock.location"].create(
            [
                {"name": f"Shelf {number}", "barcode": f"SHELF-{number}", "location_id": cls.stock.id}
                for number in (1, 2)
            ]
        )
        cls.away = cls.env["stock.location"].create(
            {"name": "Away", "barcode": "AWAY", "location_id": cls.stock.location_id.id}
        )

    def _scan(self, count, *names, place=None):
        """Scan numbers and barcodes; return what was answered."""
        return count.add_serials(list(names), place=place and place.id)


@tagged("post_install", "-at_install")
class TestCountShelves(ShelfCommon):
    """A shelf's barcode in a count of its parent says where what is scanned after it lies."""

    def _codes(self, answered):
        return [answer["code"] for answer in answered["answers"]]

    def test_when_a_unit_is_scanned_at_another_shelf_then_it_is_misplaced_with_both(self):
        self._receive(["A1", "A2"], target=self.first)
        count = self._begin(products=self.product)

        answered = self._scan(count, "SHELF-1", "A1", "SHELF-2", "A2")

        self.assertEqual(self._codes(answered), ["place", "there", "place", "misplaced"])
        self.assertEqual(answered["place"], {"id": self.second.id, "name": self.second.complete_name})
        text = f"lies at {self.second.complete_name}; the register has it at {self.first.complete_name}"
        self.assertIn(text, answered["answers"][-1]["text"])
        self.assertIn(self.second.complete_name, count.get_state("misplaced")["rows"][0]["text"])
        self.assertIn(self.first.complete_name, count.get_state("misplaced")["rows"][0]["text"])

    def test_when_it_is_applied_then_it_lies_at_the_shelf_and_undoing_brings_it_back(self):
        self._receive(["A1", "A2"], target=self.first)
        count = self._begin(products=self.product)
        self._scan(count, "SHELF-1", "A1", "SHELF-2", "A2")

        count.action_apply()

        self.assertEqual(self._unit("A1").location_id, self.first)
        self.assertEqual(self._unit("A2").location_id, self.second)
        quants = self.env["stock.quant"].search(
            [("product_id", "=", self.product.id), ("location_id", "child_of", self.stock.id), ("quantity", ">", 0)]
        )
        self.assertEqual(quants.location_id, self.first | self.second)
        self.assertAddsUp()
        count.action_undo()
        self.assertEqual(self._unit("A2").location_id, self.first)
        self.assertAddsUp()

    def test_when_new_and_unexpected_ones_are_scanned_at_a_shelf_then_they_are_booked_there(self):
        self._receive(["X1"])
        self._ship(["X1"])
        count = self._begin(products=self.product)
        self._scan(count, "N1", "SHELF-2", "N2", "X1")

        count.action_apply()

        places = [self._unit(name).location_id for name in ("N1", "N2", "X1")]
        self.assertEqual(places, [self.stock, self.second, self.second])
        self.assertAddsUp()

    def test_when_blanks_wait_then_new_numbers_go_to_those_of_the_shelf_or_bring_others_there(self):
        self._receive(blanks=1, target=self.second)
        self._receive(blanks=1, target=self.first)
        near, far = self._units().sorted("id")
        count = self._begin(products=self.product)
        self._scan(count, "SHELF-2", "N1", "N2")

        count.action_apply()

        self.assertEqual(near.name, "N1")
        self.assertRecordValues(far, [{"name": "N2", "location_id": self.second.id}])
        self.assertEqual(self._on_hand(), 2)
        self.assertAddsUp()

    def test_when_it_is_scanned_again_at_another_shelf_then_it_lies_there(self):
        self._receive(["A1"], target=self.first)
        count = self._begin(products=self.product)

        first = self._scan(count, "SHELF-2", "A1")
        second = self._scan(count, "SHELF-1", "A1")
        third = self._scan(count, "A1")

        self.assertEqual(self._codes(first), ["place", "misplaced"])
        self.assertEqual(self._codes(second), ["place", "there"])
        self.assertEqual(self._codes(third), ["again"])
        self.assertRecordValues(count.line_ids, [{"code": "there", "location_id": self.first.id}])

    def test_when_the_shelf_is_named_by_the_screen_then_the_next_scans_lie_there(self):
        self._receive(["A1"], target=self.first)
        count = self._begin(products=self.product)

        answered = self._scan(count, "A1", place=self.second)

        self.assertEqual(self._codes(answered), ["misplaced"])
        self.assertEqual(answered["place"]["id"], self.second.id)

    def test_when_no_shelf_is_scanned_then_it_lies_anywhere_in_what_is_counted(self):
        self._receive(["A1"], target=self.first)

        answered = self._scan(self._begin(products=self.product), "A1")

        self.assertEqual((self._codes(answered), answered["place"]), (["there"], False))

    def test_when_a_rack_is_scanned_then_what_lies_in_its_bins_is_there(self):
        bin_ = self.env["stock.location"].create({"name": "Bin", "location_id": self.first.id})
        self._receive(["A1"], target=bin_)

        answered = self._scan(self._begin(products=self.product), "SHELF-1", "A1")

        self.assertEqual(self._codes(answered), ["place", "there"])

    def test_when_the_shelf_is_not_in_the_count_then_it_is_refused_and_nothing_changes(self):
        self._receive(["A1"])
        count = self._begin(products=self.product)

        answered = self._scan(count, "AWAY", "A1")

        self.assertEqual(self._codes(answered), ["bad", "there"])
        self.assertIn(f"{self.away.complete_name} is not in {self.stock.complete_name}", answered["answers"][0]["text"])
        self.assertFalse(answered["place"])
        with self.assertRaisesRegex(UserError, "Choose a shelf"):
            self._scan(count, "A1", place=self.away)

    def test_when_a_view_is_scanned_then_it_is_refused(self):
        view = self.env["stock.location"].create(
            {"name": "Hall", "usage": "view", "barcode": "HALL", "location_id": self.stock.id}
        )

        answered = self._scan(self._begin(products=self.product), "HALL")

        self.assertEqual(self._codes(answered), ["bad"])
        self.assertIn(f"Nothing can lie at {view.complete_name}", answered["answers"][0]["text"])


@tagged("post_install", "-at_install")
class TestToursCountShelves(ShelfCommon, TourCommon):
    def test_shelves_are_scanned_and_a_unit_is_moved_to_where_it_was_found(self):
        self._receive(["CNT-1", "CNT-2"], target=self.first)
        count = self._begin(products=self.product)
        self._tour("serial_count_shelves", count, action="serial_number_tracking.serial_count_action")
        self.assertEqual(self._unit("CNT-1").location_id, self.second)
        self.assertEqual(self._unit("CNT-2").location_id, self.first)
        self.assertAddsUp()
