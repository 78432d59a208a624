"""Every link from our records to others: what deleting, archiving and merging the other end does."""

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import new_test_user, tagged

from .common.invoices import InvoiceCommon

# What becomes of our record when the other end is deleted. ``restrict``: that is refused, with the reason; ``set
# null``: the link alone ends, and the history keeps the name, if our own code does not refuse it; ``cascade``: it is a
# part of the other.
LINKS = {
    "serial.call": {"company_id": "cascade", "user_id": "cascade"},
    "serial.count": {
        "applied_by_id": "set null",
        "company_id": "restrict",
        "location_id": "restrict",
        "user_id": "set null",
    },
    "serial.count.line": {
        "count_id": "cascade",
        "location_id": "set null",
        "product_id": "cascade",
        "serial_id": "cascade",
    },
    "serial.event": {
        "company_id": "restrict",
        "invoice_line_id": "set null",
        "location_id": "restrict",
        "move_id": "set null",
        "partner_id": "restrict",
        "serial_id": "restrict",
        "user_id": "restrict",
    },
    "serial.hold.reason": {"company_id": "restrict"},
    "serial.identity": {"kind_id": "cascade", "serial_id": "restrict"},
    "serial.job": {"user_id": "restrict"},
    "serial.number": {
        "company_id": "restrict",
        "customer_id": "restrict",
        "delivery_move_id": "set null",
        "end_user_id": "restrict",
        "former_customer_id": "restrict",
        "hold_reason_id": "set null",
        "invoice_line_id": "set null",
        "location_id": "restrict",
        "lot_id": "set null",
        "owner_id": "restrict",
        "package_id": "set null",
        "part_of_id": "restrict",
        "product_id": "restrict",
        "purchase_line_id": "set null",
        "receipt_move_id": "set null",
        "replaced_by_id": "set null",
        "replaces_id": "set null",
        "sale_line_id": "set null",
        "vendor_id": "restrict",
    },
    "serial.numbering": {"company_id": "cascade", "partner_id": "set null", "product_id": "restrict"},
    "serial.recall": {"company_id": "restrict", "template_id": "set null", "user_id": "restrict"},
    "serial.recall.line": {
        "customer_id": "restrict",
        "end_user_id": "restrict",
        "product_id": "restrict",
        "recall_id": "cascade",
        "serial_id": "cascade",
    },
    "serial.recall.partner": {
        "contact_id": "restrict",
        "mail_id": "set null",
        "partner_id": "restrict",
        "recall_id": "cascade",
        "sender_id": "restrict",
    },
    "serial.series": {"company_id": "set null", "sequence_id": "cascade"},
    "serial.series.number": {"series_id": "cascade"},
    "res.company": {"serial_invoice_warehouse_id": "set null", "serial_warranty_user_id": "restrict"},
    "stock.move": {
        "serial_exchange_move_id": "set null",
        "serial_invoice_line_id": "set null",
        "serial_return_line_id": "set null",
    },
}
# Refused by Odoo itself before the register is asked, or parts of a record that is.
ODOO = ("res.company", "serial.count", "serial.number", "serial.recall")


