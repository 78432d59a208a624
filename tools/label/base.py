import calendar
import re
from dataclasses import dataclass, field
from datetime import datetime

from .. import naming

MAX_LENGTH = 2000  # characters: more than any code that is printed on a unit; longer texts are not read
GS, RS, EOT = "\x1d", "\x1e", "\x04"
# How scanners and people write these, which no keyboard has.
SHOWN = {
    GS: re.compile(r"\u241d|[<{\[](?:GS|FNC1)[>}\]]|\^\]|\\x1d|\\u001d", re.IGNORECASE),
    RS: re.compile(r"\u241e|[<{\[]RS[>}\]]|\^\^|\\x1e|\\u001e", re.IGNORECASE),
    EOT: re.compile(r"\u2404|[<{\[]EOT[>}\]]|\^D|\\x04|\\u0004", re.IGNORECASE),
}
DIGITS = {"%Y": 4, "%j": 3}  # of the parts of a date; any other has two


def hide(text, *characters):
    """Return a text with these control characters in place of what shows them."""
    for character in characters:
        text = SHOWN[character].sub(character, text)
    return text


@dataclass(slots=True)
class Label:
    """What a label says.

    :ivar str text: what was scanned, without the symbology identifier
    :ivar str kind: ``text`` (no label), ``gs1``, ``link``, ``envelope``, ``hibc``, ``prefix``, ``gtin``
    :ivar list serials: what may be the serial number, the likeliest first; empty on a label without one
    :ivar str gtin: the product's GTIN in 14 digits
    :ivar str part: the maker's part number
    :ivar date expiry: the last day on which the unit may be used; ``made``: the day on which it was made
    :ivar int count: how many pieces it stands for
    :ivar str sscc: the number of a carton or pallet; ``location``: the GLN of a place
    :ivar dict identities: other numbers of the unit, lists by kind: ``imei``, ``mac``, ``serial`` (a second one)
    :ivar str fault: why it cannot be taken: ``check_digit``, ``lost_separator``, ``bad_value``, or ``contradiction``
        (a serial number and several pieces, or two serial numbers)
    :ivar str detail: the number or the value that the fault is about
    """

    text: str
    kind: str = "text"
    serials: list = field(default_factory=list)
    gtin: str = ""
    part: str = ""
    lot: str = ""
    expiry: object = None
    made: object = None
    count: int = 1
    sscc: str = ""
    location: str = ""
    identities: dict = field(default_factory=dict)
    fault: str = ""
    detail: str = ""

    def refuse(self, fault, detail):
        """Keep a fault, unless there is one already.

        :return: the label itself
        """
        if not self.fault:
            self.fault, self.detail = fault, detail
        return self

    def put(self, name, value):
        """Keep what there is one of; another value of it contradicts the first."""
        known = getattr(self, name)
        if known and known != value:
            self.refuse("bad_value", f"{known}, {value}")
        else:
            setattr(self, name, value)

    def put_day(self, name, digits, form):
        """Keep a day that is written in digits alone, each part in its length.

        :param str form: such as ``%Y%m%d``; without a day it is the last one of its month
        """
        length = sum(DIGITS.get(part, 2) for part in re.findall("%.", form))
        try:
            day = datetime.strptime(digits if _is_number(digits, length) else "", form).date()
        except ValueError:
            self.refuse("bad_value", digits)
        else:
            self.put(name, day if "%d" in form or "%j" in form else end_of_month(day))

    def add_identity(self, kind, value):
        """Keep another number of the unit."""
        known = self.identities.setdefault(kind, [])
        if value not in known:
            known.append(value)

    def add_serial(self, name):
        """Keep the serial number; a second one is another identity of the unit."""
        name = naming.clean(name)
        if not name or name in self.serials:
            return
        if self.serials:
            self.add_identity("serial", name)
        else:
            self.serials.append(name)

    def add_only_serial(self, name):
        """Keep the serial number, of which there can be one by this identifier."""
        name = naming.clean(name)
        if self.serials and name not in self.serials:
            self.refuse("contradiction", f"{self.serials[0]}, {name}")
        else:
            self.add_serial(name)

    def finish(self):
        """Compare what stands on it.

        :return: the label itself
        """
        return self.refuse("contradiction", str(self.count)) if self.serials and self.count > 1 else self


def end_of_month(day):
    """Return the last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _is_number(digits, length):
    return digits.isascii() and digits.isdigit() and len(digits) == length
