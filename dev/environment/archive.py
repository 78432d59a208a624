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
SHOP = ("LICENSE", "static/description/index.html", "static/description/icon.png")
FIRST_RECEIPT = ROOT / "dev" / "checks" / "first_receipt.py"
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

    :raise SystemExit: where something is missing or too much in one, one cannot be installed, or logs an error
    """
    with tempfile.TemporaryDirectory(prefix=f"{ADDON}-") as scratch:
        unpacked, installed = Path(scratch) / "unpacked", Path(scratch) / "installed"
        for archive in sorted(folder.glob("*.zip")):
            zipfile.ZipFile(archive).extractall(unpacked)
        _pip("install", "--no-index", "--no-deps", "--target", installed, *sorted(folder.glob("*.whl")))
        if faults := [*find_faults(unpacked), *_compare(unpacked, installed / "odoo" / "addons")]:
            raise SystemExit("\n".join(faults))
        _install(env, unpacked, installed)


def find_faults(folder):
    """Yield what is wrong with addons as they ship: what is missing, and what only developers need."""
    for addon in sorted(path for path in folder.iterdir() if path.is_dir()):
        manifest = _read_manifest(addon)
        listed = [*manifest.get("data", []), *manifest.get("demo", []), *manifest.get("images", [])]
        needed = [*listed, "README.md", "__init__.py", *(SHOP if addon.name == ADDON else ())]
        source = ROOT if addon.name == ADDON else GLUE / addon.name
        needed += [f"i18n/{catalog.name}" for catalog in source.glob("i18n/*.po")]
        yield from (f"{addon.name}: {path} is missing" for path in needed if not (addon / path).is_file())
        icon = manifest.get("icon", f"/{addon.name}/static/description/icon.png")
        if not (folder / icon.lstrip("/")).is_file():
            yield f"{addon.name}: its icon {icon} is missing"
        for path in addon.rglob("*"):
            if path.name in NOT_SHIPPED:
                yield f"{addon.name}: {path.relative_to(addon)} is of no use to who installs it"


def _compare(unpacked, installed):
    """Yield what packages and archives do not both hold; compiled files apart."""
    files = [_list(folder) for folder in (unpacked, installed)]
    yield from (f"{path} is in the archives or in the packages alone" for path in sorted(files[0] ^ files[1]))


def _list(folder):
    found = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    return {path for path in found if "__pycache__" not in path.parts and path.name != "pyproject.toml"}


def _install(env, unpacked, installed):
    """Install from the archives what stands beside apps of this machine, then work with what pip installed."""
    names = [ADDON, *find_glue()]
    base = database.prepare_beside(env)
    with database.fresh(env, "archive", base=base, addon=False) as name:
        path = ("--addons-path", odoo_source.addons_path(env.home, unpacked))
        arguments = ("-d", name, *path, "-i", ",".join(names), "--no-http")
        env.odoo_quietly(f"Installing the archives: {', '.join(names)}", "server", *arguments)
        say("Receiving units with the packages")
        path = ("--addons-path", odoo_source.addons_path(env.home, installed / "odoo" / "addons"))
        variables = env.variables | {"SHIPPED_FROM": str(installed), "SHIPPED": ",".join(names)}
        arguments = ("shell", "-d", name, *path, "--no-http", "--log-level", "error")
        with open(FIRST_RECEIPT) as script:
            code = env.odoo(*arguments, check=False, stdin=script, env=variables)
    if code:
        raise SystemExit(f"No units could be received with the packages: Odoo's shell ended with {code}")
    say("The archives and the packages are complete, can be installed, and work")
