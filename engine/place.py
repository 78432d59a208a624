"""Whether a document line can take units from where they lie, and whether stock follows them there."""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from odoo.fields import Domain

PLACE = ["location_id", "owner_id", "package_id"]  # the fields of quants, operations and units that say where they are


class Place(NamedTuple):
    """What tells one stock of a product from another: ids, None where there is no owner or package."""

    location: int | None
    owner: int | None = None
    package: int | None = None

    @classmethod
    def of(cls, *records):
        """Return the place that a location, an owner and a package make."""
        return cls(*(record.id or None for record in records))

    @classmethod
    def where(cls, record):
        """Return where a record with the fields :data:`PLACE` is."""
        return cls.of(*(record[name] for name in PLACE))

    def get_domain(self, with_package=True):
        """Return the domain of what is here, or, without the package, in whichever package here."""
        names = PLACE if with_package else PLACE[:2]
        return Domain.AND(Domain(name, "=", id_ or False) for name, id_ in zip(names, self, strict=False))

    def likeness(self, other):
        """Return how much two places have in common, to compare by: all, location and owner, or only the owner."""
        return self == other, self[:2] == other[:2], self.owner == other.owner


class SerialPlaces:
    """Where the operations of one document line take from, beside where the entered units lie.

    One batch of queries however many units, and none while all of them lie where the operations take from.

    :param source: the :class:`~.source.Source` of the line
    :param earlier: returns the places of the units that the line has taken before, and of those that other lines take
    """

    def __init__(self, source, earlier=None):
        self.source, self.env, self.earlier = source, source.line.env, earlier
        flow = source.flow
        self.by_owner = bool(flow) and flow.takes == "customer"  # a customer's stock is not ours to count
        self.own = Counter()
        for place, count in source.stock.places.items():
            self.own[self.reduce(place)] += count
        self.own_owners = {place.owner for place in self.own}
        self.taken, self.explained, self._stock, self._units = Counter(), Counter(), {}, {}
        self.claimed = Counter()  # by other lines
        self.not_picked = set()
        self._of = {}  # by what units have in common

    def reduce(self, place):
        """Return what counts of a place here."""
        return Place(None, place.owner) if self.by_owner else place

    def prepare(self, rows):
        """Read stock and units of the places that matter, where some of the units lie elsewhere than is taken from.

        :param rows: the units, as ``register_sql.find_units`` returns them
        """
        if not self.own or self.by_owner:
            return
        self.not_picked = self.source.line._find_serials_not_picked({row["id"] for row in rows})
        places = Counter(self._get_place(row) for row in rows if row["in_stock"])
        if self.earlier and places:
            self.taken, self.claimed = self.earlier()
        if not self.claimed and all(count + self.taken[place] <= self.own[place] for place, count in places.items()):
            return
        locations = {place.location for place in (*places, *self.own)}
        self._read_stock(locations)
        groups = self._count_units(Domain("location_id", "in", list(locations)), ["location_id", "owner_id"])
        self._units = {(location.id, owner.id or None): count for location, owner, count in groups}

    def _read_stock(self, locations):
        domain = Domain("product_id", "=", self.source.product.id) & Domain("location_id", "in", list(locations))
        quants = self.env["stock.quant"].sudo()
        groups = quants._read_group(domain, PLACE, ["quantity:sum"])
        self._stock = {Place.of(*key): quantity for *key, quantity in groups}

    def _count_units(self, domain, by):
        product, company = self.source.product, self.source.company
        domain &= Domain("product_id", "=", product.id) & Domain("company_id", "=", company.id)
        return self.env["serial.number"].sudo()._read_group(domain, by, ["__count"])

    def follow_blanks(self, count):
        """Let the line take blanks that it numbers from where they lie, if that is another place.

        :param int count: how many such numbers there are
        """
        if not count or not self.own or self.by_owner or not self.source.stock.may_follow:
            return
        waiting = self.env["serial.number"]._get_placeholder_domain() & Domain("status", "=", "received")
        groups = self._count_units(waiting, PLACE)
        blanks = {Place.of(*key): number for *key, number in groups}
        for place in self.own:
            count -= min(blanks.pop(place, 0), max(0, self.own[place] - self.taken[place]))
        self._read_stock({place.location for place in blanks})
        for place, number in blanks.items():
            part = min(count, number, self._count_left(place))
            if part > 0 and (place.owner in self.own_owners or self.source.stock.may_change_owner):
                self.taken[place] += part
                count -= part

    def _get_place(self, row):
        place = self._of.get(row["like"])
        if place is None:
            place = Place(row["location_id"], row["owner_id"], row["package_id"])
            self._of[row["like"]] = place = self.reduce(place)
        return place

    def take(self, row):
        """Let the line take a unit.

        :return: whether it can, and what the user is told about where the unit lies
        """
        fits, word = self._take(row)
        if fits and row["id"] in self.not_picked:
            values = {"serial": row["name"], "document": self.source.document}
            word = f"{self.env._('%(serial)s was not picked for %(document)s.', **values)} {word}".strip()
        return fits, word

    def _take(self, row):
        place = self._get_place(row)
        if not self.own:
            return True, ""
        if self.taken[place] < self.own[place] and not self._is_claimed(place):
            self.taken[place] += 1
            return True, ""
        if self.by_owner:
            return True, self._take_back(row, place)
        fault = self._find_owner_fault(row, place)
        if fault:
            return False, fault
        if self._is_out_of_date(place):
            return True, ""
        if self._can_follow(place):
            self.taken[place] += 1
            return True, self._describe_following(row, place)
        if not self.claimed[place] and any(
            (own.location, own.owner) == (place.location, place.owner) for own in self.own
        ):
            return True, ""  # only the package is another one, and no stock is in the unit's any more
        return False, self._describe_fault(row, place)

    def _take_back(self, row, place):
        """Let a unit that comes back be its owner's again, where the operation says nothing else."""
        if None not in self.own_owners or not self.source.stock.may_change_owner:
            return ""
        self.taken[place] += 1
        return self.env._(
            "%(serial)s belongs to %(owner)s: it goes back to their stock.",
            serial=row["name"],
            owner=self._name_owner(place),
        )

    def _find_owner_fault(self, row, place):
        """Say why a unit cannot be taken because of whose it is, where the document says whose stock it moves."""
        if place.owner in self.own_owners or self.source.stock.may_change_owner:
            return ""
        owners = self.env["res.partner"].sudo().browse([owner for owner in self.own_owners if owner])
        return self.env._(
            "%(serial)s (%(product)s) belongs to %(owner)s, and %(document)s moves stock of %(others)s. Enter another "
            "unit, or change the owner on the operation.",
            serial=row["name"],
            product=self.source.product.display_name,
            owner=self._name_owner(place),
            document=self.source.document,
            others=", ".join(owners.mapped("display_name")) or self._name_owner(Place(None)),
        )

    def _is_out_of_date(self, place):
        """Tell whether the unit's place is only the last one known: units moved without having been named.

        Then less stock is there than the register says, and more where the operations take from.
        """
        if self._count_surplus(place) + self.explained[place] >= 0:
            return False
        for own in self.own:
            if own.owner == place.owner and self._count_surplus(own) - self.explained[own] > 0:
                self.explained[own] += 1
                self.explained[place] += 1
                return True
        return False

    def _count_surplus(self, place):
        """Return how much more stock of an owner is at a location than units are known to be there."""
        here = place.location, place.owner
        stock = sum(quantity for key, quantity in self._stock.items() if (key.location, key.owner) == here)
        return stock - self._units.get(here, 0)

    def _can_follow(self, place):
        if not self.source.stock.may_follow or self._is_there(place):
            return False
        return self._count_left(place) > 0

    def _count_left(self, place):
        """Return how much stock nothing that is entered takes, on this line or another."""
        return self._stock.get(place, 0) - self.taken[place] - self.claimed[place]

    def _is_claimed(self, place):
        """Tell whether other lines take what the operations were to take there."""
        return bool(self.claimed.get(place)) and self._count_left(place) <= 0

    def _is_there(self, place):
        """Tell whether the operations would only take a unit from where they put it."""
        return (place.location, place.package) in self.source.stock.targets

    def _describe_following(self, row, place):
        values = {"serial": row["name"], "place": row["location_name"], "owner": self._name_owner(place)}
        if place.owner not in self.own_owners:
            return self.env._("%(serial)s belongs to %(owner)s: taken from their stock.", **values)
        if any(own.location == place.location for own in self.own) and place.package:
            values["package"] = self.env["stock.package"].sudo().browse(place.package).display_name
            return self.env._("%(serial)s lies in package %(package)s at %(place)s: taken from there.", **values)
        return self.env._("%(serial)s lies at %(place)s: taken from there.", **values)

    def _describe_fault(self, row, place):
        values = {
            "serial": row["name"],
            "product": self.source.product.display_name,
            "place": row["location_name"],
            "document": self.source.document,
        }
        if self._is_there(place):
            return self.env._("%(serial)s (%(product)s) lies at %(place)s already. Enter another unit.", **values)
        if not self.source.stock.may_follow:
            return self.env._(
                "%(serial)s (%(product)s) lies at %(place)s, and %(document)s is about another stock. Count it there, "
                "or transfer it first.",
                **values,
            )
        return self.env._(
            "%(serial)s (%(product)s) lies at %(place)s, and there is no more stock of it. Correct the stock there, or "
            "enter another unit.",
            **values,
        )

    def _name_owner(self, place):
        owner = self.env["res.partner"].sudo().browse(place.owner or [])
        return owner.display_name or self.source.company.display_name


