"""Where the environment keeps its parts, and how a part is prepared exactly once."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDON = "serial_number_tracking"
GLUE = ROOT / "addons"  # addons beside one app of Odoo's each, which install themselves with it
HOME = ROOT / ".odoo"
VENV = HOME / "venv"
PYTHON = VENV / "bin" / "python"
DATA = HOME / "data"
ADDONS = HOME / "addons"
SCRATCH = HOME / "tmp"
_thread = threading.local()


def say(text):
    """Print one line of progress to the standard error stream, at once or with the others of :func:`said_at_once`."""
    kept = getattr(_thread, "kept", None)
    if kept is None:
        print(f"[dev] {text}", file=sys.stderr, flush=True)
    else:
        kept.append(f"\n[dev] {text}")


@contextlib.contextmanager
def said_at_once():
    """Keep what this thread says until the end of the block: others say something meanwhile."""
    _thread.kept = kept = []
    try:
        yield
    finally:
        _thread.kept = None
        print(*kept, sep="", file=sys.stderr, flush=True)


@contextlib.contextmanager
def timed(text):
    """Announce a step, and say how long it took."""
    say(f"{text} ...")
    start = time.monotonic()
    yield
    say(f"{text}: done in {time.monotonic() - start:.0f} s")


@contextlib.contextmanager
def locked(name):
    """Let one command at a time do something to the environment."""
    HOME.mkdir(exist_ok=True)
    with open(HOME / f".{name}.lock", "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"another command is busy with the {name}; waiting for it ...")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def once(name, version, build):
    """Run ``build(target)`` unless ``.odoo/<name>`` was already built from this very ``version`` text.

    :return: the target folder. Its stamp is written last: a build that was interrupted is done again. One that is a
        link belongs to another checkout, and is used as it is: building through it would empty it for everybody.
    """
    target = HOME / name
    if target.is_symlink():
        return target
    stamp = HOME / f".{name}.stamp"
    digest = hashlib.sha256(version.encode()).hexdigest()
    if target.exists() and stamp.exists() and stamp.read_text() == digest:
        return target
    stamp.unlink(missing_ok=True)
    shutil.rmtree(target, ignore_errors=True)
    SCRATCH.mkdir(exist_ok=True)
    with timed(f"Preparing {name}"):
        build(target)
    stamp.write_text(digest)
    return target


def megabytes(path):
    """Return the size of a file or a folder as a readable text."""
    files = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file() and not p.is_symlink()]
    return f"{sum(p.stat().st_size for p in files) / 1e6:.0f} MB"


def find_glue():
    """Return the names of the glue addons."""
    return sorted(manifest.parent.name for manifest in GLUE.glob("*/__manifest__.py"))


def is_glue(argument):
    """Tell whether the argument of a command is a path of a glue addon."""
    path = Path(argument.partition("::")[0])
    return path.exists() and path.resolve().is_relative_to(GLUE)


def link_addon():
    """Make the repository visible to Odoo under the addon's name.

    :return: the folder to put into Odoo's addons path
    """
    ADDONS.mkdir(parents=True, exist_ok=True)
    link = ADDONS / ADDON
    if not link.is_symlink():
        link.symlink_to(os.path.relpath(ROOT, ADDONS))
    return ADDONS
