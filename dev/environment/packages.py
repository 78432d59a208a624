"""The Python packages, in a private virtual environment."""

import shutil
import subprocess
import sys
import zipfile

from .debian import Archive, DebianError
from .folders import ROOT, SCRATCH, VENV, once, say

REQUIREMENTS = ROOT / "dev" / "requirements.txt"
NO_PIP = "This Python has no pip, and none can be had here. On Ubuntu: sudo apt-get install python3-venv"


def prepare():
    """Make ``.odoo/venv`` with what Odoo, its tests and the linters need."""
    if not (3, 10) <= sys.version_info[:2] <= (3, 13):
        raise SystemExit(f"Odoo 19 runs on Python 3.10 to 3.13, this is {sys.version.split()[0]}.")
    once("venv", REQUIREMENTS.read_text() + sys.version, _build)


def _build(target):
    _make_venv(target)
    say("  Python packages, about 120 MB; pip shows what it collects:")
    command = [str(target / "bin/python"), "-m", "pip", "install", "--disable-pip-version-check", "-r"]
    process = subprocess.Popen(
        [*command, str(REQUIREMENTS)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    tail = []
    for line in process.stdout:
        tail = [*tail[-30:], line]
        if line.startswith(("Collecting", "Installing")):
            say("    " + line.strip()[:100])
    if process.wait():
        shutil.rmtree(target, ignore_errors=True)
        raise SystemExit("pip could not install the Python packages:\n" + "".join(tail))


def _make_venv(target):
    """Make the virtual environment, also where Debian left out ``ensurepip`` (package python3-venv)."""
    result = subprocess.run([sys.executable, "-m", "venv", str(target)], capture_output=True, text=True)
    if result.returncode == 0:
        return
    say("  this Python has no pip of its own; fetching Debian's wheel of it")
    subprocess.run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(target)], check=True)
    wheels = SCRATCH / "pip-wheel"
    try:
        archive = Archive()
        archive.update()
        archive.unpack(["python3-pip-whl"], wheels)
    except DebianError:
        shutil.rmtree(target, ignore_errors=True)
        raise SystemExit(NO_PIP) from None
    library = next(target.glob("lib/python3*/site-packages"))
    zipfile.ZipFile(next(wheels.glob("usr/share/python-wheels/pip-*.whl"))).extractall(library)
    shutil.rmtree(wheels)


def site_packages():
    """Return the folder that the virtual environment keeps its packages in."""
    return next(VENV.glob("lib/python3*/site-packages"))
