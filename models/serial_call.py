import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..engine import outside
from ..engine.sql import call_sql

KEY_LIMIT = 128
KEPT_DAYS = 90
SCANS_KEPT_DAYS = 7  # the window that they are entered in lives for a day
WINDOW = "serial.entry.line"
SCANS, RANGES, FILES = (f"{WINDOW}.{method}" for method in ("enter_text", "enter_range", "enter_file"))


class SerialCall(models.Model):
    """A call of another system that came with a key: repeated, it is answered again and not done again."""

    _name = "serial.call"
    _description = "Call with a Key"
    _log_access = False
    _rec_name = "key"
    _order = "id desc"

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    key = fields.Char(required=True, readonly=True)
    method = fields.Char(required=True, readonly=True)
    fingerprint = fields.Char(required=True, readonly=True, help="What was asked for, in short.")
    answer = fields.Json(readonly=True)
    date = fields.Datetime(required=True, readonly=True, index=True)

    _key_unique = models.UniqueIndex("(company_id, user_id, key)")

    @api.model
    def _answer_once(self, key, method, asked, act, again=lambda answer: answer):
        """Do what a call asks for, unless one with the same key has done it; return the answer.

        What fails as a whole is forgotten with its key: it may be tried again.

        :param key: the caller's key for this call; None to do it without one
        :param str method: what is called
        :param asked: what it is called with
        :param act: the function that does it, and returns what can be sent
        :param again: the function that makes of the kept answer what a repeated call gets
        :raise UserError: for a key that is no short text, and one that another call was made with
        """
        if key is None:
            return act()
        key = self._check_key(key)
        asked = hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()
        company = self.env.company
        if not call_sql.claim(self, company, key, method, asked):
            return again(self._find(company, key)._repeat(method, asked))
        answer = act()
        self._find(company, key).answer = answer
        return answer

    def _check_key(self, key):
        key = outside.take_text(self.env, key, KEY_LIMIT) if isinstance(key, str) else ""
        if not key:
            raise UserError(self.env._("The key of a call is a text of 1 to %s characters.", KEY_LIMIT))
        return key

    def _find(self, company, key):
        domain = [("company_id", "=", company.id), ("user_id", "=", self.env.uid), ("key", "=", key)]
        return self.sudo().search(domain)

    def _repeat(self, method, asked):
        """Return the answer of this call, which is made a second time."""
        if (self.method, self.fingerprint) != (method, asked):
            raise UserError(
                self.env._("The key %s was used for another call. Give each call a key of its own.", self.key)
            )
        return self.answer

    @api.autovacuum
    def _gc_calls(self):
        """Forget calls that nobody repeats any more."""
        scans = Domain("method", "=like", f"{WINDOW}.%") & Domain("date", "<", f"-{SCANS_KEPT_DAYS}d")
        self.search(scans | Domain("date", "<", f"-{KEPT_DAYS}d")).unlink()
