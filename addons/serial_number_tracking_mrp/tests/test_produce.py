from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ProduceCommon


@tagged("post_install", "-at_install")
class TestProduce(ProduceCommon):
    """*Produce* asks for the numbers of what is made and of what goes into it."""

    def test_when_produced_then_both_are_asked_for_and_the_parts_are_known(self):
        self._stock_parts("B1", "B2", "B3", "B4")
        order = self._make_order(2)

        self._press(order, 2, ["A1", "A2"], ["B1", "B2", "B3", "B4"])

        self.assertEqual(order.state, "done")
        self.assertRecordValues(self._unit("A1"), [{"status": "available", "vendor_id": False}])
        self.assertEqual((self._parts_of("A1"), self._parts_of("A2")), (["B1", "B2"], ["B3", "B4"]))
        self.assertEqual(self._unit("A1").event_ids.mapped("kind"), ["produced"])
        self.assertEqual(self._unit("B1", self.part).event_ids.mapped("kind"), ["built_in", "consumed", "received"])
        self.assertEqual(self._unit("A1").event_ids.document, order.name)
        self.assertAllAddUp()

    def test_when_parts_are_entered_backwards_then_they_are_built_in_so(self):
        self._stock_parts("B1", "B2", "B3", "B4")

        self._press(self._make_order(2), 2, ["A1", "A2"], ["B4", "B3", "B2", "B1"])

        self.assertEqual((self._parts_of("A1"), self._parts_of("A2")), (["B3", "B4"], ["B1", "B2"]))

    def test_when_a_range_is_entered_then_a_series(self):
        order = self._make_order(3)
        result = order.button_mark_done()
        line = self._entry(result, order).line_ids.filtered(lambda line: line.product_id == self.product)

        self.assertEqual(line.quantity, 3)
        line.add_serials(["A001", "A002", "A003"])

        self.assertFalse(line.missing)

    def test_when_left_blank_then_blanks_are_parts_as_well(self):
        self._stock_parts(blanks=2)
        order = self._make_order(1)

        self._press(order, 1)

        whole = self._units()
        self.assertEqual((whole.status, whole.name), ("received", False))
        self.assertEqual(whole.part_ids.mapped("status"), ["void", "void"])
        self.assertAllAddUp()

    def test_when_a_blank_part_is_numbered_with_one_in_stock_then_they_change_places(self):
        self._stock_parts("B1", blanks=2)
        order = self._make_order(1)
        self._press(order, 1, ["A1"])
        self.assertEqual(self._parts_of("A1"), ["-", "-"])

        self._unit("A1").part_ids[0].name = "B1"

        self.assertEqual(self._parts_of("A1"), ["-", "B1"])
        self.assertAllAddUp()

    def test_when_required_then_nothing_is_produced_without_numbers(self):
        self._stock_parts("B1", "B2")
        self.type.serial_entry = "require"
        order = self._make_order(1)

        with self.assertRaisesRegex(UserError, "Serial numbers are missing"):
            self._press(order, 1, ["A1"], ["B1"], blanks=False)
        self.assertNotEqual(order.state, "done")

        self._press(order, 1, ["A1"], ["B1", "B2"], blanks=False)
        self.assertEqual(order.state, "done")

    def test_when_skipped_then_nothing_is_asked(self):
        self._stock_parts("B1", "B2")
        self.type.serial_entry = "skip"
        order = self._make_order(1)
        order.qty_producing = 1
        order._set_qty_producing()

        self.assertIs(order.button_mark_done(), True)

        self.assertEqual(self._units().status, "received")
        self.assertEqual(len(self._units().part_ids), 2)
        self.assertAllAddUp()

    def test_when_entered_before_then_nothing_is_asked_again(self):
        self._stock_parts("B1", "B2")
        order = self._make_order(1)
        entry = self._entry(order.action_enter_serials(), order)
        for line in entry.line_ids:
            line.add_serials(["A1"] if line.product_id == self.product else ["B1", "B2"])
        entry.action_confirm()

        self.assertIs(self._press(order, 1), True)

        self.assertEqual(self._parts_of("A1"), ["B1", "B2"])

    def test_when_a_number_exists_then_refused_with_the_reason(self):
        self._stock_parts("B1", "B2")
        self._receive(["A1"])
        order = self._make_order(1)

        move = order.move_finished_ids
        self.assertEqual(move.check_serials(["A1"])[0]["code"], "in_stock")
        self.assertEqual(order.move_raw_ids[0].check_serials(["B9"])[0]["code"], "unknown")

    def test_when_a_backorder_is_made_then_each_order_has_its_units(self):
        self.worker.group_ids += self.env.ref("account.group_account_readonly")  # Odoo copies a link to entries
        self._stock_parts("B1", "B2", "B3", "B4")
        order = self._make_order(2)
        order.qty_producing = 1
        order._set_qty_producing()
        wizard = order.button_mark_done()
        self.assertEqual(wizard["res_model"], "mrp.production.backorder")
        window = self.env["mrp.production.backorder"].with_user(self.worker).with_context(**wizard["context"])
        result = window.create({}).action_backorder()

        entry = self._entry(result, order)
        for line in entry.line_ids:
            self.assertEqual(line.quantity, 1 if line.product_id == self.product else 2)
            line.add_serials(["A1"] if line.product_id == self.product else ["B3", "B4"])
        entry.action_confirm()
        self.assertEqual(order.state, "done")
        backorder = order.production_group_id.production_ids - order
        self._press(backorder, 1, ["A2"], ["B1", "B2"])

        self.assertEqual((self._parts_of("A1"), self._parts_of("A2")), (["B3", "B4"], ["B1", "B2"]))
        self.assertEqual(order.serial_count, 3)
        self.assertAllAddUp()

    def test_when_there_are_by_products_then_they_are_asked_for_and_contain_nothing(self):
        waste = self._make_product("Old Battery")
        self.bom.byproduct_ids = [(0, 0, {"product_id": waste.id, "product_qty": 1})]
        self._stock_parts("B1", "B2")
        order = self._make_order(1)
        order.qty_producing = 1
        order._set_qty_producing()
        entry = self._entry(order.button_mark_done(), order)
        names = {self.product: ["A1"], self.part: ["B1", "B2"], waste: ["W1"]}
        self.assertEqual(set(entry.line_ids.product_id), set(names))
        for line in entry.line_ids:
            line.add_serials(names[line.product_id])
        entry.action_confirm()

        self.assertEqual(self._unit("W1", waste).status, "available")
        self.assertFalse(self._unit("W1", waste).part_ids)
        self.assertEqual(self._parts_of("A1"), ["B1", "B2"])
        self.assertAddsUp(waste)

    def test_when_made_of_what_was_made_then_the_tree_goes_both_ways(self):
        self._stock_parts("B1", "B2")
        self._press(self._make_order(1), 1, ["A1"], ["B1", "B2"])
        case = self._make_product("Case")
        bom = {"product_tmpl_id": case.product_tmpl_id.id, "bom_line_ids": [(0, 0, {"product_id": self.product.id})]}
        self.env["mrp.bom"].create(bom)
        order = self.env["mrp.production"].create({"product_id": case.id, "product_qty": 1})
        order.action_confirm()
        entry = self._entry(order.button_mark_done(), order)
        for line in entry.line_ids:
            line.add_serials(["C1"] if line.product_id == case else ["A1"])
        entry.action_confirm()

        tree = [(level, part.name) for level, part in self._unit("C1", case)._get_part_tree()]
        self.assertEqual(tree, [(0, "A1"), (1, "B1"), (1, "B2")])


