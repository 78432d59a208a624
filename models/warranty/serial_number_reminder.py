"""Remind of warranties before they end: one activity per customer, once for each end."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from ...engine.sql import register_sql
from ...tools.day import show_day

CUSTOMERS = 100  # reminded of in one transaction
SHOWN = 50  # units named in one activity


class SerialNumber(models.Model):
    _inherit = "serial.number"

    warranty_reminded = fields.Date(readonly=True, help="The end of warranty that there has been an activity for.")

    @api.model
    def _cron_remind_warranties(self):
        """Make activities, for whom each company names, on the customers whose warranties end soon."""
        groups = self._read_group(
            self._get_reminder_domain(),
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

    def _get_reminder_domain(self):
        """Return the domain of the units whose warranty ends soon and whose end nobody was reminded of."""
        companies = self.env["res.company"].sudo().search([("serial_warranty_user_id.active", "=", True)])
        ending = Domain.OR(
            Domain("company_id", "=", company.id)
            & self._get_warranty_domains(company._get_serial_day(user=company.serial_warranty_user_id))["ending"]
            for company in companies
        )
        return ending & Domain.custom(to_sql=self._is_not_reminded)

    @staticmethod
    def _is_not_reminded(model, alias, query):
        fields_ = (model._field_to_sql(alias, name, query) for name in ("warranty_reminded", "warranty_end"))
        return SQL("%s IS DISTINCT FROM %s", *fields_)

    def _remind_warranties(self, groups):
        """Make the activities of some customers.

        :param list groups: (company, customer, units) each; units that were sold to nobody are the company's own
        """
        vals_list = [self._prepare_reminder_vals(*group) for group in groups]
        # One e-mail for each of hundreds of customers would be no help.
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(vals_list)
        register_sql.mark_reminded(self.browse(unit.id for _company, _customer, units in groups for unit in units))

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
            "note": units._describe_reminder(),
        }

    def _describe_reminder(self):
        """Return the units of an activity as a list of links, those that end first at the top."""
        lines = [
            Markup("<li>%s</li>")
            % self.env._(
                "%(day)s: %(serial)s, %(product)s%(user)s",
                day=show_day(self.env, unit.warranty_end),
                serial=unit._get_html_link(),
                product=unit.product_id.display_name,
                user=f" ({unit.end_user_id.display_name})" if unit.end_user_id else "",
            )
            for unit in self[:SHOWN]
        ]
        if len(self) > SHOWN:
            more = self.env._("and %s more: see the customer's serial numbers", len(self) - SHOWN)
            lines.append(Markup("<li>%s</li>") % more)
        return Markup("<ul>%s</ul>") % Markup().join(lines)
