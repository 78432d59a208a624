from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every

from ...tools import warranty_rule
from ...tools.day import show_day
from . import reminder, warranty_sql

CUSTOMERS = 100  # reminded of in one transaction


class SerialNumber(models.Model):
    _inherit = "serial.number"

    warranty_state = fields.Selection(
        warranty_rule.STATES,
        "Warranty",
        compute="_compute_warranty_state",
        search="_search_warranty_state",
        help="The customer's warranty today. Ending: in the next 30 days.",
    )
    warranty_reminded = fields.Date(readonly=True, help="The end of warranty that there has been an activity for.")
    replaces_id = fields.Many2one(
        "serial.number", index="btree_not_null", ondelete="set null", readonly=True, help="The unit that came back."
    )
    replaced_by_id = fields.Many2one(
        "serial.number", index="btree_not_null", ondelete="set null", readonly=True, help="The unit sent in its place."
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

    @api.model
    def _cron_remind_warranties(self):
        """Remind the person whom each company names of warranties that end soon, by activities on the customers."""
        groups = self._read_group(
            reminder.get_domain(self),
            ["company_id", "customer_id"],
            ["id:recordset"],
            order="company_id, customer_id",
        )
        left = len(groups)
        self.env["ir.cron"]._commit_progress(remaining=left)
        for batch in split_every(CUSTOMERS, groups, list):
            self._remind_warranties(batch)
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                return

    def _remind_warranties(self, groups):
        """Make the activities of some customers.

        :param list groups: (company, customer, units) each; units that were sold to nobody are the company's own
        """
        vals_list = [self._prepare_reminder_vals(*group) for group in groups]
        # One e-mail for each of hundreds of customers would be no help.
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(vals_list)
        warranty_sql.mark_reminded(self.browse(unit.id for _company, _customer, units in groups for unit in units))

    def _prepare_reminder_vals(self, company, customer, units):
        """Return the values of the activity on one customer; extend it to say more.

        :param units: the customer's units whose warranties end soon
        """
        user = company.serial_warranty_user_id
        units = units.with_context(lang=user.lang).sorted("warranty_end")
        return {
            "res_model_id": self.env["ir.model"]._get_id("res.partner"),
            "res_id": (customer or company.partner_id).id,
            "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
            "user_id": user.id,
            "date_deadline": company._get_serial_day(user=user),
            "summary": units.env._(
                "Warranties that end by %(day)s: %(count)s",
                count=len(units),
                day=show_day(units.env, units[-1:].warranty_end),
            ),
            "note": reminder.describe(units),
        }

    @api.model
    def _get_locked_fields(self):
        # EXTENDS 'serial.hook.mixin'
        return super()._get_locked_fields() | {"warranty_reminded"}

    @api.model
    def _get_more_facts(self):
        # EXTENDS 'serial.hook.mixin'
        return (*super()._get_more_facts(), "replaces_id", "replaced_by_id")

    def _get_heirs(self):
        # EXTENDS 'serial.hook.mixin'
        return super()._get_heirs() | self.replaced_by_id

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
