"""What a document line does to units: one row per flow, plain Python, no database.

The manual page is docs/flows.md. A stock move finds its row by the places of its two locations; what differs between
flows is written here and nowhere else.
"""

from dataclasses import dataclass

# Places: what the usage of a location means to a unit.
STOCK, VENDOR, CUSTOMER, LOSS = "stock", "vendor", "customer", "loss"

# Statuses of units that are in stock and not free: nobody may be promised them, but who they are designated to.
KEPT_BACK = ("hold", "void", "designated")


@dataclass(frozen=True)
class Flow:
    """One row of the flow table.

    :ivar code: the flow's name
    :ivar kind: the kind of event that it leaves in the history
    :ivar takes: where a known unit must be: ``outside`` of stock, in ``stock`` or with the ``customer``
    :ivar accepts: statuses in which a known unit is taken as it is
    :ivar accepts_own: statuses in which it is taken for the partner, or the order line, that it belongs to
    :ivar open_until: what must not have happened yet to such a unit: ``delivered``, ``invoiced``, ``credited`` (it may
        have come back), or ``promised`` to another order line
    :ivar unknown: what a number does that no unit has: ``create``, ``fill`` a unit without number (a placeholder, or
        on a return one that this customer has) or ``refuse``
    :ivar blanks: where a unit without number comes from, tried in this order: ``invoiced`` or ``issued`` blanks of
        this customer (also ``delivered`` and ``credited`` ones), ``sent_back`` to this vendor, ``placeholder`` in
        stock, ``create``, ``uncovered``
    :ivar named_to: the status of a unit with a number afterwards; None leaves it as it was
    :ivar blank_to: the status of a unit without one
    :ivar fills: the facts that the document writes: ``vendor``, ``customer``
    :ivar clears: the facts that end: ``customer``, ``invoice``
    :ivar asks: whether the entry window knows the flow
    :ivar wants: what else the window asks for: ``vendor``, whom the units come from; ``reason``, why they go;
        ``status``, what those that are in stock afterwards go back as; ``strangers``, whether to take in units that
        the customer did not buy; ``known``, whether a number that is known elsewhere is this unit's, too
    :ivar recalled: what becomes of units under an open recall: they ``come_back`` on hold, ``arrive`` and are to be put
        on hold, or ``leave`` for a customer and should not
    :ivar partial: whether the window may be confirmed while numbers are missing, without a word about the rest
    :ivar partner: whom its units come from or go to: the ``vendor``, the ``customer``, or its ``origin``, the vendor of
        the transfer that it returns
    :ivar proposes: what the window proposes: what the step before ``brought``, what is ``promised`` or ``invoiced`` to
        the customer, or what its ``origin`` moved
    :ivar hint: what the window says while nothing is entered: ``choose`` units for a customer, ``announce`` a vendor's
        list, which are ``gone``, or ``scan``
    :ivar rest: what the missing numbers are called: ``possible``, not yet ``announced``, or ``missing``
    :ivar reserves: statuses of units that are kept back and whose quantity it may reserve all the same
    :ivar deed: what the window says is done: a code of ``engine/entry_title.py``, or, of another addon, a text
    :ivar numbers: the status of units without number that get theirs: nothing else happens to them
    :ivar way: which way units go, shown by a colour and an icon: ``in``, ``out``, ``back``, ``gone`` for good, ``move``
        within the stock, ``keep`` for a customer
    """

    code: str
    kind: str
    takes: str
    accepts: tuple = ()
    accepts_own: tuple = ()
    open_until: str = "delivered"
    unknown: str = "refuse"
    blanks: tuple = ()
    named_to: str | None = None
    blank_to: str | None = None
    fills: tuple = ()
    clears: tuple = ()
    asks: bool = False
    wants: tuple = ()
    recalled: str = ""
    partial: bool = False
    partner: str = "customer"
    proposes: tuple = ()
    hint: str = "scan"
    rest: str = "missing"
    reserves: tuple = ()
    deed: str = ""
    numbers: str = ""
    way: str = ""

    @property
    def brings(self):
        """Whether units that come from outside lie in stock afterwards, with their number or without."""
        return self.takes == "outside" and bool(self.blank_to) and "customer" not in self.fills

    @property
    def needs_all(self):
        """Whether units must have all that their product requires: they come in new, or leave for a customer."""
        return self.takes != "customer" and (self.brings or self.named_to == "sold")

    @property
    def only_moves(self):
        """Whether units in stock get another place and nothing else."""
        return self.takes == "stock" and not self.named_to


