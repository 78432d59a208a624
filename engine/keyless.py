"""Relations of the register without a foreign key: PostgreSQL checks every key for every row that a batch writes."""

from odoo import fields


class KeylessMany2one(fields.Many2one):
    """A many2one without a foreign key, to a model whose records the ORM keeps from being deleted.

    The comodel inherits ``serial.reference.mixin``, which refuses to delete what ``ondelete="restrict"`` names.
    """

    type = "many2one"

    def update_db_foreign_key(self, model, column):
        """Add none."""
