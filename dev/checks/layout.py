"""Where code may stand, and what it may know of other code: the layers, the features, one class per model.

Read from the text of the addon alone, without importing it.
"""

import ast
import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDON = "serial_number_tracking"
GLUE = ROOT / "addons"
GLUE_LINES = 600  # at most, without tests, translations and the manifest
COUNTED = {".py", ".xml", ".js", ".scss", ".csv"}
WORD = re.compile(r"\w+")
FEATURES = (
    "recall",
    "warranty",
    "portal",
    "background",
    "reporting",
    "identity",
    "intercompany",
    "count",
    "series",
    "worklist",
    "delivery",
    "attribute",
    "carton",
    "photo",
)
CORE = ("tools", "engine", "models", "wizards", "controllers")
# What each layer may import beside itself. Features may import all of the core, and none of them another one.
ARROWS = {layer: CORE[:index] for index, layer in enumerate(CORE)}
# Of a feature, although they stand elsewhere: wizards beside their views, controllers with the others.
OWNED = {
    "controllers/portal.py": "portal",
    "wizards/serial_recall_add.py": "recall",
    "wizards/serial_recall_close.py": "recall",
    "wizards/serial_recall_email.py": "recall",
    "controllers/recall.py": "recall",
    "wizards/serial_reconcile.py": "reporting",
}
# Views of a feature, although they stand with the others; those of its own models bear their names.
OWNED_VIEWS = {
    "digest_digest_views.xml": {"reporting"},
    "portal_templates.xml": {"portal", "warranty"},
    "res_config_settings_views.xml": {"warranty", "delivery"},
    "serial_delivery_views.xml": {"delivery"},
    "product_views.xml": {"identity", "series", "attribute", "photo"},
    "serial_number_dashboards.xml": {"reporting"},
    "serial_number_recall_views.xml": {"recall"},
    "serial_number_views.xml": {"identity", "worklist", "photo"},
    "serial_number_warranty_views.xml": {"warranty"},
    "serial_report_views.xml": {"background"},  # the button of a long report
    "stock_return_picking_views.xml": {"warranty"},
}
# Models whose methods do nothing, for features and other addons to extend.
HOOKS = ("serial.hook.mixin", "serial.move.hook.mixin", "serial.product.hook.mixin")
# Models that have more than one class in a folder still: this is to become empty.
TO_MERGE = ()


class Module:
    """A Python file of the addon.

    :ivar layer: the part of the addon that it is of: one of :data:`CORE`, or of :data:`FEATURES`
    """

    def __init__(self, path):
        self.path = path.relative_to(ROOT)
        self.tree = ast.parse(path.read_text())
        parts = self.path.parts
        self.layer = OWNED.get(self.path.as_posix()) or _find_layer(parts)
        self.classes = [Class(self, node) for node in self.tree.body if isinstance(node, ast.ClassDef)]

    @property
    def is_core(self):
        return self.layer in CORE

    def find_imports(self):
        """Yield the line of each import from the addon, and the layer that it imports from."""
        for node in ast.walk(self.tree):
            if not isinstance(node, ast.ImportFrom):
                continue
            names = (node.module or "").split(".") if node.module else []
            if node.level:
                names = [*self.path.parts[: len(self.path.parts) - node.level], *names]
            elif names[:3] == ["odoo", "addons", ADDON]:
                names = names[3:]
            else:
                continue
            for alias in node.names:
                yield node.lineno, _find_layer([*names, alias.name])

    def find_names(self):
        """Yield the line and the word of all that may name a model or a field: attributes, and texts but docstrings."""
        documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
        docstrings = {id(node.body[0].value) for node in ast.walk(self.tree) if _has_docstring(node, documented)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Attribute):
                yield node.lineno, node.attr
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                words = {word for word in WORD.findall(node.value) if "_" in word}  # of SQL, and of dotted paths
                yield from ((node.lineno, word) for word in {node.value, *words})


