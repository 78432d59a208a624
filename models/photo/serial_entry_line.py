from odoo import models

from ...engine import entry_undo, outside
from ...engine.check import Check
from ...engine.sql import entry_sql
from ...tools import naming
from ..serial_call import WINDOW
from . import store

PHOTOS = f"{WINDOW}.set_photo"


class SerialEntryLine(models.TransientModel):
    _inherit = "serial.entry.line"

    def set_photo(self, name, content, key=None):
        """Keep the photo of an entered unit, in place of the one that was taken before; its unit gets it when booked.

        :param str name: the number
        :param str content: a picture of the kind JPEG, PNG or GIF as base64; False or empty: remove it
        :param str key: see :meth:`enter_text`
        :return: see :meth:`enter_text`; ``note`` says what was done, ``bad`` that the number is not entered
        :raise UserError: for what is no picture, and one that is too large
        """
        outside.check_one(self)
        return self._answer_once(key, PHOTOS, [name, content], lambda: self._set_photo(name, content))

    def _set_photo(self, name, content):
        self.entry_id._check_open()
        self._get_source()._check_serial_access()
        (name,) = outside.take_names(self.env, [name])
        unit = self._find_units([name])[:1]
        if not unit:
            return self._make_result([self._refuse_photo(naming.show(name))], is_beside=True)
        beside = {what: text for what, text in (unit.beside or {}).items() if what != "photo"}
        if content:
            beside["photo"] = store.keep(self.entry_id, unit.name, content)
        entry_undo.keep_beside(unit)
        entry_sql.replace_beside(self.env, unit.id, beside)
        self.entry_id._touch()
        note = self.env._("Photo of %s kept.", unit.name) if content else self.env._("Photo of %s removed.", unit.name)
        return self._make_result([]) | {"note": note}

    def _refuse_photo(self, name):
        check = Check(name, line_id=self.id)
        message = self.env._("%s is not entered any more. Enter it, and take its photo again.", name)
        check.decide("not_entered", message)
        return check
