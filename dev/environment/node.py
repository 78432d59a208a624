"""prettier and eslint, where Node.js is: they check what is not Python. And rtlcss, which turns Odoo's styles."""

import functools
import shutil
import subprocess

from .folders import HOME, ROOT, once, say

CHECKS = ROOT / "dev" / "checks"
PACKAGES = CHECKS / "package.json"
PROGRAMS = HOME / "node" / "node_modules" / ".bin"
PATIENCE_S = 90  # for the packages; without them the linters of Python go on


@functools.cache
def prepare():
    """Install the tools that ``dev/checks/package.json`` names.

    :return: the folder of their programs; None where there is no Node.js, or they cannot be had
    """
    if not shutil.which("npm"):
        say("Node.js is not here: what is not Python is not checked, nothing is right to left (apt-get install npm)")
        return None
    try:
        once("node", PACKAGES.read_text(), _install)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        why = (error.stderr or str(error)).strip()[-300:]
        say(f"prettier and eslint cannot be had, what is not Python stays unchecked: {why}")
        return None
    return PROGRAMS


def run(program, *arguments):
    """Run a tool in the repository.

    :return: whether it found nothing; also where the tool is not here
    """
    programs = prepare()
    return programs is None or subprocess.run([programs / program, *arguments], cwd=ROOT).returncode == 0


def find_files(*patterns):
    """Return the files of the repository that match, as git knows them."""
    found = subprocess.run(["git", "ls-files", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in found.stdout.splitlines() if (ROOT / name).exists()]


def plugin():
    """Return the path of prettier's plugin for XML."""
    return HOME / "node" / "node_modules" / "@prettier" / "plugin-xml" / "src" / "plugin.js"


def _install(target):
    target.mkdir()
    shutil.copy(PACKAGES, target)
    command = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--fetch-retries=1", "--silent"]
    subprocess.run(command, cwd=target, check=True, capture_output=True, text=True, timeout=PATIENCE_S)
