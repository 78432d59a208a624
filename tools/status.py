"""Which statuses a unit can have, and which event may take it from one to another: plain Python, no database."""

STATUSES = [
    ("expected", "Ordered"),
    ("received", "Received without serial"),
    ("available", "Available"),
    ("designated", "Designated"),
    ("hold", "Hold"),
    ("sold", "Sold"),
    ("issued", "Issued without serial"),
    ("void", "Void"),
]
KINDS = [
    ("expected", "Ordered"),
    ("created", "Created"),
    ("received", "Received"),
    ("numbered", "Numbered"),
    ("renumbered", "Number changed"),
    ("designated", "Designated"),
    ("released", "Released"),
    ("held", "Put on hold"),
    ("shipped", "Shipped"),
    ("invoiced", "Invoiced"),
    ("credited", "Credited"),
    ("returned", "Returned"),
    ("returned_to_vendor", "Returned to vendor"),
    ("scrapped", "Scrapped"),
    ("adjusted", "Inventory adjusted"),
    ("moved", "Moved"),
    ("registered", "Registered"),
    ("voided", "Voided"),
    ("restored", "Restored"),
    ("corrected", "Corrected"),
    ("imported", "Imported"),
]

# What else files call a status: the letters and the words of older registers.
STATUS_WORDS = {
    "A": "available",
    "D": "designated",
    "H": "hold",
    "R": "received",
    "I": "issued",
    "S": "sold",
    "Received w/out Serial": "received",
    "Issued w/out Serial": "issued",
}

NEW = None
PLACEHOLDERS = ("received", "issued")
NUMBERED = {"received": "available", "issued": "sold", "void": "void"}  # what a blank becomes by its number
SOLD = ("sold", "issued")  # with a number, and without
# What the user may choose for a unit that comes back.
RETURN_STATUSES = [(code, label) for code, label in STATUSES if code in ("available", "hold", "void")]
ANY = tuple(status for status, _label in STATUSES)
_SAME = {status: (status,) for status in ANY}

# kind of event: {status before: statuses after}. NEW is a unit that this event creates.
CHANGES = {
    "expected": dict.fromkeys((NEW, "void", "expected"), ("expected",)),
    "created": {NEW: ("received", "issued")},
    # A receipt that is booked after its unit left leaves it as it is.
    "received": {
        **{status: (status,) for status in ("available", "designated", "hold")},
        "sold": ("sold", "available"),
        "void": ("void", "available", "received"),
        NEW: ("available", "received"),
        "expected": ("available",),
    },
    # A number may tell of a unit in stock that it is another one, which left meanwhile, or is on hold or promised.
    "numbered": {
        "received": ("available", "designated", "hold", "sold", "void"),
        "issued": ("sold",),
        "void": ("void",),
    },
    "renumbered": _SAME,
    "designated": {"available": ("designated",)},
    "released": {"designated": ("available",), "hold": ("available",)},
    "held": dict.fromkeys(("available", "designated", "hold"), ("hold",)),
    "shipped": {
        NEW: ("sold", "issued"),
        "received": ("issued",),
        "issued": ("issued",),
        **dict.fromkeys(("expected", "available", "designated", "sold", "void"), ("sold",)),
    },
    "invoiced": {
        NEW: ("issued",),
        "received": ("issued",),
        "issued": ("issued",),
        **dict.fromkeys(("available", "designated", "sold"), ("sold",)),
    },
    # What came back before its credit note is only noted on it.
    "credited": {**_SAME, "sold": ("sold", "available", "hold", "void"), "issued": ("issued", "received", "void")},
    "returned": {
        NEW: ("received", "hold"),
        "sold": ("available", "hold", "void"),
        "issued": ("received", "void"),
        **dict.fromkeys(("expected", "void"), ("hold",)),
    },
    "returned_to_vendor": {NEW: ("void",), **dict.fromkeys(("available", "hold", "received"), ("void",))},
    "scrapped": {NEW: ("void",), **dict.fromkeys(("available", "hold", "designated", "received"), ("void",))},
    "adjusted": {
        NEW: ("void", "available", "received"),
        **{status: (status, "void") for status in ("available", "designated", "hold")},
        **{status: (status, "available") for status in ("sold", "void")},
        "received": ("void",),
        "expected": ("available",),
    },
    "moved": _SAME,
    "registered": {"sold": ("sold",)},
    "voided": {status: ("void",) for status in ANY if status != "void"},
    "restored": {"void": ("available", "received")},
    # What the clerk booked by mistake is taken back by the same move: any status may be the one before it.
    "corrected": dict.fromkeys(ANY, ANY),
    "imported": {
        **_SAME,
        NEW: ("expected", "sold", "void"),
        "received": ("received", "available"),
        "issued": ("issued", "sold"),
    },
}


def is_allowed(kind, before, after):
    """Tell whether an event of this kind may take a unit from one status to another.

    :param kind: a code of :data:`KINDS`
    :param before: the unit's status, or None for a unit that the event creates
    :param after: the status that it is to have
    """
    return after in CHANGES[kind].get(before, ())
