import inspect

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw, get_public_method
from odoo.tests import new_test_user, tagged

from .common.access_records import ARGUMENTS, LINKS, AccessRecords
from .common.access_table import GROUPS, get_calls

SECRET = "Secret"


class ForeignRecords(AccessRecords):
    """Records of a company that a user with all rights in another one does not work for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create({"name": f"{SECRET} Company"})
        groups = ",".join(GROUPS[name] for name in ("manager", "salesman", "accountant", "buyer"))
        cls.insider = new_test_user(cls.env, "insider", groups)
        both = (cls.company | cls.other_company).ids
        cls.both = new_test_user(cls.env, "both", groups, company_ids=[Command.set(both)])
        cls.both = cls.both.with_context(allowed_company_ids=both)

    def setUp(self):
        super().setUp()
        self.foreign = {record._name: record for record in self._make_foreign()}

    def _make_foreign(self):
        env = self.env(context={**self.env.context, "allowed_company_ids": self.other_company.ids})
        own = {"company_id": self.other_company.id}
        partner = env["res.partner"].create({"name": f"{SECRET} Partner", **own})
        product = env["product.product"].create(
            {"name": f"{SECRET} Phone", "is_storable": True, "is_serialized": True, **own}
        )
        vals = {"product_id": product.id, "name": f"{SECRET} 1", "status": "sold", "customer_id": partner.id, **own}
        warehouse = env["stock.warehouse"].search([("company_id", "=", self.other_company.id)], limit=1)
        line = Command.create({"product_id": product.id, "product_uom_qty": 1})
        order = env["sale.order"].create({"partner_id": partner.id, "order_line": [line], "user_id": False, **own})
        order.action_confirm()
        purchase = env["purchase.order"].create(
            {
                "partner_id": partner.id,
                "order_line": [Command.create({"product_id": product.id, "product_qty": 1})],
                **own,
            }
        )
        purchase.button_confirm()
        invoice = env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "journal_id": env["account.journal"].create({"name": SECRET, "type": "sale", "code": "SEC", **own}).id,
            }
        )
        return (
            partner,
            product,
            env["serial.number"].create([vals]),
            env["serial.hold.reason"].create({"name": f"{SECRET} Reason", **own}),
            env["serial.recall"].create({"reason": f"{SECRET} Recall", **own}),
            env["stock.quant"].create({"product_id": product.id, "location_id": warehouse.lot_stock_id.id}),
            env["stock.scrap"].create({"product_id": product.id, "scrap_qty": 1, **own}),
            env["stock.lot"].create({"name": f"{SECRET} Lot", "product_id": product.id, **own}),
            *(order, order.order_line, order.picking_ids, order.picking_ids.move_ids),
            *(purchase, purchase.order_line, invoice, warehouse.lot_stock_id, self.other_company),
        )

    def _check_refused(self, act, *arguments, error=AccessError):
        """Refuse an act in words that tell no secret."""
        self.env.invalidate_all()
        with self.assertRaises(error) as refusal, self.env.cr.savepoint():
            act(*arguments)
            self.env.flush_all()
        self.assertNotIn(SECRET, str(refusal.exception))


@tagged("post_install", "-at_install")
class TestForeignArguments(ForeignRecords):
    """Each public method that takes an id, called with that of a record that the caller may not see."""

    def _find_arguments(self):
        """Return (model, record, who may, method, parameter) for each parameter that is an id."""
        for model, name, may, method in get_calls():
            for parameter in inspect.signature(get_public_method(self.env[model], method)).parameters:
                if parameter in LINKS.get(f"{model}.{method}", {}):
                    yield model, name, may, method, parameter

    def _call(self, record, method, given):
        return call_kw(record.browse(), method, [record.ids], self._prepare_arguments(record, method) | given)

    def test_when_a_parameter_is_added_then_the_tests_know_what_it_takes(self):
        for model, _name, _may, method in get_calls():
            for parameter in [*inspect.signature(get_public_method(self.env[model], method)).parameters][1:]:
                with self.subTest(method=f"{model}.{method}", parameter=parameter):
                    self.assertIn(
                        parameter, {*ARGUMENTS, *LINKS.get(f"{model}.{method}", {})}, "see tests/access_records.py"
                    )

    def test_when_it_may_not_be_read_then_refused_without_its_name(self):
        for model, name, _may, method, parameter in self._find_arguments():
            record = self._get_record(name, self.insider)
            foreign = self.foreign[LINKS[f"{model}.{method}"][parameter]]
            with self.subTest(method=f"{model}.{method}", parameter=parameter):
                self._check_refused(self._call, record, method, {parameter: foreign.id})

    def test_when_it_is_another_companys_then_refused_to_those_who_work_for_both(self):
        for model, name, _may, method, parameter in self._find_arguments():
            user = self.both
            record = self._get_record(name, user).with_context(allowed_company_ids=user.company_ids.ids)
            foreign = self.foreign[LINKS[f"{model}.{method}"][parameter]]
            with self.subTest(method=f"{model}.{method}", parameter=parameter):
                with self.assertRaises(UserError) as refusal, self.env.cr.savepoint():
                    getattr(record, method)(**self._prepare_arguments(record, method) | {parameter: foreign.id})
                self.assertIn(SECRET, str(refusal.exception))  # they may know


@tagged("post_install", "-at_install")
class TestForeignValues(ForeignRecords):
    """What is written or created by RPC with the id of a record that the user may not see."""

    def _find_fields(self, model):
        """Return (name, value) of each field that can be given a foreign record."""
        for name, field in self.env[model]._fields.items():
            foreign = self.foreign.get(field.comodel_name)
            if foreign and field.store and field.type == "many2one":
                yield name, foreign.id
            elif foreign and field.store and field.type == "many2many":
                yield name, [Command.set(foreign.ids)]

    def test_when_a_window_is_linked_to_it_then_refused(self):
        for model, vals in self.windows.values():
            window = self.env[model].with_user(self.insider).create(vals)
            if not model.startswith("serial."):
                continue
            for name, value in self._find_fields(model):
                with self.subTest(model=model, field=name):
                    self._check_refused(window.create, {**vals, name: value})
                    self._check_refused(window.write, {name: value})

    def test_when_a_line_of_a_window_is_linked_to_it_then_refused(self):
        for model, vals in self.windows.values():
            if not model.startswith("serial."):
                continue
            window = self.env[model].with_user(self.insider).create(vals)
            for lines in (field for field in window._fields.values() if field.type == "one2many"):
                for name, value in self._find_fields(lines.comodel_name):
                    with self.subTest(model=lines.comodel_name, field=name):
                        line = window[lines.name][:1]
                        vals = line.copy_data()[0] if line else {}
                        self._check_refused(line.create, {**vals, lines.inverse_name: window.id, name: value})
                        if line:
                            self._check_refused(line.write, {name: value})

    def test_when_the_context_proposes_it_on_a_screen_then_its_name_is_not_told(self):
        for model in {model for model, _vals in self.windows.values() if model.startswith("serial.")}:
            for name, value in self._find_fields(model):
                if self.env[model]._fields[name].type == "many2one":
                    with self.subTest(model=model, field=name):
                        window = self.env[model].with_user(self.insider).with_context(**{f"default_{name}": value})
                        self._check_refused(window.onchange, {}, [], {name: {"fields": {"display_name": {}}}})

    def _get_spec(self, model, depth=1):
        """Return what a screen may ask for: everything, with the names of linked records."""
        spec = {}
        for name, field in self.env[model]._fields.items():
            if field.relational and not field.groups:
                fields = self._get_spec(field.comodel_name, depth - 1) if field.type == "one2many" and depth else {}
                spec[name] = {"fields": fields or {"display_name": {}}}
            elif not field.groups:
                spec[name] = {}
        return spec

    def test_when_a_screen_is_filled_with_it_then_nothing_of_it_is_told(self):
        screens = {model for model, _vals in self.windows.values() if model.startswith("serial.")}
        for model in sorted(screens | {"serial.number", "serial.recall"}):
            screen, spec = self.env[model].with_user(self.insider), self._get_spec(model)
            for name, value in self._find_fields(model):
                with self.subTest(model=model, field=name):
                    self._check_refused(screen.onchange, {name: value}, [name], spec)
                    self._check_refused(screen.with_context(**{f"default_{name}": value}).onchange, {}, [], spec)

    def test_when_a_line_of_a_screen_is_filled_with_it_then_nothing_of_it_is_told(self):
        unit, partner = self.foreign["serial.number"], self.foreign["res.partner"]
        recall, spec = self.env["serial.recall"].with_user(self.insider), self._get_spec("serial.recall")
        for name, vals in (
            ("line_ids", {"serial_id": unit.id}),
            ("line_ids", {"holder_ids": [Command.link(partner.id)]}),
            ("notice_ids", {"contact_id": partner.id}),
            ("notice_ids", {"serial_ids": [Command.set(unit.ids)]}),
        ):
            lines = [Command.create(vals)]
            with self.subTest(field=name, vals=vals):
                self._check_refused(recall.onchange, {name: lines}, [name], spec)
                self._check_refused(recall.with_context(**{f"default_{name}": lines}).onchange, {}, [], spec)

    def test_when_a_saved_default_value_or_that_of_a_line_names_it_then_nothing_of_it_is_told(self):
        defaults = self.env["ir.default"].with_user(self.insider)
        for model, name, line in (
            ("serial.number", "sale_line_id", None),
            ("serial.recall.close", "recall_id", None),
            ("serial.recall", "serial_id", "line_ids"),
            ("serial.recall", "contact_id", "notice_ids"),
        ):
            screen, spec = self.env[model].with_user(self.insider), self._get_spec(model)
            owner = self.env[model]._fields[line].comodel_name if line else model
            foreign = self.foreign[self.env[owner]._fields[name].comodel_name].id
            values, changed = ({line: [Command.create({})]}, [line]) if line else ({}, [])
            with self.subTest(model=model, field=name):
                self._check_refused(screen.with_context(**{f"default_{name}": foreign}).onchange, values, changed, spec)
                with self.env.cr.savepoint() as savepoint:
                    defaults.set(owner, name, foreign, user_id=True)
                    self._check_refused(screen.onchange, dict(values), changed, spec)
                    savepoint.rollback()
                    self.env.registry.clear_cache()

    def test_when_a_known_unit_is_shown_with_it_then_nothing_of_it_is_told(self):
        unit, spec = self.records["available"].with_user(self.insider), self._get_spec("serial.number")
        for name, value in self._find_fields(unit._name):
            with self.subTest(field=name):
                self._check_refused(unit.onchange, {name: value}, [name], spec)
        unit.onchange({"product_id": unit.product_id.id, "note": "x"}, ["note"], spec)

    def test_when_units_were_to_replace_another_companys_then_refused(self):
        move = self._transfer("out", 1).move_ids.with_user(self.insider)
        with self.assertRaisesRegex(UserError, "same company") as refusal:
            move.serial_exchange_move_id = self.foreign["stock.move"]
        self.assertNotIn(SECRET, str(refusal.exception))

    def test_when_a_unit_is_corrected_then_refused(self):
        unit = self.records["available"].with_user(self.insider)
        for name, value in self._find_fields(unit._name):
            if not unit._fields[name].readonly:
                with self.subTest(field=name):
                    error = UserError if name in ("product_id", "company_id") else AccessError
                    self._check_refused(unit.write, {name: value}, error=error)

    def test_when_a_unit_is_corrected_with_another_companys_then_refused_to_those_who_work_for_both(self):
        unit = self.records["available"].with_env(self.both.env(user=self.both.id))
        for name in ("customer_id", "vendor_id", "end_user_id"):
            with self.subTest(field=name), self.assertRaisesRegex(UserError, "belongs to"):
                unit.write({name: self.foreign["res.partner"].id})

    def test_when_a_unit_is_created_or_imported_then_refused(self):
        register = self.register.with_user(self.insider)
        vals = {"product_id": self.product.id, "name": "N1", "status": "sold"}
        for name, value in self._find_fields(register._name):
            if not register._fields[name].readonly and name != "company_id":
                with self.subTest(field=name):
                    self._check_refused(register.create, {**vals, name: value})
        partner = self.foreign["res.partner"]
        self.env["ir.model.data"]._update_xmlids([{"xml_id": "test.secret", "record": partner}])
        found = register.load(
            ["product_id/.id", "name", "status", "customer_id/id"],
            [[str(self.product.id), "N1", "sold", "test.secret"]],
        )
        self.assertTrue(found["messages"])
        self.assertNotIn(SECRET, str(found["messages"]))
