"""Decide for each entered number whether a document line can take it."""

from dataclasses import dataclass

from odoo.fields import Domain

from ..tools import naming
from ..tools.day import show_day
from . import by_hand, sale_history, scan
from .place import Place, SerialPlaces
from .sql import register_sql

GOOD = ("new", "fills", "ok")


@dataclass(slots=True)
class Check:
    """What was decided about one entered number: made once, and carried through the entry, the booking and the SQL.

    :ivar str name: the number, trimmed
    :ivar str key: its comparable form; None for what is no number
    :ivar str code: see :meth:`serial.capture.mixin.check_serials`
    :ivar str typed: what was typed or scanned, where that is a label or another number of the unit
    :ivar list candidates: what the number may be, of one that is ambiguous
    :ivar str message: what is wrong and what to do, or what is unusual about it
    :ivar dict row: what the register says of the unit that has the number
    :ivar str note: what the unit's history is to say beside the event
    :ivar str status: the status proposed for a returned unit with an open case
    :ivar bool is_announced: the vendor announced it for this order line
    :ivar bool is_added: a return takes it in although the customer did not buy it
    :ivar bool can_add: refused, and a return takes it in when it is asked to
    :ivar bool is_late: it left before the receipt that is being entered was booked
    :ivar dict facts: fields of the unit that its label says, and that the register does not know yet
    :ivar list nearest: known numbers that an unknown one may have been meant to be
    :ivar str gtin: the GTIN on its label, where no product has it yet
    :ivar line_id: the line of the entry window that it was entered on, or refused by
    :ivar bool ok: whether it can be taken
    """

    name: str
    key: str = None
    typed: str = ""
    code: str = ""
    message: str = ""
    row: dict = None
    note: str = ""
    status: str = ""
    is_announced: bool = False
    is_added: bool = False
    can_add: bool = False
    is_late: bool = False
    line_id: int = False
    ok: bool = False
    candidates: list = None
    nearest: list = None
    facts: dict = None
    gtin: str = ""

    def decide(self, code, message=""):
        """Keep what was decided."""
        self.code, self.message, self.ok = code, message, code in GOOD

    @property
    def serial_id(self):
        """Return the id of the unit that has the number, or False."""
        return self.row["id"] if self.row else False

    @property
    def is_plain(self):
        """Return whether a unit is taken with nothing to say of it: so are all that the register says the same of."""
        said = self.message, self.note, self.status, self.is_announced, self.is_added, self.is_late
        return self.code == "ok" and not any(said)

    @property
    def case(self):
        """Return the name of an open case that asks for the unit, or None."""
        return self.row and self.row["case"]

    @property
    def place(self):
        """Return the :class:`Place` where the unit lies, or None."""
        return self.row and Place(self.row["location_id"], self.row["owner_id"], self.row["package_id"])

    @property
    def expiration_date(self):
        """Return the last day on which the unit may be used: what its label says, else what the register says."""
        said = self.facts and self.facts.get("expiration_date")
        return said or (self.row and self.row.get("expiration_date")) or False

    def as_dict(self):
        """Return it as other systems get it, see :meth:`serial.capture.mixin.check_serials`."""
        shown = {
            "name": self.name,
            "typed": self.typed or self.name,
            "serial_id": self.serial_id,
            "code": self.code,
            "ok": self.ok,
            "message": self.message,
            "warranty_end": self.row["warranty_end"] or False if self.row else False,
        }
        if self.candidates:
            shown["candidates"] = self.candidates
        if self.nearest:
            shown["nearest"] = self.nearest
        if self.expiration_date:
            shown["expiration_date"] = self.expiration_date
        return shown


