from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import RepairCommon


@tagged("post_install", "-at_install")
class TestRepair(RepairCommon):
    """A repair order names its unit, and the unit knows its repairs."""

    def setUp(self):
        super().setUp()
        self._receive(["A1", "A2"])
        self._receive(["B1", "B2"], blanks=1, product=self.part)

    def _sold(self):
        self._ship(["A1"])
        return self._unit("A1")

    def test_when_the_unit_is_chosen_then_the_order_knows_the_rest(self):
        unit = self._sold()
        form = Form(self.env["repair.order"].with_user(self.clerk))
        form.serial_id = unit

        self.assertEqual((form.product_id, form.partner_id), (self.product, self.customer))
        self.assertTrue(form.under_warranty)
        self.assertEqual(form.serial_warranty_end, unit.warranty_end)

    def test_when_created_by_a_call_then_filled_in_as_well(self):
        repair = self._make_repair(self._sold())

        self.assertEqual((repair.product_id, repair.partner_id), (self.product, self.customer))

    def test_when_another_product_is_given_then_refused(self):
        with self.assertRaisesRegex(UserError, "is a unit of Phone"):
            self._make_repair(self._unit("A1"), product_id=self.part.id)

    def test_when_our_unit_is_in_repair_then_it_is_on_hold_and_free_again_at_the_end(self):
        unit = self._unit("A1")
        repair = self._make_repair(unit, partner_id=self.customer.id)
        self._begin(repair)
        self.assertEqual((unit.status, unit.hold_reason), ("hold", f"In Repair: {repair.name}"))

        self._end(repair)

        self.assertEqual(unit.status, "available")
        self.assertEqual(unit.event_ids[:2].mapped("kind"), ["released", "repaired"])
        self.assertEqual(unit.event_ids[1].document, repair.name)
        self.assertEqual(unit.repair_count, 1)
        self.assertAddsUp()

    def test_when_cancelled_then_the_hold_ends(self):
        unit = self._unit("A1")
        repair = self._make_repair(unit)
        repair.action_validate()

        repair.action_repair_cancel()

        self.assertEqual(unit.status, "available")

    def test_when_it_is_on_hold_for_another_reason_then_it_stays_so(self):
        unit = self._unit("A1")
        unit.action_hold("Stolen?")
        repair = self._make_repair(unit)
        self._begin(repair)
        self._end(repair)

        self.assertEqual((unit.status, unit.hold_reason), ("hold", "Stolen?"))

    def test_when_the_customer_has_it_then_it_is_only_noted(self):
        unit = self._sold()
        repair = self._make_repair(unit)
        self._begin(repair)
        self.assertEqual(unit.status, "sold")
        self._end(repair)

        self.assertEqual(unit.event_ids[:2].mapped("kind"), ["repaired", "in_repair"])
        self.assertEqual(unit.status, "sold")
        self.assertAddsUp()

    def test_when_it_came_back_for_repair_then_it_is_kept_for_its_customer_and_sent_back(self):
        unit = self._sold()
        end = unit.warranty_end
        self._return(["A1"])
        repair = self._make_repair(unit)
        self.assertEqual((repair.partner_id, repair.serial_warranty_end), (self.customer, end))
        self.assertTrue(self._add_line(repair, quantity=0).is_under_warranty)
        self._begin(repair)
        self._end(repair)
        self.assertEqual((unit.status, unit.customer_id), ("designated", self.customer))

        picking = self.env["stock.picking"].with_user(self.clerk).browse(repair.action_send_back()["res_id"])
        picking.button_validate()

        self.assertEqual(picking.state, "done")
        self.assertEqual((unit.status, unit.customer_id, unit.warranty_end), ("sold", self.customer, end))

    def test_when_the_service_desk_takes_it_back_for_repair_then_the_order_is_there(self):
        unit = self._sold()
        desk = self.env["serial.return"].with_user(self.clerk)
        desk = desk.browse(desk.get_desk()["id"])
        desk.add_serials(["A1"])
        desk.line_ids.remedy = "repair"

        made = desk.take_back()

        repair = self.env["repair.order"].browse(made[-1]["id"])
        self.assertEqual((made[-1]["kind"], repair.state), ("repair", "confirmed"))
        self.assertEqual((repair.serial_id, repair.partner_id), (unit, self.customer))
        self.assertEqual(repair.picking_id.state, "done")
        self.assertEqual((unit.status, unit.hold_reason), ("hold", f"In Repair: {repair.name}"))
        repair.action_repair_start()
        self._end(repair)
        self.assertEqual((unit.status, unit.customer_id), ("designated", self.customer))

    def test_when_a_part_is_built_in_and_another_taken_out_then_both_by_number(self):
        unit = self._sold()
        first = self._make_repair(unit)
        self._add_line(first)
        self._begin(first)
        self._end(first, {"add": ["B1"]})
        self.assertEqual(unit.part_ids.mapped("name"), ["B1"])

        second = self._make_repair(unit)
        self._add_line(second)
        self._add_line(second, "recycle")
        self._begin(second)
        self._end(second, {"add": ["B2"], "recycle": ["B1"]})

        old = self._unit("B1", self.part)
        self.assertEqual(unit.part_ids.mapped("name"), ["B2"])
        self.assertEqual((old.status, old.part_of_id.id), ("hold", False))
        self.assertTrue(old.location_id.is_serial_stock)
        self.assertEqual(unit.event_ids[0].note, "Built in: B2; Taken out: B1")
        self.assertAddsUp(self.part)

    def test_when_a_part_is_thrown_away_then_it_is_void_and_no_part_any_more(self):
        unit = self._sold()
        repair = self._make_repair(unit)
        self._add_line(repair, "remove")
        self._begin(repair)

        self._end(repair, {"remove": ["OLD1"]})

        self.assertEqual(self._unit("OLD1", self.part).status, "void")
        self.assertAddsUp(self.part)

    def test_when_the_part_is_of_another_unit_then_refused(self):
        unit, other = self._sold(), self._unit("A2")
        repair = self._make_repair(unit)
        self._add_line(repair)
        self._begin(repair)
        self._end(repair, {"add": ["B1"]})
        wrong = self._make_repair(other)
        line = self._add_line(wrong, "recycle")
        self._begin(wrong)

        check = line.check_serials(["B1"])[0]

        self.assertFalse(check["ok"])
        self.assertIn("is a part of A1", check["message"])

    def test_when_required_then_not_without_numbers(self):
        self.warehouse.repair_type_id.serial_entry = "require"
        repair = self._make_repair(self._unit("A1"))
        self._add_line(repair)
        self._begin(repair)

        with self.assertRaisesRegex(UserError, "missing"):
            self._end(repair, blanks=False)

    def test_when_parts_stay_blank_then_the_register_adds_up(self):
        repair = self._make_repair(self._unit("A1"))
        self._add_line(repair)
        self._add_line(repair, "recycle")
        self._begin(repair)
        self._end(repair)

        self.assertEqual(len(self._unit("A1").part_ids), 1)
        self.assertAddsUp(self.part)


