"""A plugin of pytest: remembers how long each file of tests took, so that the next run begins with the slowest.

Processes that share the tests take the next file when they are free: with a slow one at the end, the others wait.
"""

import json
from collections import Counter
from pathlib import Path

from .folders import HOME

TIMES = HOME / "test_times.json"
taken = Counter()


def read():
    """Return ``{name of a file: seconds}`` of the last runs; empty before the first."""
    return json.loads(TIMES.read_text()) if TIMES.exists() else {}


def pytest_runtest_logreport(report):
    """Add up what the tests of a file and their set-up took."""
    if type(report).__name__ == "TestReport":  # those of subtests are part of their test's
        taken[Path(report.nodeid.partition("::")[0]).name] += report.duration


def pytest_sessionfinish(session):
    """Write it down, once for all processes."""
    if taken and not hasattr(session.config, "workerinput"):
        TIMES.write_text(json.dumps(read() | {name: round(seconds, 1) for name, seconds in taken.items()}))
