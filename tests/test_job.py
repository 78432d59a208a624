import base64
import io
from unittest.mock import patch

from openpyxl import load_workbook

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..models.background import import_work
from ..models.background.serial_job import CRON
from .common.imports import CSV, OPTIONS
from .common.job import COLUMNS, JobCommon


@tagged("post_install", "-at_install")
class TestImportJob(JobCommon):
    """A long file is checked as a whole, and then taken in batch by batch."""

    def test_when_a_long_file_is_imported_then_all_its_units_are_there_and_the_user_is_told(self):
        self._receive(blanks=5)
        job = self._import_job("A1", "A2", "A3", "A4", "A5")
        self.assertRecordValues(job, [{"state": "waiting", "name": "Import of units", "progress": 0}])

        self._work()

        self.assertRecordValues(job, [{"state": "done", "count": 5, "done": 5, "progress": 100, "problem": False}])
        self.assertEqual(self._units("available").mapped("name"), ["A1", "A2", "A3", "A4", "A5"])
        self.assertEqual(job.message_ids[0].notified_partner_ids, self.manager.partner_id)
        self.assertIn("5 rows are imported", job.message_ids[0].body)
        self.assertAddsUp()

    def test_when_rows_are_only_checked_then_the_scheduled_job_counts_them_as_done(self):
        job = self._import_job("A1", "A2", "L" * 129)

        self._work()

        self.assertRecordValues(job, [{"state": "failed", "checked": 3, "done": 0}])
        cron = self.env.ref("serial_number_tracking.ir_cron_serial_job")
        progress = self.env["ir.cron.progress"].search([("cron_id", "=", cron.id)], limit=1, order="id desc")
        self.assertEqual(progress.done, 3)

    def test_when_rows_of_several_batches_are_bad_then_nothing_is_imported_and_each_is_named_by_its_line(self):
        self._receive(blanks=5)
        job = self._import_job("A1", "A\x07", "A3", "A4", "L" * 129)

        self._work()

        self.assertEqual(job.state, "failed")
        self.assertEqual([line.split(":")[0] for line in job.problem.splitlines()[1:]], ["Line 3", "Line 6"])
        self.assertIn("Nothing is imported", job.problem)
        self.assertFalse(self._units().filtered("name"))
        self.assertAddsUp()

    def test_when_neighbouring_rows_have_the_same_fault_then_it_is_told_once(self):
        job = self._import_job("L" * 129, "L" * 130)

        self._work()

        self.assertEqual([line.split(":")[0] for line in job.problem.splitlines()[1:]], ["Lines 2 to 3"])

    def test_when_rows_between_are_good_then_the_bad_ones_are_named_one_by_one(self):
        self._receive(blanks=1)
        self.enterContext(patch.object(import_work, "BATCH", 3))
        job = self._import_job("L" * 129, "A1", "L" * 130)

        self._work()

        self.assertEqual([line.split(":")[0] for line in job.problem.splitlines()[1:]], ["2 lines (2, 4)"])

    def test_when_rows_of_several_batches_have_the_same_fault_then_it_is_told_once_with_all_lines(self):
        self._receive(blanks=2)
        job = self._import_job("L" * 129, "A1", "A2", "L" * 131, "L" * 132)

        self._work()

        self.assertEqual([line.split(":")[0] for line in job.problem.splitlines()[1:]], ["3 lines (2, 5-6)"])

    def test_when_the_time_of_a_run_is_up_then_the_job_that_waits_wakes_the_next_run(self):
        self._receive(blanks=2)
        done, waiting = self._import_job("A1"), self._import_job("A2")
        triggers = self.env["ir.cron.trigger"].search([])
        triggers.unlink()

        with patch.object(type(done), "_commit", lambda self, processed=0: False):
            self.env["serial.job"].sudo()._cron_work()

        self.assertEqual((done.state, waiting.state), ("working", "waiting"))
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", self.env.ref(CRON).id)]))

    def test_when_nothing_waits_any_more_then_nobody_is_woken(self):
        self._receive(blanks=1)
        self._import_job("A1")
        self.env["ir.cron.trigger"].search([]).unlink()

        with patch.object(type(self.env["serial.job"]), "_commit", lambda self, processed=0: True):
            self.env["serial.job"].sudo()._cron_work()

        self.assertFalse(self.env["ir.cron.trigger"].search([("cron_id", "=", self.env.ref(CRON).id)]))

    def test_when_a_number_stands_in_two_batches_then_the_second_is_refused_by_its_line(self):
        self._receive(blanks=4)
        job = self._import_job("A1", "A2", "a1 ")

        self._work()

        self.assertIn("Line 4: a1 stands on line 2 already.", job.problem)
        self.assertFalse(self._units().filtered("name"))

    def test_when_a_product_is_ambiguous_then_nothing_is_imported_because_nobody_reads_the_warning(self):
        self._receive(blanks=1)
        self._make_product("Phone")
        job = self._import_job("A1")

        self._work()

        self.assertEqual(job.state, "failed")
        self.assertIn("Line 2: Found multiple matches", job.problem)
        self.assertFalse(self._units().filtered("name"))

    def test_when_there_are_too_few_pieces_then_what_fits_stays_and_the_rest_can_be_tried_again(self):
        self._receive(blanks=2)
        job = self._import_job("A1", "A2", "A3")
        self._work()
        self.assertRecordValues(job, [{"state": "failed", "done": 2}])
        self.assertIn("The first 2 rows are imported", job.problem)
        self.assertIn("Line 4: ", job.problem)

        self._receive(blanks=1)
        job.action_retry()
        self._work()

        self.assertRecordValues(job, [{"state": "done", "done": 3, "problem": False}])
        self.assertEqual(self._units("available").mapped("name"), ["A1", "A2", "A3"])
        self.assertEqual(self._kinds(self._unit("A1")).count("imported"), 1)
        self.assertAddsUp()

    def test_when_the_server_stopped_in_the_middle_then_it_goes_on_with_the_next_batch(self):
        self._receive(blanks=4)
        job = self._import_job("A1", "A2", "A3", "A4")
        job.sudo().write({"state": "working", "checked": 4, "done": 2, "count": 4})

        self._work()

        self.assertEqual(self._units("available").mapped("name"), ["A3", "A4"])
        self.assertEqual(job.state, "done")

    def test_when_cancelled_before_it_begins_then_nothing_is_imported(self):
        self._receive(blanks=1)
        job = self._import_job("A1")
        job.action_cancel()

        self._work()

        self.assertEqual(job.state, "cancel")
        self.assertIn("nothing is imported", job.problem)
        self.assertFalse(self._units().filtered("name"))

    def test_when_cancelled_between_two_batches_then_the_rest_is_not_imported(self):
        self._receive(blanks=4)
        job = self._import_job("A1", "A2", "A3", "A4")
        commit = type(job)._commit

        def commit_and_cancel(self, processed=0):
            if self.done == 2:
                self.state = "cancel"
            return commit(self, processed)

        with patch.object(type(job), "_commit", commit_and_cancel):
            self._work()

        self.assertRecordValues(job, [{"state": "cancel", "done": 2}])
        self.assertIn("The first 2 of 4 rows are imported and stay", job.problem)
        self.assertEqual(self._units("available").mapped("name"), ["A1", "A2"])
        self.assertAddsUp()

    def test_when_the_file_cannot_be_read_then_the_job_says_so(self):
        job = self._import_job("A1", fields=["name", "product_id", "status"])

        self._work()

        self.assertEqual(job.state, "failed")
        self.assertIn("all rows should be of the same size", job.problem)

    def test_when_one_job_fails_then_the_next_one_is_done(self):
        self._receive(blanks=1)
        bad = self._import_job("A1", fields=[False, False])
        good = self._import_job("A1")

        self._work()

        self.assertEqual((bad.state, good.state), ("failed", "done"))

    def test_when_who_asked_has_lost_the_right_then_nothing_is_imported(self):
        self._receive(blanks=1)
        job = self._import_job("A1")
        self.manager.group_ids = self.env.ref("stock.group_stock_user")

        self._work()

        self.assertEqual(job.state, "failed")
        self.assertFalse(self._units().filtered("name"))

    def test_when_who_asked_has_left_then_the_job_says_so(self):
        job = self._import_job("A1")
        self.manager.active = False

        self._work()

        self.assertIn("archived", job.problem)

    def test_when_who_asked_works_for_its_company_no_more_then_nothing_is_imported_into_another_one(self):
        other = self.env["res.company"].create({"name": "Another"})
        job = self._import_job("A1")
        self.manager.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})

        self._work()

        self.assertEqual(job.sudo().state, "failed")
        self.assertIn(f"does not work for {self.company.name}", job.sudo().problem)
        self.assertFalse(self._unit("A1"))

    def test_when_a_foreign_company_stands_in_the_context_then_the_job_works_without_it(self):
        other = self.env["res.company"].create({"name": "Another"})
        job = self._import_job("A1").sudo()
        job.company_ids |= other

        self.assertEqual(job._as_requested().env.companies, self.company)

    def test_when_the_caller_proposes_whose_rights_it_has_then_it_works_with_the_callers(self):
        other = self.env["res.company"].create({"name": "Another"})
        self.env.user.company_ids |= other
        proposed = {"user_id": self.env.uid, "company_ids": [other.id], "state": "done", "checked": 9, "done": 9}
        content = b"name,product_id\nA1,Phone"
        for name, value in proposed.items():
            self.env["ir.default"].with_user(self.manager).set("serial.job", name, value, user_id=True)
        for context in ({}, {f"default_{name}": value for name, value in proposed.items()}):
            screen = self._screen(content).with_context(**context)

            job = self._job(screen.action_import_in_background(COLUMNS, OPTIONS))

            vals = {"user_id": self.manager.id, "company_ids": self.company.ids, "state": "waiting", "checked": 0}
            self.assertRecordValues(job, [vals | {"done": 0}])

    def test_when_something_else_is_loaded_then_it_is_not_taken(self):
        vals = {"res_model": "res.partner", "file": b"name\nA", "file_name": "a.csv", "file_type": CSV}
        screen = self.env["base_import.import"].with_user(self.manager).create(vals)
        with self.assertRaisesRegex(UserError, "serial numbers"):
            screen.action_import_in_background(["name"], OPTIONS)

    def test_when_a_clerk_imports_then_refused(self):
        with self.assertRaises(AccessError):
            self._import_job("A1", user=self.clerk)


