from .base import SerialCommon


class EntryCommon(SerialCommon):
    def _validate_and_open(self, picking):
        """Press Validate; return the window that it opens."""
        return self._entry(picking.button_validate(), picking)

    def _result_codes(self, checks):
        return [check["code"] for check in checks]

    def _entered(self, line):
        return line.unit_ids.sorted("id").mapped("name")
