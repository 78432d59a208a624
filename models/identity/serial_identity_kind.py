from odoo import api, fields, models
from odoo.exceptions import UserError

from . import form


class SerialIdentityKind(models.Model):
    """What other numbers units carry: IMEI, MAC address, the maker's own serial number, an asset tag."""

    _name = "serial.identity.kind"
    _description = "Kind of Identity"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Its name for other systems and for the headings of tables, such as imei.")
    check = fields.Selection(
        form.CHECKS,
        required=True,
        default="none",
        help="What its numbers look like. Those with a check digit are refused where it is wrong.",
    )
    count = fields.Integer("Per Unit", required=True, default=1, help="How many of them one unit has at most.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex("(code)", "Another kind of identity has this code.")
    _count_positive = models.Constraint("CHECK (count > 0)", "A unit has one identity of each kind at least.")
    _code_form = models.Constraint(
        "CHECK (code ~ '^[a-z0-9_]{1,32}$')", "A code is made of small letters, digits and underscores: mac, asset_tag."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_unused(self):
        """Keep kinds that units carry numbers of: these would go with them."""
        identities = self.env["serial.identity"].sudo()
        for kind in self:
            identity = identities.search([("kind_id", "=", kind.id)], limit=1)
            if identity:
                raise UserError(
                    self.env._(
                        "Units carry numbers of the kind %(kind)s, such as %(identity)s. Archive it instead.",
                        kind=kind.name,
                        identity=identity.name,
                    )
                )
