"""A database on a small file system of its own, which can be filled up. Needs root, and PostgreSQL on this machine."""

import contextlib
import os
import subprocess
import tempfile
from pathlib import Path

from . import database

SPACE = "serial_number_tracking_small"
ROOM = 150  # megabytes beside the copied database


@contextlib.contextmanager
def small(env, source, name):
    """Yield the folder of a small file system with a copy of the database ``source`` on it.

    :raise OSError: where none can be mounted
    """
    with tempfile.TemporaryDirectory(prefix=f"{SPACE}-") as folder:
        os.chmod(folder, 0o755)
        place = Path(folder) / "space"
        place.mkdir()
        size = int(_ask(env, f"SELECT pg_database_size('{source}') / 1000000")) + ROOM
        with _mounted(place, size):
            owner = Path(_ask(env, "SHOW data_directory")).stat()
            os.chown(place, owner.st_uid, owner.st_gid)
            _ask(env, f"CREATE TABLESPACE {SPACE} OWNER {env.variables['PGUSER']} LOCATION '{place}'")
            try:
                env.call(["createdb", "-T", source, "-D", SPACE, name])
                yield place
            finally:
                database.drop(env, name)
                _ask(env, f"DROP TABLESPACE {SPACE}")


@contextlib.contextmanager
def _mounted(place, megabytes):
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "tmpfs", place]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        raise OSError("A small file system can be mounted by root only.")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


def _ask(env, query):
    """Return the answer to a query, as the server's superuser."""
    variables = env.variables | {"PGUSER": "postgres"}
    command = ["psql", "-qAtd", "postgres", "-c", query]
    return subprocess.run(command, env=variables, capture_output=True, text=True, check=True).stdout.strip()
