from odoo.tests import tagged

from .common.entry import EntryCommon


@tagged("post_install", "-at_install")
class TestEntryList(EntryCommon):
    """*List* begins with what the line can take, and marks what is entered; *Range* with the latest number."""

    def _names(self, units):
        return set(units.mapped("name"))

    def _takeable(self, line):
        return self._names(self.register.with_user(self.clerk).search(line.get_takeable_domain()))

    def test_when_goods_leave_then_those_that_are_free_here_can_be_taken(self):
        self._receive(["A1", "A2", "A3", "A4"], blanks=1)
        self._ship(["A2"])
        self._unit("A3").action_hold("Broken")
        line = self._validate_and_open(self._transfer("out", 1)).line_ids

        self.assertEqual(self._takeable(line), {"A1", "A4"})

    def test_when_goods_come_then_those_in_stock_cannot_be_taken(self):
        self._receive(["A1", "A2"])
        self._ship(["A2"])
        line = self._validate_and_open(self._transfer("in", 1)).line_ids

        self.assertEqual(self._takeable(line), {"A2"})

    def test_when_goods_come_back_then_what_the_customer_has_can_be_taken(self):
        self._receive(["A1", "A2", "A3"])
        delivery = self._ship(["A1", "A2"])
        line = self._validate_and_open(self._open_return(delivery, 2)).line_ids

        self.assertEqual(self._takeable(line), {"A1", "A2"})

    def test_when_a_number_is_entered_then_the_list_marks_it(self):
        units = self._receive(["A1", "A2"]).move_ids.serial_ids
        line = self._validate_and_open(self._transfer("out", 2)).line_ids
        line.add_serials(["A1"])
        listed = units.with_user(self.clerk).with_context(serial_number_tracking_line=line.id)

        self.assertEqual(self._names(listed.filtered("entry_mark")), {"A1"})
        self.assertFalse(any(units.mapped("entry_mark")))

    def test_when_a_range_is_asked_for_then_the_latest_number_is_known(self):
        line = self._validate_and_open(self._transfer("in", 3)).line_ids
        self.assertEqual(line.get_last_number(), "")
        self._receive(["B7"])
        self.assertEqual(line.get_last_number(), "B7")
        line.add_serials(["C1", "C2"])
        self.assertEqual(line.get_last_number(), "C2")

    def test_when_a_stranger_brings_a_unit_then_its_buyer_delivery_and_day_are_named(self):
        self._receive(["A1", "A2"])
        delivery = self._ship(["A1"])
        other = self._ship(["A2"], partner=self.other_customer)
        line = self._validate_and_open(self._open_return(delivery, 1)).line_ids

        message = line.enter_text("A2")["bad"][0]["message"]

        self.assertIn(f"It was sold to {self.other_customer.display_name} on ", message)
        self.assertIn(f"with {other.name}.", message)
