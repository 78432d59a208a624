"""The example addons of docs/extend.md, and the glue addons: installed in a database of their own, tested by Odoo."""

import re

from . import database, odoo_source
from .command import free_port
from .folders import ROOT, find_glue, say

RESULT = re.compile(r"\d+ post-tests in \S+")
ADDONS = ROOT / "tests" / "addons"


def run(env, name, keep=False):
    """Install the examples into a copy of the database ``name``, and run their tests.

    :return: 0 only if all passed
    """
    copy = f"{name}_examples"
    names = sorted(manifest.parent.name for manifest in ADDONS.glob("*/__manifest__.py"))
    path = f"{odoo_source.addons_path(env.home)},{ADDONS}"
    tags = ",".join(f"/{addon}" for addon in names)
    arguments = ["--addons-path", path, "-i", ",".join(names), "--test-tags", tags, "--no-http"]
    with database.copied(env, name, copy, keep):
        return _test(env, f"Testing the examples of docs/extend.md: {tags}", copy, arguments)


def run_glue(env, keep=False):
    """Install the addon and the glue addons beside their apps, and run the tests of these, in browsers too.

    :return: 0 only if all passed
    """
    names = find_glue()
    tags = ",".join(f"/{addon}" for addon in names)
    with database.fresh(env, "glue", keep, database.prepare_beside(env), addon=False) as name:
        arguments = ["-i", ",".join(names), "--test-tags", tags, "--http-port", str(free_port())]
        return _test(env, f"Testing the glue addons: {tags}", name, arguments)


def _test(env, title, name, arguments):
    try:
        log = env.odoo_quietly(title, "server", "-d", name, *arguments)
    except SystemExit as failure:
        say(str(failure))
        return 1
    say(RESULT.search("".join(log.tail)).group())
    return 0
