"""A plugin of pytest: garbage is collected often, and never looked for in what Odoo loaded.

A transaction looks through all its environments when it is asked for one. Those that nobody holds any more stay until
they are collected: with Odoo's own thresholds, a hundred and more in a long test.
"""

import gc

import pytest

THRESHOLDS = (700, 10, 10)  # those of Python itself


@pytest.fixture(scope="session", autouse=True)
def heap(load_registry):
    """Leave out what the registry is made of, once it is there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
