"""What waits for its number, by the document that it waits with."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import outside
from ...engine.sql import register_sql
from . import numbering_sql


class SerialNumber(models.Model):
    _inherit = "serial.number"

    waits_with = fields.Char(
        compute="_compute_waits_with",
        search="_search_waits_with",
        exportable=False,
        help="The document that a unit without serial came or left with, and the vendor or the customer.",
    )

    def _compute_waits_with(self):
        texts = register_sql.read_expression(self, self._make_waits_with("unit"))
        for unit in self:
            unit.waits_with = texts.get(unit.id)

    @api.model
    def _search_waits_with(self, operator, value):
        if operator != "in":
            return NotImplemented
        texts = [text for text in value if isinstance(text, str)]

        def to_sql(_model, alias, _query):
            return SQL("%s = ANY(%s)", self._make_waits_with(alias), texts)

        return Domain("name", "=", False) & Domain.custom(to_sql=to_sql)

    @api.model
    def _make_waits_with(self, alias):
        return numbering_sql.make_text(alias, self.env._("Stock on Hand"))

    def _field_to_sql(self, alias, field_expr, query=None):
        # EXTENDS 'orm': the worklist is grouped by it, and it is nowhere stored
        if field_expr == "waits_with":
            return self._make_waits_with(alias)
        return super()._field_to_sql(alias, field_expr, query)

    def action_enter_missing(self):
        """Open the entry window on all that waits with the documents that these units wait with.

        :return: the window's action
        :raise AccessError: for those who may not number units
        :raise UserError: where none of these units waits for its number
        """
        outside.check_some(self)
        self.check_access("write")
        return self.env["serial.numbering"]._open(self)
