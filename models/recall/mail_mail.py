from odoo import models


class MailMail(models.Model):
    _inherit = "mail.mail"

    def write(self, vals):
        """Tell the notices of recalls when their e-mail has been sent; it may be deleted right after that."""
        # EXTENDS 'mail'
        result = super().write(vals)
        if vals.get("state") == "sent":
            notices = self.filtered(lambda mail: mail.model == "serial.recall.partner")
            if notices:
                self.env["serial.recall.partner"].sudo().search([("mail_id", "in", notices.ids)])._note_sent()
        return result
