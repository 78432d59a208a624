"""The import of a long file as a background job: all of it is checked first, then taken in batch by batch."""

import base64
import json

from odoo import fields, models

from .serial_name import make_key

BATCH = 2000  # rows in one transaction, as in Odoo's own import screen
FAULTS_SHOWN = 500  # whoever has more of them corrects what made the file, not its rows
LINES_SHOWN = 20
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
        if self.checked == self.done:
            faults += self._find_repeats(content)
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
        """Return the names of the file's fields, its rows, and the line that the first of them stands on."""
        if not self.content:
            content = self._read_file()
            cells = json.dumps(content, default=str).encode()
            self.write({"content": base64.b64encode(cells), "count": len(content["rows"])})
        return json.loads(base64.b64decode(self.content))

    def _read_file(self):
        """Read the file as Odoo's import screen does, with the columns and the options chosen there."""
        options = self.settings["options"]
        screen = self._as_requested().env["base_import.import"].with_context(import_options=options)
        screen = screen.create(
            {
                "res_model": "serial.number",
                "file": base64.b64decode(self.file),
                "file_name": self.file_name,
                "file_type": self.settings["file_type"],
            }
        )
        rows, names = screen._convert_import_data(self.settings["fields"], options)
        rows = screen._parse_import_data(rows, names, options)
        names, rows = screen._handle_multi_mapping(names, rows)
        if options.get("fallback_values"):
            rows = screen._handle_fallback_values(names, rows, options["fallback_values"])
        return {"names": names, "rows": rows, "first": 1 + bool(options.get("has_headers")) + options.get("skip", 0)}

    def _load_rows(self, content, start, is_test=False):
        """Import a batch.

        :param dict content: what :meth:`_get_content` returns
        :param int start: the first row
        :param bool is_test: keep nothing
        :return: what is wrong with its rows, a text each; nothing is imported then
        """
        options = {name: self.settings["options"].get(name) or default for name, default in CHOICES.items()}
        register = self._as_requested().env["serial.number"].with_context(import_file=True, **options)
        with self.env.cr.savepoint() as savepoint:
            result = register.load(content["names"], content["rows"][start : start + BATCH])
            if is_test or result["messages"]:
                savepoint.rollback()
        first = content["first"] + start
        lines = {}
        # Warnings too, for instance of two products with the same name: nobody is there to read them.
        for fault in result["messages"]:
            lines.setdefault(fault["message"], []).append(first + fault.get("rows", {}).get("from", 0))
        return [self._describe_fault(message, *numbers) for message, numbers in lines.items()]

    def _find_repeats(self, content):
        """Tell which numbers stand in the file twice: one batch does not know of the other."""
        names = content["names"]
        if "name" not in names:
            return []
        number = names.index("name")
        place = [index for index, name in enumerate(names) if name.split("/")[0] in ("product_id", "company_id")]
        seen, faults = {}, []
        for line, row in enumerate(content["rows"], content["first"]):
            key = make_key(str(row[number] or ""))
            earlier = seen.setdefault((key, *(row[index] for index in place)), line) if key else line
            if earlier != line:
                what = self.env._("%(serial)s stands on line %(line)s already.", serial=row[number], line=earlier)
                faults.append(self._describe_fault(what, line))
        return faults

    def _describe_fault(self, message, first, *others):
        if not others:
            return self.env._("Line %(line)s: %(message)s", line=first, message=message)
        if others[-1] - first == len(others):
            return self.env._("Lines %(first)s to %(last)s: %(message)s", first=first, last=others[-1], message=message)
        some = ", ".join(map(str, [first, *others[: LINES_SHOWN - 1]]))
        return self.env._(
            "%(count)s lines (%(lines)s): %(message)s", count=1 + len(others), lines=some, message=message
        )
