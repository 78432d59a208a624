from datetime import date

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common.base import SerialCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-14 12:00:00")
class TestRegistration(SerialCommon):
    """Who uses a unit, apart from who bought it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.end_user = cls.env["res.partner"].create({"name": "End User"})
        cls.salesman = new_test_user(cls.env, "salesman", "sales_team.group_sale_salesman")

    def _sold(self, *names):
        self._receive(names)
        return self._ship(names).move_ids.serial_ids.with_user(self.clerk)

    def _register(self, units, **vals):
        """Register units by the dialog, as opened from their list."""
        wizard = Form(
            self.env["serial.register"]
            .with_user(self.clerk)
            .with_context(active_model="serial.number", active_ids=units.ids)
        )
        for name, value in vals.items():
            wizard[name] = value
        return wizard.save()

    def test_when_registered_from_the_list_then_all_selected_units_are_and_their_history_says_so(self):
        units = self._sold("A1", "A2")

        self._register(units, end_user_id=self.end_user, channel="Phone").action_register()

        day = date(2026, 3, 14)
        vals = {"end_user_id": self.end_user.id, "date_registered": day, "registration_channel": "Phone"}
        self.assertRecordValues(units, [vals | {"customer_id": self.customer.id}] * 2)
        for unit in units:
            event = unit.event_ids[0]
            self.assertRecordValues(
                event, [{"kind": "registered", "partner_id": self.end_user.id, "note": "03/14/2026, Phone"}]
            )

    def test_when_the_dialog_opens_then_today_and_how_many_are_selected_and_registered(self):
        units = self._sold("A1", "A2")
        units[0].action_register(self.end_user)

        wizard = self._register(units, end_user_id=self.end_user)

        self.assertRecordValues(wizard, [{"count": 2, "registered_count": 1, "date": date(2026, 3, 14)}])

    def test_when_another_channel_is_typed_then_it_is_kept(self):
        unit = self._sold("A1")

        self._register(unit, end_user_id=self.end_user, channel="other", other_channel="Fair").action_register()

        self.assertEqual(unit.registration_channel, "Fair")

    def test_when_one_of_them_is_not_sold_then_refused_by_its_number_and_none_is_registered(self):
        unit = self._sold("A1")
        self._receive(["B1"])
        with self.assertRaisesRegex(UserError, "B1 .*Available"):
            self._register(unit | self._unit("B1"), end_user_id=self.end_user).action_register()
        self.assertFalse(unit.date_registered)

    def test_when_the_day_is_to_come_then_refused(self):
        unit = self._sold("A1")
        with self.assertRaisesRegex(UserError, "03/15/2026 is still to come"):
            self._register(unit, end_user_id=self.end_user, date="2026-03-15").action_register()
        for nonsense in ("soon", "2026-02-30", 7):
            with self.assertRaisesRegex(UserError, "is no day"):
                unit.action_register(self.end_user, nonsense)

    def test_when_a_salesman_registers_then_refused(self):
        unit = self._sold("A1")
        with self.assertRaises(AccessError):
            self.env["serial.register"].with_user(self.salesman).create({"serial_ids": unit.ids})
        with self.assertRaises(AccessError):
            unit.with_user(self.salesman).action_register(self.end_user)

    def test_when_the_dialog_is_somebody_elses_then_refused(self):
        wizard = self._register(self._sold("A1"), end_user_id=self.end_user)
        other = new_test_user(self.env, "second clerk", "stock.group_stock_user")
        with self.assertRaises(AccessError):
            wizard.with_user(other).action_register()

    def test_when_a_registered_unit_comes_back_then_only_its_history_keeps_the_registration(self):
        unit = self._sold("A1")
        unit.action_register(self.end_user, "2026-02-01", "E-mail")

        self._return(["A1"])

        self.assertRecordValues(
            unit,
            [{"status": "available", "end_user_id": False, "date_registered": False, "registration_channel": False}],
        )
        event = unit.event_ids.filtered(lambda event: event.kind == "registered")
        self.assertRecordValues(event, [{"partner_id": self.end_user.id, "note": "02/01/2026, E-mail"}])

    def test_when_the_end_user_is_set_on_many_units_in_the_list_then_the_history_says_so(self):
        units = self._sold("A1", "A2")

        units.write({"end_user_id": self.end_user.id})

        self.assertEqual(units.end_user_id, self.end_user)
        self.assertFalse(any(units.mapped("date_registered")))
        for unit in units:
            self.assertEqual(unit.event_ids[0].note, "End User: - → End User")

    def test_when_the_list_is_edited_then_the_end_user_alone_can_be(self):
        arch = etree.fromstring(self.register.with_user(self.clerk).get_view(view_type="list")["arch"])

        self.assertEqual(arch.get("multi_edit"), "1")
        editable = arch.xpath("/list/field[not(@readonly) and not(@column_invisible='True')]/@name")
        self.assertEqual(editable, ["end_user_id"])

    def test_when_a_day_of_registration_is_written_then_the_unit_is_registered(self):
        unit = self._sold("A1")

        unit.write({"end_user_id": self.end_user.id, "date_registered": "2026-03-01"})

        self.assertRecordValues(
            unit.event_ids[0], [{"kind": "registered", "partner_id": self.end_user.id, "note": "03/01/2026"}]
        )

    def test_when_a_register_of_end_users_is_imported_then_units_are_registered_and_again_changes_nothing(self):
        unit = self._sold("A1")
        external = unit.sudo().export_data(["id"])["datas"][0][0]
        rows = [[external, "End User", "2026-03-01", "Phone"]]
        columns = ["id", "end_user_id", "date_registered", "registration_channel"]
        register = self.register.with_user(self.manager)

        first = register.load(columns, rows)
        events = len(unit.event_ids)
        again = register.load(columns, rows)

        self.assertFalse([message for result in (first, again) for message in result["messages"]])
        self.assertRecordValues(
            unit,
            [
                {
                    "end_user_id": self.end_user.id,
                    "date_registered": date(2026, 3, 1),
                    "registration_channel": "Phone",
                }
            ],
        )
        self.assertEqual(len(unit.event_ids), events)

    def test_when_thousands_are_registered_then_in_as_many_queries_as_one(self):
        self.company.serial_warranty_start = "registration"
        self.product.warranty_months = 12
        names = [f"Q{number}" for number in range(200)]
        one, many = (units.browse(units.ids) for units in (self._sold("A1"), self._sold(*names)))

        cost = self._count_queries(lambda: one.action_register(self.end_user))

        self._assert_no_more_queries(self._count_queries(lambda: many.action_register(self.end_user)), cost)
        self.assertEqual(set(many.mapped("warranty_end")), {date(2027, 3, 14)})


@tagged("post_install", "-at_install")
class TestProperties(SerialCommon):
    """Fields that the user defines per product, on its units."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.serial_properties_definition = [{"name": "mac", "string": "MAC Address", "type": "char"}]

    def test_when_a_clerk_types_a_property_then_it_is_kept_and_found(self):
        self._receive(["A1", "A2"])
        unit = self._unit("A1").with_user(self.clerk)

        unit.serial_properties = {"mac": "00:1B:44:11:3A:B7"}

        self.assertEqual(unit.serial_properties["mac"], "00:1B:44:11:3A:B7")
        found = self.register.with_user(self.clerk).search([("serial_properties.mac", "ilike", "11:3a")])
        self.assertEqual(found, unit)

    def test_when_another_product_has_others_then_each_unit_has_its_products(self):
        tablet = self._make_product("Tablet")
        tablet.serial_properties_definition = [{"name": "imei", "string": "IMEI", "type": "char"}]
        self._receive(["A1"])
        self._receive(["T1"], product=tablet)

        units = self._unit("A1") | self._unit("T1", tablet)

        shown = [row["serial_properties"] for row in units.with_user(self.clerk).read(["serial_properties"])]

        self.assertEqual([[prop["string"] for prop in props] for props in shown], [["MAC Address"], ["IMEI"]])

    def test_when_exported_and_imported_again_then_the_property_comes_along(self):
        self._receive(["A1", "A2"])
        self._unit("A1").serial_properties = {"mac": "00:1B:44:11:3A:B7"}
        self.manager.group_ids += self.env.ref("base.group_allow_export")
        register = self.register.with_user(self.manager)
        columns = ["id", "serial_properties.mac"]
        (row,) = self._unit("A1").with_user(self.manager).export_data(columns)["datas"]
        self.assertEqual(row[1], "00:1B:44:11:3A:B7")

        result = register.load(columns, [[row[0], "AA:BB"]])

        self.assertFalse(result["messages"])
        self.assertEqual(self._unit("A1").serial_properties["mac"], "AA:BB")

    def test_when_grouped_by_a_property_then_by_its_values(self):
        self._receive(["A1", "A2"])
        self._unit("A1").serial_properties = {"mac": "AA"}
        register = self.register.with_user(self.clerk)

        groups = register.formatted_read_group(
            [("product_id", "=", self.product.id)], ["serial_properties.mac"], ["__count"]
        )

        self.assertEqual({group["serial_properties.mac"]: group["__count"] for group in groups}, {"AA": 1, False: 1})

    def test_when_the_form_is_opened_then_its_products_fields_are_there(self):
        self._receive(["A1"])

        with Form(self._unit("A1").with_user(self.clerk)) as form:
            form.serial_properties = [{**form.serial_properties[0], "value": "AA"}]

        self.assertEqual(self._unit("A1").serial_properties["mac"], "AA")

    def test_when_a_unit_is_entered_by_hand_then_with_its_products_fields(self):
        unit = self.register.with_user(self.manager).create(
            {"name": "X1", "product_id": self.product.id, "status": "sold", "serial_properties": {"mac": "AA"}}
        )

        self.assertEqual(unit.serial_properties["mac"], "AA")