@tagged("post_install", "-at_install")
class TestReferences(InvoiceCommon):
    """One story in which every link is set, and each other end is taken away."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner, cls.end_user, cls.contact = (
            cls.env["res.partner"].create({"name": name, "email": "a@example.com"})
            for name in ("Owner", "End User", "Contact")
        )
        cls.contact.parent_id = cls.customer
        cls.reason = cls.env["serial.hold.reason"].create({"name": "Odd Noise"})
        cls.follower = new_test_user(cls.env, "follower", "base.group_user", name="Follower")
        cls.company.serial_warranty_user_id = cls.follower

    def setUp(self):
        super().setUp()
        purchase = self._purchase(4)
        self._validate(purchase.picking_ids.with_user(self.clerk), ["A1", "A2", "A3", "A4"])
        self.order = self._sell(2)
        self.delivery = self._deliver(self.order, ["A1", "A2"])
        self.invoice = self.order._create_invoices()
        self.invoice.action_post()
        self._unit("A1").with_user(self.clerk).action_register(self.end_user)
        self._unit("A3").with_user(self.clerk).action_hold(self.reason)
        self._return_of(self.delivery, 1, ["A2"])
        self.recall = self.env["serial.recall"].with_user(self.manager).create({"reason": "Hot"})
        self.recall._add_units(self._units())
        self.recall.action_start()
        notice = self.recall.notice_ids.filtered(lambda notice: notice.partner_id == self.customer)
        notice.contact_id = self.contact
        self.recall.notice_ids.sudo().sender_id = self.follower
        waited = {"product_id": self.product.id, "company_id": self.company.id, "status": "received"}
        self.env["serial.numbering"].create({**waited, "partner_id": self.vendor.id})
        job = {"name": "Job", "kind": "report", "settings": {}, "user_id": self.clerk.id, "state": "done"}
        self.env["serial.job"].sudo().create(job)
        kind = self.env.ref("serial_number_tracking.serial_identity_kind_asset")
        identity = {"serial_id": self._unit("A1").id, "kind_id": kind.id, "name": "T1"}
        self.env["serial.identity"].with_user(self.clerk).create(identity)
        count = self.env["serial.count"].with_user(self.clerk).create({"user_id": self.clerk.id})
        count.add_serials(["A3"], place=count.location_id.id)
        count.sudo().applied_by_id = self.clerk
        move = self.delivery.move_ids
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE serial_number SET owner_id = %s, replaces_id = id, replaced_by_id = id WHERE id = %s",
            [self.owner.id, self._unit("A4").id],
        )
        move.copy({"state": "draft"}).serial_exchange_move_id = move
        self.env.invalidate_all()

    def _fields(self):
        """Return ``(model, field)`` of each stored link of ours."""
        for name, model in sorted(self.env.registry.items()):
            is_ours = name.startswith("serial.") and model._auto and not model._transient and not model._abstract
            if not is_ours and name not in LINKS:
                continue
            for field in model._fields.values():
                is_link = field.type == "many2one" and field.store and not field.related
                if is_link and field.name not in MAGIC_COLUMNS and (is_ours or field.name.startswith("serial_")):
                    yield name, field

    def _targets(self):
        """Return ``{record: [(model, field)]}`` of what our records point to, outside of our models."""
        targets = {}
        for name, field in self._fields():
            records = self.env[name].sudo().with_context(active_test=False).search([(field.name, "!=", False)])
            for target in records[field.name]:
                if target._name not in ODOO:
                    targets.setdefault(target, []).append((name, field.name))
        return targets

    def _snapshot(self):
        """Return all stored values of our records, by model, id and field."""
        self.env.flush_all()
        self.env.invalidate_all()
        found = {}
        for name in LINKS:
            if not name.startswith("serial."):
                continue
            records = self.env[name].sudo().with_context(active_test=False).search([])
            stored = [
                field.name
                for field in records._fields.values()
                if field.store and field.column_type and field.name not in ("write_date", "write_uid")
            ]
            for row in records.read(stored, load=""):
                found[name, row["id"]] = row
        return found

    def _try(self, act):
        """Do something and say what it did: the reason of its refusal, and what it changed in our records."""
        before, refusal = self._snapshot(), None
        with self.env.cr.savepoint() as savepoint:
            try:
                act()
                self.env.flush_all()
            except UserError as error:
                refusal = str(error)
                savepoint.rollback()
            except IntegrityError as error:
                self.fail(f"the database refused it, without a reason for the user: {error}")
            after = self._snapshot()
            savepoint.rollback()
        self.env.invalidate_all()
        lost = before.keys() - after.keys()
        changed = {
            (*key, name): (value, after[key][name])
            for key, row in before.items()
            if key in after
            for name, value in row.items()
            if value != after[key][name]
        }
        return refusal, lost, changed

    def test_when_a_link_is_added_then_the_table_says_what_becomes_of_it(self):
        found = {}
        for name, field in self._fields():
            found.setdefault(name, {})[field.name] = field.ondelete

        for model in found.keys() | LINKS.keys():
            with self.subTest(model=model):
                self.assertEqual(found.get(model), LINKS.get(model))

    def test_when_the_story_is_told_then_it_has_nearly_every_link(self):
        links = {link for links in self._targets().values() for link in links}
        wanted = {
            (name, field)
            for name, fields in LINKS.items()
            for field in fields
            if self.env[name]._fields[field].comodel_name not in ODOO
        }

        self.assertEqual(
            wanted - links,
            {
                ("serial.call", "user_id"),
                ("serial.number", "lot_id"),
                ("serial.number", "package_id"),
                ("serial.recall.partner", "mail_id"),
                ("res.company", "serial_invoice_warehouse_id"),
                ("stock.move", "serial_invoice_line_id"),
                ("stock.move", "serial_return_line_id"),
                ("serial.series", "sequence_id"),
                ("serial.series.number", "series_id"),
            },
        )

    def test_when_the_other_end_is_deleted_then_it_is_refused_with_the_reason_or_nothing_is_lost(self):
        for target, links in self._targets().items():
            with self.subTest(target=f"{target} {target.sudo().display_name}"):
                refusal, lost, changed = self._try(target.sudo().unlink)

                kept = [link for link in links if LINKS[link[0]][link[1]] == "restrict"]
                if kept or refusal:
                    self.assertTrue(refusal, f"{kept} were lost")
                self.assertFalse(lost)
                ended = {(model, field) for model, _id, field in changed}
                self.assertLessEqual(ended, set(links))

    def test_when_what_the_register_names_is_deleted_then_the_refusal_names_the_unit_and_the_way_out(self):
        lonely = self.env["res.partner"].create({"name": "Lonely"})
        self._unit("A4").with_user(self.manager).vendor_id = lonely
        for record, text in (
            (lonely, "Lonely cannot be deleted: A4 .*as Vendor.*Archive it instead"),
            (self.reason, "Odd Noise is why A3 .*Archive it instead"),
            (
                self.follower,
                "Follower cannot be deleted: .*Sent by|Follower cannot be deleted: .*Warranties Followed by",
            ),
            (self.product, "Phone cannot be deleted: A4 .*as Product"),
            (self.product.product_tmpl_id, "Phone cannot be deleted: A4 .*as Product"),
        ):
            with self.subTest(record=record), self.assertRaisesRegex(UserError, text):
                record.unlink()

    def test_when_the_other_end_is_archived_then_nothing_is_lost_or_it_is_refused(self):
        for target in self._targets():
            if target._active_name:
                with self.subTest(target=f"{target} {target.sudo().display_name}"):
                    refusal, lost, changed = self._try(target.sudo().action_archive)
                    changed.pop((target._name, target.id, "active"), None)

                    self.assertTrue(refusal or not (lost or changed), f"{lost} {changed}")

    def test_when_contacts_are_merged_then_every_link_is_to_the_one_that_is_left(self):
        for source in (self.customer, self.vendor, self.owner, self.end_user, self.contact):
            with self.subTest(source=source.name):
                target = self.env["res.partner"].create({"name": "The One"})
                wizard = self.env["base.partner.merge.automatic.wizard"].create({})
                links = self._targets()[source]
                before = self._snapshot()

                with self.env.cr.savepoint() as savepoint:
                    wizard._merge((source | target).ids, target)
                    after = self._snapshot()
                    savepoint.rollback()
                self.env.invalidate_all()

                self.assertEqual(before.keys(), after.keys())
                for model, field in links:
                    for key, row in before.items():
                        if key[0] == model and row[field] == source.id:
                            self.assertEqual(after[key][field], target.id, f"{key} {field}")


@tagged("post_install", "-at_install")
class TestConvertedReferences(InvoiceCommon):
    """What units are made of, or lie in, becomes something else."""

    def test_when_a_product_with_units_is_converted_then_it_is_refused(self):
        kilo = self.env.ref("uom.product_uom_kgm")
        self._receive(["A1"])
        for is_gone in (False, True):
            for vals in ({"type": "service"}, {"is_storable": False}, {"tracking": "lot"}, {"uom_id": kilo.id}):
                with self.subTest(vals=vals, is_gone=is_gone), self.assertRaises(UserError):
                    self.product.product_tmpl_id.write(vals)
            self._ship(["A1"]) if not is_gone else None
        self.assertEqual(self._unit("A1").status, "sold")

    def test_when_a_variant_goes_then_its_units_stay_with_the_archived_one(self):
        color = self.env["product.attribute"].create({"name": "Color", "create_variant": "always"})
        red, blue = self.env["product.attribute.value"].create(
            [{"name": name, "attribute_id": color.id} for name in ("Red", "Blue")]
        )
        template = self._make_product("Lamp").product_tmpl_id
        template.attribute_line_ids = [(0, 0, {"attribute_id": color.id, "value_ids": [(6, 0, (red | blue).ids)]})]
        variants = template.product_variant_ids
        self._receive(["L1"], product=variants[0])

        template.attribute_line_ids.value_ids -= variants[
            0
        ].product_template_attribute_value_ids.product_attribute_value_id

        self.assertFalse(variants[0].active)
        self.assertRecordValues(self._unit("L1", variants[0]), [{"status": "available", "location_id": self.stock.id}])
        self.assertAddsUp(variants[0])

    def test_when_all_warehouses_are_archived_then_an_invoice_without_order_still_posts(self):
        company = self.env["res.company"].create({"name": "Closed"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)])
        warehouse.action_archive()
        line = self.env["account.move.line"].new({"company_id": company.id})

        self.assertEqual(line._serial_origin(), warehouse.lot_stock_id)

    def test_when_an_order_is_deleted_then_no_unit_is_promised_or_expected_for_it(self):
        promised = self._make_product("Promised")
        self._receive(["P1"], product=promised)
        order = self._order(product=promised)
        self._unit("P1", promised).with_user(self.clerk).action_designate(self.customer, order.order_line)
        order._action_cancel()
        order.unlink()
        self.assertRecordValues(
            self._unit("P1", promised), [{"status": "available", "customer_id": False, "sale_line_id": False}]
        )

        purchase = self._purchase(1, product=promised)
        purchase.order_line.announce_serials(["P2"])
        purchase.button_cancel()
        purchase.unlink()

        self.assertRecordValues(self._unit("P2", promised), [{"status": "void", "purchase_line_id": False}])
        self.assertIn("P", self._unit("P2", promised).event_ids[-1].document)
