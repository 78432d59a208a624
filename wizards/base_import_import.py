from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.base_import.models.base_import import ImportValidationError

from ..engine.import_file import FAULTS_SHOWN, FILE, ImportFile, clean_cells, collect_faults
from ..engine.upload import read_upload
from ..tools.context import hear, tell
from ..tools.table import ISO

ADDON = "serial_number_tracking"
TEST_ROWS = 20_000  # that a test takes in one request; it keeps nothing, so that the next one would not know of them


class BaseImport(models.TransientModel):
    _inherit = "base_import.import"

    serial_date_format = fields.Char(help="The format of dates that was found in the file, not chosen by the user.")

    def _is_serial_import(self):
        """Tell whether a file for one of the addon's own models is imported."""
        return self.res_model in self.env and self.env[self.res_model]._original_module == ADDON

    def _check_serial_import(self):
        """Refuse to read a file for users who may not change any record by it, and files of others.

        :raise AccessError: when they may neither write nor create records, or did not load the file
        """
        self.ensure_one()
        if self.create_uid != self.env.user:
            raise AccessError(self.env._("Somebody else has loaded this file. Load it yourself, and import it then."))
        model = self.env[self.res_model]
        if not model.has_access("write"):
            model.check_access("create")

    def parse_preview(self, options, count=10):
        """Show what is in a file; its format of dates is found from all its rows, or left for the user to choose.

        :raise AccessError: when the user may not import records of this model, or did not load the file
        """
        # EXTENDS 'base_import'
        if not self._is_serial_import():
            return super().parse_preview(options, count)
        self._check_serial_import()
        file = self._make_import_file(options)
        preview = super(BaseImport, self.with_context(**tell(FILE, file))).parse_preview(options, count)
        if "error" not in preview:
            preview["options"]["date_format"] = self._find_date_format(file, preview["matches"] or {})
        return preview

    def _make_import_file(self, options):
        """Return the :class:`ImportFile` to read into; a format that the file itself told was not chosen."""
        chosen = options.get("date_format") or ""
        return ImportFile(self.env[self.res_model], "" if chosen in (ISO, self.serial_date_format) else chosen)

    def _find_date_format(self, file, matches):
        """Return the format of the dates in a file; empty where there are several, or where it must be asked.

        :param file: the :class:`ImportFile`, read
        :param dict matches: the path of the field of each column
        """
        columns = [column for column, path in matches.items() if len(path) == 1 and file.get_type(path[0]) == "date"]
        found = file.find_formats(columns, file.table.make_even()[1:]).find_common()
        self.serial_date_format = "" if file.date_format else found
        return found

    def execute_import(self, fields, columns, options, dryrun=False):
        """Import a file; bad rows are told all together, by the lines of the file.

        :raise AccessError: when the user may not import records of this model, or did not load the file
        """
        # EXTENDS 'base_import'
        if not self._is_serial_import():
            return super().execute_import(fields, columns, options, dryrun=dryrun)
        self._check_serial_import()
        file, skip = self._make_import_file(options), options.get("skip") or 0
        if dryrun and options.get("limit"):
            options = {**options, "limit": max(int(options["limit"]), TEST_ROWS)}
        with self.env.cr.savepoint() as savepoint:
            screen = self.with_context(**tell(FILE, file))
            result = super(BaseImport, screen).execute_import(fields, columns, options, dryrun=dryrun)
            if file.faults:
                savepoint.rollback()
                self.pool.clear_all_caches()
                self.pool.reset_changes()
        if "ids" not in result:
            return result  # nothing was read
        return self._place_faults(file, result, skip)

    def _place_faults(self, file, result, skip):
        """Return the result of an import with the lines of the file in it."""
        faults = collect_faults(file.model, file.lines, file.faults, result["messages"])
        if not faults:
            return result
        if len(faults) > FAULTS_SHOWN:
            more = self.env._("%s more faults are not shown. Correct these first.", len(faults) - FAULTS_SHOWN)
            faults = [*faults[:FAULTS_SHOWN], {**faults[FAULTS_SHOWN], "message": more, "field": False}]
        names = [""] * faults[-1]["line"]
        for line, name in zip(file.lines, result["name"][skip:], strict=False):
            if line <= len(names):
                names[line - 1] = name
        is_refused = any(fault["type"] == "error" for fault in faults)
        ids = False if is_refused else result["ids"]  # Odoo imports what it only warns of
        return {**result, "ids": ids, "messages": faults, "name": names if result["name"] else []}

    def _convert_import_data(self, fields, options):
        # EXTENDS 'base_import'
        file = hear(self.env, FILE)
        if not file or not self._is_serial_import():
            return super()._convert_import_data(fields, options)
        rows, names = super()._convert_import_data(fields, {**options, "skip": 0})
        columns = [column for column, name in enumerate(fields) if name]
        lines = [
            line
            for line, row in zip(file.table.lines, file.table.rows, strict=True)
            if any(row[column] for column in columns if column < len(row))
        ]
        skip = options.get("skip") or 0
        file.take_rows(names, rows, lines[len(lines) - len(rows) :], skip)
        return clean_cells(file.model, names, rows[skip:]), names

    def _parse_date_from_data(self, data, index, name, field_type, options):
        # EXTENDS 'base_import'
        file = hear(self.env, FILE)
        if not file or field_type != "date" or file.get_type(name) != field_type:
            super()._parse_date_from_data(data, index, name, field_type, options)
            return
        for number, row in enumerate(data):
            if isinstance(row[index], str):
                row[index] = file.read_date(number, name, row[index]) if row[index].strip() else ""

    def _read_file(self, options):
        """Read a file for one of the addon's models as a stream, within limits."""
        # EXTENDS 'base_import'
        if not self._is_serial_import():
            return super()._read_file(options)
        table = self._read_table(options)
        options |= table.options
        if table.sheets:
            options |= {"sheets": table.sheets, "sheet": table.sheet}
        rows = table.make_even()
        file = hear(self.env, FILE)
        if file:
            file.table = table
        return len(rows), rows

    def _read_table(self, options):
        """Return the table in the file.

        :param dict options: how the file is to be read
        :raise ImportValidationError: when it cannot be read, or holds no row
        """
        chosen = {name: options.get(name) or "" for name in ("encoding", "separator", "sheet")}
        quoting = options.get("quoting") or '"'
        try:
            table = read_upload(self.env, "import", self.file_name, self.file or b"", quoting=quoting, **chosen)
        except UserError as error:
            raise ImportValidationError(str(error)) from error
        if len(table.rows) <= bool(options.get("has_headers")):
            raise ImportValidationError(
                self.env._(
                    "%s has no rows below its headings. Add one for each record, and load it again.",
                    self.file_name or self.env._("The file"),
                )
            )
        return table

    def _read_serial_rows(self, fields, options):
        """Read the file as the import does, without importing it.

        :param list fields: the field of each column, False for one to leave out
        :param dict options: how the file is to be read
        :return: the :class:`ImportFile`, the names of its fields, and its rows
        :raise ImportValidationError: when it cannot be read
        """
        file = self._make_import_file(options)
        screen = self.with_context(**tell(FILE, file), import_options=options)
        rows, names = screen._convert_import_data(fields, options)
        rows = screen._parse_import_data(rows, names, options)
        names, rows = screen._handle_multi_mapping(names, rows)
        if options.get("fallback_values"):
            rows = screen._handle_fallback_values(names, rows, options["fallback_values"])
        return file, names, rows