@tagged("post_install", "-at_install")
class TestWarrantyByLine(RepairCommon):
    """Whether the customer pays is decided line by line, by day, and can be changed with a reason."""

    def setUp(self):
        super().setUp()
        self.part.list_price = 50
        self._receive(["A1"])
        self._ship(["A1"])
        self.unit = self._unit("A1")
        self.repair = self._make_repair(self.unit)

    def test_when_the_warranty_lasts_then_the_part_is_free(self):
        line = self._add_line(self.repair)
        self.assertTrue(line.is_under_warranty)

        self.repair.with_user(self.env.user).action_create_sale_order()

        self.assertEqual(line.sale_line_id.price_unit, 0)

    def test_when_it_is_over_then_it_is_paid(self):
        self.unit.with_user(self.manager).warranty_end = fields.Date.today() - timedelta(days=2)
        line = self._add_line(self.repair)
        self.assertFalse(line.is_under_warranty)

        self.repair.with_user(self.env.user).action_create_sale_order()

        self.assertEqual(line.sale_line_id.price_unit, 50)

    def test_when_decided_otherwise_then_with_a_reason_and_the_price_follows(self):
        line = self._add_line(self.repair).with_user(self.env.user)
        self.repair.with_user(self.env.user).action_create_sale_order()
        with self.assertRaisesRegex(ValidationError, "Write the reason"), self.env.cr.savepoint():
            line.is_under_warranty = False

        line.write({"is_under_warranty": False, "warranty_reason": "Dropped into water"})

        self.assertEqual(line.sale_line_id.price_unit, 50)
