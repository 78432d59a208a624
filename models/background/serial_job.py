import logging

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from odoo.addons.base_import.models.base_import import ImportValidationError

from ...engine import outside
from .adopt_work import ADOPT, AdoptWork
from .import_work import ImportWork
from .report_work import ReportWork

_logger = logging.getLogger(__name__)

STATES = [
    ("waiting", "Waiting"),
    ("working", "Working"),
    ("done", "Done"),
    ("failed", "Failed"),
    ("cancel", "Cancelled"),
]
OPEN = [("state", "in", ("waiting", "working"))]
CRON = "serial_number_tracking.ir_cron_serial_job"
DAYS_KEPT = 30


class CancelledError(Exception):
    """Somebody cancelled the job while it was worked on."""


class SerialJob(models.Model):
    """Work that takes longer than a person waits for.

    A scheduled job does it in batches, with the rights of who asked for it. What a batch has done is committed with
    how far it came: after a restart the work goes on there.
    """

    _name = "serial.job"
    _description = "Background Job"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _mail_post_access = "read"

    name = fields.Char(required=True, readonly=True)
    kind = fields.Selection(
        [("import", "Import"), ("report", "Report"), ("adopt", "Adoption of Lots")], required=True, readonly=True
    )
    state = fields.Selection(STATES, "Status", required=True, default="waiting", readonly=True, index=True)
    user_id = fields.Many2one(
        "res.users", "Requested by", required=True, readonly=True, index=True, default=lambda self: self.env.user
    )
    company_ids = fields.Many2many(
        "res.company", string="Companies", readonly=True, default=lambda self: self.env.companies
    )
    count = fields.Integer("Rows", readonly=True)
    done = fields.Integer(readonly=True)
    progress = fields.Float(compute="_compute_progress", help="Percent of the work, the check of a file included.")
    problem = fields.Text("What Is Wrong", readonly=True)
    faults = fields.Json(readonly=True, help="What is wrong with a file: each fault once, with the lines that have it.")
    settings = fields.Json(readonly=True, help="What was asked for: a report's choices, an import's columns.")
    result = fields.Binary(readonly=True, attachment=True)
    result_name = fields.Char(readonly=True)
    file = fields.Binary(readonly=True, attachment=True)
    file_name = fields.Char(readonly=True)
    content = fields.Binary(readonly=True, attachment=True, help="The file's cells, read once.")
    checked = fields.Integer(readonly=True)

    @api.depends("state", "count", "done")
    def _compute_progress(self):
        for job in self:
            work = job._get_work()
            steps = work.count_steps()
            job.progress = 100.0 if job.state == "done" else 100.0 * (1 - work.count_left() / steps if steps else 0)

    @api.model
    def _get_works(self):
        """Return ``{kind: class of its work}``, see :class:`Work`; extend it, and the field, for more kinds."""
        return {"import": ImportWork, "report": ReportWork, ADOPT: AdoptWork}

    def _get_work(self):
        return self._get_works()[self.kind](self)

    # What people do with it

    @api.model
    def _queue(self, kind, name, vals):
        """Let the scheduled job do something for the current user; the caller has checked that he may.

        :param str kind: what is to be done
        :param str name: what people call it
        :param dict vals: what is needed for it
        :return: the action that shows the job
        """
        companies = [Command.set(self.env.companies.ids)]  # before sudo(), which would take any
        job = self.sudo().create({"kind": kind, "name": name, "company_ids": companies, **vals})
        job._start()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": self._name,
            "res_id": job.id,
            "views": [(False, "form")],
        }

    def action_cancel(self):
        """End the work after the batch that it is at.

        :raise UserError: when it has ended already
        """
        outside.check_some(self)
        self._check_state("waiting", "working", advice=self.env._("There is nothing to cancel any more."))
        for job in self.sudo():
            job._end_cancelled()

    def action_retry(self):
        """Go on where the work ended: what was taken in is not taken in again.

        :raise UserError: when it has not failed
        """
        outside.check_some(self)
        advice = self.env._("Only a job that failed or was cancelled can be tried again.")
        self._check_state("failed", "cancel", advice=advice)
        for job in self.sudo():
            job.write(job._get_work().prepare_retry())
        self._start()

    def action_refresh(self):
        """Read again how far the work is: the form does so after each button."""
        outside.check_some(self)
        self.check_access("read")

    def _check_state(self, *states, advice):
        self.check_access("read")
        for job in self:
            if job.state not in states:
                raise UserError(self.env._("%(job)s cannot do that now. %(advice)s", job=job.name, advice=advice))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_working(self):
        for job in self:
            if job.state == "working":
                raise UserError(self.env._("%s is being worked on. Cancel it first.", job.name))

    # The scheduled job

    @api.model
    def default_get(self, fields):
        """Begin at the beginning, and as who asks, whatever the context or a user's default values say."""
        # EXTENDS 'base'
        companies = [Command.set(self.env.companies.ids)]
        defaults = {"state": "waiting", "user_id": self.env.uid, "company_ids": companies}
        return {name: value for name, value in defaults.items() if name in fields}

    def _start(self):
        self.env.ref(CRON).sudo()._trigger()

    @api.model
    def _cron_work(self):
        """Do what waits, the oldest first, until the time of this run is up."""
        while job := self.search(OPEN, order="id", limit=1):
            if not job._try_to_work():
                break
        if self.search_count(OPEN, limit=1):
            self._start()  # Odoo puts off what is left without waking anybody: up to a minute

    def _try_to_work(self):
        """Work until the job has ended or the run's time is up.

        :return: whether there is time for the next job
        """
        try:
            self.state = "working"
            return self._get_work().run()
        except CancelledError:
            self._end_cancelled()  # what the last batch did is kept, too
            return self._commit()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            _logger.info("Background job %s waits for somebody who changes the same rows", self.id)
            self.env.cr.rollback()
            self._start()
            self._commit()
            return False
        except Exception as error:
            _logger.warning("Background job %s failed", self.id, exc_info=True)
            self.env.cr.rollback()
            self._fail(self._describe_error(error))
            return self._commit()

    def _describe_error(self, error):
        """Return what went wrong in the user's words; what nobody foresaw stands in the log."""
        if isinstance(error, (UserError, ImportValidationError)):
            return str(error)
        return self.env._(
            "%(job)s ended by a fault that nobody foresaw. Try again; if it fails once more, ask your administrator to "
            "look for background job %(id)s in the server's log.",
            job=self.name,
            id=self.id,
        )

    def _keep(self, **counters):
        """Keep what has been done, with how far it came.

        The scheduled job is told of each step, also of rows that were only checked: one that seems to do nothing and is
        stopped three times would be put off by Odoo until its next hour.

        :param counters: the new values of ``done`` or ``checked``
        :return: whether there is time for more
        :raise CancelledError: when somebody wants no more
        """
        work = self._get_work()
        before = work.count_left()
        self.write(counters)
        has_time = self._commit(max(before - work.count_left(), 0))
        if self.state == "cancel":
            raise CancelledError
        return has_time

    def _commit(self, processed=0):
        """Commit, and tell the scheduled job how much is left.

        :return: whether there is time for more
        """
        left = sum(job._get_work().count_left() for job in self.search(OPEN))
        return bool(self.env["ir.cron"]._commit_progress(processed, remaining=left))

    def _as_requested(self):
        """Return the job in the environment of who asked for it: their rights, companies and language.

        :raise UserError: when they have left, or work for none of the companies any more that they asked for
        """
        user = self.user_id
        if not user.active and not user._is_superuser():
            raise UserError(self.env._("%s has been archived, and nobody works with the rights of others.", user.name))
        companies = (self.company_ids & user.company_ids).ids
        if not companies:  # with none chosen, Odoo would take all of theirs
            raise UserError(self._message_left(user))
        return self.with_user(user).with_context(lang=user.lang, tz=user.tz, allowed_company_ids=companies)

    def _message_left(self, user):
        companies = ", ".join(self.company_ids.mapped("name"))
        if not companies:
            return self.env._("%s does not work for its company any more. Start it again there.", user.name)
        return self.env._(
            "%(user)s does not work for %(companies)s any more. Start it again in the right company.",
            user=user.name,
            companies=companies,
        )

    # How it ends

    def _end_cancelled(self):
        """End as cancelled, and say what was done until then and stays."""
        self.write({"state": "cancel", "problem": self._get_work().describe_kept()})

    def _finish(self, message, **vals):
        self.write({"state": "done", **vals})
        self._tell(message)

    def _fail(self, problem):
        self.write({"state": "failed", "problem": problem})
        self._tell(self.env._("%s failed. Open it to see what is wrong.", self.name))

    def _tell(self, message):
        """Send a message to who asked for it."""
        self.message_post(body=message, partner_ids=self.user_id.partner_id.ids, subtype_xmlid="mail.mt_comment")

    @api.autovacuum
    def _gc_ended(self):
        """Delete what ended a month ago, with its files."""
        before = fields.Datetime.subtract(fields.Datetime.now(), days=DAYS_KEPT)
        self.search([("state", "in", ("done", "failed", "cancel")), ("write_date", "<", before)]).unlink()
