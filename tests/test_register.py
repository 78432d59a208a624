from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common.register import RegisterCommon


@tagged("post_install", "-at_install")
class TestCreate(RegisterCommon):
    """Units that exist already are taken into the register by hand, by import or by API."""

    def test_when_available_then_it_takes_a_placeholder(self):
        self._receive(blanks=2)
        placeholder = self._units()[0]

        unit = self._create("A1")

        self.assertRecordValues(
            unit, [{"id": placeholder.id, "name": "A1", "status": "available", "vendor_id": self.vendor.id}]
        )
        self.assertEqual(unit.event_ids[0].kind, "imported")
        self.assertAddsUp()

    def test_when_available_and_no_placeholder_waits_then_refused(self):
        self._receive(["A1"])
        with self.assertRaisesRegex(UserError, "B1 cannot be added as available"):
            self._create("B1")

    def test_when_ordered_sold_or_void_then_it_is_added_outside_of_stock(self):
        for status, place in (("expected", "supplier"), ("sold", "customer"), ("void", "inventory")):
            customer = self.customer if status != "expected" else self.env["res.partner"]
            unit = self._create(f"A-{status}", status=status, customer_id=customer.id)
            self.assertRecordValues(unit, [{"status": status, "customer_id": customer.id}])
            self.assertEqual(unit.location_id.usage, place)
        self.assertAddsUp()

    def test_when_an_addon_records_rows_without_a_number_then_they_are_blanks(self):
        void = {"product_id": self.product.id, "company_id": self.company.id, "status": "void"}
        void["location_id"] = self.loss_location.id
        event = self.register._prepare_event_vals("imported")

        for rows in ([void], [void | {"name": "A1"}, void]):
            units = self.register._record_new_rows("imported", rows, [event] * len(rows))
            self.assertEqual(units.mapped("name"), [row.get("name", False) for row in rows])
        self.assertAddsUp()

    def test_when_a_unit_outside_is_put_into_stock_then_refused(self):
        for status in ("expected", "sold", "void"):
            with self.assertRaisesRegex(UserError, "A1 cannot be put to"):
                self._create("A1", status=status, location_id=self.stock.id)

    def test_when_an_available_unit_is_put_outside_of_stock_then_refused(self):
        self._receive(blanks=1)
        with self.assertRaisesRegex(UserError, "A1 cannot be put to"):
            self._create("A1", location_id=self.customer_location.id)

    def test_when_its_place_is_given_then_a_placeholder_there_is_taken(self):
        self._receive(blanks=1)
        self._receive(blanks=1, target=self.shelf)

        unit = self._create("A1", location_id=self.shelf.id)

        self.assertRecordValues(self._units()[-1], [{"id": unit.id, "location_id": self.shelf.id}])
        self.assertAddsUp()

    def test_when_status_needs_a_document_then_refused(self):
        for status in ("received", "issued", "designated", "hold"):
            with self.assertRaises(UserError):
                self._create("A1", status=status)

    def test_when_number_exists_then_refused(self):
        self._receive(["ab1"], blanks=1)
        with self.assertRaisesRegex(UserError, "AB1 exists already for Phone"):
            self._create("AB1")

    def test_when_number_is_bad_then_refused(self):
        self._receive(blanks=1)
        for name in ("", "  ", False, "x" * 129, "A\N{ZERO WIDTH SPACE}1", "A\x001"):
            with self.assertRaises(UserError):
                self._create(name)

    def test_when_one_number_is_there_twice_then_refused(self):
        self._receive(blanks=2)
        vals = [{"name": name, "product_id": self.product.id} for name in ("a1", "A1")]
        with self.assertRaises(UserError):
            self.register.with_user(self.manager).create(vals)

    def test_when_product_is_not_serialized_then_refused(self):
        with self.assertRaisesRegex(UserError, "Cable is not serialized"):
            self._create("A1", product_id=self.plain.id, status="sold")

    def test_when_company_is_not_the_users_then_refused(self):
        other = self.env["res.company"].create({"name": "Other"})
        with self.assertRaises(AccessError):
            self._create("A1", company_id=other.id, status="sold")

    def test_when_a_clerk_creates_then_refused(self):
        self._receive(blanks=1)
        with self.assertRaises(AccessError):
            self._create("A1", user=self.clerk)

    def test_when_created_in_the_form_then_it_takes_a_placeholder(self):
        self._receive(blanks=1)
        placeholder = self._units()

        form = Form(self.register.with_user(self.manager))
        form.product_id = self.product
        form.name = "A1"
        unit = form.save()

        self.assertEqual(unit, placeholder)
        self.assertRecordValues(unit, [{"name": "A1", "status": "available"}])


