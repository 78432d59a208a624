from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..engine import keeping, outside, reservation_loss
from ..engine.kept import KeptUnits
from ..engine.kept_lots import KeptLots
from ..models.serial_number import MANAGER

ACTIONS = [
    ("hold", "Put on hold"),
    ("release", "Release"),
    ("designate", "Designate to a customer"),
    ("void", "Make void"),
    ("restore", "Restore"),
]
MANAGERS_ONLY = ("void", "restore")
# What happens to the units, and the status that it gives them.
STEPS = {"hold": ("held", "hold"), "designate": ("designated", "designated"), "void": ("voided", "void")}
# What keeps units back from everybody else: the action, and the status that it gives them.
KEEPING = {"hold": "hold", "void": "void", "designate": "designated"}


class SerialStatusChange(models.TransientModel):
    """Change the status of selected units."""

    _name = "serial.status.change"
    _inherit = ["serial.selection.mixin"]
    _description = "Change Status of Serial Numbers"

    count = fields.Integer("Selected Units", compute="_compute_count")
    action = fields.Selection(ACTIONS, required=True, default="hold")
    possible = fields.Json(compute="_compute_possible", help="What can be done with all of the units.")
    obstacle = fields.Char(compute="_compute_possible", help="Why nothing can be done with all of them.")
    hold_reason_id = fields.Many2one("serial.hold.reason", "Reason for Hold")
    hold_until = fields.Date("On Hold until", help="The last day on hold; the units are released the day after.")
    reason = fields.Char("Details", help="Shown in the history, and wherever somebody tries to sell the units.")
    promises = fields.Text(
        "Taken from Orders",
        compute="_compute_promises",
        help="The orders and transfers that lose units which are designated to them, or stock reserved for them.",
    )
    order_id = fields.Many2one("sale.order", "Sales Order", help="Its delivery proposes the units.")
    partner_id = fields.Many2one("res.partner", "Customer", compute="_compute_partner_id", store=True, readonly=False)
    product_ids = fields.Many2many("product.product", compute="_compute_count")

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Offer what only managers may do to nobody else.

        :return: as for every model
        """
        # EXTENDS 'base'
        result = super().fields_get(allfields, attributes)
        if "selection" in result.get("action", {}) and not self.env.user.has_group(MANAGER):
            choices = result["action"]["selection"]
            result["action"]["selection"] = [choice for choice in choices if choice[0] not in MANAGERS_ONLY]
        return result

    @api.depends("serial_ids")
    def _compute_count(self):
        for change in self:
            units = change._get_chosen_units()
            change.count = len(units)
            groups = units._read_group([("id", "in", units.ids)], ["product_id"])
            change.product_ids = self.env["product.product"].union(*(product for (product,) in groups))

    @api.model
    def default_get(self, fields):
        """Begin with the first thing that the selected units can do."""
        defaults = super().default_get(fields)
        if "action" in fields and "default_action" not in self.env.context and (units := self._get_selected_units()):
            defaults["action"] = next(iter(self._find_possible(units)), defaults.get("action"))
        return defaults

    @api.depends("serial_ids")
    def _compute_possible(self):
        for change in self:
            units = change._get_chosen_units()
            change.possible = change._find_possible(units)
            change.obstacle = False if change.possible or not units else change._describe_obstacle(units)

    @api.model
    def _find_possible(self, units):
        """Return what can be done with all of these units, in order: it is done to all of them, or to none."""
        rules = units._get_serial_rules()
        statuses = [status for (status,) in units._read_group([("id", "in", units.ids)], ["status"])]
        tests = {
            name: lambda status, kind=kind, after=after: rules.is_allowed(kind, status, after)
            for name, (kind, after) in STEPS.items()
        } | {
            "release": lambda status: rules.statuses[status].released_to,
            "restore": lambda status: status == "void",
        }
        offered = [code for code, _label in self.fields_get(["action"], ["selection"])["action"]["selection"]]
        possible = [code for code in offered if all(map(tests[code], statuses))]
        lying = units._get_in_stock_domain()
        if "restore" in possible and units.search_count(~lying & Domain("id", "in", units.ids), limit=1):
            possible.remove("restore")
        return possible

    def _describe_obstacle(self, units):
        """Say which statuses the units have, of which nothing can be changed by the same step."""
        labels = units._get_status_labels()
        groups = units._read_group([("id", "in", units.ids)], ["status"], ["__count"])
        counts = ", ".join(f"{labels[status]}: {count}" for status, count in groups)
        return self.env._("Nothing can be done with all of them at once (%s). Select units of one status.", counts)

    @api.depends("order_id")
    def _compute_partner_id(self):
        for change in self:
            change.partner_id = change.order_id.partner_id or change.partner_id

    @api.depends("serial_ids", "action", "order_id", "partner_id")
    def _compute_promises(self):
        for change in self:
            change.promises = "\n".join(change._describe_promises())

    def _describe_promises(self):
        """Return what orders and transfers lose: a text each, first those that units are designated to."""
        units = self._get_chosen_units()
        if self.action not in KEEPING:
            return []
        promises = keeping.get_promises(units) if self.action != "designate" else {}
        texts = [(order, "; ".join(keeping.describe(mine))) for order, mine in promises.items()]
        of_lots = units.filtered(lambda unit: unit.product_id._has_serial_lots())
        kept, lost_lots = self._suppose_kept(units - of_lots), self._foresee_lots(of_lots)
        losers = reservation_loss.find_losers(units.product_id, kept, lost_lots)
        texts += [(document, "; ".join(lines)) for document, lines in losers.items()]
        return [f"{self._name_loser(record)}: {text}" for record, text in texts]

    def _name_loser(self, document):
        partner = document.partner_id if "partner_id" in document else None
        return f"{document.display_name} ({partner.display_name})" if partner else document.display_name

    def _foresee_lots(self, units):
        """Return what moves lose whose lots these units are."""
        lost = {}
        for product, part in units.grouped("product_id").items():
            line = self.order_id.sudo().order_line.filtered(lambda line, product=product: line.product_id == product)
            customer = self.partner_id.sudo().commercial_partner_id
            lost |= KeptLots(product).foresee(part, KEEPING[self.action], line[:1].id or None, customer.id or None)
        return lost

    def _suppose_kept(self, units):
        """Return the :class:`KeptUnits` as they are going to be."""
        kept = KeptUnits(units.product_id.sudo(), Domain("id", "not in", units.ids))
        for product, part in units.grouped("product_id").items():
            line = self.order_id.sudo().order_line.filtered(lambda line, product=product: line.product_id == product)
            kept.suppose(part, KEEPING[self.action], line[:1], self.partner_id.sudo())
        return kept

    def action_apply(self):
        """Do it to all selected units, or to none.

        :return: the action that closes the dialog
        :raise UserError: when one of the units cannot be changed so, or a reason or a customer is missing
        """
        outside.check_one(self)
        self._check_selected()
        if self.action in ("hold", "void") and not (self.reason or self.hold_reason_id):
            raise UserError(self.env._("Enter the reason: people who meet these units will ask for it."))
        units = self.serial_ids
        if self.action == "designate" and self.order_id:
            self.order_id._designate_serials(units)
        elif self.action == "designate":
            units.action_designate(self.partner_id)
        elif self.action == "hold":
            units.action_hold(self.hold_reason_id, until=self.hold_until, detail=self.reason)
        elif self.action == "void":
            units.action_void(self.reason)
        else:
            getattr(units, f"action_{self.action}")()
        return {"type": "ir.actions.act_window_close"}
