"""The development environment behind dev/run, dev/test, dev/odoo and dev/bench.

Everything that it installs lies in the repository's ignored ``.odoo/`` folder. Nothing here ships with the addon.
"""
