"""A plugin of pytest: what Odoo works out once and keeps stays over the end of a test that changed nothing of it.

Odoo's tests forget all of it after each: templates are compiled again, rights and rules read again, for a fifth of the
processors' time. Here a test is what a transaction is that Odoo rolls back: only those caches are of no use any more
that were cleared in it, because something changed that they are made of. They are again what they were when it began.
"""

import contextlib
from functools import partial
from unittest.mock import patch

import pytest

from odoo.modules.registry import Registry
from odoo.tests import TransactionCase, get_db_name

COUNTS = "quer"  # in the name of a test that counts queries: it begins as Odoo lets it, whatever was done before
MAKES_RECORDS = "_get_definition_id_for_property_field"  # keeps the id of a record that it makes: rolled back with it


class Kept:
    """What the caches hold at one moment, and a mark in each of them that is gone once it is cleared."""

    def __init__(self, registry):
        self.caches = registry._Registry__caches
        self.mark = (type(self), object())
        for cache in self.caches.values():
            cache[self.mark] = None
        self.contents = {name: cache.snapshot for name, cache in self.caches.items()}

    def forget_changes(self, restored=True):
        """Bring back what was there in those that were cleared (or leave them empty); the others only get more."""
        for name, cache in self.caches.items():
            if self.mark not in cache:
                cache.clear()
                for key, value in self.contents[name].items() if restored else ():
                    cache[key] = value
            for key in cache.snapshot:
                if key == self.mark or getattr(key[1], "__name__", None) == MAKES_RECORDS:
                    cache.pop(key, None)


def _keep_after_test(set_up, test):
    kept = Kept(test.registry)
    if COUNTS in test._testMethodName:
        with test.muted_registry_logger:
            test.registry.clear_all_caches()
    with patch.object(test.registry, "clear_all_caches", kept.forget_changes):  # for its clean-up
        set_up(test)


def _keep_after_class(set_up, cls):
    registry = Registry(get_db_name())
    kept = Kept(registry)
    clearing = contextlib.ExitStack()
    cls.addClassCleanup(clearing.close)
    set_up(cls)
    forget = partial(kept.forget_changes, restored=False)
    cls.addClassCleanup(lambda: clearing.enter_context(patch.object(registry, "clear_all_caches", forget)))


def pytest_runtest_teardown(item):
    """Forget all after a test that does not roll back what it does."""
    test = getattr(item, "instance", None)
    registry = getattr(test, "registry", None)
    if registry is not None and not isinstance(test, TransactionCase):
        registry.clear_all_caches()


@pytest.fixture(scope="session", autouse=True)
def caches():
    """Keep them over the tests' own clean-up."""
    with pytest.MonkeyPatch.context() as patched:
        set_up, set_up_class = TransactionCase.setUp, TransactionCase.setUpClass.__func__
        patched.setattr(TransactionCase, "setUp", lambda test: _keep_after_test(set_up, test))
        patched.setattr(TransactionCase, "setUpClass", classmethod(partial(_keep_after_class, set_up_class)))
        yield
