from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..engine import outside, scan
from ..tools import naming

RETURN_LIMIT = 5_000  # numbers in one window: each has its row


class SerialReturn(models.TransientModel):
    """Scan what came back: the numbers alone say who bought the units and on which deliveries."""

    _name = "serial.return"
    _inherit = ["serial.guard.mixin"]
    _description = "Scan to Return"

    text = fields.Text("Serial Numbers", help="One a line: scan them one after the other, or paste a list.")
    line_ids = fields.One2many("serial.return.line", "return_id", "Units")
    problem_count = fields.Integer(compute="_compute_problem_count")
    recalled = fields.Text("Units with an Open Case", compute="_compute_recalled")

    @api.depends("line_ids.message")
    def _compute_problem_count(self):
        for wizard in self:
            wizard.problem_count = len(wizard.line_ids.filtered("message"))

    @api.depends("line_ids.serial_id")
    def _compute_recalled(self):
        for wizard in self:
            wizard.recalled = "\n".join(
                self.env._(
                    "%(case)s, they go on hold when they come back: %(serials)s",
                    case=units._describe_case(case),
                    serials=", ".join(units.mapped("name")),
                )
                for case, units in wizard.line_ids.serial_id._group_by_case().items()
            )

    @api.model
    def _open(self, units):
        """Return the action that opens the window with units in it."""
        wizard = self.create({"text": "\n".join(filter(None, units.mapped("name")))})
        return wizard.action_find()

    def action_find(self):
        """Look up who bought the scanned units and on which deliveries they left.

        :return: the action that shows the wizard again
        :raise UserError: when there is no number, or too many
        """
        outside.check_one(self)
        names = outside.split_text(self.env, self.text, RETURN_LIMIT)
        if not names:
            raise UserError(self.env._("Scan or type at least one serial number."))
        self.line_ids.unlink()
        self.env["serial.return.line"].create(self._prepare_lines_vals(names))
        return self._get_action()

    def _prepare_lines_vals(self, names):
        """Return the values of one line per unit that a number may stand for, or per number that nobody bought."""
        keys = scan.find_known_keys(self.env, names)
        units = self.env["serial.number"].search([("name_key", "in", list(keys))])
        by_key = units.grouped("name_key")
        unknown = [name for key, name in keys.items() if key not in by_key]
        others = {
            naming.make_key(name): found for name, found in units._find_named_otherwise(unknown, Domain.TRUE).items()
        }
        by_key |= others
        vals_list, taken = [], units
        for key, name in keys.items():
            found = by_key.get(key, units.browse())
            if key in others and found <= taken:
                continue  # two numbers of one unit
            taken |= found
            sold = found.filtered(lambda unit: unit.status == "sold" and not unit.location_id.is_serial_stock)
            for unit in sold or found[:1]:
                message = self._find_problem(unit, len(sold))
                shown = f"{unit.name} ({name})" if key in others and unit.name else name
                vals = {"serial_id": unit.id, "message": message, "is_selected": not message}
                vals_list.append({"return_id": self.id, "name": shown, **vals})
            if not found:
                message = self.env._("Nobody knows this number. Check it, or receive the unit and use Add.")
                vals_list.append({"return_id": self.id, "name": name, "message": message})
        return vals_list

    def _find_problem(self, unit, count):
        """Return what keeps a unit from being returned like this, or False."""
        if not count:
            return self.env._("It is not at a customer's: %s.", unit._describe_state())
        if count > 1:
            return self.env._("Several products have this number. Select the one that came back.")
        if not unit.delivery_move_id.picking_id:
            return self.env._("It left without a transfer. Receive it by hand from the customer.")
        return False

    def action_create(self):
        """Create one return per delivery, with the numbers entered.

        :return: the action that opens the returns
        :raise UserError: when nothing is selected, or a unit cannot be returned
        """
        outside.check_one(self)
        units = self.line_ids.filtered("is_selected").serial_id
        if not units:
            raise UserError(self.env._("Select at least one unit to return."))
        without = units.filtered(lambda unit: not unit.delivery_move_id.picking_id)
        if without:
            raise UserError(
                self.env._(
                    "%s left without a transfer: receive them by hand from the customer.",
                    ", ".join(without.mapped("display_name")),
                )
            )
        returns = self.env["stock.picking"]
        for picking, returned in units.grouped(lambda unit: unit.delivery_move_id.picking_id).items():
            returns |= self._create_return(picking, returned)
        action = self.env["ir.actions.act_window"]._for_xml_id("stock.action_picking_tree_all")
        if len(returns) == 1:
            return action | {"res_id": returns.id, "view_mode": "form", "views": [(False, "form")]}
        return action | {"domain": [("id", "in", returns.ids)]}

    def _create_return(self, picking, units):
        """Return the return of these units of a delivery, made by Odoo's own wizard."""
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        for line in wizard.product_return_moves:
            line.quantity = len(units.filtered(lambda unit, line=line: unit.delivery_move_id == line.move_id))
        new_picking = wizard._create_return()
        for move in new_picking.move_ids:
            origin = move.origin_returned_move_id
            names = units.filtered(lambda unit, origin=origin: unit.delivery_move_id == origin).mapped("name")
            if names:
                move.assign_serials(names)
        return new_picking

    def _get_action(self):
        return {
            "name": self.env._("Scan to Return"),
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }


class SerialReturnLine(models.TransientModel):
    """One unit that a scanned number may stand for."""

    _name = "serial.return.line"
    _inherit = ["serial.guard.mixin"]
    _description = "Scanned Unit"

    return_id = fields.Many2one("serial.return", required=True, ondelete="cascade", index=True)
    is_selected = fields.Boolean("Take back")
    name = fields.Char("Serial Number", readonly=True)
    serial_id = fields.Many2one("serial.number", "Unit", readonly=True)
    product_id = fields.Many2one(related="serial_id.product_id")
    customer_id = fields.Many2one(related="serial_id.customer_id")
    picking_id = fields.Many2one(related="serial_id.delivery_move_id.picking_id", string="Delivery")
    date_sold = fields.Date(related="serial_id.date_sold")
    warranty_end = fields.Date(related="serial_id.warranty_end")
    message = fields.Text("What to do", readonly=True)
