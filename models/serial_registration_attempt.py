from datetime import timedelta

from odoo import fields, models

ATTEMPTS = 10  # an hour


class SerialRegistrationAttempt(models.TransientModel):
    """A number that a portal user could not register: who tries many is guessing. Vacuumed after an hour."""

    _name = "serial.registration.attempt"
    _description = "Failed Registration on the Portal"

    def _is_exhausted(self):
        """Tell whether the user has tried too many numbers in the last hour."""
        since = fields.Datetime.now() - timedelta(hours=1)
        recent = self.search_count([("create_uid", "=", self.env.uid), ("create_date", ">", since)], limit=ATTEMPTS)
        return recent >= ATTEMPTS
