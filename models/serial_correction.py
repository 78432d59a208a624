"""Which units really moved on done documents, in place of those that were booked."""

from dataclasses import dataclass

from odoo.exceptions import UserError
from odoo.tools import groupby

from . import serial_name, serial_sql
from .serial_check import SerialCheck

WRONG_BY_ITSELF = ("empty", "bad_format", "duplicate")
UNKNOWN = ("new", "unknown", "not_sold_here")


@dataclass(eq=False)
class Row:
    """One unit of a done move, and the number that it should have been."""

    move: object
    unit: object
    name: str
    code: str = ""
    known: object = None  # the unit that has the number, if it is known

    def __post_init__(self):
        self.name = serial_name.clean(self.name)
        self.key = serial_name.make_key(self.name)

    @property
    def is_born_here(self):
        """Whether the register met the piece on this very move, so that only its number can be wrong."""
        first = self.unit.event_ids[-1:]
        return first.move_id == self.move and not first.status_from

    @property
    def way(self):
        """How it is put right: by another number for the same piece, or by another piece that leaves or comes."""
        leaves = self.move._serial_flow().takes == "stock"
        if self.key == self.unit.name_key:
            return "rename"  # it was written in another way
        if self.is_born_here and (self.code in UNKNOWN or not leaves):
            return "rename"
        return "leave" if leaves else "come"


