from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.identity import IMEI, MAC, SECOND, THIRD, IdentityCommon


@tagged("post_install", "-at_install")
class TestIdentityEntry(IdentityCommon):
    """Numbers are received and shipped with the identities of their units, which are written when they are booked."""

    def _entry_of(self, name, **identities):
        return {"name": name, "identities": identities}

    def _receive_with(self, *entries):
        picking = self._transfer("in", len(entries))
        picking.move_ids.assign_serials(list(entries))
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        return picking

    def test_when_a_vendor_announces_identities_then_the_expected_units_have_them(self):
        order_line = self._purchase(2).order_line
        vendor_list = [self._entry_of("N1", imei=[IMEI]), "N2"]

        order_line.announce_serials(vendor_list)
        order_line.announce_serials(vendor_list)

        self.assertEqual(self._unit("N1").identity_ids.mapped("name"), [IMEI])
        self.assertEqual(self._unit("N1").event_ids.mapped("kind").count("identified"), 1)
        self.assertEqual(order_line.move_ids.check_serials([IMEI])[0]["name"], "N1")

    def test_when_units_are_received_with_identities_then_they_have_them(self):
        picking = self._receive_with(self._entry_of("N1", imei=[IMEI, SECOND], mac=["001a.2b3c.4d5e"]), "N2")
        unit = self._unit("N1")
        self.assertRecordValues(
            unit.identity_ids,
            [
                {"name": IMEI, "name_key": IMEI[:14], "kind_id": self.kinds["imei"].id},
                {"name": SECOND, "name_key": SECOND[:14], "kind_id": self.kinds["imei"].id},
                {"name": "001a.2b3c.4d5e", "name_key": MAC, "kind_id": self.kinds["mac"].id},
            ],
        )
        self.assertEqual(unit.identity_ids.company_id, self.company)
        self.assertRecordValues(
            unit.event_ids[0],
            [
                {
                    "kind": "identified",
                    "note": f"IMEI: {IMEI}; IMEI: {SECOND}; MAC Address: 001a.2b3c.4d5e",
                    "document": picking.name,
                    "move_id": picking.move_ids.id,
                    "user_id": self.clerk.id,
                }
            ],
        )
        self.assertEqual(self._unit("N2").event_ids.mapped("kind"), ["received"])
        self.assertFalse(picking.move_ids.serial_draft)
        self.assertAddsUp()

    def test_when_a_unit_is_shipped_with_identities_then_only_new_ones_are_added(self):
        unit = self._make_unit(imei=IMEI)
        picking = self._transfer("out", 1)
        picking.move_ids.assign_serials([self._entry_of("N1", imei=[IMEI], asset="T1")])
        picking.button_validate()
        self.assertEqual((unit.status, unit.identity_ids.mapped("name")), ("sold", [IMEI, "T1"]))
        self.assertEqual(unit.event_ids[0].note, "Asset Tag: T1")

    def test_when_a_blank_gets_its_number_by_shipping_then_its_identities_too(self):
        self._receive(blanks=1)
        picking = self._transfer("out", 1)
        picking.move_ids.assign_serials([self._entry_of("N1", imei=[IMEI])])
        picking.button_validate()
        self.assertEqual(self._unit("N1").identity_ids.name, IMEI)
        self.assertEqual(len(self._unit("N1").event_ids.filtered(lambda event: event.kind == "identified")), 1)

    def test_when_identities_are_bad_then_every_bad_row_is_named_and_nothing_is_kept(self):
        self._make_unit("K1", imei=THIRD)
        move = self._transfer("in", 8).move_ids
        with self.assertRaises(UserError) as caught:
            move.assign_serials(
                [
                    self._entry_of("N1", imei=["356938035643808"]),
                    self._entry_of("N2", mac=["xyz"]),
                    self._entry_of("N3", imei=[THIRD]),
                    self._entry_of("N4", asset=["T1"]),
                    self._entry_of("N5", asset=["t1"]),
                    self._entry_of("N6", maker=["A", "B"]),
                    self._entry_of("N7", unheard=["A"]),
                    self._entry_of("N8", imei=7),
                ]
            )
        text = str(caught.exception)
        for row, why in (
            (1, "check digit"),
            (2, "is no MAC"),
            (3, "is a number of K1"),
            (5, "twice"),
            (6, "at most 1"),
            (7, "unheard"),
            (8, "imei"),
        ):
            with self.subTest(row=row):
                self.assertRegex(text, rf"(?m)^- {row}\. N{row}: .*{why}")
        self.assertNotIn("- 4.", text)
        self.assertFalse(move.serial_draft)

    def test_when_a_unit_would_have_more_than_it_can_with_those_that_it_has_then_refused(self):
        unit = self._make_unit(imei=IMEI)
        self._identify(unit, imei=SECOND)
        with self.assertRaisesRegex(UserError, "at most 2"):
            self._transfer("out", 1).move_ids.assign_serials([self._entry_of("N1", imei=[THIRD])])

    def test_when_it_is_no_entry_then_refused(self):
        move = self._transfer("in", 1).move_ids
        for entry in ({"name": "N1", "color": "red"}, {"identities": {}}, {"name": 7}, {"name": "N1", "identities": 7}):
            with self.subTest(entry=entry), self.assertRaises(UserError):
                move.assign_serials([entry])

    def test_when_another_unit_got_it_meanwhile_then_booked_all_the_same_and_the_history_says_so(self):
        picking = self._transfer("in", 1)
        picking.move_ids.assign_serials([self._entry_of("N1", imei=[IMEI], asset=["T1"])])
        other = self._make_unit("K1", imei=IMEI)
        picking.button_validate()
        self.assertEqual((picking.state, other.identity_ids.name), ("done", IMEI))
        self.assertEqual(self._unit("N1").identity_ids.name, "T1")
        self.assertIn(f"Not taken, another unit has it: {IMEI}", self._unit("N1").event_ids[0].note)

    def test_when_the_window_is_opened_and_confirmed_then_identities_stay_with_their_numbers(self):
        picking = self._transfer("in", 3)
        picking.move_ids.assign_serials([self._entry_of("N1", imei=[IMEI]), self._entry_of("N2", imei=[SECOND])])
        entry = self._entry(picking.action_enter_serials(), picking)
        entry.line_ids.remove_serials(["N2"])
        entry.line_ids.enter_text("N3\nN4")
        entry.action_confirm()
        picking.button_validate()
        self.assertEqual(self._unit("N1").identity_ids.name, IMEI)
        self.assertEqual(self.env["serial.identity"].search_count([("name", "=", SECOND)]), 0)

    def test_when_a_label_bears_more_numbers_than_the_serial_number_then_the_unit_has_them(self):
        self._receive_with(f"]C121N1\x1d8002{IMEI}\x1d250M1")
        self.assertEqual(
            self._unit("N1").identity_ids.mapped("display_name"), [f"IMEI: {IMEI}", "Maker's Serial Number: M1"]
        )

    def test_when_a_label_bears_a_number_of_a_kind_that_is_archived_then_it_is_left_out(self):
        self.kinds["maker"].active = False

        for name, act in {"A": lambda text: self._receive([text]), "B": self._number_blank}.items():
            act(f"]d2010952123454321321{name}\x1d250X{name}")
            self.assertFalse(self._unit(name).identity_ids, name)

    def _number_blank(self, text):
        self._receive(blanks=1)
        self.register.search([("needs_number", "=", True)]).name = text

    def test_when_the_entry_is_taken_back_then_its_identities_go_too(self):
        picking = self._transfer("in", 1)
        picking.move_ids.assign_serials([self._entry_of("N1", imei=[IMEI])])
        picking.move_ids.assign_serials(["N1"])
        picking.button_validate()
        self.assertFalse(self._unit("N1").identity_ids)

    def test_when_more_units_are_received_then_there_are_no_more_queries(self):
        def receive(first, count):
            entries = [self._entry_of(f"N{number}", asset=f"T{number}") for number in range(first, first + count)]
            picking = self._transfer("in", count)
            return self._count_queries(lambda: (picking.move_ids.assign_serials(entries), picking.button_validate()))

        receive(0, 2)
        few = receive(100, 10)
        self._assert_no_more_queries(receive(200, 100), few)
        self.assertEqual(self.env["serial.identity"].search_count([("name", "like", "T")]), 112)
