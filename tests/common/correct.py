from .invoices import InvoiceCommon


class CorrectCommon(InvoiceCommon):
    """The window that corrects a done transfer, in verbs."""

    def _open_correct(self, picking):
        """Open the window as a manager does."""
        action = picking.with_user(self.manager).action_correct_serials()
        return self.env["serial.correct"].with_user(self.manager).browse(action["res_id"])

    def _line(self, correct, name):
        return correct.line_ids.filtered(lambda line: line.booked_name == name)[:1]

    def _correct(self, picking, changes=None, not_moved=(), reason="Wrong box"):
        """Correct booked numbers by others (``False`` stands for a blank), and take units off."""
        correct = self._open_correct(picking)
        correct.reason = reason
        for booked, name in (changes or {}).items():
            self._line(correct, booked).name = name
        for name in not_moved:
            self._line(correct, name).not_moved = True
        correct.action_apply()
        self.env.invalidate_all()

    def _kinds(self, name):
        return self._unit(name).event_ids.sorted("id").mapped("kind")
