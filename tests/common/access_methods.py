"""Who may call the public methods of an addon, as other systems do: the core's tests, and those of each glue addon."""

from contextlib import contextmanager

from odoo.exceptions import AccessError
from odoo.service.model import get_public_method
from odoo.tests import new_test_user

from .access_records import AccessRecords
from .access_table import ADDON, CALLS, GROUPS, ODOO, SHARED, get_calls

OURS = f"odoo.addons.{ADDON}"
# What stays as it was when somebody is refused.
UNTOUCHED = """
    SELECT (SELECT md5(string_agg(unit::text, '' ORDER BY id)) FROM serial_number AS unit),
           (SELECT COUNT(*) FROM serial_event),
           (SELECT md5(string_agg(recall::text, '' ORDER BY id)) FROM serial_recall AS recall),
           (SELECT md5(string_agg(notice::text, '' ORDER BY id)) FROM serial_recall_partner AS notice),
           (SELECT md5(string_agg(serial_draft::text, '' ORDER BY id)) FROM stock_move),
           (SELECT md5(string_agg(serial_draft::text, '' ORDER BY id)) FROM account_move_line),
           (SELECT md5(string_agg(serial_draft::text, '' ORDER BY id)) FROM stock_quant),
           (SELECT md5(string_agg(serial_draft::text, '' ORDER BY id)) FROM stock_scrap),
           (SELECT COUNT(*) FROM stock_picking)
"""


def find_public_methods(env, addon=ADDON, extended=ODOO):
    """Return what an addon adds to models for everybody to call by RPC: a set of (model, method), as names."""
    return {(model, name) for model in env.registry for name in find_own_methods(env[model], addon, extended)}


def find_own_methods(model, addon, extended=ODOO):
    """Return the public methods that an addon adds to a model, those of the mixins too that it lets it inherit."""
    if model._abstract:
        return set()
    own, others = set(), set()
    for cls in type(model).__mro__:
        names = own if find_giver(model, cls) == addon else others
        names |= {name for name, value in vars(cls).items() if callable(value) and not name.startswith("_")}
    return {name for name in own - (others & set(extended)) if not is_private(model, name)}


def find_giver(model, cls):
    """Return the addon of ours that lets a model have what stands in one of its classes."""
    if not cls.__module__.startswith(OURS):
        return None
    mixins = {name: addon for name, addon in model._inherit_module.items() if name != model._name}
    for name, addon in mixins.items():
        if model.env[name]._abstract and cls in type(model.env[name]).__mro__:
            return addon
    return cls.__module__.split(".")[2]


def is_private(model, method):
    try:
        get_public_method(model, method)
    except AccessError:
        return True
    return False


class AccessMethods(AccessRecords):
    """Every public method of an addon, called by each group, and by strangers. A glue addon has a table of its own."""

    addon = ADDON
    calls = CALLS
    groups = GROUPS
    extended = ODOO  # methods of others that the addon extends: their rights hold
    shared = SHARED  # records of no company
    insiders = ("manager", "salesman", "accountant", "buyer")

    def test_when_a_public_method_is_added_then_the_table_knows_it(self):
        known = {(model, method) for model, _name, _may, method in get_calls(self.calls)}
        there = find_public_methods(self.env, self.addon, self.extended)
        for model, method in sorted(there - known):
            with self.subTest(method=f"{model}.{method}"):
                self.fail(
                    "Anybody can call it, and no table of access says who may. Add it to CALLS (what it is called on "
                    "comes from _make_records), or begin its name with _."
                )
        self.assertFalse(known - there, "these are in CALLS, and do not exist")

    def setUp(self):
        super().setUp()
        self.kept = self._get_kept()

    def _get_kept(self):
        self.env.flush_all()
        self.env.cr.execute(UNTOUCHED)
        return self.env.cr.fetchone()

    @contextmanager
    def _undone(self):
        with self.env.cr.savepoint() as savepoint:
            yield
            savepoint.rollback()

    def _call(self, record, method):
        """Call a method as another system does: by ids and plain values."""
        return self._call_method(record, method, self._prepare_arguments(record, method))

    def _call_as(self, caller, method, name, owner=None, sudo=True):
        """Call a method on the record of a row of CALLS, which is the owner's where it is a window."""
        self._call(self._get_record(name, owner or caller, sudo).with_user(caller), method)

    def _check_refused(self, *call, **options):
        try:
            self._call_as(*call, **options)
        except AccessError:
            self.assertEqual(self._get_kept(), self.kept, "refused, and something has changed all the same")
        else:
            self.fail("not refused")

    def test_when_a_group_calls_a_public_method_then_the_table_says_whether_it_may(self):
        users = {name: new_test_user(self.env, f"{name} user", groups) for name, groups in self.groups.items()}
        for model, name, may, method in get_calls(self.calls):
            for group, user in users.items():
                with self.subTest(method=f"{model}.{method}", group=group), self._undone():
                    act = self._call_as if group in may else self._check_refused
                    act(user, method, name)

    def test_when_another_company_calls_a_method_that_takes_records_then_refused(self):
        company = self.env["res.company"].create({"name": "Other"})
        stranger = self._make_insider("stranger", company_id=company.id)
        for model, name, _may, method in get_calls(self.calls):
            if name not in self.shared and self._takes_records(model, method):
                with self.subTest(method=f"{model}.{method}"), self._undone():
                    self._check_refused(stranger, method, name, sudo=False)

    def test_when_another_user_calls_a_windows_methods_then_refused(self):
        owner, other = self._make_insider("owner"), self._make_insider("other")
        for model, name, _may, method in get_calls(self.calls):
            if self.env[model]._transient and self._takes_records(model, method):
                with self.subTest(method=f"{model}.{method}"), self._undone():
                    self._check_refused(other, method, name, owner=owner)

    def _takes_records(self, model, method):
        return not hasattr(getattr(self.registry[model], method), "_api_model")

    def _make_insider(self, login, **vals):
        """Return a user with all rights in this addon and on its documents."""
        return new_test_user(self.env, login, ",".join(self.groups[name] for name in self.insiders), **vals)
