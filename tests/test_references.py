"""What our records point to gets merged, archived, converted or deleted by Odoo's own tools."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.invoices import InvoiceCommon
from .common.recall import RecallCommon


@tagged("post_install", "-at_install")
class TestContactMerge(RecallCommon):
    """Contacts that become one, or get another company."""

    def _merge(self, source, target):
        wizard = self.env["base.partner.merge.automatic.wizard"].create(
            {"partner_ids": [(6, 0, (source | target).ids)]}
        )
        wizard._merge((source | target).ids, target)
        self.env.invalidate_all()

    def test_when_customers_are_merged_then_units_and_history_are_the_other_ones(self):
        self._receive(["A1"])
        self._ship(["A1"])
        self._unit("A1").with_user(self.clerk).action_register(self.customer)

        self._merge(self.customer, self.other_customer)

        self.assertRecordValues(
            self._unit("A1"), [{"customer_id": self.other_customer.id, "end_user_id": self.other_customer.id}]
        )
        shipped = self._unit("A1").event_ids.filtered(lambda event: event.kind == "shipped")
        self.assertEqual(shipped.partner_id, self.other_customer)
        self._return(["A1"], partner=self.other_customer)
        self.assertEqual(self._unit("A1").former_customer_id, self.other_customer)

    def test_when_two_customers_of_a_recall_are_merged_then_one_notice_is_left(self):
        for told, other_told, is_notified in (
            (False, False, False),
            (True, False, False),
            (False, True, False),
            (True, True, True),
        ):
            with self.subTest(told=told, other_told=other_told), self.env.cr.savepoint() as savepoint:
                recall = self._story()
                notices = self._notice(recall, self.customer), self._notice(recall, self.other_customer)
                notices[0].note = "Called on Monday"
                for notice, is_told in zip(notices, (told, other_told), strict=True):
                    if is_told:
                        notice.action_mark_notified()

                self._merge(self.customer, self.other_customer)

                notice = recall.notice_ids
                self.assertRecordValues(
                    notice,
                    [
                        {
                            "partner_id": self.other_customer.id,
                            "is_notified": is_notified,
                            "note": "Called on Monday",
                            "unit_count": 2,
                        }
                    ],
                )
                self.assertIn("are one customer now", recall.message_ids[0].body)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_when_only_the_merged_customer_was_told_of_a_recall_then_the_notice_stays_sent(self):
        recall = self._story()
        notice = self._notice(recall, self.customer)
        notice.action_mark_notified()
        double = self.env["res.partner"].create({"name": "Customer Ltd."})

        self._merge(self.customer, double)

        self.assertRecordValues(notice, [{"partner_id": double.id, "is_notified": True, "unit_count": 1}])

    def test_when_a_customer_gets_a_company_then_its_notice_stays_sent(self):
        recall = self._story()
        notice = self._notice(recall, self.customer)
        notice.action_mark_notified()
        company = self.env["res.partner"].create({"name": "Company", "is_company": True})

        self.customer.parent_id = company

        self.assertRecordValues(notice, [{"partner_id": company.id, "is_notified": True, "unit_count": 1}])

    def test_when_one_of_two_contacts_leaves_the_company_then_both_entities_have_the_notice(self):
        company = self.env["res.partner"].create({"name": "Company", "is_company": True})
        (self.customer | self.other_customer).parent_id = company
        recall = self._story()
        recall.notice_ids.action_mark_notified()

        self.other_customer.parent_id = False

        self.assertEqual(recall.notice_ids.partner_id, company | self.other_customer)
        self.assertEqual(recall.notice_ids.mapped("is_notified"), [True, True])
        self.assertEqual(recall.notice_ids.mapped("unit_count"), [1, 1])

    def test_when_a_chosen_vendor_is_merged_then_what_was_entered_names_the_other_one(self):
        double = self.env["res.partner"].create({"name": "Vendor Ltd."})
        picking = self._transfer("in", 1)
        picking.move_ids._write_serial_draft(["A1"], vendor_id=self.vendor.id)

        self._merge(self.vendor, double)
        self._validate(picking)

        self.assertEqual(self._unit("A1").vendor_id, double)


@tagged("post_install", "-at_install")
class TestConverted(InvoiceCommon):
    """Locations and products that become something else."""

    def test_when_a_location_without_stock_gets_another_type_then_refused_with_the_units_that_were_seen_there(self):
        self._receive(["A1", "A2"])
        self._confirm(self._invoice(1), ["A1"])
        self._unit("A1").with_user(self.manager).location_id = self.shelf

        for usage in ("customer", "view", "inventory"):
            with self.subTest(usage=usage):
                with self.assertRaises(UserError) as caught:
                    self.shelf.usage = usage
                self.assertRegex(str(caught.exception), r"(?s)Shelf .*A1 \(Phone\)")

        self.shelf.usage = "transit"
        self._unit("A1").with_user(self.manager).location_id = self.stock
        self.shelf.usage = "customer"
        self.assertAddsUp()

    def test_when_void_units_lie_at_a_loss_location_then_it_does_not_become_stock(self):
        self._receive(["A1"])
        self._move(self.stock, self.loss_location, 1, ["A1"])
        self._move(self.loss_location, self.stock, 1)

        with self.assertRaisesRegex(UserError, "A1"):
            self.loss_location.usage = "internal"

    def test_when_a_product_or_contact_becomes_another_companys_then_refused_with_a_unit_that_names_it(self):
        other = self.env["res.company"].create({"name": "Other"})
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.company.id})
        sold = {"name": "A1", "product_id": self.product.id, "status": "sold", "customer_id": self.customer.id}
        unit = self.register.with_user(self.manager).create(sold)  # no move, which Odoo itself would look at
        unit.action_register(self.other_customer)

        for record in (self.product, self.product.product_tmpl_id, self.customer, self.other_customer):
            for company in (other, branch):
                text = f"{company.name} alone: A1 of {self.company.name} names it"
                with self.subTest(record=record, company=company.name), self.assertRaisesRegex(UserError, text):
                    record.company_id = company
            record.company_id = self.company
            record.company_id = False
        self.vendor.company_id = other

    def test_when_moves_become_one_then_what_was_entered_on_each_stays(self):
        picking = self.env["stock.picking"].with_user(self.clerk)
        move = {"product_id": self.product.id, "location_id": self.supplier_location.id}
        move |= {"location_dest_id": self.stock.id, "product_uom_qty": 2}
        picking = picking.create(
            {"picking_type_id": self.warehouse.in_type_id.id, "move_ids": [(0, 0, move), (0, 0, dict(move))]}
        )
        first, second = picking.move_ids
        first.assign_serials(["A1", "A2"])
        second._write_serial_draft(["B1"], reason="found", blanks=True)

        picking.action_confirm()

        self.assertRecordValues(picking.move_ids, [{"product_uom_qty": 4, "serial_missing": 1}])
        self._validate(picking)
        self.assertEqual(self._units("available").mapped("name"), ["A1", "A2", "B1"])
        self.assertIn("found", self._unit("B1").event_ids[-1].note)


@tagged("post_install", "-at_install")
class TestWho(RecallCommon):
    """Who made and wrote a unit is named without a foreign key."""

    def test_when_a_user_wrote_a_unit_then_they_cannot_be_deleted(self):
        self._receive(["A1"])
        user = self._make_users(("temp", "Temp", "base.group_user"))
        self.env.cr.execute("UPDATE serial_number SET write_uid = %s WHERE name = 'A1'", [user.id])

        with self.assertRaisesRegex(UserError, "A1.*Last Updated by"):
            user.unlink()

        self.env.cr.execute("SELECT 1 FROM pg_constraint WHERE conname ~ 'serial_number_(create|write)_uid'")
        self.assertFalse(self.env.cr.rowcount, "a key more is checked for each unit that is written")


class TestMergedUnits(RecallCommon):
    """Two rows of the register turn out to be one piece."""

    def test_when_two_rows_become_one_then_all_that_names_the_other_names_the_one(self):
        delivery = self._ship(blanks=1).move_ids
        self._receive(["A1"])
        blank, unit = self._units("issued"), self._unit("A1")
        recalls = self.env["serial.recall"].create([{"reason": reason} for reason in ("Both", "One")])
        (recalls[0]._add_units(blank | unit), recalls[1]._add_units(unit))
        files = self.env["ir.attachment"].create(
            [{"name": "Photo", "raw": b"1", "res_model": row._name, "res_id": row.id} for row in (blank, unit)]
        )
        xmlid = self.env["ir.model.data"].create(
            {"module": "other", "name": "A1", "model": unit._name, "res_id": unit.id}
        )

        blank.name = "A1"

        self.assertRecordValues(self._units(), [{"name": "A1", "status": "sold"}])
        left = self._units()
        self.assertIn(delivery, left.move_ids)
        self.assertEqual(files.mapped("res_id"), left.ids * 2)
        self.assertEqual(xmlid.res_id, left.id)
        self.assertEqual([recall.line_ids.serial_id for recall in recalls], [left, left])
        self.assertTrue({"received", "shipped"} <= set(left.event_ids.mapped("kind")))
