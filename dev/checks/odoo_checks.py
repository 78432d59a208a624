"""Odoo's own code checks (its addon ``test_lint``) for our addons alone. Read by ``odoo shell`` (see environment/lint).

Odoo's checks look at all addons that it finds. Here they find ours; those that look at the registry see all that is
installed, and Odoo's own code is clean.
"""

import contextlib
import importlib
import logging
import os
from unittest import mock

from odoo.modules import Manifest
from odoo.tests.loader import run_suite
from odoo.tests.suite import OdooSuite
from odoo.tools import config

# Module of test_lint, class, method
CHECKS = [
    ("test_dunderinit", "TestDunderinit", "test_dunderinit"),
    ("test_docstring", "TestDocstring", "test_docstring"),
    ("test_i18n", "TestI18n", "test_user_content_as_prop_is_translatable"),
    ("test_index", "TestIndex", "test_enforce_index_on_one2many_inverse"),
    ("test_jstranslate", "TestJsTranslations", "test_js_translations"),
    ("test_manifests", "ManifestLinter", "test_manifests"),
    ("test_naming", "TestNaming", "test_parameter_rpc_compatible"),
    ("test_onchange_domains", "TestOnchangeDomains", "test_forbid_domains_in_onchanges"),
    ("test_orm_import", "TestDunderinit", "test_addons_orm_import"),
    ("test_override_signatures", "TestLintOverrideSignatures", "test_lint_override_signature"),
    ("test_pofile", "PotLinter", "test_pot_duplicate_entries"),
    ("test_pylint", "TestPyLint", "test_pylint"),
    ("test_routes", "RoutesLinter", "test_routes_definition"),
    ("test_test_holes", "TestTestHoles", "test_check_tests"),
]


class Counter(logging.Handler):
    """Count the warnings: some checks log them and pass."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record):
        """Count one record of the checks themselves."""
        self.count += record.name.startswith("odoo.addons.test_lint")


def load(module):
    """Return one of test_lint's modules."""
    return importlib.import_module(f"odoo.addons.test_lint.tests.{module}")


def conflict_markers(manifests):
    """Return the conflict-marker check over these addons' files: Odoo's own walks through all of Odoo."""
    markers = load("test_markers")

    class TestConflictMarkers(markers.TestConflictMarkers):
        def test_conflict_markers(self):
            for folder in [folder for manifest in manifests for folder in os.walk(manifest.path)]:
                for name in folder[2]:
                    if name.endswith(markers.EXTENSIONS):
                        self.check_file(os.path.join(folder[0], name))

    return TestConflictMarkers("test_conflict_markers")


@contextlib.contextmanager
def only(manifests):
    """Let Odoo's checks find no addons but these, and read every docstring of them."""
    names = [manifest.name for manifest in manifests]
    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.object(Manifest, "all_addon_manifests", lambda: manifests))
        stack.enter_context(mock.patch.object(load("test_pofile"), "get_modules", lambda: names))
        stack.enter_context(mock.patch.object(load("test_docstring"), "MODULES_TO_LINT", tuple(names)))
        # The check by pylint reads this folder too, beside those of the addons.
        stack.enter_context(mock.patch.object(config, "root_path", manifests[0].path))
        yield


def check(names):
    """Run the checks of these addons.

    :return: whether all passed
    """
    manifests = [Manifest.for_addon(name) for name in names]
    tests = [getattr(load(module), name)(method) for module, name, method in CHECKS]
    counter = Counter()
    logging.getLogger().addHandler(counter)
    with only(manifests):
        result = run_suite(OdooSuite([*tests, conflict_markers(manifests)]))
    failed = result.failures_count + result.errors_count
    counts = f"{result.testsRun} run, {failed} failed, {result.skipped} skipped, {counter.count} messages"
    print(f"Odoo's own checks of {len(manifests)} addons: {counts}")
    return result.wasSuccessful() and not counter.count


raise SystemExit(not check(os.environ["CHECKED_ADDONS"].split(",")))
