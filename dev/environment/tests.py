"""The addon's own tests, with pytest."""

from pathlib import Path

from .folders import ADDON, HOME, PYTHON, ROOT, link_addon, say


def run(env, name, arguments):
    """Run the tests in the database ``name``.

    :param arguments: pytest's, such as ``-k name`` or ``tests/test_receive.py``
    :return: pytest's exit code: 0 only if tests ran and all passed
    """
    say("Testing")
    link = link_addon() / ADDON
    paths = [_in_link(link, argument) for argument in arguments]
    if not any(path.startswith(str(link)) for path in paths):
        paths.append(str(link / "tests"))
    # Everything by way of the link: with the repository's own path pytest would take its folder for the addon.
    settings = ["-c", link / "pyproject.toml", "--rootdir", link]
    odoo = ["--odoo-database", name, "--odoo-http", "--odoo-log-level", "error"]
    command = [PYTHON, "-m", "pytest", *settings, *odoo, *paths]
    env.variables["HYPOTHESIS_STORAGE_DIRECTORY"] = str(HOME / "hypothesis")
    return env.call(command, check=False, cwd=ROOT)


def _in_link(link, argument):
    """Turn a path in the repository into one in its link: pytest-odoo takes the addon's name from the folder."""
    path, colons, node = argument.partition("::")
    if argument.startswith("-") or not Path(path).exists():
        return argument
    path = Path(path).resolve()
    return f"{link / path.relative_to(ROOT)}{colons}{node}" if path.is_relative_to(ROOT) else argument
