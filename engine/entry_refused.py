"""What was entered beside numbers that the window refused, and that it may be asked to take all the same."""

from ..tools import naming


def keep(entry, scans, checks):
    """Keep what was entered beside refused numbers, for when somebody says that they are right.

    :param entry: the ``serial.entry``
    :param list scans: what was read, in order
    :param list checks: their :class:`~.check.Check` objects
    """
    pairs = zip(scans, checks, strict=True)
    refused = {check.key: scan.beside for scan, check in pairs if check.can_add and not check.ok and scan.beside}
    if refused:
        entry.refused = {**(entry.refused or {}), **refused}


def bring_back(entry, scans):
    """Put beside numbers what was entered with them when they were refused."""
    for scan in scans if entry.refused else ():
        kept = entry.refused.get(naming.make_key(scan.name))
        if kept:
            scan.beside = {**kept, **(scan.beside or {})}
