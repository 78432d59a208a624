from datetime import date

from lxml import etree

from odoo.tests import Form, new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .common.base import SerialCommon

REGISTER_FILTERS = {
    "No Status Filter",
    "Available",
    "Sold",
    "Designated",
    "Hold",
    "Received w/out Serial",
    "Issued w/out Serial",
}
# Keys of Odoo's own buttons above every form: home menu, back, new, previous, next, save, discard, actions.
TAKEN_KEYS = set("hbcpnsju")


@tagged("post_install", "-at_install")
class TestViews(SerialCommon):
    """What people see loads for the lowest user, and buttons lead to the right records."""

    def _open(self, action, user=None):
        """Return the records that an action shows."""
        return self.env[action["res_model"]].with_user(user or self.clerk).search(action["domain"])

    def test_when_views_of_the_addon_are_loaded_then_all_of_them_do(self):
        views = self.env["ir.model.data"].search(
            [("module", "=", "serial_number_tracking"), ("model", "=", "ir.ui.view")]
        )
        for view in self.env["ir.ui.view"].browse(views.mapped("res_id")).filtered(lambda view: view.type != "qweb"):
            model = self.env[view.model].with_user(self.clerk)
            model = model if model.has_access("read") else model.sudo().with_user(self.env.ref("base.user_admin"))
            with self.subTest(view=view.name):
                self.assertIn(
                    view.type, model.get_views([(view.id if not view.inherit_id else False, view.type)])["views"]
                )

    def test_when_a_form_has_keys_then_none_is_one_of_the_screen_around_it(self):
        for name in ("serial.number", "serial.recall", "serial.job", "stock.picking", "sale.order", "purchase.order"):
            header = etree.fromstring(self.env[name].get_view(view_type="form")["arch"]).find(".//header")
            with self.subTest(form=name):
                self.assertFalse(TAKEN_KEYS.intersection(header.xpath("./button/@data-hotkey")))

    def test_when_the_register_is_opened_then_it_has_its_views(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("serial_number_tracking.serial_number_action")

        views = self.register.with_user(self.clerk).get_views([*action["views"], (False, "search")])["views"]

        self.assertEqual(set(views), {"list", "form", "kanban", "pivot", "graph", "activity", "search"})
        for name in REGISTER_FILTERS:
            self.assertIn(f'string="{name}"', views["search"]["arch"])

    def test_when_searched_by_each_field_of_the_search_view_then_it_works(self):
        self._receive(["A1"])
        for field in ("vendor_id", "customer_id", "end_user_id", "location_id"):
            self.register.with_user(self.clerk).search([(field, "child_of", "Vendor")])
        for path in ("sale_line_id.order_id.name", "purchase_line_id.order_id.name", "move_ids.reference"):
            self.register.with_user(self.clerk).search([(path, "ilike", "A1")])

    def test_when_opened_from_the_product_then_its_units(self):
        self._receive(["A1"], blanks=1)
        self._receive(["T1"], product=self._make_product("Tablet"))
        for record in (self.product, self.product.product_tmpl_id):
            record = record.with_user(self.clerk)
            self.assertEqual(self._open(record.action_view_serials()).sorted("id"), self._units())
            self.assertEqual(self._open(record.action_view_missing_serials()), self._units("received"))

    def test_when_opened_from_the_transfer_then_its_units(self):
        self._receive(["A1"])
        picking = self._receive(["A2"], blanks=1)

        self.assertEqual(self._open(picking.action_view_serials()), picking.move_ids.serial_ids)
        self.assertEqual(self._open(picking.action_view_missing_serials()), self._units("received"))
        self.assertRecordValues(picking, [{"has_serialized": True, "serial_count": 2, "serial_missing": 1}])

    def test_when_opened_from_the_sales_order_then_its_units(self):
        self._receive(["A1", "A2"])
        order = self._order()
        self._validate(order.picking_ids.with_user(self.clerk), ["A2"])

        self.assertEqual(self._open(order.action_view_serials()), self._unit("A2"))

    def test_when_opened_from_the_purchase_order_then_its_units(self):
        order = self._purchase()
        self._validate(order.picking_ids.with_user(self.clerk), ["A1"])

        self.assertEqual(self._open(order.action_view_serials()), self._unit("A1"))

    def test_when_opened_from_the_partner_then_what_they_sold_bought_or_use(self):
        self._receive(["A1", "A2", "A3"])
        self._ship(["A1"])
        self._ship(["A2"], partner=self.other_customer)
        self._unit("A2").with_user(self.clerk).action_register(self.customer)

        customer = self.customer.with_user(self.clerk)

        self.assertEqual(self._open(customer.action_view_serials()), self._unit("A1") | self._unit("A2"))
        self.assertEqual(customer.serial_count, 2)
        self.assertEqual(self.vendor.with_user(self.clerk).serial_count, 3)

    def test_when_opened_from_the_unit_then_its_transfers(self):
        receipt = self._receive(["A1"])
        delivery = self._ship(["A1"])

        action = self._unit("A1").with_user(self.clerk).action_view_transfers()

        self.assertEqual(self._open(action), receipt | delivery)

    def test_when_who_is_no_manager_opens_a_unit_then_what_they_may_not_correct_is_locked(self):
        self._receive(["A1"])
        form = Form(self._unit("A1").with_user(self.clerk))
        for name, value in {
            "location_id": self.stock,
            "vendor_id": self.vendor,
            "date_received": "2026-01-01 12:00:00",
            "vendor_warranty_end": "2027-01-01",
            "customer_id": self.customer,
            "date_sold": "2026-01-01 12:00:00",
            "warranty_end": "2027-01-01",
        }.items():
            with self.subTest(field=name), self.assertRaisesRegex(AssertionError, "readonly"):
                form[name] = value

        form.end_user_id = self.customer
        form.note = "Box is open"
        unit = form.save()

        self.assertEqual((unit.end_user_id, unit.note), (self.customer, "Box is open"))

    def test_when_a_manager_opens_a_unit_then_it_can_be_corrected(self):
        self._receive(["A1"])
        self._ship(["A1"])
        with Form(self._unit("A1").with_user(self.manager)) as form:
            form.warranty_end = "2027-01-01"

        self.assertRecordValues(self._unit("A1"), [{"warranty_end": date(2027, 1, 1), "warranty_fixed": True}])

    def test_when_a_manager_opens_a_unit_that_nobody_has_then_facts_of_a_sale_are_locked(self):
        self._receive(["A1"])
        form = Form(self._unit("A1").with_user(self.manager))
        for name, value in {
            "customer_id": self.customer,
            "date_sold": "2026-01-01",
            "warranty_end": "2027-01-01",
        }.items():
            with self.subTest(field=name), self.assertRaisesRegex(AssertionError, "readonly"):
                form[name] = value
        form.vendor_warranty_end = "2027-01-01"
        form.save()
        self.assertEqual(self._unit("A1").vendor_warranty_end, date(2027, 1, 1))

    def test_when_a_unit_is_read_then_its_history_and_orders_can_be(self):
        self._receive(["A1"])
        self._ship(["A1"])

        (values,) = self._unit("A1").with_user(self.clerk).read()

        self.assertEqual(len(values["event_ids"]), 2)

    # Inventory's own screens

    def test_when_units_came_or_left_without_serial_then_the_cards_of_their_types_say_how_many(self):
        receipts, deliveries = self.warehouse.in_type_id, self.warehouse.out_type_id
        before = [kind.with_user(self.clerk).serial_blank_count for kind in (receipts, deliveries)]
        self._receive(["A1"], blanks=3)
        self._ship(blanks=1)
        kinds = (receipts | deliveries).with_user(self.clerk)
        kinds.invalidate_recordset()

        self.assertEqual([kind.serial_blank_count for kind in kinds], [before[0] + 2, before[1] + 1])
        mine = self._units("received") | self._units("issued")
        self.assertLessEqual(
            self._units("issued"), self._open(deliveries.with_user(self.clerk).action_view_missing_serials())
        )
        self.assertLessEqual(mine, self._open(kinds.action_view_missing_serials()))
        arch = kinds.get_views([(False, "kanban")])["views"]["kanban"]["arch"]
        self.assertTrue(etree.fromstring(arch).xpath("//a[@name='action_view_missing_serials']"))

    def test_when_who_may_not_look_units_up_opens_the_cards_then_they_open_without_figures(self):
        plain = new_test_user(self.env, "plain_cards", "base.group_user")
        views = self.env["stock.picking.type"].with_user(plain).get_views([(False, "kanban")])
        self.assertNotIn('<field name="serial_blank_count"', views["views"]["kanban"]["arch"])

    def test_when_inventory_is_opened_then_its_menus_lead_to_the_lists(self):
        menus = self.env["ir.ui.menu"].with_user(self.manager).load_web_menus(False)
        stock = self.env.ref("stock.menu_stock_root").id
        shown = {menu["xmlid"] for menu in menus.values() if menu.get("appID") == stock}
        for name in ("numbers", "worklist", "report", "by_status", "history", "reconciliation"):
            self.assertIn(f"serial_number_tracking.stock_menu_serial_{name}", shown)
        app = self.env.ref("serial_number_tracking.serial_number_menu_root").id
        self.assertLessEqual(len(menus[app]["children"]), 8, "more do not fit beside several companies at 1366 px")

    # What is offered

    def test_when_a_record_can_be_duplicated_on_a_screen_then_it_can(self):
        self._receive(["A1"])
        identity = self.env["serial.identity.kind"].search([], limit=1)
        recall = self.env["serial.recall"].create({"reason": "Broken"})
        count = self.env["serial.count"].create({"location_id": self.stock.id})
        for record in (self._unit("A1"), self.env["serial.hold.reason"].search([], limit=1), identity, recall, count):
            record = record.sudo().with_user(self.env.ref("base.user_admin"))
            for kind in ("list", "form") if record._name != "serial.identity.kind" else ("list",):
                root = etree.fromstring(record.get_views([(False, kind)])["views"][kind]["arch"])
                if root.get("duplicate") != "0" and root.get("create") != "0":
                    with self.subTest(model=record._name, view=kind):
                        self.assertTrue(record.copy())

    def test_when_several_companies_are_chosen_then_lists_say_whose_a_unit_is(self):
        self.manager.group_ids |= self.env.ref("base.group_multi_company")
        for name in ("serial.number", "serial.reconciliation", "serial.recall", "serial.count"):
            arch = self.env[name].with_user(self.manager).get_views([(False, "list")])["views"]["list"]["arch"]
            (column,) = etree.fromstring(arch).xpath("//field[@name='company_id'][@optional]")
            self.assertEqual(column.get("optional"), "show", name)
            for chosen, is_hidden in (([1], True), ([1, 2], False)):
                hidden = safe_eval(column.get("column_invisible", "False"), {"allowed_company_ids": chosen, "set": set})
                self.assertEqual(hidden, is_hidden, name)

    def test_when_a_setting_is_shown_then_it_is_explained_there(self):
        form = etree.fromstring(self.env["res.config.settings"].get_view(view_type="form")["arch"])
        settings = form.xpath("//block[@name='serial_number_tracking']/setting")
        self.assertGreater(len(settings), 8)
        self.assertFalse([etree.tostring(setting) for setting in settings if len(setting.get("help") or "") < 30])
        for model in ("stock.picking.type", "product.template"):
            form = etree.fromstring(self.env[model].get_view(view_type="form")["arch"])
            shown = form.xpath("//group[@name='serial_number_tracking' or @name='serial_numbers']//field/@name")
            self.assertGreater(len(shown), 1, model)
            told = self.env[model].fields_get(shown, ["help", "readonly"])
            unexplained = [name for name, field in told.items() if not field["readonly"] and not field.get("help")]
            self.assertFalse(unexplained, model)
