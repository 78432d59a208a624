import inspect

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common.fuzz import ADDON, PLAIN, SETTINGS, TEXTS, VALUES, FuzzCommon

WRITTEN = [
    "name",
    "company_id",
    "status",
    "location_id",
    "customer_id",
    "vendor_id",
    "hold_reason",
    "hold_until",
    "note",
    "lot_id",
    "warranty_end",
    "date_sold",
    "date_registered",
    "end_user_id",
    "serial_properties",
    "name_key",
    "uncovered",
    "event_ids",
    "move_ids",
]
FIELDS = st.sampled_from([*WRITTEN, "nonsense"])
FRAMEWORK = ("default_get", "fields_get", "get_property_definition", "load", "onchange")  # Odoo says what they take
FORMS = ("create", "write")  # of windows: the web client sends what their fields take (test_fuzz_wizards)
VALS = st.dictionaries(FIELDS, VALUES, max_size=4)
ARGUMENTS = {
    "vals": VALS,
    "vals_list": st.lists(VALS, max_size=3),
    "names": st.lists(PLAIN, max_size=6),
    "fields_to_export": st.lists(st.sampled_from(WRITTEN), min_size=1, max_size=4),
}


@tagged("post_install", "-at_install")
class TestFuzz(FuzzCommon):
    """Whatever comes in: what goes wrong is said in words, and who may not change anything changes nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        other = cls.env["res.company"].create({"name": "Other"})
        cls.outsiders = [
            new_test_user(cls.env, "outsider", "base.group_user"),
            new_test_user(
                cls.env,
                "stranger",
                f"stock.group_stock_manager,{ADDON}.group_serial_number_manager",
                company_id=other.id,
            ),
            new_test_user(cls.env, "portal visitor", "base.group_portal"),
        ]

    def setUp(self):
        super().setUp()
        self._receive(["A1", "A2", "S1"], blanks=2)
        self._ship(["S1"])
        self.picking = self._transfer("in", 2)
        self.entry = self._entry(self.picking.button_validate(), self.picking)

    def _records(self):
        unit = self._unit("A1")
        yield from (unit, unit.event_ids, self.picking.move_ids, self.entry, self.entry.line_ids)

    def _calls(self):
        """Return (record, method, names of its arguments) of all that the addon adds and that anybody may call."""
        calls = []
        for record in self._records():
            for cls in type(record).__mro__:
                if not cls.__module__.startswith(f"odoo.addons.{ADDON}"):
                    continue
                for name, method in vars(cls).items():
                    skipped = (*FRAMEWORK, *FORMS) if record._transient else FRAMEWORK
                    own = record._name.startswith("serial.") or name.endswith("_serials")
                    if own and not name.startswith("_") and inspect.isfunction(method) and name not in skipped:
                        calls.append((record, name, list(inspect.signature(method).parameters)[1:]))
        return calls

    def _state(self):
        self.env.flush_all()
        self.env.cr.execute("SELECT id, name, status, write_date FROM serial_number ORDER BY id")
        units = self.env.cr.fetchall()
        self.env.cr.execute("SELECT count(*), max(id) FROM serial_event")
        return units, self.env.cr.fetchall(), self.picking.move_ids.serial_draft

    def _fuzz(self, users, after=lambda: None):
        calls = self._calls()

        @SETTINGS
        @given(st.data())
        def attempt(data):
            record, name, arguments = data.draw(st.sampled_from(calls))
            user = data.draw(st.sampled_from(users))
            kwargs = {argument: data.draw(ARGUMENTS.get(argument, VALUES)) for argument in arguments}
            self._attempt(lambda: getattr(record.with_user(user), name)(**kwargs), after)

        with mute_logger("odoo.sql_db"):
            attempt()

    def test_when_those_who_may_send_anything_then_it_is_done_or_refused_in_words(self):
        self._fuzz([self.clerk, self.manager])

    def test_when_those_who_may_not_send_anything_then_nothing_changes(self):
        before = self._state()
        self._fuzz(self.outsiders, lambda: self.assertEqual(self._state(), before))

    def test_when_anything_is_written_or_created_then_it_is_done_or_refused_in_words(self):
        units = self._units()

        @SETTINGS
        @given(st.sampled_from(units), st.sampled_from([self.clerk, self.manager]), VALS)
        def attempt(unit, user, vals):
            unit = unit.with_user(user)
            self._attempt(lambda: unit.write(vals))
            self._attempt(lambda: unit.create([{"product_id": self.product.id, "status": "sold", **vals}]))

        with mute_logger("odoo.sql_db"):
            attempt()

    def test_when_any_file_is_imported_then_bad_rows_are_named(self):
        columns = [name for name in WRITTEN if self.register._fields[name].type not in ("one2many", "many2many")]

        @SETTINGS
        @given(st.lists(st.sampled_from(columns), min_size=1, max_size=4, unique=True), st.data())
        def attempt(names, data):
            rows = data.draw(st.lists(st.lists(TEXTS, min_size=len(names), max_size=len(names)), max_size=3))
            register = self.register.with_user(self.manager)
            self._attempt(lambda: register.load(["product_id", *names], [["Phone", *row] for row in rows]))

        with mute_logger("odoo.sql_db"):
            attempt()
