"""The code checks: ruff, layout, translations, pictures, pylint-odoo, prettier, eslint and Odoo's own."""

import contextlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from . import node, odoo_source
from .folders import ADDON, GLUE, PYTHON, ROOT, find_glue, say

OWN_CHECKS = ROOT / "dev" / "checks" / "odoo_checks.py"
TRANSLATIONS = ROOT / "dev" / "checks" / "translations.py"
LAYOUT = ROOT / "dev" / "checks" / "layout.py"
PICTURES = ROOT / "dev" / "checks" / "pictures.py"
# What is no part of the addon as it ships: Odoo's checks must not walk into it.
NOT_SHIPPED = shutil.ignore_patterns(".*", "dev", "dist", "node_modules", "__pycache__")
OTHERS = ("tests/addons", "addons")  # addons of their own


def ruff_check(fix=False):
    """Run ruff's linter over the whole repository."""
    return _tool("ruff", "check", "--quiet", *(["--fix"] if fix else []), ".")


def ruff_format(fix=False):
    """Check ruff's formatting of the whole repository, or bring it about."""
    return _tool("ruff", "format", "--quiet", *([] if fix else ["--diff"]), ".")


# Inline comments cannot switch these off: Odoo's own pylint does not know them and refuses such comments.
NOT_OURS = (
    "manifest-required-author",  # asks for the OCA as an author
    "consider-merging-classes-inherited",  # features extend models in folders of their own; the layout check counts
    "method-required-super",  # units and their history refuse create, write, copy on purpose
    "super-method-mismatch",
    "missing-return",
    "context-overridden",  # the entry window continues a button with the whole context of its first call
)


def pylint_odoo(fix=False):
    """Run pylint with the OCA's checks over the addon as it ships."""
    with shipped() as folder:
        settings = [
            "--rcfile",
            ROOT / "pyproject.toml",
            "--disable=" + ",".join(NOT_OURS),
        ]
        return _tool("pylint", *settings, ADDON, *find_glue(), cwd=folder)


@contextlib.contextmanager
def shipped():
    """Yield a folder with copies of the addon and the glue addons as they ship, for tools that would walk too far."""
    with tempfile.TemporaryDirectory(prefix=f"{ADDON}-") as folder:
        shutil.copytree(ROOT, Path(folder) / ADDON, ignore=NOT_SHIPPED)
        for others in OTHERS:
            shutil.rmtree(Path(folder) / ADDON / others)
        shutil.copytree(GLUE, folder, ignore=NOT_SHIPPED, dirs_exist_ok=True)
        yield Path(folder)


def layout(fix=False):
    """Check which parts of the addon know which, and that each model has one class in each of them."""
    return subprocess.run([str(PYTHON), str(LAYOUT)], cwd=ROOT).returncode == 0


def translations(fix=False):
    """Check the catalogs of all languages; what is new gets Odoo's own translation."""
    if fix:
        subprocess.run([str(PYTHON), str(ROOT / "dev" / "translations"), "--merge"], cwd=ROOT, check=True)
    return subprocess.run([str(PYTHON), str(TRANSLATIONS)], cwd=ROOT).returncode == 0


def pictures(fix=False):
    """Check that the shop window's pictures are there, and no older than those of the manual."""
    return subprocess.run([str(PYTHON), str(PICTURES)], cwd=ROOT).returncode == 0


def prettier(fix=False):
    """Check the formatting of JavaScript, styles and XML, or bring it about."""
    files = node.find_files("*.js", "*.mjs", "*.scss", "*.xml")
    mode = ("--write", "--log-level", "warn") if fix else ("--check", "--log-level", "warn")
    return node.run("prettier", "--plugin", node.plugin(), *mode, *files)


def eslint(fix=False):
    """Check the JavaScript."""
    files = node.find_files("static/**/*.js", "addons/*/static/**/*.js")
    config = ("--config", ROOT / "dev" / "checks" / "eslint.config.mjs")
    return node.run("eslint", *config, *(["--fix"] if fix else []), *files)


STATIC = {
    "ruff": ruff_check,
    "format": ruff_format,
    "layout": layout,
    "translations": translations,
    "pictures": pictures,
    "pylint": pylint_odoo,
    "prettier": prettier,
    "eslint": eslint,
}


def static(names=tuple(STATIC), fix=False):
    """Run the checks that need no database.

    :return: the names of those that failed
    """
    failed = []
    for name in names:
        say(f"Checking the code: {name}")
        if not STATIC[name](fix):
            failed.append(name)
    return failed


def odoo(env, name):
    """Run Odoo's own checks (its addon ``test_lint``) of the addons as they ship; this one is installed in ``name``.

    :return: ``["odoo"]`` when one failed
    """
    say("Checking the code: Odoo's own checks")
    with shipped() as folder, open(OWN_CHECKS) as script:
        path = odoo_source.addons_path(env.home, folder)
        arguments = ["shell", "-d", name, "--addons-path", path, "--no-http", "--log-level", "warn"]
        names = env.variables | {"CHECKED_ADDONS": ",".join([ADDON, *find_glue()])}
        code = env.odoo(*arguments, check=False, stdin=script, env=names)
    return ["odoo"] if code else []


def _tool(program, *arguments, cwd=ROOT):
    command = [str(PYTHON), "-m", program, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd).returncode == 0
