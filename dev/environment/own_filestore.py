"""A plugin of pytest: each process that shares the tests has files of its own, as it has a database of its own.

pytest-odoo lets the processes share one file store. What a test rolled back there is garbage to one database, whose
clean-up then deletes files that the other one still has.
"""

import contextlib
import shutil
from pathlib import Path

import pytest_odoo

import odoo


@contextlib.contextmanager
def _own_filestore(original, name):
    source, target = (Path(odoo.tools.config.filestore(database)) for database in (original, name))
    is_copied = name != original and source.exists()
    if is_copied:
        shutil.copytree(source, target, dirs_exist_ok=True)
    try:
        yield
    finally:
        if is_copied:
            shutil.rmtree(target, ignore_errors=True)


pytest_odoo._shared_filestore = _own_filestore