COMES = {"takes": "outside", "accepts": ("expected", "sold", "void"), "unknown": "create", "blanks": ("create",)}
GOES = {"takes": "stock", "unknown": "fill"}
LOST = {"named_to": "void", "blank_to": "void", "clears": ("customer",)}

FLOWS = {
    flow.code: flow
    for flow in (
        # What a vendor announces: a sold unit stays its customer's until it really comes, a void one may come back.
        Flow(
            code="expect",
            kind="expected",
            deed="announce",
            way="in",
            takes="outside",
            accepts=("void",),
            accepts_own=("expected",),
            unknown="create",
            named_to="expected",
            fills=("vendor",),
            clears=("customer",),
            recalled="arrive",
            asks=True,
            partial=True,
            partner="vendor",
            hint="announce",
            rest="announced",
        ),
        Flow(
            code="receive",
            kind="received",
            deed="receive",
            way="in",
            **{**COMES, "blanks": ("sent_back", "create")},
            named_to="available",
            blank_to="received",
            fills=("vendor",),
            clears=("customer",),
            recalled="arrive",
            asks=True,
            partner="vendor",
        ),
        Flow(
            code="adjust_in",
            kind="adjusted",
            deed="add",
            way="in",
            **COMES,
            named_to="available",
            blank_to="received",
            fills=("vendor",),
            clears=("customer",),
            recalled="arrive",
            asks=True,
            wants=("vendor",),
            partner="vendor",
        ),
        Flow(
            code="ship",
            kind="shipped",
            deed="ship",
            way="out",
            **GOES,
            accepts=("available",),
            accepts_own=("designated", "sold"),
            blanks=("invoiced", "placeholder", "uncovered"),
            named_to="sold",
            blank_to="issued",
            fills=("customer",),
            recalled="leave",
            asks=True,
            proposes=("brought", "promised", "invoiced"),
        ),
        # What a sales order line promises to its customer, before its delivery takes it.
        Flow(
            code="designate",
            kind="designated",
            deed="designate",
            way="keep",
            takes="stock",
            accepts=("available",),
            accepts_own=("designated",),
            open_until="promised",
            named_to="designated",
            fills=("customer",),
            recalled="leave",
            asks=True,
            partial=True,
            hint="choose",
            rest="possible",
        ),
        Flow(
            code="dropship",
            kind="shipped",
            deed="dropship",
            way="out",
            **COMES,
            named_to="sold",
            blank_to="issued",
            fills=("vendor", "customer"),
            recalled="leave",
            asks=True,
        ),
        Flow(
            code="return",
            kind="returned",
            deed="take_back",
            way="back",
            takes="customer",
            accepts_own=("sold",),
            unknown="fill",
            blanks=("issued", "create"),
            named_to="available",
            blank_to="received",
            clears=("customer",),
            recalled="come_back",
            asks=True,
            wants=("status", "strangers"),
            proposes=("origin",),
        ),
        Flow(
            code="dropship_return",
            kind="returned",
            deed="dropship_return",
            way="back",
            takes="customer",
            accepts_own=("sold",),
            unknown="fill",
            blanks=("issued",),
            **LOST,
            asks=True,
            proposes=("origin",),
        ),
        Flow(
            code="return_vendor",
            kind="returned_to_vendor",
            deed="send_back",
            way="gone",
            **GOES,
            accepts=("available", "hold"),
            blanks=("placeholder", "uncovered"),
            **LOST,
            asks=True,
            wants=("reason",),
            reserves=("hold",),
            partner="origin",
            proposes=("origin",),
        ),
        Flow(
            code="adjust_out",
            kind="adjusted",
            deed="take_out",
            way="gone",
            **GOES,
            accepts=("available", "hold", "designated"),
            blanks=("placeholder", "uncovered"),
            **LOST,
            asks=True,
            wants=("reason",),
            reserves=KEPT_BACK,
            hint="gone",
        ),
        Flow(
            code="scrap",
            kind="scrapped",
            deed="scrap",
            way="gone",
            **GOES,
            accepts=("available", "hold", "designated"),
            blanks=("placeholder", "uncovered"),
            **LOST,
            asks=True,
            wants=("reason",),
            reserves=KEPT_BACK,
        ),
        # What production takes is lost as well, but nothing that is kept back is there for it.
        Flow(
            code="consume",
            kind="adjusted",
            deed="consume",
            way="gone",
            **GOES,
            accepts=("available", "hold", "designated"),
            blanks=("placeholder", "uncovered"),
            **LOST,
            asks=True,
            wants=("reason",),
        ),
        Flow(
            code="transfer",
            kind="moved",
            deed="move",
            way="move",
            takes="stock",
            accepts=("available", "hold", "designated", "sold", "void"),
            asks=True,
            reserves=KEPT_BACK,
            proposes=("brought", "promised"),
        ),
        Flow(
            code="invoice",
            kind="invoiced",
            deed="invoice",
            way="out",
            **GOES,
            accepts=("available",),
            accepts_own=("designated", "sold"),
            open_until="invoiced",
            blanks=("delivered", "placeholder", "uncovered"),
            named_to="sold",
            blank_to="issued",
            fills=("customer",),
            recalled="leave",
            asks=True,
        ),
        Flow(
            code="credit_note",
            kind="credited",
            deed="credit",
            way="back",
            takes="customer",
            accepts_own=("sold",),
            open_until="credited",
            blanks=("credited",),
            clears=("invoice",),
            asks=True,
            wants=("status",),
        ),
        # What is on the worklist: units whose number was not known when their document was booked.
        Flow(
            code="number_received",
            kind="numbered",
            deed="number_received",
            way="in",
            **{**COMES, "blanks": ()},
            named_to="available",
            blank_to="received",
            numbers="received",
            recalled="arrive",
            asks=True,
            wants=("known",),
            partial=True,
            partner="vendor",
        ),
        Flow(
            code="number_issued",
            kind="numbered",
            deed="number_issued",
            way="out",
            takes="stock",
            accepts=("available",),
            accepts_own=("designated", "sold"),
            unknown="create",
            named_to="sold",
            blank_to="issued",
            numbers="issued",
            recalled="leave",
            asks=True,
            wants=("known",),
            partial=True,
        ),
    )
}

