"""Odoo's own test suites of the modules that the addon extends, run with the addon installed."""

import re
import tempfile
import time
from collections import Counter
from dataclasses import dataclass

from . import database, odoo_source
from .command import free_port
from .folders import HOME, PYTHON, ROOT, say

BASE = "serial_number_tracking_host_base"
FOLLOWED = ROOT / "dev" / "followed"
FOLLOWING = "serial_number_tracking_followed"


@dataclass(frozen=True)
class Suites:
    """Which of Odoo's suites to run.

    :ivar modules: what to install
    :ivar tested: whose tests to run
    :ivar minutes: about how long it takes on two cores
    """

    modules: tuple
    tested: tuple
    minutes: int

    @property
    def tags(self):
        return ",".join(f"/{module}" for module in self.tested)


EXTENDED = ("purchase_stock", "sale_stock", "sale_management")
BESIDE = ("stock_dropshipping", "mrp", "point_of_sale", "repair", "stock_picking_batch", "product_expiry")
# What the addon extends, and what other apps move stock with: the addon is installed beside these.
HOST = Suites(EXTENDED, ("stock", "purchase_stock", "sale_stock", "stock_account"), 12)
NEIGHBOURS = Suites((*EXTENDED, *BESIDE), BESIDE, 40)
# They expect that no module but their own is there, and fail with everything loaded, without the addon too.
ALONE = {
    "TestStockMove.test_product_tree_views",
    "TestSinglePicking.test_additional_move_1",
    "setUpClass (odoo.addons.stock.tests.test_old_rules.TestOldRules)",
    "TestProcRule.test_orderpoint_warning",
    "TestProcRule.test_reordering_rule_1",
    "TestProcRule.test_replenishment_order_to_max",
    "TestReports.test_report_forecast_4_intermediate_transfers",
    "TestStockFlow.test_70_picking_state_all_at_once_reserve",
    "TestStockFlow.test_74_move_state_waiting_mto",
    "TestStockFlow.test_assign_sm_to_existing_picking",
    "TestWarehouse.test_resupply_route",
    "TestBoM.test_archive_operations",
    "TestMrpByProduct.test_01_check_byproducts_update",
    "TestMrpByProduct.test_02_check_byproducts_update",
    "TestMrpByProduct.test_03_check_byproducts_update",
    "TestMrpOrder.test_basic",
    "TestKitPicking.test_scrap_consu_kit_not_available",
    "TestKitPicking.test_scrap_storable_kit_not_available",
}
STARTING = re.compile(r"INFO \S+ (\S+): Starting (\S+) \.\.\.")
FAILED = re.compile(r"ERROR \S+ (\S+): (FAIL|ERROR): (.+)")
RECORD = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ (\w+) ")
RESULT = re.compile(r"odoo\.tests\.result: (\d+) failed, (\d+) error\(s\) of (\d+) tests")
# Odoo's own runner for a shell: it loads everything first, so that tests made for the moment when only their module
# was there (at_install) see the addon too. A few of them fail in it without the addon as well.
SCRIPT = """
from odoo.tests.shell import run_tests
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
report = run_tests(env, {tags!r}, modules={modules!r})
import logging
logging.getLogger("odoo.tests.result").info("%s", report)
"""


class Progress:
    """Follow the log: say how far the tests are, and keep what failed.

    :param log: an open file that takes the whole log
    """

    def __init__(self, log):
        self.log = log
        self.suites = Counter()
        self.failed = []
        self.result = None
        self.in_trouble = False
        self.said = time.monotonic()

    def add(self, line):
        """Take in one line of the log."""
        self.log.write(line)
        if result := RESULT.search(line):
            self.result = [int(number) for number in result.groups()]
        if record := RECORD.match(line):
            self.in_trouble = record[1] in ("ERROR", "CRITICAL")
        if self.in_trouble:
            print(line, end="", flush=True)
        if failed := FAILED.search(line):
            self.failed.append(failed[3].strip())
        if started := STARTING.search(line):
            self._count(started[1])

    def _count(self, logger):
        self.suites[logger.split(".")[2]] += 1
        if time.monotonic() - self.said > 10:
            self.said = time.monotonic()
            counts = ", ".join(f"{suite} {count}" for suite, count in self.suites.items())
            say(f"  {sum(self.suites.values())} tests begun ({counts}), {len(self.failed)} failed")


