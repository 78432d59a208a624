"""The benchmark behind dev/bench: the addon beside Odoo's own lots and beside the bare SQL, in one run.

It runs in the environment's Python (``python -m benchmark``), on a database that is thrown away afterwards.
"""