@tagged("post_install", "-at_install")
class TestReportJob(JobCommon):
    """A long report becomes a spreadsheet while its user goes on."""

    def _report_job(self, user=None, **choices):
        report = self.env["serial.report"].with_user(user or self.clerk).create(choices)
        return self._job(report.action_export_in_background()).with_user(user or self.clerk)

    def _names(self, job):
        book = load_workbook(io.BytesIO(base64.b64decode(job.result)))
        return [row[0] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)]

    def test_when_a_report_is_prepared_then_its_user_downloads_what_was_chosen(self):
        self._receive(["A10", "A2", "=1+1"])
        self._ship(["A2"])
        job = self._report_job(status="available", product_ids=self.product.ids)

        self._work()

        self.assertRecordValues(job, [{"state": "done", "count": 2, "progress": 100}])
        self.assertEqual(self._names(job), ["=1+1", "A10"])
        self.assertTrue(job.result_name.endswith(".xlsx"))
        self.assertEqual(job.message_ids[0].notified_partner_ids, self.clerk.partner_id)

    def test_when_days_are_chosen_then_they_count_in_the_background_too(self):
        self._receive(["A1", "A2"])
        self._unit("A1").date_received = "2026-03-14 12:00:00"
        job = self._report_job(product_ids=self.product.ids, date_from="2026-03-14", date_to="2026-03-14")

        self._work()

        self.assertEqual(self._names(job), ["A1"])

    def test_when_the_choices_window_is_gone_then_it_is_prepared_all_the_same(self):
        self._receive(["A1"])
        job = self._report_job(product_ids=self.product.ids)
        self.env["serial.report"].search([]).unlink()

        self._work()

        self.assertEqual(self._names(job), ["A1"])

    def test_when_no_unit_matches_then_refused_at_once(self):
        with self.assertRaisesRegex(UserError, "No unit matches"):
            self._report_job(product_ids=self.plain.ids)


