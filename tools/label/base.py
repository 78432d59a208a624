from dataclasses import dataclass, field

MAX_LENGTH = 2000  # characters: more than any code that is printed on a unit; longer texts are not read


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

    def add_identity(self, kind, value):
        """Keep another number of the unit."""
        self.identities.setdefault(kind, []).append(value)

    def add_serial(self, name):
        """Keep the serial number; a second one is another identity of the unit."""
        if name in self.serials:
            return
        if self.serials:
            self.add_identity("serial", name)
        else:
            self.serials.append(name)

    def add_only_serial(self, name):
        """Keep the serial number, of which there can be one by this identifier."""
        if self.serials and name not in self.serials:
            self.refuse("contradiction", f"{self.serials[0]}, {name}")
        else:
            self.add_serial(name)

    def finish(self):
        """Compare what stands on it.

        :return: the label itself
        """
        return self.refuse("contradiction", str(self.count)) if self.serials and self.count > 1 else self
