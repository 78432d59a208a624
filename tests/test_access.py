from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common.access_table import ADDON, GROUPS, LOOKUP, MANAGERS, MAY, OPERATIONS
from .common.base import SerialCommon


@tagged("post_install", "-at_install")
class TestAccess(SerialCommon):
    """Who may do what, by group and company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {name: new_test_user(cls.env, f"{name} user", groups) for name, groups in GROUPS.items()}

    def _refused_to(self, names, act):
        for name in names:
            with self.subTest(user=name), self.assertRaises(AccessError):
                act(self.users[name])

    def test_when_a_group_does_something_then_the_table_says_whether_it_may(self):
        for model, rights in MAY.items():
            for name, user in self.users.items():
                for operation in OPERATIONS:
                    with self.subTest(model=model, user=name, operation=operation):
                        allowed = self.env[model].with_user(user).has_access(operation)
                        self.assertEqual(allowed, operation in rights.get(name, ""))

    def test_when_a_model_is_added_then_the_table_knows_it(self):
        own = {name for name in self.env.registry if self.env[name]._original_module == ADDON}
        own = {name for name in own if not self.env[name]._abstract}
        self.assertEqual(own ^ set(MAY), set(), "say in MAY of tests/common/access_table.py who may do what with these")

    def test_when_models_of_the_addon_have_companies_then_each_has_a_rule(self):
        for model in ("serial.number", "serial.event", "serial.identity"):
            rules = self.env["ir.rule"].search([("model_id.model", "=", model), ("groups", "=", False)])
            self.assertIn("company_ids", "".join(rules.mapped("domain_force")))

    def test_when_units_are_looked_up_then_every_group_reads_what_its_views_show(self):
        self._receive(["A1"])
        self._ship(["A1"])
        for name in (*LOOKUP, "stock", "serials"):
            unit = self._unit("A1").with_user(self.users[name])
            for view_type in ("list", "form", "kanban"):
                arch = etree.fromstring(unit.get_view(view_type=view_type)["arch"])
                fields = {node.get("name") for node in arch.xpath("//field[not(ancestor::field)]")}
                with self.subTest(user=name, view=view_type):
                    self.assertEqual(unit.read(list(fields))[0]["id"], unit.id)

    def test_when_units_are_read_without_choosing_fields_then_every_lookup_can(self):
        self._receive(["A1"])
        for name in (*LOOKUP, "stock", "user", "serials"):
            with self.subTest(user=name):
                self.assertTrue(self._unit("A1").with_user(self.users[name]).read())

    def test_when_actions_of_a_unit_are_called_then_only_users_may(self):
        self._receive(["A1", "S1"])
        self._ship(["S1"])
        unit, sold = self._unit("A1"), self._unit("S1")
        for act in (
            lambda user: unit.with_user(user).action_hold("recall"),
            lambda user: unit.with_user(user).action_release(),
            lambda user: unit.with_user(user).action_designate(self.customer.id),
            lambda user: sold.with_user(user).action_register(self.customer.id),
            lambda user: unit.with_user(user).write({"note": "x"}),
            lambda user: unit.with_user(user).write({"name": "X1"}),
        ):
            self._refused_to((*LOOKUP, "plain", "portal"), act)
        self.assertRecordValues(unit, [{"name": "A1", "status": "available", "note": False}])

    def test_when_manager_actions_are_called_then_only_managers_may(self):
        self._receive(["A1"])
        unit = self._unit("A1")
        for act in (
            lambda user: unit.with_user(user).action_void("lost"),
            lambda user: unit.with_user(user).action_restore(),
            lambda user: unit.with_user(user).write({"vendor_id": self.customer.id}),
            lambda user: unit.with_user(user).write({"name": "X1"}),
            lambda user: self.register.with_user(user).create({"name": "X", "product_id": self.product.id}),
        ):
            self._refused_to([name for name in self.users if name not in MANAGERS], act)

    def test_when_no_right_is_needed_on_the_empty_set_then_rights_are_checked_all_the_same(self):
        none = self.register.browse()
        for act in (
            lambda user: none.with_user(user).action_hold("recall"),
            lambda user: none.with_user(user).action_void("lost"),
            lambda user: none.with_user(user).write({"name": "X"}),
        ):
            self._refused_to((*LOOKUP, "plain", "portal"), act)

    def test_when_serials_are_checked_or_assigned_then_only_on_own_documents(self):
        move = self._transfer("in", 1).move_ids
        self._refused_to(("plain", "portal"), lambda user: move.with_user(user).check_serials(["A1"]))
        self._refused_to(("plain", "portal"), lambda user: move.with_user(user).assign_serials(["A1"]))

    def test_when_the_window_is_opened_then_only_by_those_who_enter(self):
        picking = self._transfer("in", 1)
        self._refused_to(("plain", "portal"), lambda user: picking.with_user(user).action_enter_serials())

    def test_when_a_window_is_made_by_hand_then_it_gives_no_right_to_the_document(self):
        picking = self._transfer("in", 1)
        for name in ("user", "serials"):
            user = self.users[name]
            with self.subTest(user=name), self.assertRaises(AccessError):
                entry = (
                    self.env["serial.entry"]
                    .with_user(user)
                    .create(
                        {
                            "button": "keep",
                            "picking_ids": picking.ids,
                            "line_ids": [(0, 0, {"move_id": picking.move_ids.id})],
                        }
                    )
                )
                entry.line_ids.add_serials(["A1"])
                entry.action_confirm()
        self.assertFalse(picking.move_ids.serial_draft)

    def test_when_the_setup_question_is_asked_then_only_of_those_who_number(self):
        self._receive(blanks=1)
        for name in (*LOOKUP, "plain"):
            with self.subTest(user=name):
                self.assertFalse(self.product.with_user(self.users[name]).get_serial_setup_action())

    def test_when_documents_are_read_by_people_without_rights_here_then_they_still_are(self):
        self._receive(["A1"])
        order = self.env["sale.order"].create({"partner_id": self.customer.id})
        for record in (self.product, self.product.product_tmpl_id, self.customer):
            fields = [name for name in record._fields if name.startswith("serial") or name == "is_serialized"]
            record = record.with_user(self.users["plain"])
            readable = [name for name in fields if record._has_field_access(record._fields[name], "read")]
            self.assertTrue(record.read(["display_name", *readable]))
        self.assertEqual(order.with_user(self.users["salesman"]).serial_count, 0)


@tagged("post_install", "-at_install")
class TestCompanies(SerialCommon):
    """One company's people see nothing of another's units."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "stock.group_stock_manager,serial_number_tracking.group_serial_number_manager"
        cls.stranger = cls._make_stranger(groups)
        cls.other_company = cls.stranger.company_id

    def test_when_they_search_then_nothing_is_found(self):
        self._receive(["A1"], blanks=1)
        register = self.register.with_user(self.stranger)

        self.assertFalse(register.search([("product_id", "=", self.product.id)]))
        self.assertFalse(self.env["serial.event"].with_user(self.stranger).search([]))
        self.assertEqual(self.product.with_user(self.stranger).serial_count, 0)

    def test_when_they_act_on_a_unit_then_refused(self):
        self._receive(["A1"])
        unit = self._unit("A1").with_user(self.stranger)
        for act in (
            lambda: unit.action_hold("recall"),
            lambda: unit.action_designate(self.customer),
            lambda: unit.action_void("lost"),
            lambda: unit.write({"note": "x"}),
            lambda: unit.write({"name": "X"}),
            lambda: unit.read(["name"]),
            unit.action_view_transfers,
        ):
            with self.assertRaises(AccessError):
                act()

    def test_when_they_enter_on_its_documents_then_refused(self):
        move = self._transfer("in", 1).move_ids.with_user(self.stranger)
        for act in (lambda: move.check_serials(["A1"]), lambda: move.assign_serials(["A1"])):
            with self.assertRaises(AccessError):
                act()

    def test_when_they_have_the_same_number_then_it_is_another_unit(self):
        self._receive(["A1"])
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", self.other_company.id)], limit=1)
        picking = (
            self.env["stock.picking"]
            .with_user(self.stranger)
            .create(
                {
                    "picking_type_id": warehouse.in_type_id.id,
                    "location_id": self.supplier_location.id,
                    "location_dest_id": warehouse.lot_stock_id.id,
                    "move_ids": [
                        (
                            0,
                            0,
                            {
                                "product_id": self.product.id,
                                "product_uom_qty": 1,
                                "location_id": self.supplier_location.id,
                                "location_dest_id": warehouse.lot_stock_id.id,
                            },
                        )
                    ],
                }
            )
        )
        picking.action_confirm()
        picking.move_ids.quantity = 1

        self._validate(picking, ["A1"])

        self.assertEqual(set(self._unit("A1").mapped("company_id.id")), {self.company.id, self.other_company.id})
        self.assertAddsUp()

    def test_when_a_unit_is_moved_to_another_companys_location_by_hand_then_refused(self):
        self._receive(["A1"])
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", self.other_company.id)], limit=1)
        with self.assertRaisesRegex(UserError, "company"):
            self._unit("A1").with_user(self.manager).sudo().location_id = warehouse.lot_stock_id
