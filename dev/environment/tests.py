"""The addon's own tests, with pytest."""

import math
import os
import tempfile
from pathlib import Path

from . import times
from .folders import ADDON, HOME, PYTHON, ROOT, link_addon, say

SLOW = "test_tours*.py"  # taken for the slowest until their time is known
PLUGINS = ("environment.own_filestore", "environment.times", "environment.heap", "environment.caches")
PROCESSES = 4  # at most: more wait for each other's locks on what all databases share
# What a browser test makes of scripts and styles is rolled back with it, and made anew by the next.
ASSETS = """
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
"""


def run(env, name, arguments, processes=1):
    """Run the tests in the database ``name``.

    :param arguments: pytest's, such as ``-k name`` or ``tests/test_receive.py``
    :param int processes: how many share the files among them, each in a copy of the database that it drops
    :return: pytest's exit code: 0 only if tests ran and all passed
    """
    say("Testing")
    link = link_addon() / ADDON
    paths = [_in_link(link, argument) for argument in arguments]
    if not any(path.startswith(str(link)) for path in paths):
        # File by file: a folder beside them would put them in order of their names again.
        paths += _find_slowest(link / "tests") if processes > 1 else [str(link / "tests")]
    # Everything by way of the link: with the repository's own path pytest would take its folder for the addon.
    settings = ["-c", link / "pyproject.toml", "--rootdir", link]
    odoo = ["--odoo-database", name, "--odoo-http", "--odoo-log-level", "error"]
    share = []
    variables = env.variables | {"HYPOTHESIS_STORAGE_DIRECTORY": str(HOME / "hypothesis")}
    if processes > 1:
        share = ["-n", str(processes), "--dist", "loadfile", "--no-loadscope-reorder"]
        share += [part for plugin in PLUGINS for part in ("-p", plugin)]
        variables["PYTHONPATH"] += os.pathsep + str(ROOT / "dev")
    command = [PYTHON, "-m", "pytest", *settings, *odoo, *share, *paths]
    return env.call(command, check=False, cwd=ROOT, env=variables)


def make_assets(env, name):
    """Keep in the database what browsers load, so that all browser tests find it."""
    say("Making what browsers load")
    with tempfile.TemporaryFile("w+") as script:
        script.write(ASSETS)
        script.seek(0)
        env.odoo("shell", "-d", name, "--no-http", "--log-level", "error", stdin=script)


def _find_slowest(folder):
    """Return the files of tests, the slowest first."""
    taken, slow = times.read(), {path.name for path in folder.glob(SLOW)}
    seconds = {path: taken.get(path.name, math.inf if path.name in slow else 0) for path in folder.glob("test_*.py")}
    return [str(path) for path in sorted(seconds, key=lambda path: (-seconds[path], path.name))]


def count_processes(arguments):
    """Return how many processes run the tests: one a processor for all of them, one for those that were chosen."""
    chosen = any(Path(argument.partition("::")[0]).exists() for argument in arguments)
    return 1 if chosen else min(os.cpu_count() or 1, PROCESSES)


def _in_link(link, argument):
    """Turn a path in the repository into one in its link: pytest-odoo takes the addon's name from the folder."""
    path, colons, node = argument.partition("::")
    if argument.startswith("-") or not Path(path).exists():
        return argument
    path = Path(path).resolve()
    return f"{link / path.relative_to(ROOT)}{colons}{node}" if path.is_relative_to(ROOT) else argument
