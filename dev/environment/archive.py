"""What ships: the addon and the glue addons without what only developers need, as archives and as packages for pip."""

import ast
import os
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from . import database, odoo_source
from .folders import ADDON, GLUE, PYTHON, ROOT, find_glue, once, say

NOT_SHIPPED = ("addons", "dev", "docs", "dist", "tests", "node_modules", "__pycache__", "pyproject.toml")
# whool makes the packages that Odoo's community publishes: odoo-addon-NAME, with the addons it needs as requirements.
WHOOL = "whool==1.3.1"
PROJECT = f"""[build-system]
requires = ["{WHOOL}"]
build-backend = "whool.buildapi"
"""


def make(folder):
    """Write an archive and a package of each addon into a folder.

    :return: their paths
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix=f"{ADDON}-") as scratch:
        addons = copy_addons(Path(scratch))
        archives = [_zip(addon, folder) for addon in addons]
        for addon in addons:
            (addon / "pyproject.toml").write_text(PROJECT)
        _make_packages(addons, folder)
    return archives + sorted(folder.glob("*.whl"))


def _make_packages(addons, folder):
    tool = once("whool", WHOOL, lambda target: _pip("install", "--target", target, WHOOL))
    say("Making the packages for pip")
    variables = {**os.environ, "PYTHONPATH": str(tool)}
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, *addons, env=variables)


def _pip(command, *arguments, **options):
    subprocess.run(
        [PYTHON, "-m", "pip", command, "--quiet", "--disable-pip-version-check", *arguments], check=True, **options
    )


def copy_addons(target):
    """Copy the addon and the glue addons as they ship into a folder.

    :return: their folders
    """
    sources = [ROOT, *(GLUE / name for name in find_glue())]
    names = [ADDON, *find_glue()]
    for source, name in zip(sources, names, strict=True):
        for path in _find_files(source):
            copy = target / name / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source / path, copy)
    return [target / name for name in names]


def _find_files(source):
    """Return what git knows of an addon, and what ships of it: paths within its folder."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "."]
    listed = subprocess.run(command, cwd=source, capture_output=True, text=True, check=True).stdout.splitlines()
    paths = [Path(name) for name in listed if (source / name).is_file()]
    return [path for path in paths if not any(part in NOT_SHIPPED or part.startswith(".") for part in path.parts)]


def _zip(addon, folder):
    version = _read_manifest(addon)["version"]
    target = folder / f"{addon.name}-{version}.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(addon.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(addon.parent))
    return target


def _read_manifest(addon):
    return ast.literal_eval((addon / "__manifest__.py").read_text())


def check(env, folder):
    """Install what was made in fresh databases: the archives in Odoo's addons path, and the packages by pip.

    :raise SystemExit: where one cannot be installed, or logs an error
    """
    with tempfile.TemporaryDirectory(prefix=f"{ADDON}-") as scratch:
        unpacked, installed = Path(scratch) / "unpacked", Path(scratch) / "installed"
        for archive in sorted(folder.glob("*.zip")):
            zipfile.ZipFile(archive).extractall(unpacked)
        _pip("install", "--no-deps", "--target", installed, *sorted(folder.glob("*.whl")))
        _compare(unpacked, installed / "odoo" / "addons")
        _install(env, unpacked)


def _compare(unpacked, installed):
    """Check that packages hold the same files as archives; compiled ones apart."""
    files = [_list(folder) for folder in (unpacked, installed)]
    if files[0] != files[1]:
        raise SystemExit(f"The packages differ from the archives: {sorted(files[0] ^ files[1])[:20]}")


def _list(folder):
    found = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    return {path for path in found if "__pycache__" not in path.parts and path.name != "pyproject.toml"}


def _install(env, folder):
    names = [ADDON, *find_glue()]
    base = database.prepare_beside(env)
    arguments = ["--addons-path", odoo_source.addons_path(env.home, folder), "-i", ",".join(names), "--no-http"]
    with database.fresh(env, "archive", base=base, addon=False) as name:
        env.odoo_quietly(f"Installing the archives: {', '.join(names)}", "server", "-d", name, *arguments)
    say("The archives and the packages are complete, and can be installed")
