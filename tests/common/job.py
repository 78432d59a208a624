import csv
import io
from unittest.mock import patch

from odoo.tools import mute_logger

from ...models.background import import_work
from .imports import OPTIONS, ImportCommon

COLUMNS = ["name", "product_id"]
JOBS = "odoo.addons.serial_number_tracking.models.background.serial_job"


class JobCommon(ImportCommon):
    """Jobs as the screens start them, in batches of two rows."""

    def setUp(self):
        super().setUp()
        self.enterContext(patch.object(import_work, "BATCH", 2))

    def _job(self, action):
        return self.env["serial.job"].browse(action["res_id"]).with_user(self.manager)

    def _import_job(self, *names, fields=None, user=None, **options):
        text = io.StringIO()
        csv.writer(text).writerows([COLUMNS, *((name, "Phone") for name in names)])
        screen = self._screen(text.getvalue().encode()).with_user(user or self.manager)
        return self._job(screen.action_import_in_background(fields or COLUMNS, OPTIONS | options))

    def _work(self):
        with self.enter_registry_test_mode(), mute_logger(JOBS):
            self.env.ref("serial_number_tracking.ir_cron_serial_job").method_direct_trigger()
        self.env.invalidate_all()