class SerialCheck:
    """The checks of one document line, with what its queries found: one batch however many numbers there are.

    :param line: a record of ``serial.entry.mixin``
    :param list names: the numbers, or what :func:`.scan.read_names` read
    :param bool lock: lock the units found, for booking: stock has moved by then, and where they lay is decided
    :param seen: keys that other lines of the same window have taken
    :param int room: how many more units the line takes
    :param int filled: how many placeholders other lines of the same window are going to fill
    :param added: keys of numbers that a return takes in although this customer did not buy them
    :param earlier: see :class:`SerialPlaces`
    :param bool by_lot: the numbers are those of lots that have moved already: only what they are in the register counts
    """

    def __init__(self, line, names, lock=False, seen=(), room=None, filled=0, added=(), earlier=None, by_lot=False):
        self.line, self.env, self.source = line, line.env, line._read_serial_source()
        self.today = self.source.company._get_serial_day()
        source, self.flow = self.source, self.source.flow
        # Whether somebody is asked before a number that is known elsewhere makes one unit of two.
        self._asks_of_known = bool(self.flow) and "known" in self.flow.wants
        self._minds_expiry = bool(self.flow) and (self.flow.brings or "customer" in self.flow.fills)
        self.names, self.scans = scan.tell_apart(names)
        self.product = source.product
        self.partner = source.partner.commercial_partner_id
        self.seen, self.added = set(seen), set(added)
        self.purchase_line = source.purchase_line
        self.announced = self.purchase_line.has_announced_serials and self.purchase_line != line
        self.room = line._serial_room() if room is None else room
        self.faults = [None] * len(self.names) if by_lot else self._find_faults()
        keys = naming.make_all_keys(self.names)
        self.keys = [None if fault else key for key, fault in zip(keys, self.faults, strict=True)]
        labels = [(self.keys[index], each.facts) for index, each in self.scans.items() if each.facts]
        self.facts = {key: facts for key, facts in reversed(labels) if key}  # of two with one number the first counts
        keys = [key for key in self.keys if key]
        model = self.env["serial.number"].sudo()
        company = source.company
        self.rows = register_sql.find_units(model, self.product, company, keys, lock=lock)
        self.typed = {} if lock else self._take_other_numbers(model, company)
        keys = [key for key in self.keys if key]
        self.places = None if lock else SerialPlaces(source, earlier)
        if self.places:
            self.places.prepare(self.rows.values())
        self.credits, self.came_back = {}, set()
        takes_back = self.flow and self.flow.takes == "customer"
        choices = line.sudo()._get_serial_choices() if takes_back else None
        self.choices = choices if choices is None else set(choices.ids)
        if self.flow and self.flow.open_until == "credited":
            units = model.browse(row["id"] for row in self.rows.values())
            self.credits, self.came_back = (
                sale_history.get_credits(units),
                set(sale_history.filter_back_from(units, self.partner).ids),
            )
        self.known = known = model.browse(row["id"] for row in self.rows.values())
        is_asked = self.flow and known and not by_lot
        self.refused = known._find_refusal(line, self.flow, source.partner) if is_asked else {}
        unknown = [key for key in keys if key not in self.rows]
        self.alike = {} if lock else self._find_alike(model, company, unknown)
        self.mistyped = self._find_mistyped(model, unknown) if unknown and self.flow and not (lock or by_lot) else {}
        self.other_products, self.placeholders = {}, 0
        if unknown and self.flow and (self.flow.unknown != "create" or self._asks_of_known):
            self.other_products = self._find_other_products(model, company, unknown)
        self.unseen = () if by_lot else self._find_unseen()
        if self.flow and self.flow.unknown == "fill" and (unknown or self.unseen):
            self.placeholders = line._count_serial_placeholders() - filled
        # Of thousands most are alike: what was decided about one counts for all that nothing else is known of.
        self.plain, self.special = set(), self._find_special()

    def _find_faults(self):
        faults = self.product._find_serial_faults(self.names)
        for index, each in self.scans.items():
            faults[index] = each.fault or faults[index]
        return faults

    def _find_special(self):
        """Return the keys and ids of units of which more is known than others have in common with them."""
        keys = self.added | self.facts.keys() | self.alike.keys() | set(self.unseen)
        ids = self.refused.keys() | self.credits.keys() | self.came_back
        if self.places:
            ids |= self.places.not_picked
        if self.choices is not None:
            ids |= {row["id"] for row in self.rows.values()} - self.choices
        return keys | ids

    def run(self):
        """Return the :class:`Check` of each number, in order."""
        checks = [self._check(*entry) for entry in zip(self.names, self.keys, self.faults, strict=True)]
        for index, each in self.scans.items():
            check = checks[index]
            check.typed = each.typed if each.typed != each.name else ""
            check.candidates, check.gtin = each.candidates, each.gtin
        for index, typed in self.typed.items():
            check = checks[index]
            check.typed = check.typed or typed
            word = self.env._("%(typed)s is a number of %(serial)s.", typed=typed, serial=check.name)
            check.message = f"{word} {check.message}".strip()
        return checks

    def _take_other_numbers(self, model, company):
        """Put the unit's serial number in place of what is another number of a unit.

        :return: ``{index: what was typed}`` of these
        """
        unknown = {
            index: name
            for index, (name, key) in enumerate(zip(self.names, self.keys, strict=True))
            if name and key not in self.rows and not (index in self.scans and self.scans[index].fault)
        }
        own = Domain([("product_id", "=", self.product.id), ("company_id", "=", company.id), ("name", "!=", False)])
        found = model._find_named_otherwise(list(unknown.values()), own) if unknown else {}
        typed = {index: name for index, name in unknown.items() if name in found}
        for index, name in typed.items():
            self._take_other_number(index, name, found[name])
        if typed:
            keys = [self.keys[index] for index in typed if self.keys[index]]
            self.rows |= register_sql.find_units(model, self.product, company, keys)
        return {index: name for index, name in typed.items() if self.keys[index]}

    def _take_other_number(self, index, typed, units):
        if len(units) > 1:
            names = ", ".join(units.mapped("name"))
            word = self.env._("%(typed)s may be %(serials)s. Enter the serial number.", typed=typed, serials=names)
            self.keys[index], self.faults[index] = None, ("ambiguous", word)
            self.scans.setdefault(index, scan.Scan(typed, typed)).candidates = units.mapped("name")
            return
        if self.keys[index] in self.added:
            self.added.add(units.name_key)
        self.names[index], self.keys[index], self.faults[index] = units.name, units.name_key, None

    def _keep_note(self, check):
        """Set what the user and the history are told of an accepted number.

        What has an open case is told so, and goes on hold where the case asks for that.
        """
        row, note, message = check.row, "", check.message
        is_expected = bool(row) and row["status"] == "expected"
        if is_expected:
            check.is_announced = row["purchase_line_id"] == self.purchase_line.id
            note = message
        elif check.is_added or check.is_late or check.key in self.unseen:
            note = message
        elif row and message:
            note = self.env._("Taken although it was sold, void or designated before.")
        if self.announced and not is_expected:
            text = self.env._("It was not announced.")
            note, message = (f"{part} {text}".strip() for part in (note, message))
        if check.case:
            register = self.env["serial.number"]
            note = f"{note} {register._describe_case(check.case)}.".strip()
            message = f"{message} {register._advise_on_case(check.case, self.flow.recalled)}".strip()
            check.status = "hold" if self.flow.recalled == "come_back" else ""
        check.note, check.message = note, message

    def _find_alike(self, model, company, unknown):
        """Return ``{key: number}`` of known numbers, or some of the same batch, that unknown ones look like.

        Nobody can tell ``A1`` with a Latin letter from one with a Cyrillic letter. For ASCII nothing is read.
        """
        alike = {key: naming.find_alike(key) for key in unknown if not key.isascii()}
        wanted = sorted(set().union(*alike.values()))
        if not wanted:
            return {}
        here = {key: name for key, name in zip(self.keys, self.names, strict=True) if key}
        known = here | register_sql.find_names(model, self.product, company, wanted)
        return {key: next((known[other] for other in others if other in known), "") for key, others in alike.items()}

    def _find_mistyped(self, model, unknown):
        """Return ``{key: why}`` of the unknown numbers that are mistyped, as far as these become units."""
        names = {key: name for key, name in zip(self.keys, self.names, strict=True) if key and key not in self.added}
        return model._find_mistyped(self.product, {key: names[key] for key in unknown if key in names})

    def _warn_of_alike(self, name, key):
        """Say of an unknown number that it looks like a known one; empty where it does not."""
        other = self.alike.get(key)
        if not other:
            return ""
        return self.env._(
            "%(serial)s looks like %(other)s, but has letters or digits of another script: if they are the same, enter "
            "that one instead.",
            serial=name,
            other=other,
        )

    def _find_other_products(self, model, company, keys):
        """Return ``{key: product}`` of these numbers that other products have; their names are read at once."""
        found = register_sql.find_other_products(model, self.product, company, keys)
        products = self.env["product.product"].sudo().browse(set(found.values()))
        by_id = {product.id: product for product in products}
        return {key: by_id[product] for key, product in found.items()}

    def _check(self, name, key, fault):
        if fault:
            check = Check(name if naming.is_storable(name) else naming.show(name, naming.MAX_LENGTH))
            check.decide(*fault)
            return check
        if key in self.seen:
            check = Check(name, key)
            check.decide("duplicate", self.env._("%s is entered already.", name))
            return check
        self.seen.add(key)
        row = self.rows.get(key)
        like = row and key not in self.special and row["id"] not in self.special and row["like"]
        if like in self.plain:
            check = Check(name, key, code="ok", ok=True, row=row)
            self._take(check, is_plain=True)
            return check
        check = Check(name, key, row=row)
        self._decide(check)
        if like and check.is_plain:
            self.plain.add(like)
        if key in self.alike:
            check.message = f"{check.message} {self._warn_of_alike(name, key)}".strip()
        return check

    def _decide(self, check):
        """Decide about a number that has no fault and was not entered before."""
        key, row = check.key, check.row
        if key in self.facts:
            check.facts = _find_news(self.facts[key], row)
        check.decide(*(self._known(check) if row else self._unknown(check)))
        if check.ok and self._asks_of_known:
            self._ask_of_known(check)
        if check.ok and not row and key in self.mistyped:
            check.decide("bad_check_digit", self.mistyped[key])
        if check.ok and row and row["id"] in self.refused:
            check.decide("refused", self.refused[row["id"]])
        if check.ok:
            self._take(check)

    def _ask_of_known(self, check):
        """Refuse a number that is another unit's, or another product's, until somebody says that it is this unit's."""
        question = self._find_question(check)
        if question and check.key in self.added:
            check.is_added = True
        elif question:
            check.can_add = True
            question = f"{question} {self._warn_of_known(check)}".strip()
            check.decide(check.row["status"] if check.row else "unknown", question)

    def _warn_of_known(self, check):
        """Say of a number that makes one unit of two, or lets them change places, that nothing parts them again."""
        if not check.row or not self._asks_of_known:
            return ""
        return by_hand.warn_of_known(self.env)

    def _find_question(self, check):
        """Return what is asked of an accepted number; empty where nothing is."""
        row, other = check.row, self.other_products.get(check.key)
        if not row and other:
            return by_hand.ask_of_other_product(self.env, check.name, self.product, other)
        is_theirs = row and row["status"] == "sold" and self._is_own(row, strict=True)
        if not row or row["in_stock"] or row["status"] not in ("sold", "void") or is_theirs:
            return ""
        unit = self.known.browse(row["id"]).with_prefetch(self.known._prefetch_ids)
        return by_hand.ask_of_known(unit, is_back=self.flow.takes == "outside")

    def _take(self, check, is_plain=False):
        """Count a good number in; refuse it where there is no room left, or no stock where its unit lies.

        :param bool is_plain: of a unit like it there was nothing to say, see :attr:`Check.is_plain`
        """
        if self.room <= 0:
            check.decide("too_many", self._message_too_many(check.name))
            return
        fits, word = self.places.take(check.row) if check.row and self.places else (True, "")
        if not fits:
            check.decide("elsewhere", word)
            return
        self.room -= 1
        if is_plain:
            check.message = word
            return
        self.placeholders -= check.code == "fills"
        self._keep_note(check)
        warnings = word, self._warn_of_expiry(check), self._warn_of_known(check)
        if any(warnings):
            check.message = " ".join(filter(None, [check.message, *warnings]))

    def _warn_of_expiry(self, check):
        """Say of a unit that comes, or goes to a customer, that it may not be used any more; empty where it may."""
        day = check.expiration_date if self._minds_expiry else None
        if not day or day >= self.today:
            return ""
        return self.env._("It expired on %s.", show_day(self.env, day))

    def _known(self, check):
        """Return the code and the message for a number that a unit of the product has."""
        if not self.flow:
            return "unknown", self.env._("This line does not move units in or out of stock.")
        if self.flow.takes == "customer":
            return self._known_of_customer(check, check.row)
        if self.flow.takes == "outside":
            return self._known_outside(check, check.row)
        return self._known_in_stock(check.row)

    def _find_unseen(self):
        """Return the keys of units in stock that a customer brings back: they left as blanks."""
        if not self.flow or (self.flow.takes, self.flow.unknown) != ("customer", "fill"):
            return ()
        accepts = self.env["serial.number"]._get_flow("ship").accepts
        return {key for key, row in self.rows.items() if row["in_stock"] and row["status"] in accepts}

    def _known_of_customer(self, check, row):
        if row["id"] in self.credits:
            return "not_sold_here", self._message_credited(row)
        if self.choices is not None and row["id"] not in self.choices and check.key not in self.unseen:
            return "not_sold_here", self._message_not_left(row)
        if row["status"] in self.flow.accepts_own and self._is_own(row) and self._is_open(row):
            return "ok", ""
        if row["id"] in self.came_back:
            return "ok", self.env._("It came back already: the credit note leaves it where it is.")
        if self.placeholders > 0 and check.key in self.unseen:
            return "fills", self._message_fills()
        if check.key in self.added and not row["in_stock"]:
            return "ok", self._take_in(check)
        check.can_add = "strangers" in self.flow.wants and not row["in_stock"]
        return "not_sold_here", self._message_not_sold(row)

    def _known_outside(self, check, row):
        if row["uncovered"] and self.flow.brings:
            check.is_late = True
            return "ok", self.env._(
                "%(serial)s (%(product)s) left before its receipt was booked, and stays as it is: %(state)s.",
                state=self._describe(row),
                **self._get_words(row),
            )
        if row["in_stock"]:
            return "in_stock", self.env._(
                "%(serial)s (%(product)s) is in stock already at %(place)s.",
                place=row["location_name"],
                **self._get_words(row),
            )
        if row["status"] in self.flow.accepts or self._is_expected_here(row):
            return "ok", self._note(row)
        return "elsewhere", self._refusal(row)[1]

    def _is_expected_here(self, row):
        """Tell whether the unit is expected from the order line that is being entered on, or from none."""
        return row["status"] in self.flow.accepts_own and row["purchase_line_id"] in (None, self.purchase_line.id)

    def _known_in_stock(self, row):
        if row["status"] in self.flow.accepts and row["in_stock"]:
            return "ok", self._note(row)
        if row["status"] in self.flow.accepts_own and self._is_own(row, strict=True) and self._is_open(row):
            return "ok", ""
        return self._refusal(row)

    def _is_open(self, row):
        """Tell whether this flow has still to do its work on a unit of the line's customer."""
        if self.flow.open_until == "credited":
            return row["id"] not in self.credits
        if self.flow.open_until == "promised":
            return row["sale_line_id"] in (None, self.line.id)
        if self.flow.open_until == "invoiced" and row["status"] == "sold":
            return not row["in_stock"] and not row["invoice_line_id"]
        if self.flow.takes == "customer":
            return not row["in_stock"]
        return row["in_stock"] and not row["delivery_move_id"]

    def _unknown(self, check):
        if self.flow and self.flow.unknown == "create":
            return "new", ""
        if self.placeholders > 0:
            return self._fills(check.name)
        if self.flow and self.flow.takes == "customer":
            if check.key in self.added:
                return "new", self._take_in(check)
            check.can_add = "strangers" in self.flow.wants
            return "not_sold_here", self._message_not_sold({"name": check.name})
        other = self.other_products.get(check.key)
        if other:
            return "unknown", self.env._(
                "%(serial)s is a number of %(other)s, not of %(product)s. Scan the right product.",
                serial=check.name,
                other=other.display_name,
                product=self.product.display_name,
            )
        advice = self.env._("Check the number, or leave the unit blank.")
        if self.flow and self.flow.partial:
            advice = self.env._("Check the number.")
        return "unknown", self.env._(
            "%(serial)s is not known for %(product)s. %(advice)s",
            serial=check.name,
            product=self.product.display_name,
            advice=advice,
        )

    def _fills(self, name):
        """Let a number fill a placeholder, where the flow takes what that becomes by its number."""
        status = self.line._find_serial_status(None, "available")
        if self.flow.takes == "stock" and status not in self.flow.accepts:
            return status, self._message_added({"name": name}, status)
        return "fills", self._message_fills()

    def _message_added(self, row, status):
        """Say why the flow does not take a unit whose status another addon brought."""
        rule = self.env["serial.number"]._get_serial_rules().statuses[status]
        if rule.refusal:
            return str(rule.refusal) % self._get_words(row)
        return self.env._(
            "%(serial)s (%(product)s) has the status %(status)s. Release it first.",
            status=self.env["serial.number"]._get_status_labels()[status],
            **self._get_words(row),
        )

    def _message_fills(self):
        if self.flow.takes == "customer":
            return self.env._("Numbers a unit that left without serial.")
        return self.env._("Numbers a unit that was received without serial.")

    def _is_own(self, row, strict=False):
        """Tell whether the unit belongs to the line's customer, by commercial entity; a unit of nobody is anybody's."""
        if not row["buyer_id"]:
            return not strict
        return row["buyer_id"] == self.partner.id

    def _refusal(self, row):
        """Return code and message for a unit that this flow does not take as it is."""
        status, words, rules = row["status"], self._get_words(row), self.env["serial.number"]._get_serial_rules()
        if status == "sold":
            return "sold", self._message_sold(row)
        if status == "hold":
            return "hold", self._message_hold(row)
        if status == "void":
            return "void", self.env._("%(serial)s (%(product)s) is void. Choose another unit.", **words)
        if status == "designated":
            return "designated", self._message_designated(row)
        if status == "expected" and "expected" in self.flow.accepts_own:
            order = self._order_name(row)
            return "elsewhere", self.env._(
                "%(serial)s (%(product)s) is announced for %(order)s already.", order=order, **words
            )
        if status in {added.code for added in rules.added}:
            return status, self._message_added(row, status)
        if status in rules.blank or row["in_stock"]:
            place = row["location_name"]
            return "in_stock", self.env._("%(serial)s (%(product)s) is in stock at %(place)s.", place=place, **words)
        return "elsewhere", self.env._("%(serial)s (%(product)s) is not in stock. Receive it first.", **words)

    def _get_words(self, row):
        """Return what every message about a unit says: its number and its product."""
        return {"serial": row["name"], "product": self.product.display_name}

    def _message_hold(self, row):
        words = self._get_words(row)
        if not row["hold_reason"]:
            return self.env._("%(serial)s (%(product)s) is on hold. Release it first.", **words)
        return self.env._(
            "%(serial)s (%(product)s) is on hold (%(reason)s). Release it first.", reason=row["hold_reason"], **words
        )

    def _message_designated(self, row):
        words = self._get_words(row)
        if not row["buyer_name"]:
            return self.env._("%(serial)s (%(product)s) is designated. Release it first.", **words)
        return self.env._(
            "%(serial)s (%(product)s) is designated to %(customer)s. Release it first.",
            customer=row["buyer_name"],
            **words,
        )

    def _describe(self, row):
        return self.env["serial.number"].sudo().browse(row["id"])._describe_state()

    def _get_sale_words(self, row):
        """Return what is known of a sale: who bought the unit, and when."""
        day = row["date_sold"] and show_day(self.env, row["date_sold"])
        return {"customer": row["buyer_name"] or "", "date": day or ""}

    def _message_sold(self, row):
        words = self._get_words(row) | self._get_sale_words(row)
        if words["customer"] and words["date"]:
            return self.env._("%(serial)s (%(product)s) was sold to %(customer)s on %(date)s.", **words)
        if words["customer"]:
            return self.env._("%(serial)s (%(product)s) was sold to %(customer)s.", **words)
        if words["date"]:
            return self.env._("%(serial)s (%(product)s) was sold on %(date)s.", **words)
        return self.env._("%(serial)s (%(product)s) was sold.", **words)

    def _note_sold(self, row):
        words = self._get_sale_words(row)
        if words["customer"] and words["date"]:
            return self.env._("Comes back: it was sold to %(customer)s on %(date)s.", **words)
        if words["customer"]:
            return self.env._("Comes back: it was sold to %(customer)s.", **words)
        if words["date"]:
            return self.env._("Comes back: it was sold on %(date)s.", **words)
        return self.env._("Comes back: it was sold.")

    def _message_credited(self, row):
        return self.env._(
            "%(serial)s (%(product)s) is on the credit note %(document)s already. Reset that to draft first, if it is "
            "wrong.",
            document=self.credits[row["id"]].document,
            **self._get_words(row),
        )

    def _message_not_left(self, row):
        words = self._get_words(row)
        if self.flow.open_until == "credited":
            return self.env._(
                "%(serial)s (%(product)s) is not on the invoice that %(document)s takes back.",
                document=self.source.document,
                **words,
            )
        return self.env._("%(serial)s (%(product)s) is not among the units that are left of this order.", **words)

    def _note(self, row):
        """Say of an accepted unit what is unusual about it."""
        if self.flow.only_moves:
            return ""
        if row["status"] == "sold":
            return self._note_sold(row)
        if row["status"] == "void":
            return self.env._("Comes back: it was void.")
        if row["status"] == "expected" and row["purchase_line_id"] not in (None, self.purchase_line.id):
            return self.env._("It was announced for %s.", self._order_name(row))
        if row["status"] == "designated":
            if not row["buyer_name"]:
                return self.env._("It is designated.")
            return self.env._("It is designated to %s.", row["buyer_name"])
        return ""

    def _order_name(self, row):
        return self.env["purchase.order.line"].sudo().browse(row["purchase_line_id"]).order_id.name

    def _message_not_sold(self, row):
        """Say that the customer did not buy the unit, and who did, when and with which delivery, as far as is known."""
        parts = [self._message_not_bought(row)]
        if row.get("status") == "sold":
            delivery = self.env["stock.move"].sudo().browse(row["delivery_move_id"] or [])
            parts.append(self._describe_sale(row, delivery and delivery._serial_document()))
        return " ".join([*parts, self.env._("Check the number and the customer.")])

    def _message_not_bought(self, row):
        words = self._get_words(row)
        if not self.partner:
            return self.env._("%(serial)s (%(product)s) was not sold to this customer.", **words)
        customer = self.partner.display_name
        return self.env._("%(serial)s (%(product)s) was not sold to %(customer)s.", customer=customer, **words)

    def _describe_sale(self, row, delivery):
        words = self._get_sale_words(row) | {"delivery": delivery or ""}
        if not words["customer"]:
            return self.env._("It was sold, with %(delivery)s.", **words) if delivery else self.env._("It was sold.")
        if words["date"] and delivery:
            return self.env._("It was sold to %(customer)s on %(date)s, with %(delivery)s.", **words)
        if words["date"]:
            return self.env._("It was sold to %(customer)s on %(date)s.", **words)
        if delivery:
            return self.env._("It was sold to %(customer)s, with %(delivery)s.", **words)
        return self.env._("It was sold to %(customer)s.", **words)

    def _take_in(self, check):
        check.is_added = True
        if not self.partner:
            return self.env._("Taken in on hold: not sold to this customer.")
        return self.env._("Taken in on hold: not sold to %s.", self.partner.display_name)

    def _message_too_many(self, name):
        if self.line._serial_quantity() == 1:
            return self.env._(
                "%(serial)s is too many: this line takes 1 unit of %(product)s. Raise the quantity first.",
                serial=name,
                product=self.product.display_name,
            )
        return self.env._(
            "%(serial)s is too many: this line takes %(quantity)s units of %(product)s. Raise the quantity first.",
            serial=name,
            quantity=self.line._serial_quantity(),
            product=self.product.display_name,
        )


def _find_news(facts, row):
    """Return those facts of a label that a row of the register does not have; None where there are none."""
    if not facts or not row:
        return facts
    return {name: value for name, value in facts.items() if row.get(name) != value} or None
