"""Odoo's models in this process, for what measures or prepares them without a server."""

import contextlib


@contextlib.contextmanager
def connected(name):
    """Yield the administrator's environment in the database ``name``."""
    import odoo.cli  # noqa: F401
    from odoo import api
    from odoo.modules.registry import Registry
    from odoo.tools import config

    config.parse_config(["-d", name, "--log-level", "warn", "--no-http"], setup_logging=True)
    with Registry(name).cursor() as cr:
        yield api.Environment(cr, api.SUPERUSER_ID, {})["base"].with_user(2).env
