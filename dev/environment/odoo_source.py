"""Odoo 19 itself: an existing checkout (``ODOO_HOME``), or Debian's package unpacked into ``.odoo/odoo``."""

import os
from pathlib import Path

from .debian import Archive, DebianError
from .folders import GLUE, link_addon, once

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
    return once("odoo", "odoo-19 1", _unpack) / "usr/lib/python3/dist-packages"


def _checkout(home):
    if not (home / "odoo" / "release.py").exists():
        raise SystemExit(f"ODOO_HOME={home} is no Odoo checkout: it has no odoo/release.py.")
    if "version_info = (19, 0" not in (home / "odoo" / "release.py").read_text():
        raise SystemExit(f"ODOO_HOME={home} is not Odoo 19: see its odoo/release.py.")
    return home


def _unpack(target):
    unstable = Archive("unstable")
    unstable.update()
    unstable.unpack(PACKAGES + FONTS, target)
    own = Archive()
    own.update()
    try:
        own.unpack(OLD_FONTS, target)
    except DebianError:
        unstable.unpack(OLD_FONTS, target)
    addons = target / "usr/lib/python3/dist-packages/odoo/addons"
    missing = addons / LEFT_OUT
    missing.parent.mkdir(parents=True, exist_ok=True)
    missing.touch()


def addons_path(home, own=None):
    """Return Odoo's ``--addons-path``, with the folder ``own``, or this addon's and the glue addons', at its end."""
    folders = [home / "addons", home / "odoo" / "addons", *([own] if own else [link_addon(), GLUE])]
    return ",".join(str(folder) for folder in folders if folder.is_dir())
