"""What the register knows of a unit, by whom it concerns and when it ends: plain Python, no database."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Fact:
    """What a field of another addon is to a unit: ``fields.Char(serial=Fact(...))``.

    :ivar str belongs: when it ends, and with what it changes places: the ``customer``'s when the unit is back in stock,
        a ``hold``'s with the hold, the ``vendor``'s when it is announced anew; the ``unit``'s never
    :ivar str source: where its value is on the document line that fills it: ``picking_id.batch_code``
    :ivar tuple on: the codes of the flows that fill it; none for those that fill whom it belongs to
    :ivar bool history: whether the history says it
    :ivar int report: its share of the width of the printed report, twice that in characters of the spreadsheet; 0 for
        neither
    """

    belongs: str = "unit"
    source: str = ""
    on: tuple = ()
    history: bool = False
    report: int = 0

    def is_filled_by(self, flow):
        """Tell whether a flow fills it."""
        return bool(self.source) and (flow.code in self.on if self.on else self.belongs in flow.fills)


# Facts that end when a unit is back in stock.
CUSTOMER_FACTS = (
    "customer_id",
    "sale_line_id",
    "delivery_move_id",
    "invoice_line_id",
    "date_sold",
    "warranty_end",
    "end_user_id",
    "date_registered",
    "registration_channel",
    "warranty_fixed",
    "part_of_id",
)
# Of these, the facts that only sold or promised units have.
SALE_FACTS = {"customer_id", "sale_line_id", "delivery_move_id", "invoice_line_id", "date_sold", "warranty_end"}
INVOICED_FACTS = ("invoice_line_id", "date_sold", "warranty_end", "warranty_fixed")  # what an invoice decides
PROMISE_FACTS = {"customer_id", "sale_line_id"}  # of them, what designated units have as well
# Facts that end when a unit is no longer on hold.
HOLD_FACTS = ("hold_reason", "hold_reason_id", "hold_until")
VENDOR_FACTS = ("vendor_id", "purchase_line_id", "receipt_move_id", "date_received", "vendor_warranty_end")
# Facts that a label says beside the serial number.
LABEL_FACTS = ("expiration_date", "batch_name")
OURS = {"customer": CUSTOMER_FACTS, "vendor": VENDOR_FACTS, "hold": HOLD_FACTS, "unit": ()}
# Locked: what the register alone may write.
LOCKED_FACTS = {
    *("name_key", "product_id", "company_id", "uncovered", "event_ids", "move_ids", "invoice_line_ids"),
    *("former_customer_id", "former_warranty_end", "owner_id", "package_id", "lot_id"),
}
EVERYDAY = {"note", "serial_properties", "end_user_id"}


def write_facts(facts):
    """Return facts of a label as an entry keeps them, which is text."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}


def read_facts(kept):
    """Return facts of a label that an entry kept by :func:`write_facts`."""
    return {name: date.fromisoformat(text) if name == "expiration_date" else text for name, text in kept.items()}
