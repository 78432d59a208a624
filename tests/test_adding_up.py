"""The equation holds after every move: random sequences of real moves, in three time zones, dated in any order."""

from collections import Counter, defaultdict
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import tagged

from ..tools.day import find_day, find_zone
from .common.invoices import InvoiceCommon
from .common.walk import KeepingWalk, picks

NAMES = [f"N{number}" for number in range(12)]
names = st.lists(st.sampled_from(NAMES), max_size=3, unique=True)
blanks = st.integers(min_value=0, max_value=2)
# How long ago a document says that it happened, in hours: most are booked at once.
ages = st.sampled_from([0, 0, 0, 5, 30, 800])


KEEPING = ["hold", "void", "designate"]


class Moves(KeepingWalk):
    """What may happen to a product; ``case`` is the test that lends its verbs."""

    def __init__(self):
        super().__init__()
        self.case.product = self.case._make_product("Random", tracking="none")
        self.case.product.taxes_id = False
        self.done, self.invoices = [], []

    def _book(self, kind, typed, extra, age=0, **options):
        """Do a transfer with those of the numbers that can be taken, and the rest left blank; it says when it was."""
        if not typed and not extra:
            return
        picking = self.case._transfer(kind, len(typed) + extra, **options)
        good = [check["name"] for check in picking.move_ids.check_serials(typed) if check["ok"]]
        try:
            with self.case.env.cr.savepoint():
                self.case._validate(picking, good)
        except UserError:
            self._refuse(picking)
            return
        assert picking.state == "done"
        if age:
            picking.date_done = fields.Datetime.now() - timedelta(hours=age)
        self.done.append(picking.move_ids)

    def _refuse(self, picking):
        """Cancel what a button refused: it may, where units that are kept back are in the way."""
        self.case.env.invalidate_all(flush=False)
        kept = self._count_kept()
        assert any(kept[line.location_id] for line in picking.move_line_ids)
        picking.action_cancel()

    @rule(typed=names, extra=blanks, age=ages)
    def receive(self, typed, extra, age):
        self._book("in", typed, extra, age)

    @rule(typed=names, extra=blanks, age=ages, other=st.booleans())
    def ship(self, typed, extra, age, other):
        partner = self.case.other_customer if other else self.case.customer
        self._book("out", typed, extra, age, partner=partner)

    @rule(typed=names, extra=blanks, age=ages)
    def return_(self, typed, extra, age):
        self._book("in", typed, extra, age, partner=self.case.customer, source=self.case.customer_location)

    @rule(typed=names, extra=blanks)
    def return_to_vendor(self, typed, extra):
        self._book("out", typed, extra, target=self.case.supplier_location)

    @rule(typed=names, extra=blanks)
    def drop_ship(self, typed, extra):
        self._book("out", typed, extra, source=self.case.supplier_location)

    @rule(typed=names, extra=blanks, back=st.booleans())
    def transfer(self, typed, extra, back):
        places = (self.case.shelf, self.case.stock) if back else (self.case.stock, self.case.shelf)
        self._book("int", typed, extra, source=places[0], target=places[1])

    @rule(typed=names, extra=blanks)
    def lose(self, typed, extra):
        self._book("out", typed, extra, target=self.case.loss_location)

    @rule(typed=names, extra=blanks)
    def scrap(self, typed, extra):
        vals = {"product_id": self.case.product.id, "scrap_qty": len(typed) + extra, "location_id": self.case.stock.id}
        if vals["scrap_qty"]:
            scrap = self.case.env["stock.scrap"].with_user(self.case.clerk).create(vals)
            self._answer(scrap.action_validate(), typed, scrap.env)
            if scrap.state != "done":  # more than there is
                scrap.do_scrap()

    @rule(typed=names, extra=blanks, age=ages)
    def invoice(self, typed, extra, age):
        self._invoice(typed, extra, "out_invoice", age=age)

    @rule(typed=names, extra=blanks, status=st.sampled_from(["available", "hold", "void"]))
    def credit(self, typed, extra, status):
        self._invoice(typed, extra, "out_refund", status)

    def _invoice(self, typed, extra, kind, status=None, age=0):
        if typed or extra:
            invoice = self.case._invoice(len(typed) + extra, kind=kind)
            invoice.invoice_date = fields.Date.context_today(invoice) - timedelta(hours=age)
            action = invoice.with_context(serial_number_tracking_ask=True).action_post()
            self._answer(action, typed, invoice.env, status)
            assert invoice.state == "posted"
            self.invoices.append(invoice)

    def _answer(self, action, typed, env, status=None):
        """Enter those of the numbers that can be taken, leave the rest blank, and confirm the window."""
        entry = env["serial.entry"].browse(action["res_id"])
        for line in entry.line_ids:
            line.add_serials(typed)
            if status:
                line.set_return_status(status)
            if line.missing:
                line.use_blanks()
        entry.action_confirm()

    @rule(pick=picks, reverse=st.booleans())
    def take_back_invoice(self, pick, reverse):
        posted = [invoice for invoice in self.invoices if invoice.state == "posted"]
        if not posted:
            return
        invoice = posted[pick % len(posted)]
        if reverse and invoice.move_type == "out_invoice":
            self.invoices.append(invoice._reverse_moves(cancel=True))
        elif not invoice.reversal_move_ids and not invoice.reversed_entry_id:
            invoice.button_draft()

    @rule(quantity=st.integers(min_value=0, max_value=6))
    def count(self, quantity):
        self.case._adjust(quantity, product=self.case.product)

    @rule(quantity=st.integers(min_value=0, max_value=6), typed=names)
    def count_by_name(self, quantity, typed):
        vals = {"product_id": self.case.product.id, "location_id": self.case.stock.id, "inventory_quantity": quantity}
        count = self.case.env["stock.quant"].with_user(self.case.clerk).with_context(inventory_mode=True).create(vals)
        action = count.with_context(serial_number_tracking_ask=True).action_apply_inventory()
        if action and action["res_model"] == "serial.entry":
            self._answer(action, typed, count.env)

    @rule(pick=picks, quantity=st.integers(min_value=0, max_value=5))
    def edit_done(self, pick, quantity):
        if not self.done:
            return
        move = self.done[pick % len(self.done)]
        self._try(lambda: move.sudo().move_line_ids[:1].write({"quantity": quantity}))

    @rule(pick=picks, name=st.sampled_from(NAMES))
    def number(self, pick, name):
        units = self.case._units().filtered(lambda unit: not unit.name and unit.status in ("received", "issued"))
        if units:
            unit = units[pick % len(units)]
            self._try(lambda: unit.write({"name": name}))

    @rule(pick=picks, typed=names, take_off=st.booleans())
    def correct(self, pick, typed, take_off):
        if self.done:
            picking = self.done[pick % len(self.done)].picking_id
            self._try(lambda: self._correct(picking, typed, take_off))

    @rule(pick=picks)
    def reconcile(self, pick):
        self.case.env.flush_all()
        self.case.env["serial.reconciliation"].invalidate_model()
        row = self.case.env["serial.reconciliation"].sudo().search([("product_id", "=", self.case.product.id)])
        assert not row.difference
        units = self.case._units().filtered(lambda unit: unit.location_id.is_serial_stock)
        if row.uncovered and units:
            window = self.case.env["serial.reconcile"].sudo().browse(row.action_close_uncovered()["res_id"])
            window.write({"serial_ids": [(6, 0, units[pick % len(units)].ids)], "reason": "Counted"})
            self._try(window.action_apply)

    @rule(quantity=st.integers(min_value=1, max_value=3), other=st.booleans())
    def reserve(self, quantity, other):
        """Leave an order reserved, as far as stock is free."""
        self.case._order(quantity, partner=self.case.other_customer if other else self.case.customer)

    @rule(
        pick=picks, action=st.sampled_from(["hold", "void", "designate"]), count=st.integers(1, 3), other=st.booleans()
    )
    def keep_back(self, pick, action, count, other):
        statuses = {"hold": ["available", "designated"], "void": ["available", "hold"], "designate": ["available"]}
        domain = Domain("product_id", "=", self.case.product.id) & Domain("status", "in", statuses[action])
        units = self.case.register.search(domain & self.case.register._get_in_stock_domain(), order="id")
        if units:
            units = units[pick % len(units) :][:count]
            partner = self.case.other_customer if other else self.case.customer
            getattr(units, f"action_{action}")(partner if action == "designate" else "why")

    @invariant()
    def adds_up(self):
        self.case.assertAddsUp(self.case.product)

    @invariant()
    def has_the_days_of_its_documents(self):
        zone = find_zone(self.case.zone)
        for unit in self.case._units():
            received, sold = unit.receipt_move_id, unit.delivery_move_id
            if received:
                assert unit.date_received == find_day(received.date, zone), unit.display_name
            if sold and not unit.invoice_line_id:
                assert unit.date_sold == find_day(sold.date, zone), unit.display_name

    @invariant()
    def has_reserved_nothing_that_is_kept_back(self):
        """Others than whom units are designated to have reserved no more of a place than is left there."""
        domain, kept = [("product_id", "=", self.case.product.id)], self._count_kept()
        quants, lines = self.case.env["stock.quant"], self.case.env["stock.move.line"]
        stock = dict(quants._read_group(domain, ["location_id"], ["quantity:sum"]))
        waiting = [*domain, ("state", "not in", ("done", "cancel")), ("quantity", ">", 0)]
        reserved = defaultdict(Counter)
        for line in lines.search(waiting):
            reserved[line.location_id][line.picking_id.partner_id] += line.quantity_product_uom
        for place, counts in reserved.items():
            own = sum(min(count, counts[partner]) for partner, count in kept[place].items() if partner)
            left = max(0, stock.get(place, 0) - kept[place].total())
            assert counts.total() - own <= left, place.display_name

    def _count_kept(self):
        """Return ``{location: {customer: units}}`` of those on hold or void (no customer), or designated."""
        kept = defaultdict(Counter)
        domain = Domain("product_id", "=", self.case.product.id) & self.case.register._get_kept_domain()
        groups = self.case.register._read_group(domain, ["location_id", "status", "customer_id"], ["__count"])
        for place, status, customer, count in groups:
            kept[place][customer if status == "designated" else customer.browse()] += count
        return kept


class WalkCommon(InvoiceCommon):
    """Random moves, by people who are in one time zone."""

    zone = "UTC"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.env.user | cls.clerk | cls.manager).tz = cls.zone

    def _walk(self):
        Moves.run(self, walks=17, steps=40)


@tagged("post_install", "-at_install")
class TestAddingUp(WalkCommon):
    def test_when_anything_happens_then_units_and_stock_are_equal(self):
        self._walk()


@tagged("post_install", "-at_install")
class TestAddingUpInNewYork(WalkCommon):
    zone = "America/New_York"

    def test_when_anything_happens_then_units_and_stock_are_equal(self):
        self._walk()


@tagged("post_install", "-at_install")
class TestAddingUpInTokyo(WalkCommon):
    zone = "Asia/Tokyo"

    def test_when_anything_happens_then_units_and_stock_are_equal(self):
        self._walk()
