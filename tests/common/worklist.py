"""The entry window on what waits for its number."""

from .numbering import NumberingCommon


class WorklistCommon(NumberingCommon):
    def _open_window(self, units, user=None):
        """Return the entry window that the worklist opens for units without number."""
        action = units.with_user(user or self.clerk).action_enter_missing()
        return self.env["serial.entry"].with_user(user or self.clerk).browse(action["res_id"]), action

    def _enter(self, units, names, user=None, add=False):
        """Enter numbers in the window and return it, with what was said of them."""
        entry, _action = self._open_window(units, user)
        return entry, entry.line_ids[0].add_serials(names, add=add)

    def _wait(self, count=2, **options):
        """Return units that came in without number."""
        return self._receive(blanks=count, **options).move_ids.serial_ids