@dataclass(eq=False)
class Slot:
    """One operation of a document line: where it takes units from, and what they are afterwards.

    :ivar place: the :class:`Place` that it takes from
    :ivar vals: the facts that it writes on its units: where they are, whose, and in which package
    :ivar room: how many units it still takes
    """

    place: Place
    vals: dict
    room: int

    def moves(self):
        """Tell whether its units are elsewhere afterwards."""
        return (self.place.location, self.place.package or False) != (self.vals["location_id"], self.vals["package_id"])

    def describe(self, env):
        """Return where its units go, in words: the location, the package, and whose stock it is."""
        records = (
            env["stock.location"].sudo().browse(self.vals.get("location_id") or []),
            env["stock.package"].sudo().browse(self.vals.get("package_id") or []),
            env["res.partner"].sudo().browse(self.vals.get("owner_id") or []),
        )
        return " · ".join(record.display_name for record in records if record)


class SerialSlots:
    """The operations of a document line, filled one after the other.

    :param list slots: the :class:`Slot` objects, in order
    """

    def __init__(self, slots):
        self.slots = slots

    def assign(self, checks):
        """Return the operation of each good number: the one that takes from where its unit lies, else the next.

        :param list checks: the checks of the numbers
        """
        if len(self.slots) == 1:
            self.slots[0].room -= len(checks)
            return self.slots * len(checks)
        found = {}
        # Units that lie somewhere first: a number that is new, or that a blank gets, goes where there is room.
        for index in sorted(range(len(checks)), key=lambda index: checks[index].code == "fills"):
            found[index] = self._fill(checks[index].place)
        return [found[index] for index in range(len(checks))]

    def _fill(self, place):
        open_slots = [slot for slot in self.slots if slot.room > 0] or self.slots[-1:]
        slot = max(open_slots, key=lambda slot: slot.place.likeness(place)) if place else open_slots[0]
        slot.room -= 1
        return slot

    def take(self, count):
        """Yield the operations that ``count`` more units go to, each with how many it may take."""
        for slot in self.slots:
            part = count if slot is self.slots[-1] else min(count, max(0, slot.room))
            if part:
                yield slot, part
                count -= part
