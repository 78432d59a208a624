import inspect

from hypothesis import given
from hypothesis import strategies as st

from odoo import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common.access_records import AccessRecords
from .common.fuzz import ADDON, SETTINGS, VALUES, FuzzCommon

# Called with what the fields take, or Odoo's own.
FRAMEWORK = ("create", "write", "onchange", "default_get", "fields_get")
MAGIC = ("id", "display_name", "create_uid", "create_date", "write_uid", "write_date")
NOBODYS = [-1, 2**31 - 1]
# Odoo itself takes no others.
LETTERS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
HARD = st.sampled_from(
    ["A1", "S1", " s1 ", "A1\nS1", "S1, S1;A1\tH1", "A1\n" * 300, "x" * 129, "A01", "A99999999999", "%s"]
)
# What the web client can send for a field, by its type: of the right type, whatever it means.
BY_TYPE = {
    "boolean": st.booleans(),
    "integer": st.integers(-(2**31), 2**31 - 1),
    "date": st.one_of(st.sampled_from([False, "0001-01-01", "9999-12-31"]), st.dates().map(str)),
    "char": st.one_of(LETTERS, HARD),
    "text": st.one_of(LETTERS, HARD),
    "binary": st.just(False),
}


@tagged("post_install", "-at_install")
class TestFuzzWizards(FuzzCommon, AccessRecords):
    """Whatever is chosen in a window: its buttons do it or say why not, and nobody else's units or windows change."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        managers = f"stock.group_stock_manager,{ADDON}.group_serial_number_manager"
        stranger = cls._make_stranger(managers)
        cls.intruders = [
            *(cls.clerk, stranger, new_test_user(cls.env, "portal visitor", "base.group_portal")),
            new_test_user(cls.env, "another manager", managers),
        ]
        cls.other_company = stranger.company_id
        sold = {"product_id": cls.product.id, "name": "X1", "status": "sold", "company_id": cls.other_company.id}
        cls.others_unit = cls.register.with_context(allowed_company_ids=cls.other_company.ids).create([sold])

    def _prepare_windows(self):
        """Leave out Odoo's own import screen: what is typed there is Odoo's to refuse."""
        windows = super()._prepare_windows()
        return {name: window for name, window in windows.items() if self.env[window[0]]._original_module == ADDON}

    def _prepare_entries(self):
        return {}  # TestFuzz has the entry window

    def _values(self, field):
        """Return the strategy of what may be chosen in a field."""
        if field.type == "selection":
            return st.sampled_from(field.get_values(self.env))
        if field.type == "one2many":
            return st.lists(self._vals(field.comodel_name).map(Command.create), max_size=2)
        if field.relational:
            ids = self.env[field.comodel_name].sudo().search([], limit=4, order="id desc").ids
            some = st.sampled_from([*ids, *NOBODYS, self.others_unit.id])
            if field.type == "many2one":
                return st.one_of(st.just(False), some)
            commands = st.one_of(some.map(Command.link), some.map(Command.unlink), st.just(Command.clear()))
            return st.one_of(
                st.lists(commands, max_size=3), st.lists(some, max_size=3).map(lambda ids: [Command.set(ids)])
            )
        return BY_TYPE[field.type]

    def _vals(self, model):
        """Return the strategy of a model's values."""
        fields = [field for name, field in self.env[model]._fields.items() if field.store and name not in MAGIC]
        return st.fixed_dictionaries({}, optional={field.name: self._values(field) for field in fields})

    def _methods(self, model):
        """Return (method, names of its arguments) of what the addon lets anybody call."""
        return [
            (name, list(inspect.signature(method).parameters)[1:])
            for cls in type(self.env[model]).__mro__
            if cls.__module__.startswith(f"odoo.addons.{ADDON}")
            for name, method in vars(cls).items()
            if inspect.isfunction(method) and not name.startswith("_") and name not in FRAMEWORK
        ]

    def _state(self, company=None):
        """Return all that is known of the units, of one company alone if it is given."""
        self.env.flush_all()
        found = []
        for table in ("serial_number", "serial_event"):
            where = f"WHERE company_id = {company.id}" if company else ""
            self.env.cr.execute(f"SELECT part.* FROM {table} AS part {where} ORDER BY id")
            found.append(self.env.cr.fetchall())
        return found

    def _press(self, window, data, methods):
        """Call one of a window's methods."""
        name, arguments = data.draw(methods)
        return getattr(window, name)(**{argument: data.draw(VALUES) for argument in arguments})

    def _fuzz_windows(self, act, after):
        """Let ``act(model, vals, data, methods)`` do something with each kind of window."""
        kinds = [
            (model, vals, self._vals(model), st.sampled_from(self._methods(model)))
            for model, vals in self.windows.values()
        ]

        @SETTINGS
        @given(st.sampled_from(kinds), st.data())
        def attempt(kind, data):
            model, vals, values, methods = kind
            self._attempt(lambda: act(model, vals | data.draw(values), data, methods), after)

        with mute_logger("odoo.sql_db"):
            attempt()

    def test_when_anything_is_chosen_then_buttons_do_it_or_say_why(self):
        before = self._state(self.other_company)
        users = st.sampled_from([self.clerk, self.manager])

        def act(model, vals, data, methods):
            window = self.env[model].with_user(data.draw(users)).create(vals)
            window.read()
            self._press(window, data, methods)

        self._fuzz_windows(act, lambda: self.assertEqual(self._state(self.other_company), before))

    def test_when_a_window_is_written_or_changed_on_screen_then_it_is_taken_or_refused_in_words(self):
        windows = {model: self.env[model].with_user(self.manager).create(vals) for model, vals in self.windows.values()}

        def act(model, vals, data, methods):
            window = windows[model]
            spec = {name: {} for name in window._fields}
            name = data.draw(st.sampled_from(sorted(vals)))
            window.onchange(vals, [name], spec)
            window.web_save(vals, spec)
            self.env.flush_all()
            self._press(window, data, methods)

        self._fuzz_windows(act, lambda: None)

    def test_when_somebody_else_uses_a_window_then_nothing_changes(self):
        windows = {model: self.env[model].with_user(self.manager).create(vals) for model, vals in self.windows.values()}
        users = st.sampled_from(self.intruders)
        before = self._state()

        def act(model, vals, data, methods):
            window = windows[model].with_user(data.draw(users))
            self.env.invalidate_all()
            self._press(window, data, methods)

        self._fuzz_windows(act, lambda: self.assertEqual(self._state(), before))
