"""Decide for each entered number whether a document line can take it."""

from ..tools import naming
from ..tools.day import show_day
from ..tools.flow import FLOWS
from ..tools.status import PLACEHOLDERS
from . import sale_history
from .place import SerialPlaces
from .sql import register_sql

GOOD = ("new", "fills", "ok")


class SerialCheck:
    """The checks of one document line, with what its queries found: one batch however many numbers there are.

    :param source: a record of ``serial.entry.mixin``
    :param list names: the numbers as typed
    :param bool lock: lock the units found, for booking: stock has moved by then, and where they lay is decided
    :param seen: keys that other lines of the same window have taken
    :param int room: how many more units the line takes
    :param int filled: how many placeholders other lines of the same window are going to fill
    :param added: keys of numbers that a return takes in although this customer did not buy them
    :param earlier: see :class:`SerialPlaces`
    """

    def __init__(self, source, names, lock=False, seen=(), room=None, filled=0, added=(), earlier=None):
        self.source, self.env, self.flow = source, source.env, source._serial_flow()
        self.names = [naming.clean(name) for name in names]
        self.product = source.product_id
        self.partner = source._serial_partner().commercial_partner_id
        self.seen, self.added, self.taken_in, self.late = set(seen), set(added), set(), set()
        self.purchase_line = source._serial_purchase_line()
        self.announced = self.purchase_line.has_announced_serials and self.purchase_line != source
        self.notes, self.ticked = {}, set()
        self.room = source._serial_room() if room is None else room
        pattern = source.product_id._compile_serial_format()
        self.faults = [self.product._find_serial_fault(name, pattern) for name in self.names]
        self.keys = [
            None if fault else naming.make_key(name) for name, fault in zip(self.names, self.faults, strict=True)
        ]
        keys = [key for key in self.keys if key]
        model = self.env["serial.number"].sudo()
        company = source._serial_company()
        self.rows = register_sql.find_units(model, self.product, company, keys, lock=lock)
        self.places = None if lock else SerialPlaces(source, earlier)
        if self.places:
            self.places.prepare(self.rows.values())
        self.cases = {row["id"]: row["case"] for row in self.rows.values() if row["case"]}
        self.credits, self.came_back, self.choices = {}, set(), None
        if self.flow and self.flow.open_until == "credited":
            units = model.browse(row["id"] for row in self.rows.values())
            self.credits, self.came_back = (
                sale_history.get_credits(units),
                set(sale_history.filter_back_from(units, self.partner).ids),
            )
            choices = source.sudo()._get_serial_choices()
            self.choices = choices if choices is None else set(choices.ids)
        unknown = [key for key in keys if key not in self.rows]
        self.alike = {} if lock else self._find_alike(model, company, unknown)
        self.elsewhere, self.placeholders = {}, 0
        if unknown and self.flow and self.flow.unknown != "create":
            self.elsewhere = self._find_elsewhere(model, company, unknown)
        self.unseen = self._find_unseen()
        if self.flow and self.flow.unknown == "fill" and (unknown or self.unseen):
            self.placeholders = source._count_serial_placeholders() - filled

    @property
    def held(self):
        """Return ``{unit id: name of its open case}`` of the units for which hold is proposed."""
        return self.cases if self.flow.recalled == "come_back" else {}

    def run(self):
        """Return one dict per number, in order."""
        return [self._check(*entry) for entry in zip(self.names, self.keys, self.faults, strict=True)]

    def _keep_note(self, key, row, message):
        """Keep in ``notes`` what the history is to say of an accepted number beside the event.

        Those that the vendor announced for this order line are kept in ``ticked``.

        :return: what the user is told about it
        """
        is_expected = row and row["status"] == "expected"
        note = ""
        if is_expected:
            note = message
            if row["purchase_line_id"] == self.purchase_line.id:
                self.ticked.add(key)
        elif key in self.taken_in or key in self.late or key in self.unseen:
            note = message
        elif row and message:
            note = self.env._("Taken although it was sold, void or designated before.")
        if self.announced and not is_expected:
            text = self.env._("It was not announced.")
            note, message = (f"{part} {text}".strip() for part in (note, message))
        if row and row["case"]:
            register = self.env["serial.number"]
            note = f"{note} {register._describe_case(row['case'])}.".strip()
            message = f"{message} {register._advise_on_case(row['case'], self.flow.recalled)}".strip()
        if note:
            self.notes[key] = note
        return message

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

    def _find_elsewhere(self, model, company, keys):
        """Return ``{key: product}`` of these numbers that other products have; their names are read at once."""
        found = register_sql.find_other_products(model, self.product, company, keys)
        products = self.env["product.product"].sudo().browse(set(found.values()))
        by_id = {product.id: product for product in products}
        return {key: by_id[product] for key, product in found.items()}

    def _check(self, name, key, fault):
        if fault:
            shown = name if naming.is_storable(name) else naming.show(name, naming.MAX_LENGTH)
            return self._result(shown, *fault)
        if key in self.seen:
            return self._result(name, "duplicate", self.env._("%s is entered already.", name))
        self.seen.add(key)
        row = self.rows.get(key)
        code, message = self._known(row) if row else self._unknown(name)
        if code in GOOD:
            fits, word = self.places.take(row) if row and self.places and self.room > 0 else (True, "")
            if self.room <= 0:
                code, message = "too_many", self._message_too_many(name)
            elif not fits:
                code, message = "elsewhere", word
            else:
                self.room -= 1
                self.placeholders -= code == "fills"
                message = f"{self._keep_note(key, row, message)} {word}".strip()
        message = f"{message} {self._warn_of_alike(name, key)}".strip()
        return self._result(name, code, message, row)

    def _result(self, name, code, message="", row=None):
        return {
            "name": name,
            "serial_id": row["id"] if row else False,
            "code": code,
            "ok": code in GOOD,
            "message": message,
            "warranty_end": row["warranty_end"] or False if row else False,
        }

    def _known(self, row):
        """Return the code and the message for a number that a unit of the product has."""
        if not self.flow:
            return "unknown", self.env._("This line does not move units in or out of stock.")
        if self.flow.takes == "customer":
            return self._known_of_customer(row)
        if self.flow.takes == "outside":
            return self._known_outside(row)
        return self._known_in_stock(row)

    def _find_unseen(self):
        """Return the keys of units that a customer brings back, and that are in stock: they left without number."""
        if not self.flow or (self.flow.takes, self.flow.unknown) != ("customer", "fill"):
            return ()
        accepts = FLOWS["ship"].accepts
        return {key for key, row in self.rows.items() if row["in_stock"] and row["status"] in accepts}

    def _known_of_customer(self, row):
        if row["id"] in self.credits:
            return "not_sold_here", self._message(row, self._credited_text(row))
        if self.choices is not None and row["id"] not in self.choices:
            text = self.env._("is not on the invoice that %s takes back", self.source._serial_document())
            return "not_sold_here", self._message(row, text)
        if row["status"] == "sold" and self._is_own(row) and self._is_open(row):
            return "ok", ""
        if row["id"] in self.came_back:
            return "ok", self.env._("It came back already: the credit note leaves it where it is.")
        if self.placeholders > 0 and row["name_key"] in self.unseen:
            return "fills", self._message_fills()
        if row["name_key"] in self.added and not row["in_stock"]:
            return "ok", self._take_in(row["name_key"])
        return "not_sold_here", self._message_not_sold(row)

    def _known_outside(self, row):
        if row["uncovered"] and self.flow.brings:
            self.late.add(row["name_key"])
            text = self.env._("left before its receipt was booked, and stays as it is: %s", self._describe(row))
            return "ok", self._message(row, text)
        if row["in_stock"]:
            return "in_stock", self._message(row, self.env._("is in stock already at %s", row["location_name"]))
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
        """Tell whether what this flow does has not happened yet to a unit of the line's customer."""
        if self.flow.open_until == "credited":
            return row["id"] not in self.credits
        if self.flow.open_until == "promised":
            return row["sale_line_id"] in (None, self.source.id)
        if self.flow.open_until == "invoiced" and row["status"] == "sold":
            return not row["in_stock"] and not row["invoice_line_id"]
        if self.flow.takes == "customer":
            return not row["in_stock"]
        return row["in_stock"] and not row["delivery_move_id"]

    def _unknown(self, name):
        if self.flow and self.flow.unknown == "create":
            return "new", ""
        if self.placeholders > 0:
            return "fills", self._message_fills()
        if self.flow and self.flow.takes == "customer":
            if naming.make_key(name) in self.added:
                return "new", self._take_in(naming.make_key(name))
            return "not_sold_here", self._message_not_sold({"name": name})
        other = self.elsewhere.get(naming.make_key(name))
        if other:
            return "unknown", self.env._(
                "%(serial)s is a number of %(other)s, not of %(product)s. Scan the right product.",
                serial=name,
                other=other.display_name,
                product=self.product.display_name,
            )
        advice = self.env._("Check the number, or leave the unit blank.")
        if self.flow and self.flow.partial:
            advice = self.env._("Check the number.")
        return "unknown", self.env._(
            "%(serial)s is not known for %(product)s. %(advice)s",
            serial=name,
            product=self.product.display_name,
            advice=advice,
        )

    def _message_fills(self):
        if self.flow.takes == "customer":
            return self.env._("Numbers a unit that left without serial.")
        return self.env._("Numbers a unit that was received without serial.")

    def _is_own(self, row, strict=False):
        """Tell whether the unit belongs to the line's customer: its commercial entity; nobody's is anybody's."""
        if not row["buyer_id"]:
            return not strict
        return row["buyer_id"] == self.partner.id

    def _refusal(self, row):
        """Return code and message for a unit that this flow does not take as it is."""
        status = row["status"]
        if status == "sold":
            return "sold", self._message(row, self._sold_text(row))
        if status == "hold":
            text = self.env._("is on hold (%s). Release it first", row["hold_reason"] or self.env._("no reason given"))
            return "hold", self._message(row, text)
        if status == "void":
            return "void", self._message(row, self.env._("is void. Choose another unit"))
        if status == "designated":
            text = self.env._("is designated to %s. Release it first", row["buyer_name"] or self.env._("nobody"))
            return "designated", self._message(row, text)
        if status == "expected" and "expected" in self.flow.accepts_own:
            return "elsewhere", self._message(row, self.env._("is announced for %s already", self._order_name(row)))
        if status in PLACEHOLDERS or row["in_stock"]:
            return "in_stock", self._message(row, self.env._("is in stock at %s", row["location_name"]))
        return "elsewhere", self._message(row, self.env._("is not in stock. Receive it first"))

    def _describe(self, row):
        return self.env["serial.number"].sudo().browse(row["id"])._describe_state()

    def _sold_text(self, row):
        customer = row["buyer_name"] or self.env._("somebody")
        if row["date_sold"]:
            return self.env._(
                "was sold to %(customer)s on %(date)s",
                customer=customer,
                date=show_day(self.env, row["date_sold"]),
            )
        return self.env._("was sold to %s", customer)

    def _credited_text(self, row):
        document = self.credits[row["id"]].document
        return self.env._("is on the credit note %s already. Reset that to draft first, if it is wrong", document)

    def _note(self, row):
        """Say of an accepted unit what is unusual about it."""
        if self.flow.only_moves:
            return ""
        if row["status"] == "sold":
            return self.env._("Comes back: it %s.", self._sold_text(row))
        if row["status"] == "void":
            return self.env._("Comes back: it was void.")
        if row["status"] == "expected" and row["purchase_line_id"] not in (None, self.purchase_line.id):
            return self.env._("It was announced for %s.", self._order_name(row))
        if row["status"] == "designated":
            return self.env._("It is designated to %s.", row["buyer_name"] or self.env._("nobody"))
        return ""

    def _order_name(self, row):
        return self.env["purchase.order.line"].sudo().browse(row["purchase_line_id"]).order_id.name

    def _message(self, row, text):
        return self.env._(
            "%(serial)s (%(product)s) %(reason)s.",
            serial=row["name"],
            product=self.product.display_name,
            reason=text,
        )

    def _message_not_sold(self, row):
        return self.env._(
            "%(serial)s (%(product)s) was not sold to %(customer)s. Check the number and the customer.",
            serial=row["name"],
            product=self.product.display_name,
            customer=self.partner.display_name or self.env._("this customer"),
        )

    def _take_in(self, key):
        self.taken_in.add(key)
        return self.env._("Taken in on hold: not sold to %s.", self.partner.display_name or self.env._("this customer"))

    def _message_too_many(self, name):
        return self.env._(
            "%(serial)s is too many: this line takes %(quantity)s units of %(product)s. Raise the quantity first.",
            serial=name,
            quantity=self.source._serial_quantity(),
            product=self.product.display_name,
        )
