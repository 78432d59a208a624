"""What the register of one database knows: its statuses, kinds of events and flows. Plain Python, no database."""

from dataclasses import replace

from .flow import find_code
from .status import ANY, SAME, STATUSES

OURS = {status.code for status in STATUSES}


class Rules:
    """The statuses, kinds and flows of a database, those of other addons among them.

    :param statuses: the :class:`~.status.Status` objects
    :param kinds: the :class:`~.status.Kind` objects
    :param flows: the :class:`~.flow.Flow` objects, of which the last one of a code counts
    :ivar dict statuses: ``{code: Status}``, in the order in which people see them
    :ivar dict flows: ``{code: Flow}``
    :ivar tuple blank: the codes of the statuses of units without number
    :ivar tuple sold: the codes of the statuses of units that are a customer's, with a number or without
    :ivar dict numbered: ``{code of a status: what a unit becomes that gets its number}``
    :ivar dict beginnings: ``{code of a status: how an imported unit begins that is to have it}``: the status of the
        placeholder that it takes, or None; what it begins as; whether it must take one
    """

    def __init__(self, statuses, kinds, flows):
        self.statuses = {status.code: status for status in statuses}
        self.blank = self.find(lambda status: status.blank)
        self.sold = self.find(lambda status: status.sold)
        self.numbered = {status.code: status.numbered_to for status in statuses if status.numbered_to}
        self.flows = {flow.code: self._open(flow) for flow in flows}
        self._changes = {kind.code: self._spell_out(kind.changes) for kind in kinds}
        for status in self.added:
            self._join(status)
        for status in self.added:
            self._sell(status)
        self.beginnings = {code: self._find_beginning(code) for code in self.statuses}

    def is_allowed(self, kind, before, after):
        """Tell whether an event of this kind may take a unit from one status to another.

        :param kind: the code of a kind
        :param before: the unit's status, or None for a unit that the event creates
        :param after: the status that it is to have
        """
        return after in self._changes[kind].get(before, ())

    def find(self, test):
        """Return the codes of the statuses that a test is true for, in order."""
        return tuple(status.code for status in self.statuses.values() if test(status))

    def of_recall(self, word):
        """Return the codes of the statuses that recalls call by one word: see :attr:`~.status.Status.recall`."""
        return self.find(lambda status: status.recall == word)

    def find_flow(self, source, target, is_scrap=False, is_consumed=False):
        """Return the flow of a move between two places.

        :param source: the place it comes from
        :param target: the place it goes to
        :param is_scrap: whether a scrap order makes it
        :param is_consumed: whether production takes it
        :return: a :class:`~.flow.Flow`, or None for a move that touches no unit
        """
        return self.flows.get(find_code(source, target, is_scrap, is_consumed))

    @property
    def added(self):
        """Return the statuses that other addons brought."""
        return [status for status in self.statuses.values() if status.code not in OURS]

    @property
    def kept_back(self):
        """Return the codes of the statuses of units that may be in stock and are not free: no delivery takes them."""
        free = self.flows["ship"].accepts
        return self.find(lambda status: not status.blank and status.in_stock is not False and status.code not in free)

    def _find_beginning(self, code):
        status = self.statuses[code]
        begins_as = status.imports_as or (status.numbered_to if status.blank else code)
        blanks = self.find(lambda blank: blank.blank and blank.numbered_to == begins_as)
        return (blanks[0] if blanks else None), begins_as, bool(status.in_stock or status.blank)

    def _open(self, flow):
        """Let a flow take the units of the statuses that say so."""
        known = (*flow.accepts, *flow.accepts_own)
        more = self.find(lambda status: flow.code in status.accepted_by and status.code not in known)
        if not more:
            return flow
        if flow.takes == "customer":  # as it takes what is sold: of the customer whom it belongs to
            return replace(flow, accepts_own=(*flow.accepts_own, *more))
        reserves = (*flow.reserves, *more) if flow.takes == "stock" else flow.reserves
        return replace(flow, accepts=(*flow.accepts, *more), reserves=reserves)

    def _spell_out(self, changes):
        """Return changes with every status by its code."""
        named = dict.fromkeys(self.statuses, changes.get(ANY, ())) | {
            before: after for before, after in changes.items() if before != ANY
        }
        return {before: self._name(before, after) for before, after in named.items()}

    def _name(self, before, after):
        every = self.statuses if ANY in after else ()
        return {*every, *(before if code == SAME else code for code in after)} - {ANY}

    def _join(self, status):
        """Let events treat a status of another addon like the one that it is released to."""
        code, like = status.code, status.released_to
        for changes in self._changes.values() if like else ():
            for before, after in changes.items():
                if like in after and before not in (like, code):
                    after.add(code)
            if like in changes.get(like, ()):
                changes.setdefault(code, set()).add(code)
        if like:
            self._allow("released", code, like)
        if status.recall == "loose":
            self._allow("held", code, "hold")
        for flow in self.flows.values():
            if code in (*flow.accepts, *flow.accepts_own):
                self._allow(flow.kind, code, flow.named_to or code)

    def _sell(self, status):
        """Let a customer's unit of a status of another addon go on as one that it is released to."""
        for changes in self._changes.values() if status.sold else ():
            changes.setdefault(status.code, set()).update(changes.get(status.released_to, ()))

    def _allow(self, kind, before, after):
        self._changes[kind].setdefault(before, set()).add(after)
