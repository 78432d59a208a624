from odoo.tests import tagged

from .common.identity import IMEI, MAC, SECOND, IdentityCommon
from .common.portal import PortalCommon
from .common.recall import RecallCommon


@tagged("post_install", "-at_install")
class TestIdentityReturn(IdentityCommon):
    """Scan to Return knows every number of a unit."""

    def _scan(self, *names):
        wizard = self.env["serial.return"].with_user(self.clerk).create({"text": "\n".join(names)})
        wizard.action_find()
        return wizard

    def test_when_an_identity_is_scanned_then_its_unit_comes_back(self):
        unit = self._make_unit(imei=IMEI)
        self._ship(["N1"])
        wizard = self._scan(IMEI)
        self.assertRecordValues(
            wizard.line_ids,
            [{"name": f"N1 ({IMEI})", "serial_id": unit.id, "is_selected": True, "message": False}],
        )
        picking = self.env["stock.picking"].browse(wizard.action_create()["res_id"])
        self.assertEqual(picking.move_ids._serial_names(), ["N1"])

    def test_when_several_numbers_of_one_unit_are_scanned_then_it_has_one_row(self):
        unit = self._make_unit(imei=IMEI, mac=MAC)
        self._identify(unit, imei=SECOND)
        self._ship(["N1"])
        for names in ((IMEI, SECOND, MAC), (IMEI, "N1")):
            with self.subTest(names=names):
                self.assertEqual(self._scan(*names).line_ids.mapped("serial_id"), unit)
                self.assertEqual(len(self._scan(*names).line_ids), 1)

    def test_when_no_unit_has_the_number_then_it_says_so(self):
        self._make_unit(imei=IMEI)
        self.assertIn("Nobody knows", self._scan(SECOND).line_ids.message)


@tagged("post_install", "-at_install")
class TestIdentityRecall(IdentityCommon, RecallCommon):
    """A recall takes units by every number that they carry."""

    def test_when_identities_are_named_then_their_units_are_recalled(self):
        self._make_unit(imei=IMEI, mac=MAC)
        recall = self._recall(["001a.2b3c.4d5e", IMEI, SECOND])
        self.assertEqual(self._names(recall), ["N1"])
        self.assertEqual(recall.leftover, SECOND)

    def test_when_a_number_that_was_not_found_is_given_to_a_unit_then_it_is_found(self):
        recall = self._recall([IMEI])
        self._make_unit(imei=IMEI)
        recall.action_find_leftover()
        self.assertEqual((self._names(recall), recall.leftover), (["N1"], ""))


@tagged("post_install", "-at_install")
class TestIdentityPortal(IdentityCommon, PortalCommon):
    """Customers find and register their units by every number, and nobody else's."""

    def test_when_a_customer_searches_by_an_identity_then_their_own_unit_alone(self):
        for name, partner, tag in (("MINE", self.customer, "TAG1"), ("FOREIGN", self.other_customer, "TAG2")):
            self._identify(self._sell(name, partner=partner), asset=tag)
        text = self._read("?search=tag")
        self.assertIn("MINE", text)
        self.assertNotIn("FOREIGN", text)

    def test_when_a_customer_registers_by_an_identity_then_the_unit_is_theirs(self):
        unit = self._sell("MINE")
        self._identify(unit, imei=IMEI)
        found = self.register.sudo()._register_for_portal(self.buyer.partner_id, "35-693803-564380-9", "")
        self.assertEqual(found, unit)
        self.assertEqual(unit.end_user_id, self.buyer.partner_id)

    def test_when_the_unit_is_not_sold_then_its_identity_registers_nothing(self):
        self._make_unit(imei=IMEI)
        self.assertFalse(self.register.sudo()._register_for_portal(self.buyer.partner_id, IMEI, ""))


@tagged("post_install", "-at_install")
class TestIdentityFile(IdentityCommon):
    """Identities go with their units into a file, and come back with them."""

    def _load(self, *rows):
        fields = ["name", "product_id", "status", "location_id", "identity_ids/kind_id", "identity_ids/name"]
        return self.register.with_user(self.manager).load(fields, [list(row) for row in rows])

    def test_when_units_are_imported_then_with_their_identities(self):
        place = self.customer_location.complete_name
        result = self._load(
            ("N1", "Phone", "Void", place, "IMEI", IMEI),
            ("", "", "", "", "MAC Address", MAC),
            ("N2", "Phone", "Void", place, "", ""),
        )
        self.assertFalse(result["messages"])
        self.assertEqual(self._unit("N1").identity_ids.mapped("name"), [IMEI, MAC])
        self.assertFalse(self._unit("N2").identity_ids)

    def test_when_the_same_file_comes_again_then_nothing_changes(self):
        row = ("N1", "Phone", "Void", self.customer_location.complete_name, "IMEI", IMEI)
        self._load(row)
        events = len(self._unit("N1").event_ids)
        result = self._load(row)
        self.assertFalse(result["messages"])
        self.assertEqual(len(self._unit("N1").event_ids), events)

    def test_when_an_identity_is_bad_then_nothing_is_imported(self):
        place = self.customer_location.complete_name
        result = self._load(("N1", "Phone", "Void", place, "IMEI", IMEI[:-1] + "0"))
        self.assertIn("check digit", result["messages"][0]["message"])
        self.assertFalse(self._unit("N1"))

    def test_when_units_are_exported_then_with_their_identities(self):
        self._make_unit(imei=IMEI)
        rows = self._unit("N1").export_data(["name", "identity_ids/kind_id/name", "identity_ids/name"])["datas"]
        self.assertEqual(rows, [["N1", "IMEI", IMEI]])