FLOW_BY_PLACES = {
    (VENDOR, STOCK): "receive",
    (LOSS, STOCK): "adjust_in",
    (STOCK, CUSTOMER): "ship",
    (VENDOR, CUSTOMER): "dropship",
    (LOSS, CUSTOMER): "dropship",
    (CUSTOMER, STOCK): "return",
    (CUSTOMER, VENDOR): "dropship_return",
    (CUSTOMER, LOSS): "dropship_return",
    (STOCK, VENDOR): "return_vendor",
    (STOCK, LOSS): "adjust_out",
    (STOCK, STOCK): "transfer",
}
USAGE_PLACES = {
    "internal": STOCK,
    "supplier": VENDOR,
    "customer": CUSTOMER,
    "inventory": LOSS,
    "production": LOSS,
}


def find_place(usage, has_company, is_source):
    """Return what a location means to a unit.

    A transit location without a company (inter-company) is outside: what comes from there is received as from a
    vendor, what goes there is shipped as to a customer.

    :param usage: ``stock.location.usage``
    :param has_company: whether the location belongs to a company
    :param is_source: whether the units come from it
    :return: a place, or None where units are never kept (view locations)
    """
    if usage == "transit":
        if has_company:
            return STOCK
        return VENDOR if is_source else CUSTOMER
    return USAGE_PLACES.get(usage)


def find_code(source, target, is_scrap=False, is_consumed=False):
    """Return the code of the flow of a move between two places; None for a move that touches no unit.

    :param source: the place it comes from
    :param target: the place it goes to
    :param is_scrap: whether a scrap order makes it
    :param is_consumed: whether production takes it
    """
    code = FLOW_BY_PLACES.get((source, target))
    if code == "adjust_out" and is_scrap:
        return "scrap"
    if code == "adjust_out" and is_consumed:
        return "consume"
    return code
