"""Which statuses a unit can have, and which event may take it from one to another: plain Python, no database.

What stands here is what the addon brings; other addons add theirs by :meth:`SerialNumber._serial_statuses` and
:meth:`SerialNumber._serial_kinds`, see docs/extend.md.
"""

from dataclasses import dataclass, field

NEW = None  # in changes: a unit that the event creates
ANY = "*"  # in changes: every status that is not named there
SAME = "="  # in changes: the status stays


@dataclass(frozen=True)
class Status:
    """What a unit can be.

    :ivar code: its name in the database
    :ivar label: its name for people: a text, or a lazy translation of the addon that brings it
    :ivar blank: whether its units have no number
    :ivar sold: whether its units are a customer's: delivered, or invoiced
    :ivar in_stock: whether its units lie in stock: True, False, or None where both may be
    :ivar accepted_by: codes of flows that take its units as they are, beside those whose row says so
    :ivar numbered_to: the status of a unit that gets its number
    :ivar released_to: the status of a unit that is released. For events, a status of another addon is like this one:
        whatever leads there may lead to it
    :ivar returns: whether units that come back may be given it
    :ivar hotkey: the key that chooses it for a unit that comes back, with Alt
    :ivar recall: what a recall says of its units: ``loose`` (to be put on hold), ``held``, ``sold``, ``void``,
        ``expected``
    :ivar imports_as: the status that an imported unit begins with before it takes this one
    :ivar color: how it is shown: ``success``, ``info``, ``warning``, ``danger``, ``muted``, or none
    :ivar refusal: why a flow does not take a unit: "%(serial)s (%(product)s) is being checked. Release it first."
    """

    code: str
    label: object = field(compare=False)
    blank: bool = False
    sold: bool = False
    in_stock: bool | None = None
    accepted_by: tuple = ()
    numbered_to: str = ""
    released_to: str = ""
    returns: bool = False
    hotkey: str = ""
    recall: str = ""
    imports_as: str = ""
    color: str = ""
    refusal: object = field(default="", compare=False)


@dataclass(frozen=True)
class Kind:
    """What can happen to a unit.

    :ivar code: its name in the database
    :ivar label: its name for people
    :ivar changes: ``{status before: statuses after}``, with :data:`NEW`, :data:`ANY` and :data:`SAME`
    """

    code: str
    label: object = field(compare=False)
    changes: dict = field(default_factory=dict, hash=False)


# In the order of a unit's life, as screens show them.
STATUSES = (
    Status("expected", "Ordered", in_stock=False, recall="expected", color="info"),
    Status("received", "Received w/out Serial", blank=True, in_stock=True, numbered_to="available", color="warning"),
    Status("available", "Available", in_stock=True, returns=True, hotkey="o", recall="loose", color="success"),
    Status(
        *("designated", "Designated"),
        in_stock=True,
        released_to="available",
        recall="loose",
        imports_as="available",
        color="info",
    ),
    Status(
        *("hold", "Hold"),
        in_stock=True,
        released_to="available",
        returns=True,
        hotkey="h",
        recall="held",
        imports_as="available",
        color="danger",
    ),
    Status("issued", "Issued w/out Serial", blank=True, in_stock=False, sold=True, numbered_to="sold", color="warning"),
    Status("sold", "Sold", in_stock=False, sold=True, recall="sold"),
    Status("void", "Void", numbered_to="void", returns=True, hotkey="v", recall="void", color="muted"),
)

# What else files call a status: the letters and the words of older registers.
STATUS_WORDS = {
    "A": "available",
    "D": "designated",
    "H": "hold",
    "R": "received",
    "I": "issued",
    "S": "sold",
    "Received without serial": "received",
    "Issued without serial": "issued",
}

KINDS = (
    Kind("expected", "Ordered", dict.fromkeys((NEW, "void", "expected"), ("expected",))),
    Kind("created", "Created", {NEW: ("received", "issued")}),
    # A receipt that is booked after its unit left leaves it as it is.
    Kind(
        *("received", "Received"),
        {
            **dict.fromkeys(("available", "designated", "hold"), (SAME,)),
            "sold": ("sold", "available"),
            "void": ("void", "available", "received"),
            NEW: ("available", "received"),
            "expected": ("available",),
        },
    ),
    # A number may tell of a unit in stock that it is another one, which left meanwhile, or is on hold or promised.
    Kind(
        *("numbered", "Numbered"),
        {
            "received": ("available", "designated", "hold", "sold", "void"),
            "issued": ("sold",),
            "void": ("void",),
        },
    ),
    Kind("renumbered", "Number changed", {ANY: (SAME,)}),
    Kind("identified", "Identities changed", {ANY: (SAME,)}),
    Kind("designated", "Designated", {"available": ("designated",)}),
    Kind("released", "Released", {"designated": ("available",), "hold": ("available",)}),
    Kind("held", "Put on hold", dict.fromkeys(("available", "designated", "hold"), ("hold",))),
    Kind(
        *("shipped", "Shipped"),
        {
            NEW: ("sold", "issued"),
            "received": ("issued",),
            "issued": ("issued",),
            **dict.fromkeys(("expected", "available", "designated", "sold", "void"), ("sold",)),
        },
    ),
    Kind(
        *("invoiced", "Invoiced"),
        {
            NEW: ("issued",),
            "received": ("issued",),
            "issued": ("issued",),
            **dict.fromkeys(("available", "designated", "sold"), ("sold",)),
        },
    ),
    # What came back before its credit note is only noted on it.
    Kind(
        *("credited", "Credited"),
        {
            ANY: (SAME,),
            "sold": ("sold", "available", "hold", "void"),
            "issued": ("issued", "received", "void"),
        },
    ),
    Kind(
        *("returned", "Returned"),
        {
            NEW: ("received", "hold"),
            "sold": ("available", "hold", "void"),
            "issued": ("received", "void"),
            **dict.fromkeys(("expected", "void"), ("hold",)),
        },
    ),
    Kind("returned_to_vendor", "Returned to vendor", dict.fromkeys((NEW, "available", "hold", "received"), ("void",))),
    Kind("scrapped", "Scrapped", dict.fromkeys((NEW, "available", "hold", "designated", "received"), ("void",))),
    Kind(
        *("adjusted", "Inventory adjusted"),
        {
            NEW: ("void", "available", "received"),
            **dict.fromkeys(("available", "designated", "hold"), (SAME, "void")),
            **dict.fromkeys(("sold", "void"), (SAME, "available")),
            "received": ("void",),
            "expected": ("available",),
        },
    ),
    Kind("moved", "Moved", {ANY: (SAME,)}),
    Kind("built_in", "Built in", {ANY: (SAME,)}),
    Kind("recalled", "Recalled", {ANY: (SAME,)}),
    Kind("recall_ended", "Recall ended", {ANY: (SAME,)}),
    Kind("registered", "Registered", {"sold": ("sold",)}),
    Kind("voided", "Voided", {ANY: ("void",), "void": ()}),
    Kind("restored", "Restored", {"void": ("available", "received")}),
    # What the clerk booked by mistake is taken back by the same move: any status may be the one before it. A lot that
    # Odoo moved and nobody knew begins as what it must have been.
    Kind("corrected", "Corrected", {NEW: ("available", "sold"), ANY: (ANY,)}),
    Kind(
        *("imported", "Imported"),
        {
            ANY: (SAME,),
            NEW: ("expected", "available", "sold", "void"),  # available: adopted lots, whose pieces are on hand
            "received": ("received", "available"),
            "issued": ("issued", "sold"),
        },
    ),
)
