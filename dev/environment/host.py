"""Odoo's own test suites of the modules that the addon extends, run with the addon installed."""

import re
import socket
import time
from collections import Counter

from . import database
from .folders import HOME, PYTHON, say

SUITES = ("stock", "purchase_stock", "sale_stock", "stock_account")
BASE = "serial_number_tracking_host_base"
BASE_MODULES = "purchase_stock,sale_stock,sale_management"
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
logging.getLogger("odoo.tests.result").error("%s", report)
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
            self.failed.append(f"{failed[1]}: {failed[3].strip()}")
        if started := STARTING.search(line):
            self._count(started[1])

    def _count(self, logger):
        self.suites[logger.split(".")[2]] += 1
        if time.monotonic() - self.said > 10:
            self.said = time.monotonic()
            counts = ", ".join(f"{suite} {count}" for suite, count in self.suites.items())
            say(f"  {sum(self.suites.values())} tests begun ({counts}), {len(self.failed)} failed")


def run(env, keep=False, tags=None, addon=True):
    """Run the suites, or the tests that Odoo's ``tags`` select, in a fresh database.

    :param addon: whether the addon is installed; without it the run shows what Odoo does by itself
    :return: whether tests ran and all passed
    """
    base = database.prepare_base(env, BASE, BASE_MODULES)
    with database.fresh(env, "host", keep, base, addon) as name:
        say("Running Odoo's own tests (about 10 min)")
        start = time.monotonic()
        progress = _follow(env, name, tags or ",".join(f"/{suite}" for suite in SUITES))
    return _summary(progress, time.monotonic() - start)


def _follow(env, name, tags):
    script = HOME / f".{name}.py"
    script.write_text(SCRIPT.format(tags=tags, modules=list(SUITES)))
    arguments = ["shell", "-d", name, "--http-port", str(_free_port()), "--log-level", "info"]
    try:
        with open(script) as source, open(HOME / "host.log", "w") as log:
            progress = Progress(log)
            env.follow([str(PYTHON), "-m", "odoo", *arguments], progress.add, stdin=source)
    finally:
        script.unlink()
    return progress


def _free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _summary(progress, seconds):
    if not progress.result:
        print(f"Odoo's own tests did not come to their end; the log is in {HOME / 'host.log'}")
        return False
    tests, failures, errors, skipped = progress.result
    for name in progress.failed:
        print(f"FAILED {name}")
    print(f"Odoo's own tests: {tests} run, {failures} failed, {errors} errors, {skipped} skipped in {seconds:.0f} s")
    return tests > 0 and not failures and not errors
