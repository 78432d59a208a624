import inspect

from odoo.exceptions import UserError
from odoo.service.model import get_public_method
from odoo.tests import new_test_user, tagged

from ..engine.outside import NAMES_LIMIT, NAMES_TEXT_LIMIT, NOTE_LIMIT, TEXT_LIMIT, get_limits
from ..models.serial_number import REASON
from ..wizards.serial_return import RETURN_LIMIT
from .common.access_records import ARGUMENTS, AccessRecords
from .common.access_table import GROUPS, get_calls
from .common.work import LONG, count_calls

MEGABYTE = "A1" * 500_000
MARKS = next(text for text in LONG if "\N{COMBINING ACUTE ACCENT}" in text)
TOO_MANY = ["N1"] * (NAMES_LIMIT + 1)
# What is too much of each parameter that is a text or a list of texts: too much of every one is refused in words.
EXCESS = {
    "names": [TOO_MANY],
    "text": ["A1\n" * 500_000, MEGABYTE * 15],
    "first": [MEGABYTE, MARKS],
    "reason": ["x" * (TEXT_LIMIT + 1), MEGABYTE],
    "detail": ["x" * (TEXT_LIMIT + 1), MEGABYTE],
    "channel": ["x" * (TEXT_LIMIT + 1), MEGABYTE],
    "status": [MEGABYTE],
    "until": [MEGABYTE],
    "date": [MEGABYTE],
    "key": [MEGABYTE],
    "typed": [MEGABYTE],
    "work": [MEGABYTE],
    "gtin": [MEGABYTE],
    "lines": [[1] * 20_001],
    "show": [],  # what is none of its words shows the usual list
    "transfers": [[{"id": 1}] * 1_001, [{"id": 1, "names": TOO_MANY}]],
}
# Files have limits of their own (see test_uploads), which their names and their columns do not change.
FILES = ("name", "content", "fields", "columns", "options")
QUERIES, CALLS, MESSAGE = 60, 300, 1_000


class BoundsCommon(AccessRecords):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = ",".join(GROUPS[name] for name in ("manager", "salesman", "accountant", "buyer"))
        cls.insider = new_test_user(cls.env, "insider", groups)

    def _check_refused(self, act):
        """Refuse something in few words, after few steps and few queries."""
        refusals = []

        def attempt():
            with self.assertRaises(UserError) as refusal, self.env.cr.savepoint():
                act()
                self.env.flush_all()
            refusals.append(str(refusal.exception))

        attempt()  # what Odoo reads once
        before = self.env.cr.sql_log_count
        self.assertLess(count_calls(attempt), CALLS)
        self.assertLess(self.env.cr.sql_log_count - before, QUERIES)
        self.assertLess(len(refusals[0]), MESSAGE)


@tagged("post_install", "-at_install")
class TestBoundsOfArguments(BoundsCommon):
    """Each public method that takes a text, or a list of them, called with more than it takes."""

    def _find_parameters(self, kinds):
        """Return (record, method, parameter) of each parameter of these kinds."""
        for model, name, may, method in get_calls():
            for parameter in [*inspect.signature(get_public_method(self.env[model], method)).parameters][1:]:
                if parameter in kinds and may:
                    yield self._get_record(name, self.insider), method, parameter

    def _call(self, record, method, given):
        return self._call_method(record, method, self._prepare_arguments(record, method) | given)

    def test_when_a_parameter_is_added_then_its_bound_is_known(self):
        texts = {name for name, value in ARGUMENTS.items() if isinstance(value, (str, list))}
        self.assertLessEqual(texts, {*EXCESS, *FILES}, "how much of it is too much? Add that to EXCESS")

    def test_when_too_much_is_given_then_refused_at_once(self):
        for record, method, parameter in self._find_parameters(EXCESS):
            for value in EXCESS[parameter]:
                with self.subTest(method=f"{record._name}.{method}", parameter=parameter, size=len(value)):
                    self._check_refused(lambda: self._call(record, method, {parameter: value}))  # noqa: B023

    def test_when_a_number_has_a_megabyte_then_it_is_told_so_or_passed_over(self):
        for record, method, parameter in self._find_parameters(("names", "text")):
            for text in (MEGABYTE, MARKS):
                if method in ("look_up", "read_label"):
                    continue  # it takes no number but what a scanner sent, and says how long that may be
                given = {parameter: [text] if parameter == "names" else text}
                with self.subTest(method=f"{record._name}.{method}"), self.env.cr.savepoint() as savepoint:
                    try:
                        result = self._call(record, method, given)
                    except UserError as error:
                        self.assertRegex(str(error), "too long|Shorten it")
                    else:
                        bad = result.get("bad", []) if isinstance(result, dict) else result
                        self.assertFalse([check for check in bad if "too long" not in check["message"]])
                    savepoint.rollback()

    def test_when_a_files_name_has_a_megabyte_then_the_refusal_does_not(self):
        line = self._get_record("entry_line", self.insider)
        self._check_refused(lambda: line.enter_file(MEGABYTE, "!"))
        self._check_refused(lambda: line.enter_file(MEGABYTE, "IA=="))


