"""Import the addon's models by themselves, in one order or the other, and print what each of their methods is made of.

Run by test_import_order in a process of its own: models register themselves when they are imported.
"""

import importlib
import inspect
import json
import sys
from collections import defaultdict
from pathlib import Path
from types import ModuleType

from odoo.models import MetaModel

import odoo.addons

ADDON = "serial_number_tracking"
PACKAGE = f"odoo.addons.{ADDON}"
LAYERS = ("models", "wizards")


def import_models(root, is_reversed):
    """Import each module by itself: packages do not import what is in them."""
    modules = []
    for path in sorted(path for layer in LAYERS for path in (root / layer).rglob("*.py")):
        name = ".".join([PACKAGE, *path.relative_to(root).with_suffix("").parts])
        if path.name == "__init__.py":
            _add_package(name.removesuffix(".__init__"), path.parent)
        else:
            modules.append(name)
    for name in reversed(modules) if is_reversed else modules:
        importlib.import_module(name)


def _add_package(name, folder):
    package = sys.modules[name] = ModuleType(name)
    package.__path__ = [str(folder)]


def find_methods():
    """Return ``{model.method: what is called}``: by the classes whose methods call each other, else by the last one."""
    classes = defaultdict(list)
    for each in MetaModel._module_to_models__[ADDON]:
        classes[each._name or each._inherit[0]].append(each)
    methods = {}
    for model, several in classes.items():
        for name in {name for each in several for name, value in vars(each).items() if callable(value)}:
            definers = [each for each in several if callable(vars(each).get(name))]
            chained = [each for each in definers if "super()" in inspect.getsource(vars(each)[name])]
            called = definers if len(definers) - len(chained) <= 1 else definers[-1:]
            methods[f"{model}.{name}"] = sorted(each.__module__ for each in called)
    return methods


if __name__ == "__main__":
    where, addons, order = sys.argv[1:]
    odoo.addons.__path__[:] = addons.split(":")
    _add_package(PACKAGE, Path(where))
    import_models(Path(where), order == "reversed")
    json.dump(find_methods(), sys.stdout)
