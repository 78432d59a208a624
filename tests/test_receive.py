from freezegun import freeze_time

from odoo.tests import tagged

from .common.base import NOW, SerialCommon


@tagged("post_install", "-at_install")
class TestReceive(SerialCommon):
    @freeze_time(NOW)
    def test_when_numbers_are_assigned_then_units_are_available(self):
        picking = self._transfer("in", 2)

        picking.move_ids.assign_serials(["A1", " a2 "])
        picking.button_validate()

        self.assertEqual(picking.state, "done")
        self.assertRecordValues(
            self._units(),
            [
                {
                    "name": name,
                    "name_key": name.upper(),
                    "status": "available",
                    "location_id": self.stock.id,
                    "vendor_id": self.vendor.id,
                    "receipt_move_id": picking.move_ids.id,
                    "date_received": picking.move_ids.date.date(),
                }
                for name in ("A1", "a2")
            ],
        )
        self.assertAddsUp()

    def test_when_numbers_are_booked_then_their_units_are_not_read_again(self):
        for flow, act in (("in", self._receive), ("out", self._ship)):
            with self.subTest(flow=flow), self._record_queries() as queries:
                act(["A1", "A2"])

                read = [query for query in queries if query.startswith('SELECT "serial_number"."id", ')]
                self.assertFalse(read, "thousands of units would be read to do nothing with them")

    def test_when_left_blank_then_placeholders_wait(self):
        self._receive(["A1"], blanks=2)

        self.assertEqual(self._units().mapped("status"), ["available", "received", "received"])
        self.assertAddsUp()

    def test_when_shipped_blank_then_placeholder_is_issued(self):
        self._receive(["A1"], blanks=1)

        self._ship(blanks=1)

        self.assertRecordValues(
            self._units(),
            [
                {"name": "A1", "status": "available", "uncovered": False},
                {"name": False, "status": "issued", "uncovered": False},
            ],
        )
        self.assertAddsUp()

    def test_when_shipped_blank_without_placeholder_then_uncovered(self):
        self._receive(["A1"])

        self._ship(blanks=1)

        self.assertRecordValues(
            self._units(),
            [
                {"name": "A1", "status": "available", "uncovered": False},
                {"name": False, "status": "issued", "uncovered": True},
            ],
        )
        self.assertAddsUp()

    @freeze_time(NOW)
    def test_when_thousands_are_received_then_queries_stay_the_same(self):

        def receive(count, prefix):
            picking = self._transfer("in", count + 2)
            picking.move_ids.assign_serials([f"{prefix}{number}" for number in range(count)])
            picking.move_ids._write_serial_draft(picking.move_ids._serial_names(), blanks=True)
            return self._count_queries(picking.button_validate)

        receive(1, "warm")
        few = receive(2, "A")
        self._assert_no_more_queries(receive(600, "B"), few)
        self.assertEqual(len(self._units("available")), 603)
