from odoo import api, fields, models
from odoo.fields import Domain

from .serial_button_mixin import LOOKUP


class SerialSearchMixin(models.AbstractModel):
    """A document that is found by the number of a unit on it."""

    _name = "serial.search.mixin"
    _description = "Documents by Serial Number"

    serial_search = fields.Char(
        "Unit's Serial Number",
        store=False,
        search="_search_serial_search",
        exportable=False,
        groups=LOOKUP,
        help="Finds the documents that a unit is or was on, by its number, a label, or another number of it.",
    )

    @api.model
    def _search_serial_search(self, operator, value):
        if operator not in ("ilike", "like", "=", "in"):
            return NotImplemented
        values = value if operator == "in" else [value]
        operator = "=" if operator == "in" else operator
        named = Domain.OR(Domain("display_name", operator, text) for text in values if isinstance(text, str) and text)
        return self._get_serial_document_domain(Domain("id", "in", self.env["serial.number"]._search(named)))

    @api.model
    def _get_serial_document_domain(self, units):
        """Return the domain of the documents that units are or were on. Extend per model.

        :param units: the domain of the units
        """
        raise NotImplementedError
