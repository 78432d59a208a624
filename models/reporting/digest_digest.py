from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

ENDING_DAYS = 30


class DigestDigest(models.Model):
    """What happened to units lately, in the e-mail of figures that Odoo sends; who may not look units up gets none."""

    _inherit = "digest.digest"

    kpi_serial_received = fields.Boolean("Units Received")
    kpi_serial_received_value = fields.Integer(compute="_compute_kpi_serial_received_value")
    kpi_serial_sold = fields.Boolean("Units Sold")
    kpi_serial_sold_value = fields.Integer(compute="_compute_kpi_serial_sold_value")
    kpi_serial_missing = fields.Boolean("Units Without Serial")
    kpi_serial_missing_value = fields.Integer(compute="_compute_kpi_serial_missing_value")
    kpi_serial_warranty = fields.Boolean("Warranties Ending in 30 Days")
    kpi_serial_warranty_value = fields.Integer(compute="_compute_kpi_serial_warranty_value")

    def _compute_kpi_serial_received_value(self):
        start, end = self._get_serial_days()
        self._count_serials("kpi_serial_received_value", self._get_between("date_received", start, end))

    def _compute_kpi_serial_sold_value(self):
        start, end = self._get_serial_days()
        self._count_serials("kpi_serial_sold_value", self._get_between("date_sold", start, end))

    def _compute_kpi_serial_missing_value(self):
        """Count those that wait for their number now, whatever the period: each is work to do."""
        self._count_serials("kpi_serial_missing_value", self.env["serial.number"]._get_placeholder_domain())

    def _compute_kpi_serial_warranty_value(self):
        _start, end = self._get_serial_days()
        domain = self._get_between("warranty_end", end, end + timedelta(days=ENDING_DAYS))
        self._count_serials("kpi_serial_warranty_value", domain)

    def _get_serial_days(self):
        """Return the first day of the period, and the day after its last one."""
        today = self.env.company._get_serial_day()
        start, end = (self.env.context.get(name) for name in ("start_datetime", "end_datetime"))
        return fields.Date.to_date(start) or today, fields.Date.to_date(end) or today + timedelta(days=1)

    def _get_between(self, name, start, end):
        return Domain(name, ">=", start) & Domain(name, "<", end)

    def _count_serials(self, name, domain):
        """Write how many units of each digest's company a domain finds.

        :raise AccessError: for a reader who may not look units up; the digest leaves the figure out
        """
        companies = self._get_kpi_compute_parameters()[2]
        groups = self.env["serial.number"]._read_group(
            domain & Domain("company_id", "in", companies.ids), ["company_id"], ["__count"]
        )
        counts = {company.id: count for company, count in groups}
        for digest in self:
            digest[name] = counts.get((digest.company_id or self.env.company).id, 0)

    def _compute_kpis_actions(self, company, user):
        # EXTENDS 'digest'
        actions = super()._compute_kpis_actions(company, user)
        menu = self.env.ref("serial_number_tracking.serial_number_menu_root", raise_if_not_found=False)
        menu = f"?menu_id={menu.id}" if menu else ""
        figures = dict.fromkeys(
            ("kpi_serial_received", "kpi_serial_sold", "kpi_serial_warranty"),
            f"serial_number_tracking.serial_number_action{menu}",
        )
        return actions | figures | {"kpi_serial_missing": f"serial_number_tracking.serial_number_action_worklist{menu}"}
