"""Odoo 19: a checkout (``ODOO_HOME``), or Debian's package in ``.odoo/odoo``, else Odoo's own branch there."""

import os
import shutil
import subprocess
from pathlib import Path

from .debian import Archive, DebianError
from .folders import GLUE, link_addon, once, say

SUITES = ("unstable", "testing", "experimental")  # of Debian, where its package may be
SOURCE = ("https://github.com/odoo/odoo.git", "19.0")  # and Odoo's own branch, where it is in none
WHERE = "usr/lib/python3/dist-packages"
ADVICE = (
    "Odoo 19 cannot be had here, neither from Debian nor from {}. Get it in another way, and set ODOO_HOME to the "
    "folder that has its odoo/release.py: ODOO_HOME=/path/to/odoo dev/run"
)
PACKAGES = ["odoo-19", "libjs-jquery", "libjs-jquery-form", "libjs-underscore"]
FONTS = ["fonts-montserrat", "fonts-roboto-unhinted", "fonts-inconsolata", "fonts-ocr-b", "fonts-dejavu-core"]
# The release's own: the newer fonts-font-awesome lacks the files that Odoo links to.
OLD_FONTS = ["fonts-font-awesome"]
# The Debian build leaves this file out, and a page that misses it logs an error that fails every browser test.
LEFT_OUT = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def prepare():
    """Make Odoo available.

    :return: the folder that holds the ``odoo`` package
    """
    if os.environ.get("ODOO_HOME"):
        return _checkout(Path(os.environ["ODOO_HOME"]).resolve())
    return once("odoo", "odoo-19 1", _fetch) / WHERE


def _checkout(home):
    if not (home / "odoo" / "release.py").exists():
        raise SystemExit(f"ODOO_HOME={home} is no Odoo checkout: it has no odoo/release.py.")
    if "version_info = (19, 0" not in (home / "odoo" / "release.py").read_text():
        raise SystemExit(f"ODOO_HOME={home} is not Odoo 19: see its odoo/release.py.")
    return home


def _fetch(target):
    for suite in SUITES:
        try:
            return _unpack(target, Archive(suite))
        except DebianError as error:
            say(f"  Odoo 19 is not to be had from Debian {suite}: {str(error).strip().splitlines()[-1]}")
            shutil.rmtree(target, ignore_errors=True)
    return _clone(target / WHERE)


def _unpack(target, archive):
    archive.update()
    archive.unpack(PACKAGES + FONTS, target)
    own = Archive()
    own.update()
    try:
        own.unpack(OLD_FONTS, target)
    except DebianError:
        archive.unpack(OLD_FONTS, target)
    missing = target / WHERE / "odoo" / "addons" / LEFT_OUT
    missing.parent.mkdir(parents=True, exist_ok=True)
    missing.touch()


def _clone(target):
    """Fetch Odoo's own branch, without its history.

    :raise SystemExit: with what to do by hand, where that fails as well
    """
    address, branch = SOURCE
    say(f"  branch {branch} of {address} (about 250 MB)")
    command = ["git", "clone", "--quiet", "--depth", "1", "--single-branch", "--branch", branch, address, str(target)]
    if not shutil.which("git") or subprocess.run(command).returncode:
        raise SystemExit(ADVICE.format(address))


def find_addon(name, part):
    """Return a folder of one of Odoo's addons: a checkout has most in ``addons``, the package parts in both.

    :param str part: such as ``i18n``
    """
    home = prepare()
    folders = [folder / name / part for folder in (home / "addons", home / "odoo" / "addons")]
    return next((folder for folder in folders if folder.is_dir()), folders[-1])


def addons_path(home, own=None):
    """Return Odoo's ``--addons-path``, with the folder ``own``, or this addon's and the glue addons', at its end."""
    folders = [home / "addons", home / "odoo" / "addons", *([own] if own else [link_addon(), GLUE])]
    return ",".join(str(folder) for folder in folders if folder.is_dir())