class Class:
    """A class of a module; ``model`` is empty for one that is no model."""

    def __init__(self, module, node):
        self.module, self.node = module, node
        given = {target.id: value for target, value in _find_assignments(node)}
        inherits = _read(given.get("_inherit"), [])
        self.inherits = [inherits] if isinstance(inherits, str) else list(inherits)
        name = _read(given.get("_name"), "")
        self.model = name or (self.inherits[0] if len(self.inherits) == 1 else "")
        self.is_new = bool(name) and name not in self.inherits
        self.fields = {target.id for target, value in _find_assignments(node) if _is_field(value)}
        self.methods = {item.name: item for item in node.body if isinstance(item, ast.FunctionDef)}

    @property
    def where(self):
        return f"{self.module.path}:{self.node.lineno}"


def _read(node, default):
    return default if node is None else ast.literal_eval(node)


def _find_assignments(node):
    for item in node.body:
        if isinstance(item, ast.Assign) and isinstance(item.targets[0], ast.Name):
            yield item.targets[0], item.value
        elif isinstance(item, ast.Assign) and isinstance(item.targets[0], ast.Tuple):
            yield from zip(item.targets[0].elts, getattr(item.value, "elts", ()), strict=False)


def _is_field(value):
    function = value.func if isinstance(value, ast.Call) else None
    return isinstance(function, ast.Attribute) and getattr(function.value, "id", "") == "fields"


def _has_docstring(node, kinds):
    return isinstance(node, kinds) and node.body and isinstance(node.body[0], ast.Expr)


def _find_layer(names):
    return names[1] if names[0] == "models" and len(names) > 1 and names[1] in FEATURES else names[0]


def _read_modules():
    folders = (ROOT / folder for folder in CORE)
    return [Module(path) for folder in folders for path in sorted(folder.rglob("*.py")) if path.name != "__init__.py"]


def _find_bad_imports(modules):
    for module in modules:
        allowed = {module.layer, *(ARROWS[module.layer] if module.is_core else CORE)}
        for line, layer in module.find_imports():
            if layer not in allowed:
                yield f"{module.path}:{line}: {module.layer} must not import from {layer}"


def _find_bad_names(modules):
    """Yield where one part names what another one's feature defines: a model, or a field or method of a core model."""
    owners = _find_owners(modules)
    for module in modules:
        for line, text in module.find_names():
            owner = owners.get(text, module.layer)
            if owner != module.layer:
                yield f"{module.path}:{line}: {text} is of the feature {owner}, which {module.layer} must not know"


def _find_owners(modules):
    """Return ``{name: feature}`` of the models, fields and methods that only this feature defines."""
    owners, shared = {}, _find_hooks([each for module in modules for each in module.classes])
    for module in modules:
        for each in module.classes:
            own = {name for name in each.methods if not _extends_odoo(each, name)} | each.fields
            if module.is_core:
                shared |= {*own, each.model}
            elif each.model:
                names = [each.model, each.model.replace(".", "_")] if each.is_new else own
                owners |= dict.fromkeys(names, module.layer)
    return {name: owner for name, owner in owners.items() if name not in shared}


def _find_hooks(classes):
    return {name for each in classes if each.model in HOOKS for name in each.methods}


def _find_bad_views(modules):
    """Yield where views of the core name a field that only a feature has."""
    owners = {name: owner for name, owner in _find_owners(modules).items() if owner in FEATURES and "_" in name}
    own = {each.model for module in modules if not module.is_core for each in module.classes if each.is_new}
    for path in sorted([*(ROOT / "views").glob("*.xml"), *(ROOT / "wizards").glob("*.xml")]):
        text = path.read_text()
        may = OWNED_VIEWS.get(path.name, set())
        if any(f'<field name="model">{model}</field>' in text for model in own):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            for name in WORD.findall(line):
                if owners.get(name) not in (None, *may):
                    yield f"{path.relative_to(ROOT)}:{number}: {name} is of the feature {owners[name]}"


def _find_split_models(classes):
    places = defaultdict(list)
    for each in classes:
        layer = each.module.layer
        places[each.model, layer if layer in FEATURES else "the core"].append(each)
    for (model, layer), several in places.items():
        if len(several) > 1 and model not in TO_MERGE:
            yield f"{several[1].where}: {model} has a class in {layer} already, at {several[0].where}"


