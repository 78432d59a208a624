"""The import of a long file as a background job: all of it is checked first, then taken in batch by batch."""

import base64
import json

from ...engine.import_file import FAULTS_SHOWN, collect_faults
from ...engine.upload import describe_line
from .work import Work

RUNS_SHOWN = 20  # of lines with the same fault
BATCH = 2000  # rows in one transaction, as in Odoo's own import screen
CHOICES = {"import_set_empty_fields": [], "import_skip_records": [], "name_create_enabled_fields": {}}


class ImportWork(Work):
    """The import of a file of serial numbers."""

    def prepare_retry(self):
        """Keep what was taken in, and check the rest again."""
        return super().prepare_retry() | {"done": self.job.done, "checked": self.job.done}

    def count_steps(self):
        """Count each row twice: it is checked, and taken in."""
        return 2 * super().count_steps()

    def count_left(self):
        """Count the rows that are to be checked, and those that are to be taken in."""
        return super().count_left() + self.job.count - self.job.checked

    def run(self):
        """Check the file and take it in, from where the work was."""
        content = self._get_content()
        return self._check_rows(content) and (self.job.state != "working" or self._take_rows(content))

    def _check_rows(self, content):
        """Try each batch without keeping anything, so that nothing of a bad file is taken in."""
        job = self.job
        while job.checked < job.count and len(job.faults or ()) < FAULTS_SHOWN:
            self._keep_faults(self._load_rows(content, job.checked, is_test=True))
            if not job._keep(checked=min(job.checked + BATCH, job.count)):
                return False
        if job.problem:
            self._fail(job.problem)
        return job._commit()

    def _take_rows(self, content):
        job = self.job
        while job.done < job.count:
            faults = self._load_rows(content, job.done)
            if faults:
                job.faults = False
                self._keep_faults(faults)
                self._fail(job.problem)
                return job._commit()
            if not job._keep(done=min(job.done + BATCH, job.count)):
                return False
        job._finish(job.env._("%(job)s: %(count)s rows are imported.", job=job.name, count=job.count))
        return job._commit()

    def _fail(self, faults):
        env, done = self.job.env, self.job.done
        if done:
            advice = env._("The first %s rows are imported. Mend what is wrong, and try again:", done)
        else:
            advice = env._("Nothing is imported. Mend what is wrong, and try again, or import a corrected file:")
        self.job._fail(f"{advice}\n{faults}")

    def _keep_faults(self, faults):
        """Add what is wrong with some rows to what is known: a fault that others have too is told once.

        :param dict faults: ``{what is wrong: lines}``
        """
        job = self.job
        known = dict(job.faults or ())
        for text, lines in faults.items():
            known[text] = _add_lines(known.get(text, []), lines)
        texts = [_describe_fault(job.env, text, runs) for text, runs in known.items()]
        # Pairs: the database keeps no order of keys.
        job.write({"faults": list(known.items()) or False, "problem": "\n".join(texts) or False})

    def describe_kept(self):
        """Say how many rows are imported, and stay."""
        env, job = self.job.env, self.job
        if not job.done:
            return env._("It was cancelled before it began to import: nothing is imported.")
        return env._(
            "It was cancelled. The first %(done)s of %(count)s rows are imported and stay; the others are not. Try "
            "again to go on with them.",
            done=job.done,
            count=job.count,
        )

    # The file

    def _get_content(self):
        """Return the names of the file's fields, its rows, their lines, and what is wrong with them by themselves."""
        job = self.job
        content = json.loads(base64.b64decode(job.content)) if job.content else {}
        if "lines" not in content:
            content = self._read_file()
            cells = json.dumps(content, default=str).encode()
            job.write({"content": base64.b64encode(cells), "count": len(content["rows"])})
            content = json.loads(cells)
        return content

    def _read_file(self):
        """Read the file as Odoo's import screen does, with the columns and the options chosen there."""
        job = self.job
        vals = {
            "res_model": "serial.number",
            "file": base64.b64decode(job.file),
            "file_name": job.file_name,
            "file_type": job.settings["file_type"],
        }
        screen = job._as_requested().env["base_import.import"].create(vals)
        file, names, rows = screen._read_serial_rows(job.settings["fields"], job.settings["options"])
        faults = sorted(file.faults, key=lambda fault: fault["rows"]["from"])[:FAULTS_SHOWN]
        return {"names": names, "rows": rows, "lines": file.lines, "faults": faults}

    def _load_rows(self, content, start, is_test=False):
        """Import a batch.

        :param dict content: what :meth:`_get_content` returns
        :param int start: the first row
        :param bool is_test: keep nothing
        :return: ``{what is wrong: lines of the file}``; where there is any, nothing is imported
        """
        options = {name: self.job.settings["options"].get(name) or default for name, default in CHOICES.items()}
        register = self.job._as_requested().env["serial.number"].with_context(import_file=True, **options)
        with self.job.env.cr.savepoint() as savepoint:
            result = register.load(content["names"], content["rows"][start : start + BATCH])
            if is_test or result["messages"]:
                savepoint.rollback()
        end = start + BATCH
        own = [fault for fault in content["faults"] if start <= fault["rows"]["from"] < end]
        texts = {}
        for fault in collect_faults(register, content["lines"], own, result["messages"], start):
            texts.setdefault(fault["text"], []).append(fault["line"])
        return texts


def _describe_fault(env, message, runs):
    """Return what is wrong with some lines, in one.

    :param list runs: the first and the last of each run of lines
    """
    first, last = runs[0]
    if len(runs) == 1 and first == last:
        return describe_line(env, first, message)
    if len(runs) == 1:
        return env._("Lines %(first)s to %(last)s: %(message)s", first=first, last=last, message=message)
    shown = [f"{first}-{last}" if first != last else str(first) for first, last in runs[:RUNS_SHOWN]]
    shown += ["…"] if len(runs) > RUNS_SHOWN else []
    count = sum(last - first + 1 for first, last in runs)
    return env._("%(count)s lines (%(lines)s): %(message)s", count=count, lines=", ".join(shown), message=message)


def _add_lines(runs, lines):
    """Return the first and the last of each run of lines that follow each other, with more lines."""
    runs = [list(run) for run in runs]
    for line in lines:
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        elif not runs or line > runs[-1][1]:
            runs.append([line, line])
    return runs
