"""The example addons of docs/extend.md, installed together in a database of their own and tested by Odoo."""

import re

from . import database, odoo_source
from .folders import ROOT, say

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
        try:
            log = env.odoo_quietly(f"Testing the examples of docs/extend.md: {tags}", "server", "-d", copy, *arguments)
        except SystemExit as failure:
            print(failure)
            return 1
    say(RESULT.search("".join(log.tail)).group())
    return 0
