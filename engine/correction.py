"""Correct booked documents: which units really moved, in place of those that were booked."""

from dataclasses import dataclass

from odoo.exceptions import UserError
from odoo.tools import groupby

from ..tools import context, naming
from . import by_hand, identity, parts, swap, transfer
from .check import SerialCheck
from .sql import listeners, register_sql

WRONG_BY_ITSELF = ("empty", "bad_format", "duplicate")
UNKNOWN = ("new", "unknown", "not_sold_here")


@dataclass(eq=False)
class Row:
    """One unit of a booked line, and the number that it should have been.

    Without a unit, it is one that the line had left open.
    """

    source: object  # the move, or the invoice line
    unit: object
    name: str
    code: str = ""
    known: object = None  # the unit that has the number, if it is known

    def __post_init__(self):
        self.name = naming.clean(self.name)
        self.key = naming.make_key(self.name)

    @property
    def is_born_here(self):
        """Whether the unit's history begins with this very line, so that only its number can be wrong."""
        first = self.unit.event_ids[-1:]
        return self.source in (first.move_id, first.invoice_line_id) and not first.status_from

    @property
    def way(self):
        """How it is put right: by another number for the same piece, or by another piece that leaves or comes."""
        leaves = self.source._serials_change_places()
        if not self.unit:
            return "come"
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
        self.checked = [row for row in rows if row.unit.name or not row.unit]
        self.released = {row.unit.name_key for row in self.named}

    def run(self):
        """Do it.

        :raise UserError: when a number cannot be taken; nothing has been changed then
        """
        self._check()
        groups = {"rename": [], "leave": [], "come": []}
        for row in self.checked:
            groups[row.way].append(row)
        undone, exchanged = self._undo(groups["come"])
        self._rename(groups["rename"])
        self._book(undone)
        for source, part, whole in exchanged:
            source._keep_exchanged_part(part, whole)
        self._exchange(groups["leave"])
        for row in self.rows:
            if row not in self.checked:
                by_hand.write_name(row.unit, row.name)
        for source in {row.source for row in self.rows}:
            source._keep_corrected_serials()

    def _check(self):
        """Refuse numbers that no unit of these lines can have been.

        :raise UserError: with every bad row of the first line that has one
        """
        seen = self.kept
        for source, rows in groupby(self.checked, key=lambda row: row.source):
            checker = SerialCheck(source, [row.name for row in rows], lock=True, seen=seen, room=len(rows))
            checks = checker.run()
            for row, check in zip(rows, checks, strict=True):
                row.code, row.known = check.code, self.model.browse(check.serial_id or [])
                check.ok = check.ok or self._is_free(row)
                if not check.ok and row.source._get_serial_counterpart(row.known):
                    text = self.model.env._("Tick Swapped if the other one got %s.", row.unit.display_name)
                    check.message = f"{check.message} {text}"
            source._raise_bad_serials(checks)
            seen = checker.seen
        for row in self.named:
            if row.way == "rename" and self._is_known_piece(row):
                self._check_piece(row)

    def _is_free(self, row):
        """Tell whether a refused number may be taken: another row gives it up, or it spells a mistyped one right."""
        if row.code in WRONG_BY_ITSELF:
            return False
        return row.key in self.released or (row.way == "rename" and row.code in UNKNOWN)

    def _is_known_piece(self, row):
        """Tell whether the number that a row gives its unit is that of another one in the register."""
        return bool(row.known) and row.known != row.unit and row.key not in self.released

    def _check_piece(self, row):
        if identity.may_be(row.unit, row.known):
            return
        raise UserError(
            self.model.env._(
                "%(serial)s (%(product)s) came or left after %(document)s was booked, so it is not the unit that came "
                "with it. Check the number on the unit.",
                serial=row.known.name,
                product=row.known.product_id.display_name,
                document=row.source._serial_document(),
            )
        )

    def _check_in_place(self, row):
        if row.source._has_serial_in_place(row.unit):
            return
        env = self.model.env
        raise UserError(
            env._(
                "%(serial)s (%(product)s) is not where %(document)s put it any more, it is at %(location)s. Correct "
                "what happened to it afterwards first.",
                serial=row.unit.display_name,
                product=row.unit.product_id.display_name,
                document=row.source._serial_document(),
                location=row.unit.location_id.display_name,
            )
        )

    @staticmethod
    def _pair(rows):
        """Pair units that go with numbers that come, line by line; numbers exchanged on one line change nothing.

        :return: list of (row of the unit that goes, row with the number that comes)
        """
        pairs = []
        for _source, group in groupby(rows, key=lambda row: row.source):
            typed, current = {row.key for row in group}, {row.unit.name_key for row in group}
            going = [row for row in group if row.unit.name_key not in typed]
            pairs += zip(going, [row for row in group if row.key not in current], strict=True)
        return pairs

    # The piece is right, its number is not

    def _rename(self, rows):
        """Give pieces other numbers, exchanged ones too; with one that the register knows, the two are one piece."""
        for row in filter(self._is_known_piece, rows):
            identity.merge(row.unit, row.known, row.name)
        names = {row: row.unit.name for row in rows if not self._is_known_piece(row)}
        register_sql.clear_names(self.model.union(*(row.unit for row in names)))
        old = context.tell(listeners.OLD_NAMES, {row.unit.id: name for row, name in names.items()})
        for row, name in names.items():
            note = f"{name} → {row.name}"
            event = self.model._prepare_event_vals("renumbered", source=row.source, note=note)
            row.unit.with_context(**old)._record_change("renumbered", {}, event, names=[row.name])

    def _find(self, row):
        product, company = row.source.product_id, row.source._serial_company()
        found = register_sql.find_units(self.model, product, company, [row.key], lock=True).get(row.key)
        return self.model.browse(found["id"]) if found else self.model

    # Another piece came

    def _undo(self, rows):
        """Take wrong units off their lines.

        :return: the right numbers by line, and of each wrong unit its line, and what contained the right one
        """
        coming, exchanged = [row for row in rows if not row.unit], []
        for row in coming:
            row.code = ""
        for going, other in self._pair([row for row in rows if row.unit]):
            self._check_in_place(going)
            note = self.model.env._("Not this piece came but %s.", other.name)
            if going.source._name != "stock.move":
                note = self.model.env._(
                    "%(document)s is not about this piece but about %(other)s.",
                    document=going.source._serial_document(),
                    other=other.name,
                )
            other.code = going.unit.status
            exchanged += [(going.source, going.unit, whole) for whole in other.known.part_of_id]
            going.source._undo_serials(going.unit, note)
            coming.append(other)
        return groupby(coming, key=lambda row: row.source), exchanged

    def _book(self, groups):
        returns = self.model._get_serial_rules().find(lambda status: status.returns)
        for source, rows in groups:
            chosen = "status" in source._serial_flow().wants
            statuses = {row.key: row.code for row in rows if row.code in returns} if chosen else None
            source._write_serial_draft([row.name for row in rows], statuses=statuses)
            source._run_serial_booking(len(rows))
            source._write_serial_draft([])
            for row in rows:
                if row.key not in source.serial_ids.mapped("name_key"):
                    raise UserError(by_hand.message_exists(self.model, row.name, source.product_id))

    # Another piece left

    def _exchange(self, rows):
        """Let units change places with those that really left, and parts the units that they are in."""
        wholes = {row: row.unit.part_of_id for row in rows}
        pairs = self._pair(rows)
        places = [going.unit for going, _coming in pairs]
        for index, (going, coming) in enumerate(pairs):
            unit, other = places[index], self._find(coming) or self._number_placeholder(coming)
            if unit != other:
                self._let_leave(going, unit, other)
                places = [unit if place == other else place for place in places]
                places[index] = other
        if any(wholes.values()):
            parts.settle({self._find(row): whole for row, whole in wholes.items()})

    def _number_placeholder(self, row):
        """Number a unit in stock that waits for its number: it is the one that left.

        :raise UserError: when there is none any more
        """
        move = row.source
        ids = register_sql.lock_blanks(self.model, move._placeholder_where(), move._serial_origin(), 1)
        if not ids:
            raise UserError(
                self.model.env._(
                    "%(serial)s is not known for %(product)s. Check the number on the unit and enter it again.",
                    serial=row.name,
                    product=move.product_id.display_name,
                )
            )
        unit = self.model.browse(ids)
        by_hand.write_name(unit, row.name)
        return unit

    def _let_leave(self, row, unit, other):
        if unit == row.unit:
            self._check_in_place(row)
        identity.check_same_owner(unit, other)
        if row.source._serial_flow().only_moves:
            transfer.exchange_locations(row.source, unit, other)
        elif (
            unit.uncovered
            and not other.uncovered
            and other.location_id.is_serial_stock
            and identity.may_be(unit, other)
        ):
            identity.merge(unit, other, other.name)
        else:
            swap.change_places(unit, other)
