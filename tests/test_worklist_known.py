"""Many units that wait get numbers that the register knows: each is one with its unit, or changes places with it."""

from odoo.tests import tagged

from .common.base import QUERIES_ASIDE
from .common.recall import RecallCommon
from .common.worklist import WorklistCommon


@tagged("post_install", "-at_install")
class TestWorklistKnown(WorklistCommon, RecallCommon):
    def _came_back(self, count, letter="K"):
        """Return the window in which units that came in get the numbers of as many that somebody else has."""
        names = [f"{letter}{count}-{index}" for index in range(count)]
        self._receive(names)
        self._ship(names, partner=self.other_customer)
        entry, _checks = self._enter(self._wait(count), names, add=True)
        return entry

    def _left_uncovered(self, count):
        """Return the window in which units that left get the numbers of all that are in stock."""
        names = [f"L{count}-{index}" for index in range(count)]
        self._receive(names)
        entry, _checks = self._enter(self._ship(blanks=count).move_ids.serial_ids, names)
        return entry

    def _changed_places(self, count):
        """Return the window in which units that left get the numbers of others than those that were said to leave."""
        names = [f"M{count}-{index}" for index in range(count)]
        self._receive(names, blanks=count)
        entry, _checks = self._enter(self._ship(blanks=count).move_ids.serial_ids, names)
        return entry

    def test_when_many_are_known_then_no_query_more(self):
        for make in (self._came_back, self._left_uncovered, self._changed_places):
            with self.subTest(make=make.__name__), self.env.cr.savepoint() as savepoint:
                make(1).action_confirm()
                few = self._count_queries(make(2).action_confirm)
                many = self._count_queries(make(40).action_confirm)

                self.assertLessEqual(many, few + QUERIES_ASIDE)
                self.assertLess(many, 150)
                self.assertFalse(self._units().filtered(lambda unit: unit.uncovered))
                self.assertAddsUp()
                savepoint.rollback()
                self.env.invalidate_all()

    def test_when_many_are_entered_then_few_queries_ask_about_them(self):
        def check(count):
            names = [f"N{count}-{index}" for index in range(count)]
            self._receive(names)
            self._ship(names, partner=self.other_customer)
            line = self._open_window(self._wait(count))[0].line_ids
            return self._count_queries(lambda: line.add_serials(names))

        check(1)

        self.assertLessEqual(check(40), check(2) + QUERIES_ASIDE)

    def test_when_many_left_under_other_numbers_then_each_is_where_the_other_was(self):
        self._changed_places(3).action_confirm()

        self.assertEqual(self._units("sold").mapped("name"), ["M3-0", "M3-1", "M3-2"])
        self.assertRecordValues(self._units("received"), [{"name": False, "location_id": self.stock.id}] * 3)
        self.assertEqual(self._units("sold").delivery_move_id.serial_ids, self._units("sold"))

    def test_when_several_become_one_then_all_that_names_the_others_names_the_ones(self):
        entry = self._came_back(3)
        sold, blanks = self._units("sold"), self._units("received")
        delivery = sold.move_ids.filtered(lambda move: move.location_dest_id == self.customer_location)
        recalls = self.env["serial.recall"].create([{"reason": reason} for reason in ("Both", "One")])
        (recalls[0]._add_units(sold | blanks), recalls[1]._add_units(sold[:2]))
        files, notes = [], []
        for unit in (*sold, *blanks):
            files.append(
                self.env["ir.attachment"].create(
                    {"name": unit.display_name, "res_model": unit._name, "res_id": unit.id}
                )
            )
            notes.append(unit.message_post(body=unit.display_name))
            unit.message_subscribe((self.vendor | self.customer).ids if unit in sold else self.customer.ids)
        self.env["ir.model.data"].create(
            [{"module": "other", "name": unit.name, "model": unit._name, "res_id": unit.id} for unit in sold]
        )
        self.env.ref("other.K3-0")
        events = {unit.name: unit.event_ids for unit in sold}

        entry.action_confirm()

        units = self._units("available")
        self.assertEqual((units.mapped("name"), self._units("sold")), (["K3-0", "K3-1", "K3-2"], self.register))
        for unit in units:
            self.assertLessEqual(events[unit.name], unit.event_ids)
            self.assertEqual(self.env.ref(f"other.{unit.name}"), unit)
            self.assertEqual(unit.message_partner_ids, self.vendor | self.customer)
            self.assertIn(delivery, unit.move_ids)
            self.assertTrue({"received", "shipped", "numbered"} <= set(unit.event_ids.mapped("kind")))
        self.assertEqual(sorted(file.res_id for file in files), sorted(units.ids * 2))
        self.assertEqual(sorted(note.res_id for note in notes), sorted(units.ids * 2))
        self.assertEqual(recalls[0].line_ids.serial_id, units)
        self.assertEqual(recalls[1].line_ids.serial_id, units.filtered(lambda unit: unit.name in ("K3-0", "K3-1")))

    def test_when_another_addon_has_one_row_for_a_unit_then_that_of_the_other_one_goes(self):
        self.env.cr.execute("CREATE UNIQUE INDEX ON serial_return_line (return_id, serial_id)")
        entry = self._came_back(2)
        sold, blanks = self._units("sold"), self._units("received")
        lines = self.env["serial.return"].create({}).line_ids
        desk = self.env["serial.return"].create({})
        lines = lines.create([{"return_id": desk.id, "serial_id": unit.id} for unit in (sold[0], sold[1], blanks[0])])

        entry.action_confirm()

        names = lines.exists().mapped("serial_id.name")
        self.assertEqual(sorted(names), ["K2-0", "K2-1"])

    def test_when_a_twin_takes_the_number_then_the_next_number_is_the_others(self):
        self._receive(blanks=1)
        left = self._ship(blanks=1).move_ids.serial_ids
        self._receive(["A1", "A2"])
        self._ship(["A1", "A2"])
        back = self._transfer("back", 2)
        self._validate(back)
        stranger = back.move_ids.serial_ids - left
        self.assertEqual((len(stranger), stranger.event_ids.mapped("kind")), (1, ["returned"]))

        entry, checks = self._enter(stranger, ["A1", "A2"])
        entry.action_confirm()

        self.assertEqual([check["ok"] for check in checks], [True, True])
        self.assertEqual(self._units("available").mapped("name"), ["A1", "A2"])
        self.assertRecordValues(left, [{"name": False, "status": "issued"}])
        self.assertAddsUp()

    def test_when_a_number_is_known_then_it_is_said_before_that_it_cannot_be_taken_back(self):
        self._receive(["A1", "A2"])
        self._ship(["A1"], partner=self.other_customer)
        entry, [question] = self._enter(self._wait(1), ["A1"])
        [answer] = entry.line_ids.add_serials(["A1"], add=True)
        entry, [new] = self._enter(self._ship(blanks=1).move_ids.serial_ids, ["A2"])

        for check in (question, answer, new):
            self.assertIn("known already cannot be taken back", check["message"])
        typed = self._wait(1).get_number_question("A1")
        self.assertIn("known already cannot be taken back", typed)

    def test_when_a_number_is_new_then_nothing_is_said(self):
        _entry, [check] = self._enter(self._wait(1), ["A1"])

        self.assertEqual(check["message"], "")
