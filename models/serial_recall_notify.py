"""How a recall reaches the customers: e-mails by a template, the printed sheet."""

from odoo import models
from odoo.exceptions import UserError


class SerialRecall(models.Model):
    _inherit = "serial.recall"

    def action_email(self):
        """Send the e-mail to all customers and end users who have not been notified, for managers.

        :return: the action that says how many get it, and who has no address
        :raise UserError: when the recall is not in progress, or nobody is left who has an address
        """
        self.ensure_one()
        self._check_manager()
        self._check_state("open")
        notices = self.notice_ids.filtered(lambda notice: not notice.is_notified and not notice.is_queued)
        return self._queue_emails(notices)

    def _queue_emails(self, notices):
        """Let the scheduled job send these notices: thousands take minutes, and nobody waits for them."""
        self.ensure_one()
        self._check_manager()
        if not self.template_id:
            raise UserError(self.env._("Choose the e-mail template of %s first.", self.name))
        reachable = notices.filtered("email")
        if not reachable:
            raise UserError(
                self.env._("None of these customers has an e-mail address. Enter one, or tell them by letter or phone.")
            )
        self._check_template(reachable[:1])
        reachable.sudo().write({"is_queued": True, "date_notified": False, "mail_id": False})
        self.env.ref("serial_number_tracking.ir_cron_serial_recall").sudo()._trigger()
        message = self._describe_emails(reachable, notices - reachable)
        self.message_post(body=message)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": message, "next": {"type": "ir.actions.act_window_close"}},
        }

    def _check_template(self, notice):
        """Make one e-mail before thousands: a fault in the template is told to who can mend it.

        :raise UserError: with what is wrong with the template
        """
        self.template_id._generate_template(notice.ids, ("subject", "body_html"))

    def _describe_emails(self, reachable, others):
        parts = [self.env._("E-mails to customers and end users are being sent: %s.", len(reachable))]
        if others:
            names = ", ".join(others[:20].partner_id.mapped("display_name"))
            parts.append(self.env._("%(count)s have no address: %(names)s", count=len(others), names=names))
        return " ".join(parts)

    def _get_email_layout(self):
        return "mail.mail_notification_light"

    def action_preview_email(self):
        """Show the e-mail as a customer gets it, and let the template be edited.

        :return: the action of Odoo's own preview
        :raise UserError: when no customer has a unit, or there is no template
        """
        self.ensure_one()
        self.check_access("read")
        notice = self.notice_ids[:1]
        if not notice or not self.template_id:
            raise UserError(self.env._("There is nobody to write to yet, or no template is chosen."))
        return {
            "name": self.env._("Preview E-mail"),
            "type": "ir.actions.act_window",
            "res_model": "mail.template.preview",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_mail_template_id": self.template_id.id,
                "default_resource_ref": f"{notice._name},{notice.id}",
            },
        }

    def action_print(self):
        """Print the sheet: the units in stock by location, and those of each customer.

        :return: the report's action
        """
        self.check_access("read")
        return self.env.ref("serial_number_tracking.action_report_serial_recall").report_action(self)

    def action_print_letters(self):
        """Print the letters to the customers who have not been notified.

        :return: the report's action
        :raise UserError: when all of them have
        """
        self.ensure_one()
        notices = self.notice_ids.filtered(lambda notice: not notice.is_notified)
        if not notices:
            raise UserError(self.env._("All customers have been notified."))
        return notices.action_print()

    def _get_places(self):
        """Return what the sheet lists of the stock: ``[(location, units)]``, in the order of their numbers."""
        self.ensure_one()
        lines = self.line_ids.search(self._get_line_domain("stock"))
        units = self.env["serial.number"].sudo().search([("id", "in", lines.serial_id.ids)], order="product_id, name")
        return sorted(units.grouped("location_id").items(), key=lambda item: item[0].complete_name)
