"""The warranties of units: until when they run, and what survives a repair or an exchange."""

from odoo import api, fields, models
from odoo.fields import Domain

from ...engine import sale_history
from ...engine.sql import register_sql
from ...tools import warranty_rule


class SerialNumber(models.Model):
    _inherit = "serial.number"

    warranty_fixed = fields.Boolean(
        "End is Fixed",
        help="The warranty ends on this day whenever the unit is registered: it was corrected by hand, the unit came "
        "back from a repair, or it replaces another one.",
    )
    warranty_state = fields.Selection(
        warranty_rule.STATES,
        "Warranty",
        compute="_compute_warranty_state",
        search="_search_warranty_state",
        help="The customer's warranty today. Ending: in the next 30 days.",
    )
    former_customer_id = fields.Many2one(
        "res.partner", "Last Returned by", index="btree_not_null", ondelete="restrict", readonly=True
    )
    former_warranty_end = fields.Date(
        "Warranty when Returned", readonly=True, help="Goes on when the unit is sent back to who returned it."
    )

    @api.depends("warranty_end")
    @api.depends_context("tz", "uid", "company")
    def _compute_warranty_state(self):
        today = self.env.company._get_serial_day()
        for unit in self:
            unit.warranty_state = warranty_rule.find_state(unit.warranty_end, today)

    def _search_warranty_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        domains = self._get_warranty_domains()
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.model
    def _get_warranty_domains(self, today=None):
        """Return ``{state: domain}``: dates compared with today, so that no row is ever brought up to date.

        :param today: the day to judge them on (default: today, where the user is)
        """
        today = today or self.env.company._get_serial_day()
        last = warranty_rule.last_ending(today)
        return {
            "none": Domain("warranty_end", "=", False),
            "expired": Domain("warranty_end", "<", today),
            "ending": Domain("warranty_end", ">=", today) & Domain("warranty_end", "<=", last),
            "valid": Domain("warranty_end", ">", last),
        }

    def _prepare_corrected_warranty(self, vals):
        """Return what else is written when the end of a warranty is corrected by hand."""
        end = fields.Date.to_date(vals.get("warranty_end"))
        if "warranty_end" not in vals or all((unit.warranty_end or None) == end for unit in self):
            return {}
        return {"warranty_fixed": True}

    def _split_by_warranty(self, vals):
        """Divide units that are sold now by their warranty: a repair does not begin it again.

        :param dict vals: the facts of the sale, with the warranty that it begins
        :return: list of (units, facts)
        """
        if not vals.get("date_sold"):
            return [(self, vals)]
        customer = self.env["res.partner"].browse(vals["customer_id"] or [])
        same = Domain("former_customer_id.commercial_partner_id", "in", customer.commercial_partner_id.ids)
        back = Domain("former_warranty_end", "!=", False) & same
        special = self.search(Domain("id", "in", self.ids) & (back | Domain("warranty_fixed", "=", True)))
        fixed = special.filtered("warranty_fixed")
        kept = {name: value for name, value in vals.items() if name != "warranty_end"}
        return [(self - special, vals), (fixed, kept), (special - fixed, vals | register_sql.RESUMED)]

    def _prepare_former_warranty(self, customer, sale):
        """Return the warranty of a unit that is its customer's again because what came after the sale is undone.

        :param customer: who bought it
        :param sale: the events of the sale
        """
        if self.warranty_end:
            return {"warranty_end": self.warranty_end, "warranty_fixed": self.warranty_fixed}
        begun = sale_history.find_sale_end(self, sale, sale_history.find_sale_day(self, sale))
        end = self.former_warranty_end if customer and self.former_customer_id == customer else begun
        return {"warranty_end": end, "warranty_fixed": bool(end) and end != begun}

    def _prepare_inherited_warranty(self, replaced):
        """Return the warranty of a unit that takes over the rest of the one that it replaces.

        :param replaced: the unit that came back: from the customer, or to the vendor
        """
        if not self.customer_id:
            end = replaced.vendor_warranty_end
            return {"vendor_warranty_end": end} if end else {}
        owners = (self.customer_id | replaced.former_customer_id).commercial_partner_id
        end = len(owners) == 1 and replaced.former_warranty_end
        return {"warranty_end": end, "warranty_fixed": True} if end else {}
