import logging

from odoo import api, fields, models

from ..engine.sql import key_sql

_logger = logging.getLogger(__name__)


class SerialNumberKey(models.Model):
    """A unit's number once more, by which a part of it finds the unit. Its id is the unit's.

    PostgreSQL enters a row anew into every index of its table whenever the row changes. A unit changes with each
    document, its number hardly ever: the index of parts, the dearest of all, stands here, where nothing else changes.
    """

    _name = "serial.number.key"
    _description = "Comparable Number"
    _log_access = False
    _rec_name = "name_key"

    name_key = fields.Char("Comparable Number", required=True, readonly=True)

    _part_index = models.Index(
        lambda registry: "USING gin (name_key gin_trgm_ops)" if registry.has_trigram else "(name_key)"
    )

    @api.autovacuum
    def _gc_unlike_register(self):
        """Make the table what the register says, where statements of others changed that, and say so in the log."""
        mended = key_sql.mend_keys(self.env)
        if mended:
            _logger.warning("%s rows did not have the numbers of the register, by whose parts units are found.", mended)