@tagged("post_install", "-at_install")
class TestBoundsOfWindows(BoundsCommon):
    """What is typed into a window or a record is no longer than what is done with it can be."""

    def test_when_a_text_in_a_window_is_too_long_then_refused(self):
        for model, vals in self.windows.values():
            if model.startswith("serial."):
                windows = self.env[model].with_user(self.insider)
                window = windows.create(vals)
                for name, limit in get_limits(windows).items():
                    with self.subTest(model=model, field=name):
                        self._check_refused(lambda: windows.create(vals | {name: "x" * (limit + 1)}))  # noqa: B023
                        self._check_refused(lambda: window.write({name: "x" * (limit + 1)}))  # noqa: B023

    def test_when_a_range_of_a_recall_is_too_long_then_refused(self):
        add = self.env["serial.recall.add"].with_user(self.clerk)
        for first in ("1" * TEXT_LIMIT, "A1" * (TEXT_LIMIT // 2)):
            window = add.create(
                {"recall_id": self.records["recall"].id, "way": "range", "first": first, "last": f"{first[:-1]}9"}
            )
            self._check_refused(window.action_add)

    def test_when_too_many_numbers_are_pasted_then_refused(self):
        recall = {"recall_id": self.records["recall"].id, "names": "A1\n" * (NAMES_LIMIT + 1)}
        self._check_refused(self.env["serial.recall.add"].with_user(self.clerk).create(recall).action_add)
        scanned = {"text": "A1\n" * (RETURN_LIMIT + 1)}
        self._check_refused(self.env["serial.return"].with_user(self.clerk).create(scanned).action_find)

    def test_when_a_text_of_a_recall_is_too_long_then_refused(self):
        recall = self.records["recall"].with_user(self.manager)
        self._check_refused(lambda: recall.write({"reason": "x" * (TEXT_LIMIT + 1)}))
        self._check_refused(lambda: recall.write({"leftover": "x" * (NAMES_TEXT_LIMIT + 1)}))
        self._check_refused(lambda: recall.notice_ids.write({"note": "x" * (TEXT_LIMIT + 1)}))

    def test_when_numbers_of_a_recall_were_not_found_then_only_the_first_ones_are_looked_up(self):
        recall = self.records["recall"].with_user(self.clerk)
        recall.leftover = "\n".join([*(f"Z{number}" for number in range(50_000)), MEGABYTE, MARKS])
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.assertIn("And 49802 more.", recall.leftover_reasons)
        self.assertLess(self.env.cr.sql_log_count - before, QUERIES)


@tagged("post_install", "-at_install")
class TestBoundsOfUnits(BoundsCommon):
    """All units of a batch keep what was said of them, so that it is short."""

    def test_when_a_text_is_as_long_as_it_may_be_then_it_is_kept(self):
        unit = self.records["available"].with_user(self.clerk)
        unit.action_hold("x" * TEXT_LIMIT)
        self.assertEqual(unit.hold_reason, "x" * TEXT_LIMIT)
        self.assertEqual(unit.event_ids[0].note, unit.hold_reason)

    def test_when_a_reason_of_the_list_comes_with_details_then_both_fit_together(self):
        unit = self.records["available"].with_user(self.manager)
        unit.action_hold(self.env.ref("serial_number_tracking.serial_hold_reason_return"), detail="x" * TEXT_LIMIT)
        self.assertEqual(len(unit.hold_reason), TEXT_LIMIT)
        unit.write({"status": "hold", "hold_reason": unit.hold_reason})

    def test_when_the_reason_in_the_context_is_too_long_then_refused(self):
        unit = self.records["available"].with_user(self.manager).with_context(**{REASON: "x" * (TEXT_LIMIT + 1)})
        self._check_refused(lambda: unit.write({"date_received": "2026-01-05"}))

    def test_when_a_text_of_a_unit_is_too_long_then_refused(self):
        unit = self.records["sold"].with_user(self.manager)
        for vals in (
            {"note": "x" * (NOTE_LIMIT + 1)},
            {"registration_channel": "x" * (TEXT_LIMIT + 1)},
            {"serial_properties": {"color": MEGABYTE}},
            {"name": MEGABYTE},
            {"name": MARKS},
        ):
            with self.subTest(field=[*vals]):
                self._check_refused(lambda: unit.write(vals))  # noqa: B023
        vals = {"product_id": self.product.id, "status": "sold", "name": "N1"}
        self._check_refused(lambda: self.register.with_user(self.manager).create([vals | {"note": MEGABYTE}]))

    def test_when_a_long_note_is_kept_then_its_history_tells_how_it_began(self):
        unit = self.records["available"].with_user(self.clerk)
        unit.note = "x" * NOTE_LIMIT
        self.assertRegex(unit.event_ids[0].note, r"^Note: - → x{200}\.\.\.$")

    def test_when_documents_add_much_to_a_reason_then_the_history_keeps_its_beginning(self):
        event = self.register._prepare_event_vals("corrected", note="x" * 10**6)
        self.assertEqual(event["note"], "x" * 2 * TEXT_LIMIT)

    def test_when_what_is_searched_is_longer_than_any_number_then_nothing_is_found_at_once(self):
        register = self.register.with_user(self.clerk)
        register.search([("name", "=", "A1")])  # what Odoo reads once
        for text in (MEGABYTE, MARKS):
            for operator in ("=", "ilike", "like", "in"):
                with self.subTest(operator=operator), self.assertQueryCount(1):
                    self.assertFalse(register.search([("name", operator, [text] if operator == "in" else text)]))
            self.assertTrue(register.search([("name", "not ilike", text)]))
            self.assertFalse(register.name_search(text))
