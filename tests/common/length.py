"""How long tests go on that draw at random: far enough to find a fault, and on to the end with ``dev/test --long``."""

import os

IS_LONG = bool(os.environ.get("SERIAL_NUMBER_TRACKING_LONG"))
PART = 3


def shorten(count):
    """Return how many examples are drawn, where ``count`` is the full number: the same ones each time."""
    return count if IS_LONG else -(-count // PART)
