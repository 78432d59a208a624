"""What came with numbers that the window refused, and that it may be asked to take all the same, or takes later."""

from ..tools import naming
from ..tools.facts import read_facts, write_facts

FACTS = ":facts"  # what a label says of the unit, among what was entered beside the number: no code of a kind


def keep(entry, scans, checks):
    """Keep what came with refused numbers: what their labels say, and what was entered beside those that may be right.

    :param entry: the ``serial.entry``
    :param list scans: what was read, in order
    :param list checks: their :class:`~.check.Check` objects
    """
    refused = {}
    for scan, check in zip(scans, checks, strict=True):
        if not check.ok and check.key and (kept := _find_kept(entry, scan, check)):
            refused[check.key] = kept
    if refused:
        entry.refused = {**(entry.refused or {}), **refused}


def _find_kept(entry, scan, check):
    statuses = entry.env["serial.number"]._get_serial_rules().statuses
    may_be_right = check.can_add or (check.code in statuses and statuses[check.code].released_to)
    kept = dict(scan.beside or {}) if may_be_right else {}
    return {**kept, FACTS: write_facts(scan.facts)} if scan.facts else kept


def bring_back(entry, scans):
    """Put to numbers what came with them when they were refused; what is refused again is kept again.

    :param entry: the ``serial.entry``
    :param list scans: what was read, in order
    """
    if not entry.refused:
        return
    waiting = dict(entry.refused)
    for scan in scans:
        kept = waiting.pop(naming.make_key(scan.name), None)
        if kept:
            scan.facts = {**read_facts(kept.pop(FACTS, {})), **(scan.facts or {})} or None
            scan.beside = {**kept, **(scan.beside or {})} or None
    if len(waiting) < len(entry.refused):
        entry.refused = waiting
