import json
import os
import subprocess
import sys
from pathlib import Path

from odoo.tests import TransactionCase, tagged

import odoo.addons

ADDON = Path(__file__).parent.parent
SCRIPT = Path(__file__).with_name("import_order.py")


@tagged("post_install", "-at_install")
class TestImportOrder(TransactionCase):
    def _import(self, order):
        """Return what the addon's methods are made of when its models are imported in an order."""
        addons = ":".join(map(str, odoo.addons.__path__))
        command = [sys.executable, str(SCRIPT), str(ADDON), addons, order]
        variables = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        done = subprocess.run(command, env=variables, capture_output=True, text=True)
        self.assertFalse(done.returncode, done.stderr)
        return json.loads(done.stdout)

    def test_when_models_are_imported_in_reverse_then_the_same_methods_are_called(self):
        methods, others = self._import("sorted"), self._import("reversed")

        self.assertIn("serial.number._after_change", methods)
        self.assertEqual({name: others.get(name) for name in methods if others.get(name) != methods[name]}, {})
        self.assertEqual(others.keys(), methods.keys())