@dataclass(frozen=True)
class How:
    """How the suites are run.

    :ivar addon: whether the addon is installed; without it the run shows what Odoo does by itself
    :ivar loaded: run all tests with everything loaded, instead of each module's right after it is installed
    :ivar followed: follow every product that the tests track by unique serial number
    """

    addon: bool = True
    loaded: bool = False
    followed: bool = False


def run(env, keep=False, tags=None, how=How(), suites=HOST):
    """Run the suites, or the tests that Odoo's ``tags`` select, in a fresh database.

    :param how: the :class:`How`
    :param suites: the :class:`Suites`
    :return: whether tests ran and all passed
    """
    tags = tags or suites.tags
    say(f"Running Odoo's own tests (about {suites.minutes} min)")
    start = time.monotonic()
    if how.loaded:
        base = database.prepare_base(env, f"{BASE}_{len(suites.modules)}", ",".join(suites.modules))
        with database.fresh(env, "host", keep, base, how.addon) as name:
            path = _follow_products(env, name) if how.followed else ()
            progress = _run_loaded(env, name, tags, suites, path)
    else:
        with database.empty(env, "host", keep) as name:
            progress = _run_installing(env, name, tags, suites.modules + ((database.ADDON,) if how.addon else ()))
    return _summary(progress, time.monotonic() - start, ALONE if how.loaded else set())


def _follow_products(env, name):
    """Install what follows the products that the tests make.

    :return: the option of Odoo's that finds it
    """
    path = ("--addons-path", f"{odoo_source.addons_path(env.home)},{FOLLOWED}")
    env.odoo_quietly("Following every product", "server", "-d", name, *path, "-i", FOLLOWING, "--no-http")
    return path


def _run_installing(env, name, tags, modules):
    """Run the tests as Odoo itself does it.

    Those made for the installation of their module (at_install) run right after it, without the modules that come
    later; the others run at the end, with the addon.
    """
    return _follow(env, ["server", "-d", name, "-i", ",".join(modules), "--test-tags", tags, "--stop-after-init"])


def _run_loaded(env, name, tags, suites, path=()):
    """Run all tests when everything is loaded."""
    with tempfile.TemporaryFile("w+") as script:
        script.write(SCRIPT.format(tags=tags, modules=list(suites.tested)))
        script.seek(0)
        return _follow(env, ["shell", "-d", name, *path], stdin=script)


def _follow(env, arguments, **options):
    command = [str(PYTHON), "-m", "odoo", *arguments, "--http-port", str(free_port()), "--log-level", "info"]
    with open(HOME / "host.log", "w") as log:
        progress = Progress(log)
        env.follow(command, progress.add, **options)
    return progress


def _summary(progress, seconds, expected):
    """Print what failed and how many; the ``expected`` failures do not count.

    :return: whether tests ran and nothing else failed
    """
    if not progress.result:
        print(f"Odoo's own tests did not come to their end; the log is in {HOME / 'host.log'}")
        return False
    failures, errors, tests = progress.result
    unexpected = [name for name in progress.failed if name not in expected]
    for name in progress.failed:
        print(f"FAILED {name}{'' if name in unexpected else ' (without the addon too)'}")
    print(
        f"Odoo's own tests: {tests} run, {failures} failed, {errors} errors in {seconds:.0f} s; "
        f"{len(unexpected)} of them new"
    )
    return tests > 0 and not unexpected and failures + errors == len(progress.failed)