def _find_overrides(classes):
    """Yield the methods of ours that override one of ours: features may extend Odoo's, and hooks that do nothing."""
    hooks, by_model = _find_hooks(classes), defaultdict(list)
    for each in sorted(classes, key=lambda each: not each.module.is_core):
        by_model[each.model].append(each)
    for model, several in by_model.items():
        mixins = {name for each in several for name in each.inherits} - {model}
        seen = {name: mixin for other in mixins for mixin in by_model.get(other, ()) for name in mixin.methods}
        for each in several:
            for name in each.methods:
                if name in seen and name not in hooks and not _may_extend(each, seen[name], name):
                    yield f"{each.where}: {name} overrides the addon's own, at {seen[name].where}"
            seen |= dict.fromkeys(each.methods, each)


def _may_extend(each, other, name):
    """Tell whether a method may extend another one: a mixin's in the core or a new model, or Odoo's, as that does."""
    if other.model != each.model and (each.is_new or each.module.is_core):
        return True
    return _extends_odoo(each, name) and _extends_odoo(other, name)


def _extends_odoo(each, name):
    """Tell whether a method says that it extends Odoo's, in the line before it or in its first lines."""
    method = each.methods[name]
    lines = (ROOT / each.module.path).read_text().splitlines()
    first = min([method.lineno, *(decorator.lineno for decorator in method.decorator_list)])
    near = [line for line in lines[first - 2 : method.body[-1].end_lineno] if "# EXTENDS '" in line]
    return bool(near) and "# EXTENDS 'serial" not in near[0]


def _find_test_imports():
    """Yield where a test module imports another one: what they share stands in tests/common."""
    for path in sorted([*(ROOT / "tests").rglob("*.py"), *GLUE.glob("*/tests/**/*.py")]):
        for node in ast.walk(ast.parse(path.read_text())) if path.name != "__init__.py" else ():
            names = [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []
            if any(name.startswith("test_") for name in [*(getattr(node, "module", None) or "").split("."), *names]):
                yield f"{path.relative_to(ROOT)}:{node.lineno}: a test module must not import another one"


def _find_glue_faults(modules):
    """Yield what is wrong with glue addons: their size, imports, split models; and where the core names one."""
    glue = {manifest.parent.name: manifest.parent for manifest in sorted(GLUE.glob("*/__manifest__.py"))}
    for module in modules:
        for line, text in module.find_names():
            if text in glue:
                yield f"{module.path}:{line}: the core must not know the glue addon {text}"
    for name, folder in glue.items():
        files = [path for path in folder.rglob("*") if path.suffix in COUNTED and not _is_test(path, folder)]
        count = sum(len(path.read_text().splitlines()) for path in files if path.name != "__manifest__.py")
        if count > GLUE_LINES:
            yield f"addons/{name}: {count} lines, more than {GLUE_LINES}"
        own = [Module(path) for path in sorted(files) if path.suffix == ".py" and path.name != "__manifest__.py"]
        yield from _find_glue_imports(own, ast.literal_eval((folder / "__manifest__.py").read_text())["depends"], name)
        yield from _find_split_models([each for module in own for each in module.classes if each.model])


def _is_test(path, folder):
    return "tests" in path.relative_to(folder).parts


def _find_glue_imports(modules, depends, name):
    """Yield where a glue addon imports what may change, or an addon that it does not depend on."""
    for module in modules:
        for node in ast.walk(module.tree):
            parts = (getattr(node, "module", None) or "").split(".") if isinstance(node, ast.ImportFrom) else []
            if parts[:2] != ["odoo", "addons"] or len(parts) < 3 or node.level:
                continue
            if parts[2] not in (*depends, name):
                yield f"{module.path}:{node.lineno}: {name} does not depend on {parts[2]}"
            elif parts[2] == ADDON and parts[3:] != ["api"]:
                yield f"{module.path}:{node.lineno}: of the core, import from {ADDON}.api alone"


def find_faults():
    """Return what stands where it must not: lines of text."""
    modules = _read_modules()
    classes = [each for module in modules for each in module.classes if each.model]
    return [
        *_find_bad_imports(modules),
        *_find_bad_names(modules),
        *_find_bad_views(modules),
        *_find_split_models(classes),
        *_find_overrides(classes),
        *_find_test_imports(),
        *_find_glue_faults(modules),
    ]


if __name__ == "__main__":
    faults = find_faults()
    print("\n".join(faults), end="\n" if faults else "")
    sys.exit(bool(faults))
