"""Databases for the commands: made once, copied when a fresh one is wanted, brought up to date when files changed."""

import contextlib
import hashlib
import os
import shutil
import subprocess

from .folders import ADDON, DATA, GLUE, HOME, ROOT, find_glue, locked, say

BASE = "serial_number_tracking_base"
# What the tests use where it is installed; the addon itself depends on the first two only.
BASE_MODULES = "purchase_stock,sale_stock,sale_management,stock_picking_batch,stock_dropshipping"
# The apps that glue addons stand beside, and the database with all of them.
APPS = "mrp,mrp_subcontracting,repair,point_of_sale"
BESIDE = "serial_number_tracking_beside_base"
SHIPPED = (
    *(
        "models",
        "engine",
        "wizards",
        "controllers",
        "tools",
        "views",
        "report",
        "security",
        "data",
        "demo",
        "static",
        "i18n",
    ),
    "migrations",
)
# PostgreSQL's other way of copying lets sequences fall back when the embedded server is killed: their pages are logged
# as they are, and count as numbers fetched ahead, which are not logged again.
COPYING = () if os.environ.get("PGHOST") else ("--strategy=file_copy",)


def addon_digest(addon=ADDON):
    """Return a digest of all that ships with the addon, or with a glue addon."""
    root = ROOT if addon == ADDON else GLUE / addon
    digest = hashlib.sha256()
    files = [path for folder in SHIPPED for path in (root / folder).rglob("*")]
    for path in sorted([root / "__manifest__.py", root / "__init__.py", root / "api.py", *files]):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return digest.hexdigest()


def find_addons(beside):
    """Return the names of what is installed: the addon, and the glue addons where their apps are there."""
    return [ADDON, *(find_glue() if beside else [])]


def exists(env, name):
    """Tell whether the database is there."""
    query = f"SELECT 1 FROM pg_database WHERE datname = '{name}'"
    command = ["psql", "-qAtd", "postgres", "-c", query]
    result = subprocess.run(command, env=env.variables, capture_output=True, text=True, check=True)
    return result.stdout.strip() == "1"


def drop(env, name):
    """Drop the database and its files, if they are there."""
    env.call(["dropdb", "--if-exists", "--force", name], stderr=subprocess.DEVNULL)
    shutil.rmtree(DATA / "filestore" / name, ignore_errors=True)


def copy(env, source, target):
    """Copy a database with its files."""
    drop(env, target)
    env.call(["createdb", *COPYING, "-T", source, target])
    files = DATA / "filestore" / source
    if files.exists():
        shutil.copytree(files, DATA / "filestore" / target)


def prepare_base(env, name=BASE, modules=BASE_MODULES, source=None):
    """Make the database with Odoo's own ``modules`` that fresh ones are copied from.

    :param source: the name of one that has some of them already
    :return: its name
    """
    stamp = HOME / f".{name}.stamp"
    version = f"{env.home} {modules}"
    with locked("base database"):
        if not (stamp.exists() and stamp.read_text() == version and exists(env, name)):
            copy(env, source, name) if source else drop(env, name)
            title = f"Installing {modules} into the database that test databases are copied from (about 1 min)"
            env.odoo_quietly(title, "server", "-d", name, "-i", modules, "--no-http")
            stamp.write_text(version)
    return name


def prepare_beside(env):
    """Make the database with the apps that glue addons stand beside.

    :return: its name
    """
    return prepare_base(env, BESIDE, f"{BASE_MODULES},{APPS}", prepare_base(env))


@contextlib.contextmanager
def fresh(env, purpose, keep=False, base=None, addon=True):
    """Yield the name of a new database with the addon installed, dropped afterwards unless ``keep`` is set.

    :param base: the database to copy, by default that of :func:`prepare_base`
    :param addon: whether to install the addon; what is glue beside an app of the base comes along
    """
    name = f"{ADDON}_{purpose}_{os.getpid()}"
    base = base or prepare_base(env)
    with locked("base database"):
        copy(env, base, name)
    try:
        if addon:
            env.odoo_quietly(f"Installing {ADDON} into {name}", "server", "-d", name, "-i", ADDON, "--no-http")
        yield name
    finally:
        _end(env, name, keep)


@contextlib.contextmanager
def reused(env, purpose, beside=False):
    """Yield the name of a database with the addon that stays, brought up to date when a file of the addon changed.

    :param beside: with the apps and the glue addons, in a database of its own
    """
    name = f"{ADDON}_{purpose}{'_beside' if beside else ''}"
    base = prepare_beside(env) if beside else prepare_base(env)

    def install():
        with locked("base database"):
            copy(env, base, name)
        env.odoo_quietly(f"Installing {ADDON} into {name}", "server", "-d", name, "-i", ADDON, "--no-http")

    _bring_up_to_date(env, name, find_addons(beside), install)
    yield name


def _bring_up_to_date(env, name, addons, install):
    """Call ``install`` where the database is not there; update those of the addons in it whose files changed."""
    stamp = HOME / f".{name}.stamp"
    digests = {addon: addon_digest(addon) for addon in addons}
    with locked(f"database {name}"):
        if not (stamp.exists() and exists(env, name)):
            install()
        elif changed := digests.items() - _read_digests(stamp).items():
            names = ",".join(sorted(addon for addon, _digest in changed))
            new = ("-i", ",".join(addons), "-u", names)
            env.odoo_quietly(f"Updating {names} in {name}", "server", "-d", name, *new, "--no-http")
        stamp.write_text("".join(f"{addon} {digest}\n" for addon, digest in digests.items()))


def _read_digests(stamp):
    return dict(line.split() for line in stamp.read_text().splitlines() if " " in line)


@contextlib.contextmanager
def copied(env, source, target, keep=False):
    """Copy a database with its files, and drop the copy afterwards unless ``keep`` is set."""
    copy(env, source, target)
    try:
        yield target
    finally:
        _end(env, target, keep)


@contextlib.contextmanager
def empty(env, purpose, keep=False):
    """Yield the name of a database that does not exist yet, dropped afterwards unless ``keep`` is set."""
    name = f"{ADDON}_{purpose}_{os.getpid()}"
    try:
        yield name
    finally:
        _end(env, name, keep)


def _end(env, name, keep):
    if keep:
        say(f"Database {name} is kept; drop it with dev/odoo db drop {name}")
    else:
        drop(env, name)


def bring_up_to_date(env, name, beside=False):
    """Install the addon with its demo data into the database, or update it when its files changed.

    :param beside: with the apps and the glue addons
    """
    addons = find_addons(beside)

    def install():
        title = f"Installing Odoo with the addon and demo data into the database {name} (2 to 3 min)"
        modules = ("-i", ",".join([*addons, "sale_management", *([APPS] if beside else [])]), "--with-demo")
        update = ("-u", ADDON) if exists(env, name) else ()  # its installation was interrupted
        env.odoo_quietly(title, "server", "-d", name, *modules, *update, "--no-http")

    _bring_up_to_date(env, name, addons, install)
