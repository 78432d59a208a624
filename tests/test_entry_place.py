"""Barcodes of locations and packages in the entry window."""

from odoo.tests import tagged

from .common.entry import EntryCommon

SSCC = "106141412345678908"


@tagged("post_install", "-at_install")
class TestEntryPlace(EntryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shelf = cls.env["stock.location"].create(
            {"name": "Shelf 1", "location_id": cls.stock.id, "barcode": "LOC-SHELF-1"}
        )
        cls.clerk.write({"group_ids": [(4, cls.env.ref("stock.group_tracking_lot").id)]})

    def _open(self, kind, quantity, **options):
        picking = self._transfer(kind, quantity, **options)
        return picking, self._validate_and_open(picking).line_ids

    def _confirm(self, line):
        line.entry_id.action_confirm()

    def test_when_a_shelf_is_scanned_first_then_all_units_go_there(self):
        picking, line = self._open("in", 2)

        result = line.enter_text("LOC-SHELF-1")
        line.enter_text("A1\nA2")
        self._confirm(line)

        self.assertEqual((result["added"], result["bad"]), (0, []))
        self.assertIn("Shelf 1", result["note"])
        self.assertEqual(picking.state, "done")
        self.assertEqual((self._unit("A1") | self._unit("A2")).location_id, self.shelf)
        self.assertAddsUp()

    def test_when_a_shelf_is_scanned_between_then_what_follows_goes_there(self):
        picking, line = self._open("in", 3)

        line.enter_text("A1")
        line.enter_text("LOC-SHELF-1")
        line.enter_text("A2")
        line.enter_text("A3")
        self._confirm(line)

        self.assertEqual(picking.state, "done")
        places = [self._unit(name).location_id for name in ("A1", "A2", "A3")]
        self.assertEqual(places, [self.stock, self.shelf, self.shelf])
        self.assertAddsUp()

    def test_when_the_shelf_is_elsewhere_then_refused_with_where_it_goes(self):
        other = self.env["stock.location"].create({"name": "Yard", "usage": "internal", "barcode": "LOC-YARD"})
        _picking, line = self._open("in", 1)

        bad = line.enter_text("LOC-YARD")["bad"][0]

        self.assertEqual(bad["code"], "elsewhere")
        self.assertIn(other.complete_name, bad["message"])
        self.assertFalse(line.entered)

    def test_when_a_package_is_scanned_on_arrival_then_the_units_are_packed_into_it(self):
        package = self.env["stock.package"].create({"name": "PACK-1"})
        _picking, line = self._open("in", 1)

        line.enter_text("PACK-1")
        line.enter_text("A1")
        self._confirm(line)

        self.assertEqual(self._unit("A1").package_id, package)

    def test_when_an_unknown_carton_arrives_then_it_is_a_package(self):
        _picking, line = self._open("in", 1)

        line.enter_text(f"]C100{SSCC}")
        line.enter_text("A1")
        self._confirm(line)

        self.assertEqual(self._unit("A1").package_id.name, SSCC)

    def test_when_the_scanner_does_not_say_gs1_then_a_known_carton_is_found_and_no_other_made(self):
        for name, scanned in ((SSCC, f"00{SSCC}"), ("00106141412345678915", "106141412345678915")):
            package = self.env["stock.package"].create({"name": name})
            _picking, line = self._open("in", 1)
            self.assertIn(name, line.enter_text(scanned)["note"])
            self.assertFalse(line.entered)
            line.enter_text(f"A-{name}")
            self._confirm(line)
            self.assertEqual(self._unit(f"A-{name}").package_id, package)

        _picking, line = self._open("in", 1)
        line.enter_text("00106141412345678922")
        self.assertEqual(self._entered(line), ["00106141412345678922"])

    def test_when_a_shelf_bears_its_gln_then_the_units_go_there(self):
        self.shelf.barcode = "9521234543213"
        _picking, line = self._open("in", 1)

        self.assertIn("Shelf 1", line.enter_text("]C14149521234543213")["note"])
        self.assertFalse(line.entered)

    def test_when_a_package_with_units_is_scanned_on_delivery_then_they_are_entered(self):
        _picking, line = self._open("in", 2)
        line.enter_text(f"]C100{SSCC}")
        line.enter_text("A1\nA2")
        self._confirm(line)

        _picking, line = self._open("out", 2)
        result = line.enter_text(f"(00){SSCC}")
        self._confirm(line)

        self.assertEqual(result["added"], 2)
        self.assertEqual((self._unit("A1") | self._unit("A2")).mapped("status"), ["sold", "sold"])
        self.assertAddsUp()

    def test_when_a_carton_was_announced_then_it_brings_its_units(self):
        order_line = self._purchase(3).order_line
        vendor_list = self._entry(order_line.order_id.action_announce_serials(), order_line.order_id)
        vendor_list.line_ids.enter_text(f"Serial Number\tSSCC\nA1\t(00){SSCC}\nA2\t{SSCC}\nA3\tBOX-2")
        self.assertIn(f"Package: {SSCC}", vendor_list.line_ids.unit_ids.mapped("beside_text"))
        vendor_list.action_confirm()
        self.assertEqual([self._unit(name).package_id.name for name in ("A1", "A2", "A3")], [SSCC, SSCC, "BOX-2"])
        self.assertFalse(self._unit("A1").package_id.quant_ids)
        line = self._validate_and_open(order_line.move_ids.picking_id).line_ids

        result = line.enter_text(f"]C100{SSCC}")

        self.assertEqual((result["added"], self._entered(line)), (2, ["A1", "A2"]))
        self.assertEqual((result["carton"], result["note"]), (True, f"{SSCC}: 2 units."))

    def test_when_nobody_packs_then_a_carton_is_no_number(self):
        self.clerk.write({"group_ids": [(3, self.env.ref("stock.group_tracking_lot").id)]})
        _picking, line = self._open("in", 1)

        bad = line.enter_text(f"]C100{SSCC}")["bad"][0]

        self.assertEqual(bad["code"], "no_serial")
        self.assertIn("carton", bad["message"])
