"""What the database has not been told yet: every statement of ours sees what is pending in the ORM."""

import ast
import json
import re
import sys
from importlib import import_module
from pathlib import Path

from odoo.fields import Domain
from odoo.sql_db import Cursor
from odoo.tests import tagged
from odoo.tools import SQL

from ..engine.check import SerialCheck
from ..engine.sql import merge_sql, register_sql
from ..models.attribute import attribute_sql
from ..models.count.reader import Found
from .common.invoices import InvoiceCommon
from .common.recall import RecallCommon

ADDON = Path(__file__).parent.parent
EXECUTOR = ADDON / "engine" / "sql" / "execute.py"
PACKAGE = __package__.rpartition(".")[0]
MODULES = [
    import_module(".".join((PACKAGE, *path.relative_to(ADDON).with_suffix("").parts)))
    for folder in ("engine", "models")
    for path in sorted((ADDON / folder).rglob("*_sql.py"))
]
# What goes to the database past the executor.
RAW = {"execute", "executemany", "execute_values", "execute_query", "execute_query_dict", "fetchall", "dictfetchall"}


def _find_calls(tree, names):
    """Yield the calls of functions and methods with these names, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
            if name in names:
                yield node, isinstance(node.func, ast.Attribute)


def _find_statements():
    """Return the names of the functions that execute a statement."""
    return {
        function.name
        for module in MODULES
        for function in ast.parse(Path(module.__file__).read_text()).body
        if isinstance(function, ast.FunctionDef) and any(_find_calls(function, {"execute", "_run"}))
    } - {"_run"}


@tagged("post_install", "-at_install")
class TestPending(InvoiceCommon, RecallCommon):
    def test_when_the_customer_is_a_moment_old_then_an_invoiced_blank_gets_the_number_that_leaves(self):
        self._receive(["A1"])
        self.env.flush_all()
        customer = self.customer.copy({"name": "New"})
        self.assertTrue(self.env.transaction.tocompute.get(customer._fields["commercial_partner_id"]))
        self._invoice(1, partner=customer).action_post()

        self._leave(["A1"], customer)

        self.assertRecordValues(self._units(), [{"name": "A1", "status": "sold", "customer_id": customer.id}])
        self.assertAddsUp()

    def test_when_the_entity_of_a_customer_has_just_changed_then_the_blanks_go_with_it(self):
        self._receive(["A1"])
        self._invoice(1).action_post()
        self.env.flush_all()
        self.customer.parent_id = self.other_customer

        self._leave(["A1"], self.other_customer)

        self.assertRecordValues(self._units(), [{"name": "A1", "status": "sold"}])
        self.assertAddsUp()

    def _leave(self, names, customer):
        """Ship units as another addon does, without a button and its savepoint, which tells the database everything."""
        picking = self._transfer("out", len(names), partner=customer).sudo()
        picking.move_ids.assign_serials(names)
        picking.move_ids.picked = True
        picking._action_done()

    def test_when_sql_is_written_then_the_executor_alone_sends_it(self):
        sent = [
            f"{path.relative_to(ADDON)}:{call.lineno}"
            for folder in ("models", "engine", "tools", "wizards", "controllers", "report")
            for path in sorted((ADDON / folder).rglob("*.py"))
            if path != EXECUTOR
            for call, is_method in _find_calls(ast.parse(path.read_text()), RAW)
            if is_method
        ]

        self.assertEqual(sent, [])

    def test_when_a_cache_is_invalidated_then_nothing_pending_is_thrown_away(self):
        thrown = [
            f"{path.relative_to(ADDON)}:{number}"
            for folder in ("models", "engine", "tools", "wizards", "controllers", "report")
            for path in sorted((ADDON / folder).rglob("*.py"))
            for number, line in enumerate(path.read_text().splitlines(), start=1)
            if "flush=False" in line
        ]

        self.assertEqual(thrown, [])

    def test_when_a_statement_is_executed_then_nothing_that_it_reads_is_pending(self):
        self._prepare_records()
        self._watch()

        for name, arguments in self._prepare_statements():
            with self.subTest(statement=name):
                self._leave_pending()
                self.seen, self.unseen = 0, []
                function = next(getattr(module, name) for module in MODULES if hasattr(module, name))
                function(*arguments())
                self.assertTrue(self.seen, "the statement was not seen")
                self.assertEqual(self.unseen, [])
        self.assertEqual({name for name, _arguments in self._prepare_statements()}, _find_statements())

    def test_when_many_ids_are_sent_then_they_go_as_one_value(self):
        self._receive([f"A{number}" for number in range(30)])
        units = self._units()

        for work in (register_sql.lock_statuses, lambda units: list(register_sql.filter_by(units, Domain.TRUE))):
            found = work(units)
            self.assertEqual(set(found), set(units if isinstance(found, list) else units.ids))
            self.assertNotIn(b"ARRAY[", self.env.cr._obj.query)

    def test_when_ids_are_sent_that_no_column_can_hold_then_they_find_nothing(self):
        self._receive(["A1"])
        unit = self._unit("A1")

        self.assertEqual(
            register_sql.lock_statuses(unit.browse([unit.id, *range(2**31, 2**31 + 30)])), {unit.id: "available"}
        )

    def _prepare_statements(self):
        """Return each function that executes a statement, with what makes its arguments, in the order to call them."""
        A1, A2, A3, A4 = (f"A{number}" for number in range(1, 5))
        unit = self._unit
        event = self.register._prepare_event_vals("corrected")
        new = {"product_id": self.product.id, "company_id": self.company.id, "location_id": self.stock.id}
        new["status"] = "available"
        move, invoice_line = self.story_moves, self.story_invoice_line
        recall = self.story_recall
        item = (self.product, self.company)
        return [
            ("find_units", lambda: (self.register, *item, [A1, A2], True)),
            ("find_names", lambda: (self.register, *item, [A1])),
            ("find_other_products", lambda: (self.register, self.tablet, self.company, [A1])),
            ("lock_statuses", lambda: (unit(A1),)),
            ("lock_blanks", lambda: (self.register, register_sql.placeholders_of(*item), self.stock, 1)),
            ("count_blanks", lambda: (self.register, register_sql.placeholders_of(*item))),
            ("lock_invoiced", lambda: (self.register, *item, self.customer)),
            ("insert_units", lambda: (self.register, ["B1"], ["B1"], new, event, move)),
            ("update_units", lambda: (unit(A1), ["available"], {"note": "x"}, event, move)),
            ("update_units", lambda: (unit(A1), ["available"], {"note": "y"}, event, move, [A1], [A1])),
            ("insert_rows", lambda: (self.register, [new | {"name": "B2", "name_key": "B2"}], [event])),
            ("update_rows", lambda: (unit(A1), ["available"], [{"note": "y"}], [event])),
            ("link_document", lambda: (unit(A1), invoice_line)),
            ("unlink_document", lambda: (unit(A1), invoice_line)),
            ("mark_reminded", lambda: (unit(A1),)),
            ("clear_names", lambda: (unit("B2"),)),
            ("keep_keys", lambda: (unit(A1),)),
            ("drop_keys", lambda: (unit(A1),)),
            ("mend_keys", lambda: (self.env,)),
            ("find_by_part", lambda: (self.env, "A1", 10)),
            ("write_beside", lambda: (self._open_line(), {"identities": {"C9": "x"}})),
            ("read_beside", lambda: (self._open_line(),)),
            ("write_kept", lambda: (move, "serial_draft", {"names": A2})),
            ("insert_entry_units", self._prepare_entry),
            *self._prepare_statements_of_undo(),
            ("replace_vendors", lambda: (self.env, self.vendor, self.other_customer)),
            ("insert_lines", lambda: (recall, unit("B1"))),
            ("insert_scans", self._prepare_scans),
            ("follow_units", lambda: (unit(A3) | unit(A4),)),
            ("count_units", lambda: (recall,)),
            ("find_notified_units", lambda: (recall.notice_ids,)),
            ("move_lines", lambda: (unit("B1"), unit(A2))),
            ("erase_person", lambda: (self.other_customer, self.vendor, self.company)),
            *self._prepare_statements_of_lots(item),
            *self._prepare_statements_of_series(item),
            *self._prepare_statements_of_features(),
            *self._prepare_statements_of_merges(),
            ("delete_absorbed", self._prepare_absorbed),
            *self._prepare_statements_without_keys(),
        ]

    def _prepare_statements_without_keys(self):
        lines, columns = self.story_invoice_line, {"serial_number": ["invoice_line_id"]}
        relation = "serial_number_account_move_line_rel", "account_move_line_id"
        return [
            ("take_off", lambda: (lines, columns, [relation])),
            ("empty_lost", lambda: (self.env, "serial_number", "invoice_line_id", "account_move_line")),
            ("delete_lost", lambda: (self.env, *relation, "account_move_line")),
        ]

    def _prepare_statements_of_merges(self):
        unit, files = self._unit, merge_sql.Link("ir_attachment", "res_id", beside="res_model", model="ir.attachment")
        field = self.env["res.partner"]._fields["property_account_receivable_id"]
        return [
            ("find_named", lambda: (unit("A1"), [files])),
            ("move_names", lambda: (files, unit("A1"), unit("A2"))),
            ("delete_names", lambda: (files, unit("A2"))),
            ("move_by_company", lambda: (field, unit("A1"), unit("A2"))),
        ]

    def _prepare_statements_of_undo(self):
        rows = [{"id": 0, "line_id": 0, "name": "C1"}]
        return [
            ("read_last_unit_id", lambda: (self.env,)),
            ("has_units_after", lambda: (self._open_line(), 0)),
            ("_take", lambda: (self.env, SQL("unit.id = %s", 0))),
            ("restore_units", lambda: (self.env, rows)),
            ("replace_beside", lambda: (self.env, 0, {"identities": {}})),
        ]

    def _prepare_scans(self):
        unit = self._unit("A1")
        return self.env["serial.count"].create({}), [Found("A1", "there", unit, unit.product_id)]

    def _prepare_statements_of_lots(self, item):
        lots, products = self.story_lot, self.product
        return [
            ("link_lots", lambda: (self.register, *item, {"A1": lots.id})),
            ("find_irregular", lambda: (self.register, self.company, lots)),
            ("count_difference", lambda: (self.register, *item)),
            ("find_kept", lambda: (self.register, products, ["hold"])),
            ("read_names", lambda: (self.env, products)),
            ("find_followed", lambda: (self.env, products)),
            ("find_crowded", lambda: (self.env, products)),
            ("read_lines", lambda: (self.env, lots.ids)),
            ("read_quants", lambda: (self.env, lots.ids)),
            ("link_moves", lambda: (self.env, lots.ids)),
            ("find_known_units", lambda: (self.env, products, ["A1"])),
        ]

    def _prepare_statements_of_series(self, item):
        series = self.story_series
        return [
            ("draw", lambda: (series.sequence_id.sudo(), 2)),
            ("keep_taken", lambda: (series, ["S1", "S2"], ["S1", "S2"], None)),
            ("find_free", lambda: (series, *item, "S", None)),
            ("take_free", lambda: (series, *item, "S", None, 1)),
            ("mark_entered", lambda: (self._open_line(), series)),
            ("find_generated", lambda: (self._open_line().entry_id,)),
            ("forget_used", lambda: (self.env,)),
        ]

    def _prepare_statements_of_features(self):
        unit = self._unit
        event = register_sql.with_defaults(self.env["serial.event"], self.register._prepare_event_vals("identified"))
        event = register_sql.make_columns(self.env["serial.event"], event)
        kind = self.env["serial.identity.kind"].search([], limit=1)
        nobody, companies = self.env["res.partner"].create({"name": "erased"}), self.env["res.company"].search([])
        return [
            ("read_expression", lambda: (unit("A1"), attribute_sql.make_text("unit"))),
            ("read_values", lambda: (unit("A1"),)),
            ("write_values", lambda: (unit("A1"), {"A1": {"colour": "red"}})),
            ("forget_values", lambda: (unit("A1"), {"A1": ["colour"]})),
            ("insert_identities", lambda: (unit("A1"), [("A1", kind.id, "I-1", "I1")], event, "Not taken:")),
            ("read_waiting", lambda: (self.register, SQL("unit.id > %s", 0))),
            ("claim", lambda: (self.env["serial.call"], self.company, "key", "receive", "x")),
            ("find_events", lambda: (self.register, self.customer, companies)),
            ("find_mentions", lambda: (self.register, "Jane", ["End User"], companies)),
            ("read_texts", lambda: (self.env, "serial_event", "serial_id", unit("A1").ids)),
            ("write_texts", lambda: (self.env, "serial_number", {unit("A1").id: "erased"})),
            ("erase_partner", lambda: (self.env, [], nobody)),
        ]

    def _prepare_absorbed(self):
        unit = self._unit("B1")
        self._unit("A1")._merge_references(unit)
        return (unit,)

    def _open_line(self):
        picking = self._transfer("in", 1)
        return self._entry(picking.button_validate(), picking).line_ids

    def _prepare_entry(self):
        picking = self._transfer("in", 1)
        line = self._entry(picking.button_validate(), picking).line_ids
        checker = SerialCheck(picking.move_ids, ["C1"])
        return line, checker.run(), "available"

    def _prepare_records(self):
        self.story_recall = self._story()
        self.story_recall.notice_ids.action_mark_notified()
        self.story_moves = self._receive(blanks=1).move_ids.sudo()
        invoice = self._invoice(1)
        self.story_invoice_line = invoice.invoice_line_ids
        self.story_lot = self.env["stock.lot"].create({"name": "A1", "product_id": self.product.id})
        self.story_series = self.env["serial.series"].create({"name": "Meters", "prefix": "S"})

    def _leave_pending(self):
        """Have the ORM hold back every column of the records that statements join, and recompute their entities."""
        self.env.flush_all()
        units = self._units().sudo()
        recall = self.story_recall.sudo()
        for records in (
            *(units, units.location_id, units.customer_id, recall, recall.line_ids, recall.notice_ids),
            *(self.story_moves, self.story_invoice_line, recall.notice_ids.mail_id),
        ):
            for name in self._find_columns(records):
                field = records._fields[name]
                for record in records:
                    field._update_cache(record, field.convert_to_cache(record[name], record), dirty=True)
        self.env.add_to_compute(self.customer._fields["commercial_partner_id"], units.customer_id)

    def _find_columns(self, model):
        """Return the names of the columns that can be written back as they are."""
        tree = {"id", "parent_path", model._parent_name}
        return [
            name
            for name, field in model._fields.items()
            if field.store and field.column_type and field.column_type[0] != "jsonb" and name not in tree
        ]

    # Each statement, as PostgreSQL understands it

    def _watch(self):
        """Ask PostgreSQL, before each statement of the executor, what it reads; keep what of that is pending."""
        original, test = Cursor.execute, self

        def execute(cursor, query, *args, **kwargs):
            frame = sys._getframe(1)
            while frame.f_code.co_name.startswith("execute_query"):
                frame = frame.f_back
            if frame.f_code.co_filename == str(EXECUTOR) and "enable_seqscan" not in str(query):
                test.seen += 1
                original(cursor, type(query)("EXPLAIN (VERBOSE, FORMAT JSON) %s", query))
                test._compare(json.dumps(cursor.fetchall()[0][0]))
            return original(cursor, query, *args, **kwargs)

        self.patch(Cursor, "execute", execute)

    def _compare(self, plan):
        tables = set(re.findall(r'"Relation Name": "(\w+)"', plan))
        words = set(re.findall(r"\w+", plan))
        transaction = self.env.transaction
        pending = {field for field, ids in (*transaction.field_dirty.items(), *transaction.tocompute.items()) if ids}
        self.unseen += [
            str(field) for field in pending if self.env[field.model_name]._table in tables and field.name in words
        ]