@tagged("post_install", "-at_install")
class TestJobRights(JobCommon):
    """A job belongs to who asked for it, and is written by the scheduled job alone."""

    def test_when_others_look_then_they_do_not_see_it(self):
        job = self._import_job("A1")
        other = new_test_user(self.env, "other", "serial_number_tracking.group_serial_number_manager")
        self.assertFalse(job.with_user(other).search([]))
        for act in (job.with_user(other).action_cancel, job.with_user(other).action_retry):
            with self.assertRaises(AccessError):
                act()

    def test_when_its_user_writes_it_by_hand_then_refused(self):
        job = self._import_job("A1")
        with self.assertRaises(AccessError):
            job.user_id = self.env.ref("base.user_admin")
        with self.assertRaises(AccessError):
            job.create({"name": "x", "kind": "import", "user_id": self.env.ref("base.user_admin").id})

    def test_when_it_has_ended_then_it_cannot_be_cancelled_and_one_that_waits_not_tried_again(self):
        job = self._import_job("A1")
        with self.assertRaisesRegex(UserError, "failed or was cancelled"):
            job.action_retry()
        job.action_cancel()
        with self.assertRaisesRegex(UserError, "nothing to cancel"):
            job.action_cancel()

    def test_when_it_is_worked_on_then_it_cannot_be_deleted(self):
        job = self._import_job("A1")
        job.sudo().state = "working"
        with self.assertRaisesRegex(UserError, "Cancel it first"):
            job.unlink()

    def test_when_it_ended_a_month_ago_then_it_is_deleted(self):
        old, new, waiting = (self._import_job("A1") for _n in range(3))
        (old | new).action_cancel()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE serial_job SET write_date = write_date - interval '31 days' WHERE id = ANY(%s)",
            [(old | waiting).ids],
        )
        self.env.invalidate_all()

        self.env["serial.job"]._gc_ended()

        self.assertEqual((old | new | waiting).exists(), new | waiting)