@tagged("post_install", "-at_install")
class TestUnbuild(ProduceCommon):
    """What is taken apart gives back its own parts."""

    def setUp(self):
        super().setUp()
        self._stock_parts("B1", "B2", "B3", "B4")
        self.order = self._make_order(2)
        self._press(self.order, 2, ["A1", "A2"], ["B1", "B2", "B3", "B4"])

    def _unbuild(self, quantity=1, names=(), **vals):
        unbuild = self.env["mrp.unbuild"].with_user(self.worker)
        vals = {"product_id": self.product.id, "bom_id": self.bom.id, "product_qty": quantity, **vals}
        unbuild = unbuild.create({**vals, "location_id": self.stock.id, "location_dest_id": self.stock.id})
        result = unbuild.action_validate()
        if names:
            entry = self._entry(result, unbuild)
            self.assertEqual({check["code"] for check in entry.line_ids.add_serials(list(names))}, {"ok"})
            entry.action_confirm()
        return unbuild

    def test_when_unbuilt_then_its_own_parts_come_back(self):
        unbuild = self._unbuild(1, ["A2"], mo_id=self.order.id)

        self.assertEqual(unbuild.state, "done")
        self.assertEqual(self._unit("A2").status, "void")
        for name, status in {"B1": "void", "B2": "void", "B3": "available", "B4": "available"}.items():
            self.assertEqual(self._unit(name, self.part).status, status)
        self.assertFalse(self._unit("A2").part_ids)
        self.assertEqual(self._unit("B3", self.part).vendor_id, self.vendor)
        self.assertEqual(self._unit("B3", self.part).event_ids[0].kind, "recovered")
        self.assertAllAddUp()

    def test_when_unbuilt_without_an_order_then_its_own_parts_come_back_as_well(self):
        self._unbuild(1, ["A1"])

        self.assertEqual(self._unit("B1", self.part).status, "available")
        self.assertEqual(self._unit("B3", self.part).status, "void")
        self.assertAllAddUp()

    def test_when_all_of_an_order_is_unbuilt_without_a_question_then_all_its_units(self):
        self.type.serial_entry = "skip"

        self._unbuild(2, mo_id=self.order.id)

        self.assertEqual(set(self._units().mapped("status")), {"void"})
        self.assertEqual(set(self._units(product=self.part).mapped("status")), {"available"})
        self.assertAllAddUp()

    def test_when_another_unit_is_entered_for_an_order_then_refused(self):
        self._receive(["A9"])
        vals = {"product_id": self.product.id, "bom_id": self.bom.id, "product_qty": 1, "mo_id": self.order.id}
        unbuild = self.env["mrp.unbuild"].create(
            {**vals, "location_id": self.stock.id, "location_dest_id": self.stock.id}
        )

        check = self._entry(unbuild.action_validate(), unbuild).line_ids.add_serials(["A9"])[0]

        self.assertFalse(check["ok"])
        self.assertIn("was not made by", check["message"])

    def test_when_built_again_then_the_parts_are_parts_of_the_new_unit(self):
        self._unbuild(1, ["A1"], mo_id=self.order.id)

        self._press(self._make_order(1), 1, ["A1"], ["B2", "B1"])

        self.assertEqual(self._unit("A1").status, "available")
        self.assertEqual(self._parts_of("A1"), ["B1", "B2"])
        self.assertAllAddUp()

    def test_when_the_product_has_a_series_then_produce_generates_its_numbers_and_those_of_no_part(self):
        series = self.env["serial.series"].create({"name": "Phones", "prefix": "P", "padding": 3})
        self.product.serial_series_id = self.part.serial_series_id = series
        self._stock_parts("B1", "B2")
        order = self._make_order(2)
        order.qty_producing = 2
        order._set_qty_producing()
        lines = self._entry(order.button_mark_done(), order).line_ids.grouped("product_id")
        self.assertEqual(lines[self.part]._get_state()["next_number"], "")

        lines[self.product].generate_serials()

        self.assertEqual(lines[self.product].unit_ids.mapped("name"), ["P001", "P002"])