@tagged("post_install", "-at_install")
class TestNeverGone(RegisterCommon):
    """Units and their history are never deleted, copied or rewritten."""

    def test_when_a_unit_is_deleted_then_refused(self):
        self._receive(["A1"])
        with self.assertRaises(AccessError):
            self._unit("A1").with_user(self.manager).unlink()
        with self.assertRaises(UserError):
            self._unit("A1").sudo().unlink()

    def test_when_a_unit_is_copied_then_refused(self):
        self._receive(["A1"])
        with self.assertRaises(UserError):
            self._unit("A1").with_user(self.manager).copy()

    def test_when_history_is_touched_then_refused_to_everybody(self):
        self._receive(["A1"])
        event = self._unit("A1").event_ids
        vals = {"serial_id": event.serial_id.id, "kind": "moved", "status_to": "available", "date": event.date}
        for env in (event.with_user(self.manager), event.sudo()):
            for act in (lambda e: e.write({"note": "x"}), lambda e: e.unlink(), lambda e: e.create(vals)):
                with self.assertRaises(UserError):
                    act(env)
        self.assertEqual(self._unit("A1").event_ids, event)

    def test_when_history_is_written_through_the_unit_then_refused(self):
        self._receive(["A1"])
        unit = self._unit("A1")
        command = [(0, 0, {"kind": "moved", "status_to": "available", "date": "2026-01-01", "company_id": 1})]
        for env in (unit.with_user(self.manager), unit.sudo()):
            with self.assertRaises(UserError):
                env.write({"event_ids": command})

    def test_when_what_the_register_keeps_is_written_then_refused(self):
        self._receive(["A1"])
        values = {
            "name_key": "X",
            "product_id": self.plain.id,
            "company_id": self.company.id,
            "uncovered": True,
            "move_ids": [(5,)],
            "invoice_line_ids": [(5,)],
        }
        for name, value in values.items():
            with self.assertRaises(UserError):
                self._unit("A1").with_user(self.manager).write({name: value})

    def test_when_a_document_is_deleted_then_its_name_stays_in_the_history(self):
        order = self._order()
        self._receive(["A1"])
        self._unit("A1").with_user(self.clerk).action_designate(self.customer.id, order.order_line.id)
        name = order.name
        order._action_cancel()

        order.unlink()

        unit = self._unit("A1")
        self.assertRecordValues(unit, [{"status": "available", "sale_line_id": False}])
        self.assertIn(name, " ".join(filter(None, unit.event_ids.mapped("note"))))


@tagged("post_install", "-at_install")
class TestCorrect(RegisterCommon):
    """Facts that were filled wrongly are corrected by a manager, and the history says what they were."""

    def test_when_a_fact_is_corrected_then_history_says_what_it_was(self):
        self._receive(["A1"])
        unit = self._unit("A1").with_user(self.manager)

        unit.write({"vendor_id": self.customer.id, "vendor_warranty_end": "2027-01-31"})

        self.assertRecordValues(unit, [{"vendor_id": self.customer.id, "status": "available"}])
        event = unit.event_ids[0]
        self.assertRecordValues(event, [{"kind": "corrected", "status_to": "available", "user_id": self.manager.id}])
        self.assertIn("Vendor: Vendor → Customer", event.note)
        self.assertIn("Vendor Warranty until: - → ", event.note)

    def test_when_a_clerk_corrects_then_refused(self):
        self._receive(["A1"])
        unit = self._unit("A1").with_user(self.clerk)
        for vals in ({"vendor_id": self.customer.id}, {"location_id": self.shelf.id}, {"date_received": False}):
            with self.assertRaises(AccessError):
                unit.write(vals)

    def test_when_a_clerk_writes_a_note_then_it_is_kept(self):
        self._receive(["A1"])
        unit = self._unit("A1").with_user(self.clerk)

        unit.note = "scratched"

        self.assertEqual(unit.note, "scratched")

    def test_when_properties_are_written_then_they_are_kept(self):
        self.product.product_tmpl_id.serial_properties_definition = [
            {"name": "colour", "type": "char", "string": "Colour"}
        ]
        self._receive(["A1"])
        unit = self._unit("A1").with_user(self.clerk)

        unit.serial_properties = {"colour": "red"}

        self.assertEqual(unit.serial_properties["colour"], "red")
        self.assertEqual(unit.event_ids[0].kind, "corrected")

    def test_when_a_value_is_written_that_it_has_then_history_stays(self):
        self._receive(["A1"])
        unit = self._unit("A1").with_user(self.manager)

        unit.write({"vendor_id": self.vendor.id, "status": "available", "name": "A1"})

        self.assertEqual(unit.event_ids.mapped("kind"), ["received"])

    def test_when_location_is_corrected_within_stock_then_it_is(self):
        self._receive(["A1"])
        unit = self._unit("A1").with_user(self.manager)

        unit.location_id = self.shelf

        self.assertRecordValues(unit, [{"location_id": self.shelf.id}])
        self.assertAddsUp()

    def test_when_location_is_corrected_out_of_stock_or_into_it_then_refused(self):
        self._receive(["A1", "S1"])
        self._ship(["S1"])
        for name, place in (("A1", self.customer_location), ("S1", self.stock)):
            with self.assertRaisesRegex(UserError, f"{name} cannot be put to"):
                self._unit(name).with_user(self.manager).location_id = place

    def test_when_several_are_corrected_then_each_says_what_it_was(self):
        self._receive(["A1"])
        self._receive(["A2"], partner=self.other_customer)

        self._units().with_user(self.manager).vendor_id = self.customer

        notes = [unit.event_ids[0].note for unit in self._units()]
        self.assertEqual(notes, ["Vendor: Vendor → Customer", "Vendor: Other Customer → Customer"])
