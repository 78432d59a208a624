from odoo import api, fields, models
from odoo.exceptions import UserError

PAID = ("paid", "in_payment")
BUYERS = "account.group_account_invoice,purchase.group_purchase_user"


class SerialClaim(models.Model):
    """What we claim of a vendor for a unit that broke while his warranty lasted."""

    _name = "serial.claim"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Claim against a Vendor"
    _order = "id desc"
    _rec_name = "serial_id"
    _check_company_auto = True

    serial_id = fields.Many2one("serial.number", "Unit", required=True, index=True, check_company=True)
    company_id = fields.Many2one(related="serial_id.company_id", store=True, precompute=True)
    product_id = fields.Many2one(related="serial_id.product_id")
    repair_id = fields.Many2one("repair.order", check_company=True, index="btree_not_null")
    vendor_id = fields.Many2one(
        "res.partner", compute="_compute_vendor", store=True, readonly=False, precompute=True, required=True
    )
    warranty_end = fields.Date("Vendor Warranty until", compute="_compute_vendor", store=True, precompute=True)
    state = fields.Selection(
        [
            ("draft", "New"),
            ("sent", "Sent"),
            ("accepted", "Accepted"),
            ("credited", "Credited"),
            ("refused", "Refused"),
            ("closed", "Closed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        tracking=True,
        copy=False,
    )
    description = fields.Text("What is Wrong")
    date_sent = fields.Date("Sent on", readonly=True)
    date_answered = fields.Date("Answered on", readonly=True)
    answer = fields.Text("Vendor's Answer")
    credit_id = fields.Many2one(
        "account.move",
        "Credit Note",
        check_company=True,
        domain="[('move_type', '=', 'in_refund'), ('commercial_partner_id', '=', vendor_id)]",
        groups=BUYERS,
    )
    replacement_id = fields.Many2one(
        "serial.number", check_company=True, help="The unit that the vendor sends in its place."
    )

    @api.depends("serial_id")
    def _compute_vendor(self):
        for claim in self:
            claim.vendor_id = claim.serial_id.vendor_id or claim.vendor_id
            claim.warranty_end = claim.serial_id.vendor_warranty_end

    @api.constrains("serial_id")
    def _check_warranty(self):
        for claim in self:
            day = claim.company_id._get_serial_day(claim.repair_id.create_date or fields.Datetime.now())
            if not claim.warranty_end or claim.warranty_end < day:
                raise UserError(
                    self.env._(
                        "The vendor's warranty of %s does not last. Correct its end on the unit first, if it does.",
                        claim.serial_id.display_name,
                    )
                )

    def write(self, vals):
        """Say that the vendor credits it while his credit note is chosen."""
        result = super().write(vals)
        if "credit_id" in vals:
            for claim in self.filtered(lambda claim: claim.state in ("accepted", "credited")):
                claim.state = "credited" if claim.sudo().credit_id else "accepted"
        return result

    def action_send(self):
        """Note that the vendor has the claim."""
        self._move_on("draft", "sent", "date_sent")

    def action_accept(self):
        """Note that the vendor accepts: the money or a replacement is to come."""
        self._move_on("sent", "accepted", "date_answered")

    def action_refuse(self):
        """Note that the vendor refuses; what he says is kept."""
        if any(not claim.answer for claim in self):
            raise UserError(self.env._("Write what the vendor answered first."))
        self._move_on("sent", "refused", "date_answered")

    def action_close(self):
        """Close claims: those that were refused, and those whose money or replacement came.

        :raise UserError: while neither came
        """
        for claim in self.filtered(lambda claim: claim.state != "refused"):
            if not claim._has_come():
                raise UserError(
                    self.env._(
                        "%s: neither the money nor the replacement came. Choose the vendor's credit note once it is "
                        "paid, or the unit that he sent once it is received.",
                        claim.serial_id.display_name,
                    )
                )
        self._move_on(("accepted", "credited", "refused"), "closed")

    def _has_come(self):
        claim = self.sudo()
        replacement = claim.replacement_id
        is_paid = claim.credit_id.state == "posted" and claim.credit_id.payment_state in PAID
        return is_paid or (bool(replacement) and replacement.status not in ("expected", "void"))

    def _move_on(self, before, after, day=None):
        if any(claim.state not in before for claim in self):
            raise UserError(self.env._("Somebody was faster: look at the claim again."))
        for claim in self:
            claim.write({"state": after} | ({day: claim.company_id._get_serial_day()} if day else {}))
