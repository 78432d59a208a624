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
        ticked = self.env["serial.entry.unit"].search_count([("line_id", "=", self.id), ("is_announced", "=", True)])
        page = register.search_fetch(announced, ["name"], offset, limit, order="id")
        entered = self._find_entered([("serial_id", "in", page.ids)]).serial_id
        absent = announced & Domain("id", "not in", self._get_entered_query().subselect("serial_id"))
        return {
            "total": total,
            "ticked": ticked,
            "rows": [{"id": unit.id, "name": unit.name, "ticked": unit in entered} for unit in page],
            "absent": {
                "count": total - ticked,
                "names": register.search_fetch(absent, ["name"], limit=SHOWN, order="id").mapped("name"),
            },
            "unannounced": {
                "count": self.entered - ticked,
                "names": self._find_entered([("is_announced", "=", False)], limit=SHOWN).mapped("name"),
            },
        }

    def _get_announced_domain(self):
        return self._get_source()._serial_purchase_line()._get_expected_domain()

    def _get_entered_query(self):
        domain = Domain("line_id", "=", self.id) & Domain("serial_id", "!=", False)
        return self.env["serial.entry.unit"]._search(domain)

    def _find_entered(self, domain, limit=None):
        return self.env["serial.entry.unit"].search([("line_id", "=", self.id), *domain], limit=limit, order="id")
