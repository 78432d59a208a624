from odoo.tests import tagged

from .common.base import QUERIES_ASIDE
from .common.recall import RecallCommon


@tagged("post_install", "-at_install")
class TestRecallHistory(RecallCommon):
    """A unit's history says that it was recalled, by which recall, and when that ended."""

    def _told(self, name):
        """Return what the history of a unit says of recalls, the oldest first: kind, document and note."""
        events = self._unit(name).event_ids.sorted("id")
        events = events.filtered(lambda event: event.kind in ("recalled", "recall_ended"))
        return [(event.kind, event.document, event.note) for event in events]

    def test_when_a_recall_starts_then_its_units_say_so(self):
        self._receive(["A1", "A2"])
        self._ship(["A2"])
        recall = self._recall(["A1", "A2"])
        self.assertEqual(self._told("A1"), [])

        recall.action_start()

        self.assertEqual(self._told("A1"), [("recalled", recall.name, "Battery")])
        self.assertEqual(self._told("A2"), [("recalled", recall.name, "Battery")])
        self.assertRecordValues(
            self._unit("A2").event_ids[0],
            [{"status_from": "sold", "status_to": "sold", "user_id": self.clerk.id}],
        )

    def test_when_a_unit_is_added_to_one_that_has_started_then_it_alone_says_so(self):
        recall = self._story()
        self._receive(["A5"])

        self._add(recall, names="A5\nA1")

        self.assertEqual([len(self._told(name)) for name in ("A5", "A1")], [1, 1])

    def test_when_units_are_taken_off_a_draft_then_they_were_never_recalled(self):
        self._receive(["A1", "A2"])
        recall = self._recall(["A1", "A2"])

        recall.line_ids[0].unlink()
        recall.action_start()

        self.assertEqual([len(self._told(name)) for name in ("A1", "A2")], [0, 1])

    def test_when_it_is_cancelled_then_their_histories_end_it(self):
        recall = self._story().with_user(self.manager)

        recall.action_cancel()

        self.assertEqual(self._told("A1")[1:], [("recall_ended", recall.name, "Cancelled")])

    def test_when_a_draft_is_cancelled_then_nothing_is_said(self):
        self._receive(["A1"])

        self._recall(["A1"], user=self.manager).action_cancel()

        self.assertEqual(self._told("A1"), [])

    def test_when_it_is_closed_and_goes_on_then_both_are_told(self):
        recall = self._story().with_user(self.manager)

        recall._close()
        recall.action_reopen()

        self.assertEqual(
            self._told("A1")[1:],
            [("recall_ended", recall.name, "Closed"), ("recalled", recall.name, "Battery")],
        )

    def test_when_a_recalled_unit_is_held_and_released_then_its_history_adds_up(self):
        recall = self._story().with_user(self.manager)
        recall.action_hold()

        recall.action_cancel()

        self.assertEqual(self._unit("A1").status, "available")
        self.assertEqual(self._unit("A1").event_ids[0].status_to, "available")
        self.assertAddsUp()

    def test_when_thousands_are_recalled_then_no_query_more(self):
        def start(letter, count):
            names = [f"{letter}{index}" for index in range(count)]
            self._receive(names)
            recall = self._recall(names)
            return self._count_queries(recall.action_start)

        start("W", 1)

        self.assertLessEqual(start("M", 200), start("F", 2) + QUERIES_ASIDE)
