from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common.identity import IMEI, MAC, SECOND, THIRD, IdentityCommon


@tagged("post_install", "-at_install")
class TestIdentity(IdentityCommon):
    """Other numbers of a unit: what they look like, whose they are, and what the history says."""

    def test_when_a_number_is_written_in_another_way_then_it_is_the_same(self):
        self._make_unit(imei=IMEI, mac=MAC)
        self._receive(["N2"])
        for kind, text in (
            ("imei", "35-693803-564380-9"),
            ("imei", "35693803564380"),
            ("imei", "3569380356438012"),
            ("mac", "001a.2b3c.4d5e"),
            ("mac", "00-1a-2b-3c-4d-5e"),
            ("mac", "001A2B3C4D5E"),
        ):
            with self.subTest(text=text), self.assertRaisesRegex(UserError, r"N1 \(Phone\) already"):
                self._identify(self._unit("N2"), **{kind: text})

    def test_when_a_text_is_no_number_of_its_kind_then_refused_with_the_cause(self):
        unit = self._make_unit()
        for kind, text, why in (
            ("imei", "356938035643808", "check digit"),
            ("imei", "35693803", "is no IMEI"),
            ("mac", "00:1A:2B:3C:4D", "is no MAC"),
            ("mac", "00:1A:2B:3C:4D:5G", "is no MAC"),
            ("asset", "   ", "no number here"),
            ("asset", "a\x07b", "is no Asset"),
            ("asset", "x" * 129, "is no Asset"),
        ):
            with self.subTest(text=text), self.assertRaisesRegex(UserError, why):
                self._identify(unit, **{kind: text})
        self.assertFalse(unit.identity_ids)

    def test_when_a_unit_gets_more_of_a_kind_than_it_has_then_refused(self):
        unit = self._make_unit(imei=IMEI)
        self._identify(unit, imei=SECOND)
        with self.assertRaisesRegex(UserError, "at most 2"):
            self._identify(unit, imei=THIRD)

    def test_when_two_people_enter_one_number_at_once_then_the_database_refuses(self):
        self._make_unit(imei=IMEI)
        self._receive(["N2"])
        values = {"serial_id": self._unit("N2").id, "kind_id": self.kinds["imei"].id, "name": IMEI}
        columns, params = ", ".join([*values, "name_key", "company_id"]), [*values.values(), IMEI[:14], self.company.id]
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError) as caught, self.cr.savepoint():
            self.cr.execute(f"INSERT INTO serial_identity ({columns}) VALUES (%s, %s, %s, %s, %s)", params)
        self.assertEqual(caught.exception.diag.constraint_name, "serial_identity_key_unique")

    def test_when_another_company_has_the_number_then_it_may_be_entered(self):
        self._make_unit(imei=IMEI)
        other = self.env["res.company"].create({"name": "Other"})
        values = {"name": "N1", "status": "void", "product_id": self.product.id, "company_id": other.id}
        unit = self.register.create({**values, "location_id": self.customer_location.id})
        self._identify(unit, user=self.env.user, imei=IMEI)
        self.assertEqual(unit.identity_ids.company_id, other)

    def test_when_units_carry_numbers_of_a_kind_then_it_is_not_deleted(self):
        kind = self._make_unit(imei=IMEI).identity_ids.kind_id
        with self.assertRaisesRegex(UserError, f"IMEI, such as {IMEI}"):
            kind.sudo().unlink()
        kind.sudo().copy({"code": "unused"}).unlink()

    def test_when_it_is_added_changed_or_removed_then_the_history_says_so(self):
        unit = self._make_unit(imei=IMEI, asset="T1")
        tag = unit.identity_ids.filtered(lambda each: each.kind_id.code == "asset")
        tag.name = "T2"
        tag.unlink()
        self.assertEqual(
            unit.event_ids.sorted("id")[1:].mapped("note"),
            [f"IMEI: {IMEI}; Asset Tag: T1", "Asset Tag: T1 → Asset Tag: T2", "Removed: Asset Tag: T2"],
        )
        self.assertEqual(set(unit.event_ids[:3].mapped("kind")), {"identified"})
        self.assertEqual(unit.event_ids[:1].user_id, self.clerk)
        self.assertAddsUp()

    def test_when_nothing_changes_then_the_history_says_nothing(self):
        unit = self._make_unit(asset="T1")
        count = len(unit.event_ids)
        unit.identity_ids.name = "T1"
        self.assertEqual(len(unit.event_ids), count)

    def test_when_the_key_or_the_company_is_written_then_it_follows_from_the_rest(self):
        unit = self._make_unit(asset="t1")
        unit.identity_ids.write({"name_key": "X", "company_id": False})
        self.assertRecordValues(unit.identity_ids, [{"name_key": "T1", "company_id": self.company.id}])

    def test_when_it_is_to_go_to_another_unit_then_refused(self):
        unit = self._make_unit(asset="T1")
        self._receive(["N2"])
        with self.assertRaisesRegex(UserError, "stays with its unit"):
            unit.identity_ids.serial_id = self._unit("N2")

    def test_when_it_is_entered_on_the_form_then_kept(self):
        unit = self._make_unit()
        with Form(unit) as form, form.identity_ids.new() as line:
            line.kind_id = self.kinds["mac"]
            line.name = "001A.2B3C.4D5E"
        self.assertRecordValues(unit.identity_ids, [{"name": "001A.2B3C.4D5E", "name_key": MAC}])

    def test_when_a_unit_is_created_with_identities_then_they_are_its_own(self):
        line = Command.create({"kind_id": self.kinds["asset"].id, "name": "T1"})
        values = {
            "name": "N1",
            "status": "void",
            "product_id": self.product.id,
            "location_id": self.customer_location.id,
        }
        unit = self.register.with_user(self.manager).create({**values, "identity_ids": [line]})
        self.assertRecordValues(unit.identity_ids, [{"name": "T1", "serial_id": unit.id}])

    def test_when_two_units_turn_out_to_be_one_piece_then_it_has_the_identities_of_both(self):
        self._receive(["N1"])
        self._ship(blanks=1)
        unit, blank = self._unit("N1"), self._units("issued")
        self._identify(unit, imei=IMEI)
        self._identify(blank, asset="T1")
        blank.name = "N1"
        self.assertEqual(self._unit("N1").identity_ids.mapped("name"), [IMEI, "T1"])

    def test_when_somebody_may_only_look_up_then_identities_are_read_and_not_changed(self):
        unit = self._make_unit(asset="T1")
        salesman = self.env["res.users"].create(
            {"name": "S", "login": "s", "group_ids": self.env.ref("sales_team.group_sale_salesman").ids}
        )
        self.assertEqual(unit.with_user(salesman).identity_ids.name, "T1")
        with self.assertRaises(AccessError):
            unit.with_user(salesman).identity_ids.name = "T2"

    def test_when_a_stranger_enters_a_number_of_another_company_then_the_unit_is_not_named(self):
        self._make_unit(asset="T1")
        stranger = self._make_stranger("stock.group_stock_user")
        with self.assertRaises(AccessError):
            self._identify(self._unit("N1"), user=stranger, asset="T9")

    def test_when_the_history_sheet_is_printed_then_its_identities_stand_on_it(self):
        unit = self._make_unit(imei=IMEI, asset="T1")
        facts = dict(pair for row in unit._get_sheet_facts() for pair in row)
        self.assertEqual(facts["Other Numbers"], f"IMEI: {IMEI}, Asset Tag: T1")

    # The register's search box

    def test_when_it_is_written_in_wide_letters_then_it_is_the_same(self):
        unit = self._make_unit(mac="00:1A:2B:3C:4D:5E")

        for text in ("００：１Ａ：２Ｂ：３Ｃ：４Ｄ：５Ｅ", "0:1a:2b:3c:4d:5e", "001A.2B3C.4D5E"):
            self.assertEqual(self.register.search([("display_name", "=", text)]), unit, text)

    def test_when_it_is_typed_into_the_search_box_then_its_unit_is_found(self):
        unit = self._make_unit(imei=IMEI, mac=MAC, asset="Tag 7")
        self._receive(["N2"])
        for text in (IMEI, "35-693803-564380-9", "001a.2b3c.4d5e", "tag", "2b:3c", "n1"):
            with self.subTest(text=text):
                self.assertEqual(self.register.search([("display_name", "ilike", text)]), unit)

    def test_when_a_program_asks_for_a_serial_number_then_identities_do_not_answer(self):
        self._make_unit(asset="T1")
        self.assertFalse(self.register.search([("name", "=", "T1")]))

    def test_when_a_unit_is_chosen_in_a_field_then_its_identity_finds_it(self):
        unit = self._make_unit(asset="T1")
        self.assertEqual([id_ for id_, _name in self.register.with_user(self.clerk).name_search("T1")], unit.ids)

    def _blank(self):
        """Return a unit without number, as the clerk sees it, of a product that wants an IMEI and a MAC address."""
        self.product.serial_identity_kind_ids = self.kinds["imei"] | self.kinds["mac"] | self.kinds["asset"]
        self._receive(blanks=1)
        return self._units("received").with_user(self.clerk)

    def test_when_other_numbers_are_typed_on_the_worklist_then_each_is_of_the_kind_of_its_form(self):
        unit = self._blank()
        self.assertIn("IMEI (2)", unit.identity_wanted)

        unit.write({"name": "N7", "identity_added": f"{MAC}, {IMEI}; A-12"})

        self.assertEqual(
            {each.kind_id.code: each.name for each in unit.identity_ids}, {"imei": IMEI, "mac": MAC, "asset": "A-12"}
        )
        self.assertEqual((unit.name, unit.status, unit.identity_added), ("N7", "available", False))
        self.assertAddsUp()

    def test_when_the_product_requires_a_kind_then_a_number_is_not_given_without_it(self):
        unit = self._blank()
        self.product.serial_identity_required_ids = self.kinds["imei"]
        self.assertEqual(unit.identity_lacking, "IMEI")
        for vals in ({"name": "N7"}, {"name": "N7", "identity_added": MAC}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "N7: .*requires IMEI"), self.cr.savepoint():
                unit.write(vals)

        unit.write({"name": "N7", "identity_added": IMEI})
        self.assertEqual((unit.name, unit.identity_lacking), ("N7", ""))
        self.product.serial_identity_required_ids = self.kinds["mac"]
        unit.with_user(self.manager).name = "N8"  # a correction asks for nothing more

    def test_when_a_typed_number_is_of_no_kind_that_the_unit_takes_then_nothing_is_written(self):
        unit = self._blank()
        self.product.serial_identity_kind_ids = self.kinds["imei"]
        with self.assertRaisesRegex(UserError, "takes beside its serial number"), self.cr.savepoint():
            unit.write({"name": "N7", "identity_added": "A-12"})
        self.assertFalse(unit.name)
