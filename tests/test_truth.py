"""What the register says is true of each piece, whatever is booked late, left blank or said of a wrong shelf."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common.invoices import InvoiceCommon
from .common.shelves import ShelfCommon
from .common.walk import Walk

picks = st.lists(st.integers(min_value=0, max_value=1000), min_size=1, max_size=2)
shelves = st.integers(min_value=0, max_value=2)
named = st.booleans()
late = st.sampled_from([False, False, True])
ages = st.sampled_from([0, 0, 30, 800])  # how long ago a document says that it happened, in hours


class Piece:
    """A physical piece: its number is on it, whether or not anybody has read it."""

    def __init__(self, number):
        self.number, self.place, self.buyer, self.open = number, None, None, 0


class Paper:
    """What is to be booked: pieces that have moved, or that are charged for."""

    def __init__(self, kind, pieces, is_named, age, **options):
        self.kind, self.pieces, self.is_named, self.age, self.options = kind, pieces, is_named, age, options
        self.line = None


class World(Walk):
    """Pieces that move, and their papers, booked at once or later; ``case`` is the test that lends its verbs."""

    def __init__(self):
        super().__init__()
        self.case.product = self.case._make_product("Random", taxes_id=False)
        self.shelves = [self.case.shelf, self.case.shelf_b, self.case.stock]
        self.customers = [self.case.customer, self.case.other_customer]
        self.pieces, self.waiting, self.papers = [], [], []

    def teardown(self):
        try:
            self.settle()
        finally:
            super().teardown()

    # What happens to pieces

    @rule(count=st.integers(min_value=1, max_value=2), shelf=shelves, is_named=named, is_late=late, age=ages)
    def arrive(self, count, shelf, is_named, is_late, age):
        pieces = [Piece(f"N{len(self.pieces) + index}") for index in range(count)]
        self.pieces += pieces
        self._move("in", pieces, self.shelves[shelf], is_named, is_late, age, target=self.shelves[shelf])

    @rule(pick=picks, said=shelves, customer=st.booleans(), is_named=named, is_late=late, age=ages)
    def leave(self, pick, said, customer, is_named, is_late, age):
        pieces = self._pick(pick, lambda piece: piece.place in self.shelves)
        if pieces:
            buyer = pieces[0].buyer or self.customers[customer]
            pieces = [piece for piece in pieces if piece.buyer in (None, buyer)]
            pieces, source = self._say(pieces, self.shelves[said])
            self._move("out", pieces, buyer, is_named, is_late, age, partner=buyer, source=source)

    @rule(pick=picks, shelf=shelves, is_named=named, is_late=late, age=ages)
    def come_back(self, pick, shelf, is_named, is_late, age):
        billed = [piece for paper in self.waiting if paper.kind == "bill" for piece in paper.pieces]
        pieces = self._pick(pick, lambda piece: piece.place in self.customers and piece not in billed)
        pieces = [piece for piece in pieces if piece.place == pieces[0].place]
        if pieces:
            options = {"partner": pieces[0].place, "target": self.shelves[shelf]}
            self._move("back", pieces, self.shelves[shelf], is_named, is_late, age, **options)
            for piece in pieces:
                piece.buyer = None

    @rule(pick=picks, said=shelves, is_named=named, is_late=late, age=ages)
    def send_back(self, pick, said, is_named, is_late, age):
        pieces = self._pick(pick, lambda piece: piece.place in self.shelves and not piece.buyer)
        vendor = self.case.supplier_location
        if pieces:
            pieces, source = self._say(pieces, self.shelves[said])
            options = {"partner": self.case.vendor, "source": source, "target": vendor}
            self._move("out", pieces, vendor, is_named, is_late, age, **options)

    @rule(pick=picks, shelf=shelves, is_named=named, is_late=late, age=ages)
    def come_again(self, pick, shelf, is_named, is_late, age):
        pieces = self._pick(pick, lambda piece: piece.place == self.case.supplier_location)
        if pieces:
            shelf = self.shelves[shelf]
            self._move("in", pieces, shelf, is_named, is_late, age, target=shelf)

    @rule(pick=picks, customer=st.booleans(), is_named=named, is_late=late)
    def charge(self, pick, customer, is_named, is_late):
        pieces = self._pick(pick, lambda piece: not piece.buyer and piece.place != self.case.supplier_location)
        if pieces:
            places = [piece.place for piece in pieces if piece.place in self.customers]
            buyer = (places or [self.customers[customer]])[0]
            pieces = [piece for piece in pieces if piece.place in (buyer, *self.shelves)]
            for piece in pieces:
                piece.buyer = buyer
            self._file(Paper("bill", pieces, is_named, 0, partner=buyer), is_late)

    @rule(pick=picks, shelf=shelves)
    def shift(self, pick, shelf):
        for piece in self._pick(pick[:1], lambda piece: piece.place in self.shelves and not piece.open):
            source, target = piece.place, self.shelves[shelf]
            unit = self.case._unit(piece.number)
            if unit and unit.location_id == source and source != target:
                piece.place = target
                self._book(Paper("int", [piece], True, 0, source=source, target=target))

    def _say(self, pieces, shelf):
        """Return the pieces, and the shelf that a paper says that they left: a wrong one only of known numbers.

        Of units without number nobody can know that the shelf is wrong.
        """
        if all(self.case._unit(piece.number) for piece in pieces):
            return pieces, shelf
        return [piece for piece in pieces if piece.place == pieces[0].place], pieces[0].place

    def _pick(self, picks, condition):
        pieces = [piece for piece in self.pieces if condition(piece)]
        return list({pieces[pick % len(pieces)]: None for pick in picks}) if pieces else []

    def _move(self, kind, pieces, place, is_named, is_late, age, **options):
        for piece in pieces:
            piece.place = place
        self._file(Paper(kind, pieces, is_named, age, **options), is_late)

    # What is booked of it

    def _file(self, paper, is_late):
        self.papers.append(paper)
        for piece in paper.pieces:
            piece.open += 1
        if is_late:
            self.waiting.append(paper)
        else:
            self._book(paper)

    @rule(pick=st.integers(min_value=0, max_value=1000))
    def book_late(self, pick):
        if self.waiting:
            self._book(self.waiting.pop(pick % len(self.waiting)))

    def _book(self, paper):
        """Book a paper, with those of the numbers that can be entered, if somebody reads them."""
        count, options = len(paper.pieces), paper.options
        document = self.case._invoice(count, **options) if paper.kind == "bill" else None
        document = document or self.case._transfer(paper.kind, count, **options)
        paper.line = document.invoice_line_ids if paper.kind == "bill" else document.move_ids
        typed = [piece.number for piece in paper.pieces] if paper.is_named else []
        late = {piece.number for other in self.waiting if other.kind == "in" for piece in other.pieces}
        # Who takes a number that is still to be received for that of a unit received blank tells the register wrong.
        good = [
            check["name"]
            for check in paper.line.check_serials(typed)
            if check["ok"] and not (check["code"] == "fills" and check["name"] in late)
        ]
        (self.case._confirm if paper.kind == "bill" else self.case._validate)(document, good)
        assert document.state in ("done", "posted"), document.state
        if paper.age:
            document.date_done = fields.Datetime.now() - timedelta(hours=paper.age)
        for piece in paper.pieces:
            piece.open -= 1

    @rule(pick=st.integers(min_value=0, max_value=1000))
    def number(self, pick):
        blanks = self._blanks()
        if blanks:
            self._number(blanks[pick % len(blanks)])

    def _blanks(self):
        return self.case._units().filtered(lambda unit: not unit.name)

    def _number(self, unit):
        """Give a blank the number of a piece that lies there; tell whether one was taken.

        Where none does, it is one that has left and of which the register does not know what it was in stock.
        """
        place, named = self._find_place(unit), self.case._units().filtered("name")
        known = {other.name: self._find_place(other) for other in named}
        open_ = named.filtered("uncovered").mapped("name")
        papers = [paper for paper in self.papers if paper.line and unit in paper.line.serial_ids]
        on_paper = [piece for paper in papers for piece in paper.pieces]
        lying = [piece for piece in self.pieces if piece.place == place and known.get(piece.number) != place]
        gone = [piece for piece in self.pieces if piece.number in open_]
        gone += [piece for piece in on_paper if unit.uncovered or piece.number not in known]
        for piece in sorted(lying or gone, key=lambda piece: piece not in on_paper):
            try:
                with self.case.env.cr.savepoint():
                    unit.with_user(self.case.clerk).name = piece.number
                    return True
            except UserError:
                self.case.env.invalidate_all(flush=False)
        return False

    def _find_place(self, unit):
        return unit.location_id if unit.location_id.is_serial_stock else unit.customer_id or unit.location_id

    # What is true

    @invariant()
    def adds_up(self):
        self.case.assertAddsUp(self.case.product)
        if not self.waiting and not self._blanks():
            self.is_true()

    @rule()
    def settle(self):
        """Book what waits and read all numbers: then the register, stock and the pieces say the same."""
        while self.waiting:
            self._book(self.waiting.pop())
        for _round in range(4):
            for unit in self._blanks():
                if unit.exists() and not unit.name:
                    self._number(unit)
        self.is_true()

    def is_true(self):
        """Each piece is one unit, where the piece is, and so is stock."""
        self.case.env.flush_all()
        units = {unit.display_name: self._find_place(unit).display_name for unit in self.case._units()}
        self.case.assertEqual(units, {piece.number: piece.place.display_name for piece in self.pieces})
        self.case.assertFalse(self.case._units().filtered("uncovered"))
        self.case.assertLies()


@tagged("post_install", "-at_install")
class TestTruth(ShelfCommon, InvoiceCommon):
    def test_when_anything_happens_in_any_order_then_each_piece_is_one_unit_where_it_is(self):
        World.run(self, walks=60, steps=16, is_shortened=False)