class SerialCorrection:
    """The corrections of one product: all of them, or none.

    :param list rows: the :class:`Row` objects of all units whose number is to be another one
    :param kept: the keys of the other units of the same documents
    """

    def __init__(self, rows, kept=()):
        self.rows, self.kept = rows, set(kept)
        self.model = rows[0].unit.browse()
        self.named = [row for row in rows if row.unit.name]
        self.released = {row.unit.name_key for row in self.named}

    def run(self):
        """Do it.

        :raise UserError: when a number cannot be taken; nothing has been changed then
        """
        self._check()
        groups = {"rename": [], "leave": [], "come": []}
        for row in self.named:
            groups[row.way].append(row)
        undone = self._undo(groups["come"])
        self._rename(groups["rename"])
        self._book(undone)
        self._exchange(groups["leave"])
        for row in self.rows:
            if row not in self.named:
                row.unit._write_name(row.name)

    def _check(self):
        """Refuse numbers that no unit of these moves can have been.

        :raise UserError: with every bad row of the first move that has one
        """
        seen = self.kept
        for move, rows in groupby(self.named, key=lambda row: row.move):
            checker = SerialCheck(move, [row.name for row in rows], lock=True, seen=seen, room=len(rows))
            checks = checker.run()
            for row, check in zip(rows, checks, strict=True):
                row.code, row.known = check["code"], self.model.browse(check["serial_id"] or [])
                check["ok"] = check["ok"] or self._is_free(row)
            move._raise_bad_serials(checks)
            seen = checker.seen
        for row in self.named:
            if row.way == "rename" and self._is_known_piece(row):
                self._check_piece(row)

    def _is_free(self, row):
        """Tell whether a number is given up by another row, or is a mistyped one's right spelling."""
        if row.code in WRONG_BY_ITSELF:
            return False
        return row.key in self.released or (row.way == "rename" and row.code in UNKNOWN)

    def _is_known_piece(self, row):
        """Tell whether the number that a row gives its unit is that of another one in the register."""
        return bool(row.known) and row.known != row.unit and row.key not in self.released

    def _check_piece(self, row):
        if row.unit._may_be(row.known):
            return
        raise UserError(
            self.model.env._(
                "%(serial)s (%(product)s) came or left after %(document)s was booked, so it is not the unit that came "
                "with it. Check the number on the unit.",
                serial=row.known.name,
                product=row.known.product_id.display_name,
                document=row.move._serial_document(),
            )
        )

    def _check_in_place(self, row):
        last = row.unit.event_ids.move_id[:1]
        if row.unit in row.move._get_serials_in_place() and (
            row.move._serial_flow().takes != "stock" or last == row.move
        ):
            return
        env = self.model.env
        raise UserError(
            env._(
                "%(serial)s (%(product)s) is not where %(document)s put it any more, it is at %(location)s. Correct "
                "what happened to it afterwards first.",
                serial=row.unit.display_name,
                product=row.unit.product_id.display_name,
                document=row.move._serial_document(),
                location=row.unit.location_id.display_name,
            )
        )

    @staticmethod
    def _pair(rows):
        """Pair what must go with what must come, move by move: numbers exchanged on one move change nothing.

        :return: list of (row of the unit that goes, row with the number that comes)
        """
        pairs = []
        for _move, group in groupby(rows, key=lambda row: row.move):
            typed, current = {row.key for row in group}, {row.unit.name_key for row in group}
            going = [row for row in group if row.unit.name_key not in typed]
            pairs += zip(going, [row for row in group if row.key not in current], strict=True)
        return pairs

    # The piece is right, its number is not

    def _rename(self, rows):
        """Give pieces other numbers, exchanged ones too; with one that the register knows, the two are one piece."""
        for row in filter(self._is_known_piece, rows):
            row.unit._merge(row.known, row.name)
        names = {row: row.unit.name for row in rows if not self._is_known_piece(row)}
        serial_sql.clear_names(self.model.union(*(row.unit for row in names)))
        for row, name in names.items():
            note = f"{name} → {row.name}"
            event = self.model._prepare_event_vals("renumbered", source=row.move, note=note)
            row.unit._record_change("renumbered", {}, event, names=[row.name])

    def _find(self, row):
        product, company = row.move.product_id, row.move._serial_company()
        found = serial_sql.find_units(self.model, product, company, [row.key], lock=True).get(row.key)
        return self.model.browse(found["id"]) if found else self.model

    # Another piece came

    def _undo(self, rows):
        """Take units off the moves that brought others; return the numbers that came, by move."""
        pairs = self._pair(rows)
        for going, coming in pairs:
            self._check_in_place(going)
            note = self.model.env._("Not this piece came but %s.", coming.name)
            coming.code = going.unit.status
            going.move._undo_serials(going.unit, note)
        return groupby([coming for _going, coming in pairs], key=lambda row: row.move)

    def _book(self, groups):
        for move, rows in groups:
            chosen = "status" in move._serial_flow().wants
            statuses = {row.key: row.code for row in rows} if chosen else None
            move._write_serial_draft([row.name for row in rows], statuses=statuses)
            move._run_serial_booking(len(rows))
            move._write_serial_draft([])
            for row in rows:
                if row.key not in move.serial_ids.mapped("name_key"):
                    raise UserError(self.model._message_exists(row.name, move.product_id))

    # Another piece left

    def _exchange(self, rows):
        """Let units change places with those that really left."""
        pairs = self._pair(rows)
        places = [going.unit for going, _coming in pairs]
        for index, (going, coming) in enumerate(pairs):
            unit, other = places[index], self._find(coming) or self._number_placeholder(coming)
            if unit != other:
                self._let_leave(going, unit, other)
                places = [unit if place == other else place for place in places]
                places[index] = other

    def _number_placeholder(self, row):
        """Number a unit in stock that waits for its number: it is the one that left.

        :raise UserError: when there is none any more
        """
        move = row.move
        ids = serial_sql.lock_blanks(self.model, move._placeholder_where(), move._serial_origin(), 1)
        if not ids:
            raise UserError(
                self.model.env._(
                    "%(serial)s is not known for %(product)s. Check the number on the unit and enter it again.",
                    serial=row.name,
                    product=move.product_id.display_name,
                )
            )
        unit = self.model.browse(ids)
        unit._write_name(row.name)
        return unit

    def _let_leave(self, row, unit, other):
        if unit == row.unit:
            self._check_in_place(row)
        unit._check_same_owner(other)
        if row.move._serial_flow().code == "transfer":
            row.move._exchange_locations(unit, other)
        elif unit.uncovered and not other.uncovered and other.location_id._is_serial_stock() and unit._may_be(other):
            unit._merge(other, other.name)
        else:
            unit._change_places(other)
