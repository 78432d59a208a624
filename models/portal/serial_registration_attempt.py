from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from ...engine.sql.execute import execute

ATTEMPTS = 10  # an hour


class SerialRegistrationAttempt(models.TransientModel):
    """A number that a portal user could not register: who tries many is guessing. Vacuumed after an hour.

    An attempt is counted before its number is looked up, in a transaction of its own: one that ends in an error
    counts, and those that come at the same moment count each other. The attempt that succeeds is forgotten.
    """

    _name = "serial.registration.attempt"
    _description = "Failed Registration on the Portal"

    def _begin(self):
        """Count an attempt of the user.

        :return: its id, for :meth:`_forget`; None when the user has tried too many numbers in the last hour
        """
        with self.env.registry.cursor() as cr:
            attempts = self.with_env(self.env(cr=cr))
            # Before anything is read: the count is to see what others have committed while this one waited.
            execute(attempts.env, SQL("LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE", SQL.identifier(self._table)))
            return None if attempts._is_exhausted() else attempts.create({}).id

    def _forget(self, attempt):
        """Take an attempt back whose number was right.

        :param int attempt: what :meth:`_begin` returned
        """
        with self.env.registry.cursor() as cr:
            self.with_env(self.env(cr=cr)).browse(attempt).exists().unlink()

    def _is_exhausted(self):
        """Tell whether the user has tried too many numbers in the last hour."""
        since = fields.Datetime.now() - timedelta(hours=1)
        recent = self.search_count([("create_uid", "=", self.env.uid), ("create_date", ">", since)], limit=ATTEMPTS)
        return recent >= ATTEMPTS
