"""The addon as it was in the version before, for what must live on when it is upgraded."""

import contextlib
import copy
import io
import subprocess
import tarfile
from pathlib import Path

from . import odoo_source
from .command import CONFIGURATION
from .folders import ADDON, DATA, HOME, ROOT, once

# The last commit of version 19.0.1.0.0 whose units were received and sold at moments, not on days.
COMMIT = "1585e9b5cb4d70bc93c720def82c269b1feb5278"


@contextlib.contextmanager
def addon(env):
    """Yield the environment in which Odoo finds the addon of the version before.

    :raise OSError: when the history of the repository does not go back that far
    """
    home = once("previous", COMMIT, _unpack)
    configuration = HOME / "previous.conf"
    path = odoo_source.addons_path(env.home, home)
    configuration.write_text(CONFIGURATION.format(addons_path=path, data_dir=DATA))
    older = copy.copy(env)
    older.variables = env.variables | {"ODOO_RC": str(configuration)}
    yield older


def _unpack(target: Path):
    command = ["git", "archive", "--format=tar", COMMIT]
    archive = subprocess.run(command, cwd=ROOT, capture_output=True)
    if archive.returncode:
        raise OSError(f"git has no commit {COMMIT}: {archive.stderr.decode().strip()}")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
        tar.extractall(target / ADDON, filter="data")
