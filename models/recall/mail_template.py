from odoo import api, models
from odoo.exceptions import UserError


class MailTemplate(models.Model):
    _inherit = "mail.template"

    # Not by a foreign key, which would also keep the addon's own template from going with the addon.
    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_recall(self):
        using = [("template_id", "in", self.ids), ("state", "in", ("draft", "open"))]
        recall = self.env["serial.recall"].sudo().search(using, limit=1)
        if recall:
            raise UserError(
                self.env._(
                    "%(recall)s writes to its customers with the e-mail template %(template)s. Choose another one "
                    "there first.",
                    recall=recall.name,
                    template=recall.template_id.name,
                )
            )
