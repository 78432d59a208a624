import contextlib

from hypothesis import settings
from hypothesis import strategies as st
from psycopg2 import IntegrityError

from odoo.exceptions import UserError

from .base import SerialCommon
from .length import shorten

ADDON = "serial_number_tracking"
TEXTS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["A1", "a1 ", "S1", "B1", "x" * 129, "A\x001", "\ud800", "=1+1", "' OR 1=1 --", "%s", "{}"]),
)
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), TEXTS)
VALUES = st.one_of(
    PLAIN,
    st.lists(TEXTS, max_size=6),
    st.lists(PLAIN, max_size=4),
    st.dictionaries(TEXTS, PLAIN, max_size=3),
    st.lists(st.lists(PLAIN, max_size=3), max_size=3),
)
SETTINGS = settings(max_examples=shorten(200))


class FuzzCommon(SerialCommon):
    """What may come of anything that comes in."""

    def _attempt(self, act, after=lambda: None):
        """Do something in a savepoint that is rolled back; only refusals in words may come of it."""
        savepoint = self.env.cr.savepoint()
        try:
            # Odoo says the latter in words, when it answers; what was refused is undone, as by a request's end.
            with contextlib.suppress(UserError, IntegrityError), self.env.cr.savepoint():
                act()
                self.env.flush_all()
            after()
        finally:
            savepoint.close(rollback=True)
