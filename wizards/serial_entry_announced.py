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
        page = register.search_fetch(announced, ["name"], offset, limit, order="id")
        ticked = self._find_entered(Domain("serial_id", "in", page.ids)).serial_id
        total, entered = register.search_count(announced), self._count_ticked()
        absent = announced & Domain("id", "not in", self._get_entered_query().subselect("serial_id"))
        return {
            "total": total,
            "ticked": entered,
            "rows": [{"id": unit.id, "name": unit.name, "ticked": unit in ticked} for unit in page],
            "absent": {
                "count": total - entered,
                "names": register.search_fetch(absent, ["name"], limit=SHOWN, order="id").mapped("name"),
            },
            "unannounced": {
                "count": self.entered - entered,
                "names": self._find_entered(~self._get_ticked_domain(), limit=SHOWN).mapped("name"),
            },
        }

    def _get_announced_domain(self):
        return self._get_source()._serial_purchase_line()._get_expected_domain()

    def _get_ticked_domain(self):
        """Return the domain of the entered numbers that were announced for this line."""
        line = self._get_source()._serial_purchase_line()
        return Domain("serial_id.purchase_line_id", "=", line.id) & Domain("serial_id.status", "=", "expected")

    def _get_entered_query(self):
        domain = Domain("line_id", "=", self.id) & Domain("serial_id", "!=", False)
        return self.env["serial.entry.unit"]._search(domain)

    def _find_entered(self, domain, limit=None):
        return self.env["serial.entry.unit"].search(Domain("line_id", "=", self.id) & domain, limit=limit, order="id")

    def _count_ticked(self):
        domain = Domain("line_id", "=", self.id) & self._get_ticked_domain()
        return self.env["serial.entry.unit"].search_count(domain)
