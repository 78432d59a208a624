"""The vendor's list on a receipt: what of it has come, and where the goods differ from it."""

from odoo import models
from odoo.fields import Domain

SHOWN = 20  # numbers that are named of each difference


class SerialEntryLine(models.TransientModel):
    _inherit = "serial.entry.line"

    def get_announced(self, offset=0, limit=40):
        """Return one page of the units that the vendor announced for this line, and how the entered ones differ.

        :return: dict of ``total``, ``ticked`` (how many of them are entered), ``rows`` (``id``, ``name``, ``ticked``),
            ``absent`` and ``unannounced`` (announced and not entered, entered and not announced: dicts of ``count``
            and the first ``names``)
        """
        self.ensure_one()
        register, announced = self.env["serial.number"], self._get_announced_domain()
        total = register.search_count(announced)
        ticked = self._count_entered(Domain("is_announced", "=", True))
        page = register.search_fetch(announced, ["name", "name_key"], offset, limit, order="id")
        entered = self._find_entered(Domain("name_key", "in", page.mapped("name_key"))).mapped("name_key")
        absent = announced & Domain("name_key", "not in", self._get_entered_keys())
        return {
            "total": total,
            "ticked": ticked,
            "rows": [{"id": unit.id, "name": unit.name, "ticked": unit.name_key in entered} for unit in page],
            "absent": {
                "count": total - ticked,
                "names": register.search_fetch(absent, ["name"], limit=SHOWN, order="id").mapped("name"),
            },
            "unannounced": {
                "count": self.entered - ticked,
                "names": self._find_entered(Domain("is_announced", "=", False), limit=SHOWN).mapped("name"),
            },
        }

    def _get_announced_domain(self):
        return self._get_source()._serial_purchase_line()._get_expected_domain()
