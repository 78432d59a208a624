"""The Python packages, in a private virtual environment."""

import shutil
import subprocess
import sys
import zipfile

from .debian import Archive, DebianError
from .folders import ROOT, SCRATCH, VENV, once, say

REQUIREMENTS = ROOT / "dev" / "requirements.txt"
# What reportlab draws the barcodes of Odoo's own papers with. PyPI has wheels of it for Python up to 3.12.
BARCODES = "python3-rl-renderpm"
NO_PIP = "This Python has no pip, and none can be had here: sudo apt-get install python3-venv"


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
    if sys.version_info >= (3, 13):
        _add_barcodes(target)


def _add_barcodes(target):
    """Bring Debian's build of what draws barcodes: that of the release, whose Python this is."""
    folder = SCRATCH / "barcodes"
    try:
        archive = Archive()
        archive.update()
        archive.unpack([BARCODES], folder)
    except DebianError:
        say(f"  {BARCODES} is not to be had here: Odoo's own papers, such as its picking list, cannot be printed")
        return
    library = next(target.glob("lib/python3*/site-packages"))
    shutil.copytree(folder / "usr/lib/python3/dist-packages", library, dirs_exist_ok=True)
    shutil.rmtree(folder)


def _make_venv(target):
    """Make the virtual environment, also where Debian left out ``ensurepip`` (package python3-venv)."""
    result = subprocess.run([sys.executable, "-m", "venv", str(target)], capture_output=True, text=True)
    if result.returncode == 0:
        return
    say("  this Python has no pip of its own; fetching the release's wheel of it")
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
