"""The import of a long file as a background job: all of it is checked first, then taken in batch by batch."""

import base64
import json

from odoo import fields, models

from ...engine.import_file import FAULTS_SHOWN, collect_faults
from ...engine.upload import describe_line

BATCH = 2000  # rows in one transaction, as in Odoo's own import screen
CHOICES = {"import_set_empty_fields": [], "import_skip_records": [], "name_create_enabled_fields": {}}


class SerialJob(models.Model):
    _inherit = "serial.job"

    file = fields.Binary(readonly=True, attachment=True)
    file_name = fields.Char(readonly=True)
    content = fields.Binary(readonly=True, attachment=True, help="The file's cells, read once.")
    checked = fields.Integer(readonly=True)

    def _prepare_retry_vals(self):
        """Keep what was taken in, and check the rest again."""
        vals = super()._prepare_retry_vals()
        return vals | {"done": self.done, "checked": self.done} if self.kind == "import" else vals

    def _count_steps(self):
        return super()._count_steps() * (2 if self.kind == "import" else 1)

    def _count_left(self):
        return super()._count_left() + (self.count - self.checked if self.kind == "import" else 0)

    def _work_import(self):
        """Check the file and take it in, from where the work was.

        :return: whether there is time for more
        """
        content = self._get_content()
        return self._check_rows(content) and (self.state != "working" or self._take_rows(content))

    def _check_rows(self, content):
        """Try each batch without keeping anything, so that nothing of a bad file is taken in."""
        faults = (self.problem or "").splitlines()
        while self.checked < self.count and len(faults) < FAULTS_SHOWN:
            faults += self._load_rows(content, self.checked, is_test=True)
            self.problem = "\n".join(faults) or False
            if not self._keep(checked=min(self.checked + BATCH, self.count)):
                return False
        if self.problem:
            self._fail_import(self.problem)
        return self._commit()

    def _take_rows(self, content):
        while self.done < self.count:
            faults = self._load_rows(content, self.done)
            if faults:
                self._fail_import("\n".join(faults))
                return self._commit()
            if not self._keep(done=min(self.done + BATCH, self.count)):
                return False
        self._finish(self.env._("%(job)s: %(count)s rows are imported.", job=self.name, count=self.count))
        return self._commit()

    def _fail_import(self, faults):
        if self.done:
            advice = self.env._("The first %s rows are imported. Mend what is wrong, and try again:", self.done)
        else:
            advice = self.env._("Nothing is imported. Mend what is wrong, and try again, or import a corrected file:")
        self._fail(f"{advice}\n{faults}")

    # The file

    def _get_content(self):
        """Return the names of the file's fields, its rows, their lines, and what is wrong with them by themselves."""
        content = json.loads(base64.b64decode(self.content)) if self.content else {}
        if "lines" not in content:
            content = self._read_file()
            cells = json.dumps(content, default=str).encode()
            self.write({"content": base64.b64encode(cells), "count": len(content["rows"])})
            content = json.loads(cells)
        return content

    def _read_file(self):
        """Read the file as Odoo's import screen does, with the columns and the options chosen there."""
        screen = (
            self._as_requested()
            .env["base_import.import"]
            .create(
                {
                    "res_model": "serial.number",
                    "file": base64.b64decode(self.file),
                    "file_name": self.file_name,
                    "file_type": self.settings["file_type"],
                }
            )
        )
        file, names, rows = screen._read_serial_rows(self.settings["fields"], self.settings["options"])
        faults = sorted(file.faults, key=lambda fault: fault["rows"]["from"])[:FAULTS_SHOWN]
        return {"names": names, "rows": rows, "lines": file.lines, "faults": faults}

    def _load_rows(self, content, start, is_test=False):
        """Import a batch.

        :param dict content: what :meth:`_get_content` returns
        :param int start: the first row
        :param bool is_test: keep nothing
        :return: what is wrong with its rows, in texts; nothing is imported then
        """
        options = {name: self.settings["options"].get(name) or default for name, default in CHOICES.items()}
        register = self._as_requested().env["serial.number"].with_context(import_file=True, **options)
        with self.env.cr.savepoint() as savepoint:
            result = register.load(content["names"], content["rows"][start : start + BATCH])
            if is_test or result["messages"]:
                savepoint.rollback()
        end = start + BATCH
        own = [fault for fault in content["faults"] if start <= fault["rows"]["from"] < end]
        texts = {}
        for fault in collect_faults(register, content["lines"], own, result["messages"], start):
            texts.setdefault(fault["text"], []).append(fault["line"])
        requested = self._as_requested()
        return [requested._describe_fault(text, lines) for text, lines in texts.items()]

    def _describe_fault(self, message, lines):
        """Return what is wrong with some lines, in one."""
        if len(lines) == 1:
            return describe_line(self.env, lines[0], message)
        runs = _find_runs(lines)
        if len(runs) == 1:
            return self.env._(
                "Lines %(first)s to %(last)s: %(message)s", first=lines[0], last=lines[-1], message=message
            )
        shown = ", ".join(f"{first}-{last}" if first != last else str(first) for first, last in runs)
        return self.env._("%(count)s lines (%(lines)s): %(message)s", count=len(lines), lines=shown, message=message)


def _find_runs(lines):
    """Return the first and the last of each run of lines that follow each other."""
    runs = []
    for line in lines:
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return runs
