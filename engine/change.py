"""Which changes of units the status table allows, and who is told of them."""

from dataclasses import dataclass, field

from odoo import models
from odoo.exceptions import UserError

from ..tools import naming
from .sql import register_sql


@dataclass(frozen=True)
class Change:
    """What one statement did to units, see ``_after_change``.

    :ivar str kind: the kind of event
    :ivar units: the ``serial.number`` records
    :ivar tuple before: the statuses that they had, in order; empty for units that are new
    :ivar after: the status that all of them have now; None where each kept its own
    :ivar frozenset facts: the names of the fields that were written
    :ivar source: the document line that did it, or None
    :ivar partner: the ``res.partner`` that it was done with
    :ivar str note: what the history says beside it
    :ivar dict absorbed: ``{unit id: id of a row of the register that turned out to be the same piece, and is gone}``
    """

    kind: str
    units: models.BaseModel
    before: tuple = ()
    after: str | None = None
    facts: frozenset = frozenset()
    source: models.BaseModel | None = None
    partner: models.BaseModel | None = None
    note: str = ""
    absorbed: dict = field(default_factory=dict)

    @property
    def is_new(self):
        """Whether the units are new in the register."""
        return not self.before

    @property
    def flow(self):
        """The row of the flow table that the document line did it by, or None."""
        return self.source._serial_flow() if self.source else None


def tell(units, kind, event, facts, source=None, **what):
    """Let others do what follows from a change of units."""
    partner = units.env["res.partner"].browse(event["partner_id"] or [])
    note = event["note"] or ""
    if units and source and (kept := source.sudo().serial_draft):
        units._give_beside(kept, source)
    units._after_change(Change(kind, units, facts=frozenset(facts), source=source, partner=partner, note=note, **what))


def with_keys(vals_list):
    """Return values of units with the keys of their numbers."""
    return [
        {**vals, "name_key": vals["name"] and naming.make_key(vals["name"])} if "name" in vals else vals
        for vals in vals_list
    ]


def check_beginning(register, kind, status):
    """Refuse a status that no unit begins with.

    :raise UserError: with the status
    """
    if not register._get_serial_rules().is_allowed(kind, None, status):
        raise UserError(register.env._("A unit cannot begin as %s.", status))


def check_change(changing, kind, status, locked=None):
    """Lock units, and return the statuses that they have now, in order.

    :param dict locked: ``{id: status}`` of a caller that has locked them and changed no unit since
    :raise UserError: when one of them may not change like this
    """
    statuses, rules = locked or register_sql.lock_statuses(changing), changing._get_serial_rules()
    refused = {before for before in set(statuses.values()) if not rules.is_allowed(kind, before, status or before)}
    if not refused and len(statuses) == len(changing):
        return [statuses[id_] for id_ in changing._ids]
    labels = changing._get_status_labels()
    units = changing.browse(id_ for id_, before in statuses.items() if before in refused)
    lines = [f"- {unit.display_name} ({unit.product_id.display_name}): {labels[unit.status]}" for unit in units]
    raise UserError(
        changing.env._(
            "This cannot be done to these units as they are now:\n%(units)s\nChange their status first, or leave "
            "them out.",
            units="\n".join(lines) or changing.env._("- somebody else has just joined one of them with another unit"),
        )
    )
