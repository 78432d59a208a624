"""Goods that somebody else owns: the unit's owner is the operation's, and stock says the same."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.shelves import ShelfCommon


@tagged("post_install", "-at_install")
class TestConsignment(ShelfCommon):
    def _consign(self, *names, blanks=0, **options):
        """Receive goods that the consignor leaves with us."""
        picking = self._transfer("in", len(names) + blanks, partner=self.consignor, **options)
        picking.owner_id = self.consignor
        self._validate(picking, names)
        return picking

    def _owners(self):
        """Return how much of the product's stock belongs to whom."""
        groups = self.env["stock.quant"]._read_group(
            [("product_id", "=", self.product.id), ("location_id.usage", "=", "internal")],
            ["owner_id"],
            ["quantity:sum"],
        )
        return {owner: quantity for owner, quantity in groups if quantity}

    def test_when_received_in_consignment_then_the_owner_owns_and_has_not_sold(self):
        self._consign("C1", blanks=1)

        self.assertRecordValues(
            self._units(),
            [
                {"owner_id": self.consignor.id, "vendor_id": False, "status": status}
                for status in ("available", "received")
            ],
        )
        self.assertIn("belongs to Consignor", self._unit("C1").event_ids.note)
        self.assertLies()

    def test_when_the_operation_has_an_owner_of_its_own_then_the_unit_has_it(self):
        picking = self._transfer("in", 1)
        picking.move_ids.move_line_ids.owner_id = self.consignor

        self._validate(picking, ["C1"])

        self.assertRecordValues(self._unit("C1"), [{"owner_id": self.consignor.id, "vendor_id": self.vendor.id}])
        self.assertLies()

    def test_when_the_order_names_a_vendor_then_the_vendor_stays(self):
        order = self._purchase()
        picking = order.picking_ids.with_user(self.clerk)
        picking.owner_id = self.consignor

        self._validate(picking, ["C1"])

        self.assertRecordValues(self._unit("C1"), [{"owner_id": self.consignor.id, "vendor_id": self.vendor.id}])

    def test_when_a_consigned_unit_is_shipped_then_its_owners_stock_leaves_and_the_window_says_so(self):
        self._receive(["A1"])
        self._consign("C1")
        picking = self._reserved(place=self.stock)

        self.assertEqual(
            picking.move_ids.check_serials(["C1"])[0]["message"], "C1 belongs to Consignor: taken from their stock."
        )
        self._validate(picking, ["C1"])

        self.assertEqual(self._owners(), {self.env["res.partner"]: 1})
        self.assertEqual(picking.move_ids.move_line_ids.owner_id, self.consignor)
        self.assertRecordValues(self._unit("C1"), [{"owner_id": self.consignor.id, "status": "sold"}])
        self.assertLies()

    def test_when_a_consigned_unit_is_lost_in_any_way_then_its_owners_stock_loses_it(self):
        targets = [self.supplier_location, self.loss_location, self.env.ref("stock.location_production", False)]
        targets[2] = targets[2] or self.product.property_stock_production
        for target in targets:
            with self.subTest(target=target.name), self.env.cr.savepoint() as savepoint:
                self._receive(["A1"])
                self._consign("C1")
                picking = self._reserved(place=self.stock, target=target)

                self._validate(picking, ["C1"])

                self.assertEqual(self._owners(), {self.env["res.partner"]: 1})
                self.assertRecordValues(self._unit("C1"), [{"status": "void", "owner_id": self.consignor.id}])
                self.assertLies()
                savepoint.rollback()

    def test_when_a_consigned_unit_is_scrapped_then_its_owners_stock_loses_it(self):
        self._receive(["A1"])
        self._consign("C1")
        vals = {"product_id": self.product.id, "scrap_qty": 1, "location_id": self.stock.id}
        scrap = self.env["stock.scrap"].with_user(self.clerk).create(vals)
        entry = self._entry(scrap.action_validate(), scrap)

        entry.line_ids.add_serials(["C1"])
        entry.action_confirm()

        self.assertEqual(self._owners(), {self.env["res.partner"]: 1})
        self.assertLies()

    def test_when_the_scrap_order_is_for_an_owner_then_units_of_others_are_refused(self):
        self._receive(["A1"])
        self._consign("C1")
        vals = {"product_id": self.product.id, "scrap_qty": 1, "location_id": self.stock.id}
        scrap = self.env["stock.scrap"].with_user(self.clerk).create(vals | {"owner_id": self.consignor.id})
        entry = self._entry(scrap.action_validate(), scrap)

        checks = entry.line_ids.add_serials(["A1"])

        self.assertEqual([check["code"] for check in checks], ["elsewhere"])

    def test_when_a_consigned_unit_is_dropshipped_then_it_is_its_owners(self):
        picking = self._transfer("out", 1, source=self.supplier_location)
        picking.owner_id = self.consignor

        self._validate(picking, ["C1"])

        self.assertRecordValues(self._unit("C1"), [{"status": "sold", "owner_id": self.consignor.id}])

    def test_when_the_delivery_is_for_one_owner_then_units_of_others_are_refused(self):
        self._receive(["A1"])
        self._consign("C1")
        picking = self._transfer("out", 1)
        picking.owner_id = self.consignor
        self._take_from(picking.move_ids, self.stock, owner_id=self.consignor.id)

        check = picking.move_ids.check_serials(["A1"])[0]

        self.assertEqual(check["code"], "elsewhere")
        self.assertIn("moves stock of Consignor", check["message"])
        with self.assertRaises(UserError):
            picking.move_ids.assign_serials(["A1"])
        self._validate(picking, ["C1"])
        self.assertLies()

    def test_when_a_consigned_unit_comes_back_then_it_goes_back_to_its_owners_stock(self):
        self._consign("C1")
        self._ship(["C1"])
        back = self._transfer("back", 1)

        self.assertIn("goes back to their stock", back.move_ids.check_serials(["C1"])[0]["message"])
        self._validate(back, ["C1"])

        self.assertEqual(self._owners(), {self.consignor: 1})
        self.assertLies()

    def test_when_a_return_has_an_owner_then_the_unit_is_theirs(self):
        self._receive(["A1"])
        self._ship(["A1"])
        back = self._transfer("back", 1)
        back.owner_id = self.consignor

        self._validate(back, ["A1"])

        self.assertEqual(self._unit("A1").owner_id, self.consignor)
        self.assertLies()

    def test_when_a_count_of_consigned_stock_loses_one_then_only_a_consigned_unit_can_be_it(self):
        self._receive(["A1"])
        self._consign("C1", "C2")
        quant = self.env["stock.quant"].search(
            [("product_id", "=", self.product.id), ("owner_id", "=", self.consignor.id), ("quantity", ">", 0)]
        )
        quant = quant.with_user(self.clerk).with_context(inventory_mode=True, serial_number_tracking_ask=True)
        quant.inventory_quantity = 1
        line = self._entry(quant.action_apply_inventory(), quant).line_ids

        self.assertEqual([check["code"] for check in line.add_serials(["A1", "C1"])], ["elsewhere", "ok"])
        line.entry_id.action_confirm()
        self.assertLies()

    def test_when_a_count_finds_one_more_of_an_owner_then_it_is_theirs(self):
        quant = self.env["stock.quant"].with_user(self.clerk).with_context(inventory_mode=True)
        quant = quant.create(
            {
                "product_id": self.product.id,
                "location_id": self.stock.id,
                "owner_id": self.consignor.id,
                "inventory_quantity": 1,
            }
        )
        quant.action_apply_inventory()

        self.assertEqual(self._units().owner_id, self.consignor)
        self.assertLies()

    def test_when_consigned_goods_move_within_stock_then_they_stay_their_owners(self):
        self._receive(["A1"])
        self._consign("C1")
        picking = self._reserved("int", place=self.stock, target=self.shelf)

        self._validate(picking, ["C1"])

        self.assertRecordValues(self._unit("C1"), [{"owner_id": self.consignor.id, "location_id": self.shelf.id}])
        self.assertLies()

    def test_when_a_product_with_consigned_stock_is_switched_on_then_placeholders_have_the_owner(self):
        product = self._make_product("Later", is_serialized=False)
        self.env["stock.quant"]._update_available_quantity(product, self.stock, 2)
        self.env["stock.quant"]._update_available_quantity(product, self.stock, 1, owner_id=self.consignor)

        product.is_serialized = True

        self.assertEqual(self._units(product=product).mapped("owner_id.name"), ["Consignor"])
        self.assertEqual(len(self._units(product=product)), 3)

    def test_when_the_report_is_restricted_to_an_owner_then_it_has_their_units(self):
        self._receive(["A1"])
        self._consign("C1")
        report = self.env["serial.report"].create({"owner_ids": [(6, 0, self.consignor.ids)], "order_by": "owner"})

        self.assertEqual(report.count, 1)
        self.assertEqual([heading for heading, _rows in report._prepare_paper()["groups"]], ["Consignor"])

    def test_when_packages_hold_the_units_then_stock_leaves_the_package_of_the_named_one(self):
        packages = self.env["stock.package"].create([{"name": "PA"}, {"name": "PB"}])
        for package, names in zip(packages, (["P1", "P2"], ["P3", "P4"]), strict=True):
            picking = self._transfer("in", 2)
            picking.move_ids.move_line_ids.result_package_id = package
            self._validate(picking, names)
        picking = self._transfer("out", 1)
        self._take_from(picking.move_ids, self.stock, package_id=packages[0].id)

        self.assertIn("lies in package PB", picking.move_ids.check_serials(["P3"])[0]["message"])
        self._validate(picking, ["P3"])

        self.assertEqual([sum(package.quant_ids.mapped("quantity")) for package in packages], [2, 1])
        self.assertLies()

    def test_when_a_package_is_unpacked_then_its_units_are_loose(self):
        package = self.env["stock.package"].create({"name": "PA"})
        picking = self._transfer("in", 2)
        picking.move_ids.move_line_ids.result_package_id = package
        self._validate(picking, ["P1", "P2"])
        self.assertEqual(self._units().package_id, package)

        package.unpack()

        self.assertFalse(self._units().package_id)
        self.assertLies()

    # After the fact

    def test_when_the_owner_of_a_done_receipt_is_corrected_then_its_units_follow(self):
        picking = self._receive(["A1", "A2"])

        picking.move_ids.move_line_ids.owner_id = self.consignor

        self.assertEqual(self._units().owner_id, self.consignor)
        self.assertLies()

    def test_when_one_of_two_shelves_of_a_done_receipt_is_corrected_then_its_units_follow(self):
        picking = self._transfer("in", 3)
        picking.move_ids.move_line_ids.write({"quantity": 2, "location_dest_id": self.shelf.id})
        picking.move_ids.move_line_ids = [
            (0, 0, {"product_id": self.product.id, "location_dest_id": self.shelf_b.id, "quantity": 1})
        ]
        self._validate(picking, ["A1", "A2", "B1"])

        picking.move_ids.move_line_ids.sorted("id")[0].location_dest_id = self.stock

        self.assertEqual((self._unit("A1") | self._unit("A2")).location_id, self.stock)
        self.assertLies()

    def test_when_a_blank_of_ones_own_is_numbered_with_a_consigned_unit_then_refused_until_the_owner_is_corrected(self):
        self._receive(["A1"])
        self._consign("C1")
        delivery = self._reserved(place=self.stock)
        self._validate(delivery)
        blank = self._units("issued")

        with self.assertRaisesRegex(UserError, "C1 .Phone. belongs to Consignor"):
            blank.with_user(self.clerk).name = "C1"
        delivery.move_ids.move_line_ids.owner_id = self.consignor
        blank.with_user(self.clerk).name = "C1"

        self.assertEqual(self._unit("C1").status, "sold")
        self.assertLies()

    def test_when_a_delivery_is_corrected_to_a_unit_of_another_owner_then_refused(self):
        self._receive(["A1"])
        self._consign("C1")
        delivery = self._reserved(place=self.stock)
        self._validate(delivery, ["A1"])
        delivery = delivery.with_user(self.manager)
        window = self.manager.env["serial.correct"].browse(delivery.action_correct_serials()["res_id"])
        window = window.with_user(self.manager)
        window.line_ids.name = "C1"

        with self.assertRaisesRegex(UserError, "belongs to Consignor"):
            window.action_apply()
