"""Calls that another system gets wrong: each public method answers with one clear error, as it would to a person."""

import inspect

from odoo.exceptions import UserError
from odoo.service.model import call_kw, get_public_method
from odoo.tests import new_test_user, tagged

from .common.access_records import AccessRecords
from .common.access_table import GROUPS, ODOO, get_calls

# What no argument is meant to be.
WRONG = (None, False, True, -1, 2**40, 1.5, "text", "", [], ["text"], [1, None], [[]], {}, {"name": 1}, [{"name": 1}])


NO_IDS = ([0], [None], [-5], [True], ["1"], [1.5], [[1]])
NOBODY = ([999_999_999], [2**40])  # what there is no record of

THEIRS = {*ODOO, "parse_preview", "execute_import"}  # Odoo's own, which are only extended


NEEDS_NO_RECORD = {"read_label"}


def get_own_calls():
    """Return (model, record, method) of the public methods that are not Odoo's own."""
    return [(model, name, method) for model, name, _may, method in get_calls() if method not in THEIRS]


@tagged("post_install", "-at_install")
class TestWrongCalls(AccessRecords):
    def setUp(self):
        super().setUp()
        groups = ",".join(GROUPS[name] for name in ("manager", "salesman", "accountant", "buyer"))
        self.caller = new_test_user(self.env, "caller", groups)

    def _try(self, model, method, ids, arguments):
        """Return the error that a call ends with, or None; another one than people read is a failure."""
        savepoint = self.env.cr.savepoint()
        try:
            called = getattr(self.registry[model], method)
            given = [] if hasattr(called, "_api_model") else [ids]
            call_kw(self.env[model].with_user(self.caller), method, given, arguments)
        except UserError as error:
            text = str(error)
            self.assertTrue(text)
            self.assertNotIn("singleton", text)
            return text
        finally:
            savepoint.close(rollback=True)
        return None

    def test_when_a_method_is_called_on_no_record_then_one_clear_error(self):
        for model, name, method in get_own_calls():
            with self.subTest(method=f"{model}.{method}"):
                record = self._get_record(name, self.caller)
                if method not in NEEDS_NO_RECORD and not hasattr(getattr(type(record), method), "_api_model"):
                    self.assertIsNotNone(self._try(model, method, [], self._prepare_arguments(record, method)))

    def test_when_ids_are_a_text_then_one_clear_error(self):
        for model, name, method in get_own_calls():
            with self.subTest(method=f"{model}.{method}"):
                record = self._get_record(name, self.caller)
                if method not in NEEDS_NO_RECORD and not hasattr(getattr(type(record), method), "_api_model"):
                    for ids in ("1", "12"):
                        arguments = self._prepare_arguments(record, method)
                        self.assertIsNotNone(self._try(model, method, ids, arguments))

    def test_when_ids_are_none_then_one_clear_error(self):
        """JSON has more than numbers: Odoo makes records of whatever is sent, and reads nothing of some."""
        for model, name, method in get_own_calls():
            record = self._get_record(name, self.caller)
            if method in NEEDS_NO_RECORD or hasattr(getattr(type(record), method), "_api_model"):
                continue
            for ids in (*NO_IDS, *NOBODY, [record.id, None], [record.id, 0], [record.id, record.id]):
                with self.subTest(method=f"{model}.{method}", ids=ids):
                    error = self._try_as_sent(model, method, ids, self._prepare_arguments(record, method))
                    if ids in NO_IDS:
                        self.assertIsNotNone(error)

    def _try_as_sent(self, model, method, ids, arguments):
        """Do what JSON-2 does with a call, see :meth:`_try`."""
        savepoint = self.env.cr.savepoint()
        try:
            records = self.env[model].with_user(self.caller).browse(ids)
            getattr(records, method)(**arguments)
        except UserError as error:
            return str(error)
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()
        return None

    def test_when_lines_of_several_orders_are_designated_then_one_clear_error(self):
        lines = self._order().order_line | self._order().order_line
        with self.assertRaisesRegex(UserError, "one at a time"):
            lines.action_designate_serials()

    def test_when_units_are_written_with_wrong_shapes_then_one_clear_error(self):
        self._receive(["W1"])
        unit = self._unit("W1")
        many = [name for name, field in unit._fields.items() if field.type in ("one2many", "many2many")]
        bad = (5, "text", ["a"], {"a": 1}, True, [[0, 0, "x"]], [[6, 0, "x"]], [[9]], [[4, None]], [[]], [None])
        shapes = [{name: value} for name in many for value in bad]
        for vals in ([], "text", None, 5, *shapes):
            with self.subTest(vals=vals), self.assertRaises(UserError), self.env.cr.savepoint():
                unit.write(vals)
        for vals in (
            "text",
            [1],
            [["name"]],
            [{"product_id": unit.product_id.id, "name": "X", "identity_ids": "text"}],
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError), self.env.cr.savepoint():
                self.env["serial.number"].create(vals)

    def test_when_a_blank_is_written_with_no_number_then_it_stays_blank(self):
        unit = self._receive(blanks=1).move_ids.serial_ids
        for tracking in ("none", "serial"):
            for name in (None, False, "", 5, ["A"], {"a": 1}):
                with self.subTest(name=name, tracking=tracking):
                    unit.write({"name": name})
                    self.assertFalse(unit.name)
            self.env.flush_all()
            self.env.cr.execute("UPDATE product_template SET tracking = 'serial'")
            self.env.invalidate_all()

    def test_when_a_method_is_called_on_several_records_then_it_takes_them_or_says_so(self):
        for model, name, method in get_own_calls():
            with self.subTest(method=f"{model}.{method}"):
                record = self._get_record(name, self.caller)
                others = self.env[model].search([("id", "!=", record.id)], limit=2)
                self._try(model, method, [*record.ids, *others.ids], self._prepare_arguments(record, method))

    def test_when_an_argument_is_of_a_wrong_kind_then_one_clear_error(self):
        for model, name, method in get_own_calls():
            record = self._get_record(name, self.caller)
            names = [*inspect.signature(get_public_method(record, method)).parameters][1:]
            for argument in names:
                for value in WRONG:
                    with self.subTest(method=f"{model}.{method}", argument=argument, value=value):
                        arguments = self._prepare_arguments(record, method) | {argument: value}
                        self._try(model, method, record.ids, arguments)
