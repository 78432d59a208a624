from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..engine import card, outside, scan, take_back
from ..engine.registered import RegisteredSelection
from ..tools import naming

RETURN_LIMIT = 5_000  # numbers in one window: each has its row
LIFE_HOURS = 30 * 24  # a desk keeps what was scanned so long
SHOWN = 20  # rows that the desk shows at once, the latest scan first
REMEDIES = [("none", "Nothing more"), (take_back.CREDIT, "Credit note"), (take_back.REPLACE, "Replacement")]


def _is_away(unit):
    """Tell whether a unit is a customer's, and not in stock."""
    return unit.status == "sold" and not unit.location_id.is_serial_stock


def _is_another_number(wanted):
    """Tell whether a unit was named by another number of it than its serial number."""
    return bool(wanted.units) and wanted.units[0].name_key != naming.make_key(wanted.name)


class SerialReturn(models.TransientModel):
    """The service desk: scan what came back; the numbers alone say who bought the units and on which deliveries."""

    _name = "serial.return"
    _inherit = ["serial.guard.mixin"]
    _description = "Scan to Return"
    _transient_max_hours = LIFE_HOURS

    text = fields.Text("Serial Numbers", help="One a line: scan them one after the other, or paste a list.")
    line_ids = fields.One2many("serial.return.line", "return_id", "Units")
    recalled = fields.Text("Units with an Open Case", compute="_compute_recalled")

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

    # What the desk calls

    @api.model
    def get_desk(self):
        """Return what the user's desk shows: what they scanned and have not taken back yet, or an empty desk.

        :return: dict, see :meth:`get_state`
        :raise AccessError: for those who do not take goods back
        """
        return self._find_desk().get_state()

    def _find_desk(self):
        self.browse().check_access("create")
        return self.search([("create_uid", "=", self.env.uid)], order="id desc", limit=1) or self.create({})

    @api.readonly
    def get_state(self):
        """Return what the desk shows: the same queries for one unit as for thousands.

        :return: dict of ``id``, ``count``, ``problems``, ``selected``, ``rows`` (the latest scans first),
            ``statuses`` (what units may go back as), ``reasons`` and ``remedies``
        """
        outside.check_one(self)
        self.check_access("read")
        lines = self.env["serial.return.line"].search([("return_id", "=", self.id)], order="id desc")
        return {
            "id": self.id,
            "count": len(lines),
            "problems": len(lines.filtered("message")),
            "selected": len(lines.filtered("is_selected")),
            "rows": lines[:SHOWN]._describe(),
            "statuses": self._get_choices(),
            "reasons": self.env["serial.hold.reason"].search([], limit=50).mapped("name"),
            "remedies": self._get_remedies(),
        }

    def _get_choices(self):
        labels = self.env["serial.number"]._get_status_labels()
        statuses = self.env["serial.number"]._get_serial_rules().statuses.values()
        return [{"code": each.code, "label": labels[each.code]} for each in statuses if each.returns]

    def _get_remedies(self):
        """Return what can follow for a unit that comes back, as far as the user may make it."""
        labels = dict(self.env["serial.return.line"]._fields["remedy"]._description_selection(self.env))
        may_credit = self.env.user.has_group(take_back.CREDITOR)
        return [
            {"code": code, "label": label} for code, label in labels.items() if code != take_back.CREDIT or may_credit
        ]

    def add_serials(self, names):
        """Add what was scanned to the desk, and say of each number what it is.

        Example::

            {"ids": [7], "names": ["A1"]}

        :param list names: numbers or labels
        :return: dict of ``answers`` (dicts of ``tone`` and ``text``) and ``state``, see :meth:`get_state`
        :raise UserError: for too many
        """
        outside.check_one(self)
        self.check_access("write")
        names = outside.take_names(self.env, names, RETURN_LIMIT)
        outside.check_count(self.env, [*self.line_ids, *names], RETURN_LIMIT)
        known = set(naming.make_keys(self.line_ids.mapped("name")))
        there = set(self.line_ids.serial_id.ids)
        new, answers = [], []
        for vals in self._prepare_lines_vals([name for name in names if name.strip()]):
            if vals.get("serial_id") in there or (not vals.get("serial_id") and naming.make_key(vals["name"]) in known):
                text = self.env._("%s is on the list already.", vals["name"])
                answers.append({"tone": "info", "text": text})
            else:
                new.append(vals)
        bad = [vals for vals in new if len(vals["name"]) > outside.TEXT_LIMIT]
        answers += [self._answer_too_long(vals["name"]) for vals in bad]
        lines = self.env["serial.return.line"].create([vals for vals in new if vals not in bad])
        return {"answers": [*answers, *(line._answer() for line in lines)], "state": self.get_state()}

    def _answer_too_long(self, name):
        message = self.env._("%s is too long: a serial number has at most 128 characters.", naming.show(name))
        return {"tone": "danger", "text": message, "message": message}

    def action_find(self):
        """Look up who bought the scanned units and on which deliveries they left.

        :return: the action that shows the desk
        :raise UserError: when there is no number, or too many
        """
        outside.check_one(self)
        names = outside.split_text(self.env, self.text, RETURN_LIMIT)
        if not names:
            raise UserError(self.env._("Scan or type at least one serial number."))
        self.line_ids.unlink()
        self.env["serial.return.line"].create(self._prepare_lines_vals(names))
        return self._get_action()

    @api.model
    def _open(self, units):
        """Return the action that opens the user's desk with units in it."""
        desk, units = self._find_desk(), units.filtered("name")
        lines = desk.line_ids.filtered(lambda line: line.serial_id in units)
        new = units - lines.serial_id
        outside.check_count(self.env, [*desk.line_ids, *new], RETURN_LIMIT)
        vals_list = [desk._prepare_unit_vals(unit, unit.name, int(_is_away(unit))) for unit in new]
        self._propose_statuses(vals_list)
        for line in lines:  # a scan may have met two of them; here one was chosen
            line.message = self._find_problem(line.serial_id, int(_is_away(line.serial_id)))
            line.is_selected = not line.message
        self.env["serial.return.line"].create(vals_list)
        return desk._get_action()

    def _prepare_lines_vals(self, names):
        """Return the values of one line per unit that a number may stand for, or per number that nobody bought."""
        wanted = {
            (naming.make_key(each.name), each.message, each.units): each
            for each in scan.find_wanted(self.env["serial.number"], names)
        }
        others = [each for each in wanted.values() if _is_another_number(each)]
        vals_list, taken = [], self.env["serial.number"]
        by_name = taken.union(*(each.units for each in wanted.values() if each not in others))
        for each in wanted.values():
            found, is_other = each.units, each in others
            if found and found <= (taken | by_name if is_other else taken):
                continue  # two numbers of one unit
            sold = found.filtered(_is_away)
            for unit in (sold or found[:1]) - taken:
                shown = f"{unit.name} ({each.name})" if is_other and unit.name else each.name
                vals_list.append(self._prepare_unit_vals(unit, shown, len(sold)))
            taken |= found
            if not found:
                unknown = self.env._("Nobody knows this number. Check it, or receive the unit and use Add.")
                name = naming.show(each.typed, naming.MAX_LENGTH) if each.message else each.name
                vals_list.append({"return_id": self.id, "name": name, "message": each.message or unknown})
        self._propose_statuses(vals_list)
        return vals_list

    def _prepare_unit_vals(self, unit, name, count):
        """Return the values of a unit's line.

        :param int count: how many units away have its number
        """
        message = self._find_problem(unit, count)
        return {
            "return_id": self.id,
            "name": name,
            "serial_id": unit.id,
            "message": message,
            "is_selected": not message,
        }

    def _propose_statuses(self, vals_list):
        """Propose what each unit goes back as: on hold for an open case, else what its operation type says."""
        units = self.env["serial.number"].browse(vals["serial_id"] for vals in vals_list if vals.get("serial_id"))
        wanted = units.browse().union(*units._group_by_case().values())
        for vals in vals_list:
            unit = units.browse(vals.get("serial_id") or [])
            delivery = unit.sudo().delivery_move_id.picking_type_id
            proposed = (delivery.return_picking_type_id or delivery).serial_return_status
            vals["goes_back_as"] = "hold" if unit in wanted else proposed or "available"

    def _find_problem(self, unit, count):
        """Return what keeps a unit from being returned like this, or False."""
        if not count:
            return self.env._("It is not at a customer's: %s.", unit._describe_state())
        if count > 1:
            return self.env._("Several products have this number. Select the one that came back.")
        if not unit.delivery_move_id.picking_id:
            return self.env._("It left without a transfer. Receive it by hand from the customer.")
        return False

    # Taking back

    def action_create(self):
        """Create one return per delivery, with the numbers entered, for who receives the goods later.

        :return: the action that opens the returns
        :raise UserError: when nothing is selected, or a unit cannot be returned
        """
        outside.check_one(self)
        returns = self._create_returns()
        self._forget_taken()
        action = self.env["ir.actions.act_window"]._for_xml_id("stock.action_picking_tree_all")
        if len(returns) == 1:
            return action | {"res_id": returns.id, "view_mode": "form", "views": [(False, "form")]}
        return action | {"domain": [("id", "in", returns.ids)]}

    def take_back(self):
        """Take the selected units back now: returns that are done, draft credit notes, and replacements to be sent.

        :return: list of dicts of ``kind`` (``return``, ``open``, ``credit`` or ``replace``), ``model``, ``id``
            and ``name``: what was made
        :raise UserError: when nothing is selected, or a unit cannot be taken back; nothing has changed then
        """
        outside.check_one(self)
        wanted = self._find_credits()
        with self.env.cr.savepoint():
            returns = self._create_returns()
            for picking in returns:
                picking.button_validate()
            refunds = take_back.credit(wanted) if wanted else self.env["account.move"]
            replacements = returns.move_ids.origin_returned_move_id._get_replacing().picking_id
            self._forget_taken()
        done = returns.filtered(lambda picking: picking.state == "done")
        made = (("return", done), ("open", returns - done), ("credit", refunds), ("replace", replacements))
        return [self._describe_made(kind, record) for kind, records in made for record in records]

    def _describe_made(self, kind, record):
        name = record.display_name
        return {"kind": kind, "model": record._name, "id": record.id, "name": name}

    def _find_credits(self):
        """Return ``{invoice line: number of units}`` of the units that are to be credited.

        :raise AccessError: for those who make no credit notes
        :raise UserError: for a unit whose invoice cannot be credited for it alone
        """
        units = self.line_ids.filtered(lambda line: line.is_selected and line.remedy == take_back.CREDIT).serial_id
        if not units:
            return {}
        if not self.env.user.has_group(take_back.CREDITOR):
            raise AccessError(self.env._("Only who makes invoices credits units. Choose another remedy."))
        others = units - take_back.find_creditable(units)
        if others:
            raise UserError(
                self.env._(
                    "No posted invoice is of %s alone. Choose another remedy, and credit it by hand.",
                    ", ".join(others.mapped("display_name")),
                )
            )
        return {line: len(part) for line, part in units.grouped("invoice_line_id").items()}

    def _create_returns(self):
        """Return the returns of the selected units, one for each delivery, and one more for those to be replaced."""
        lines = self.line_ids.filtered("is_selected")
        take_back.check_units(lines.serial_id)
        returns = self.env["stock.picking"]

        def get_return(line):
            return line.serial_id.delivery_move_id.picking_id, line.remedy == take_back.REPLACE

        for (delivery, is_exchange), part in lines.grouped(get_return).items():
            chosen = {line.serial_id: (line.goes_back_as, line.reason or "") for line in part}
            returns |= take_back.create_return(delivery, part.serial_id, chosen, is_exchange)
        take_back.fill(returns)
        return returns

    def _forget_taken(self):
        self.line_ids.filtered("is_selected").unlink()

    def _get_action(self):
        return {
            "name": self.env._("Scan to Return"),
            "type": "ir.actions.client",
            "tag": "serial_return_desk",
            "params": {"return_id": self.id},
        }


class SerialReturnLine(models.TransientModel):
    """One unit that a scanned number may stand for."""

    _name = "serial.return.line"
    _inherit = ["serial.guard.mixin"]
    _description = "Scanned Unit"
    _transient_max_hours = 0  # it goes with its desk

    return_id = fields.Many2one("serial.return", required=True, ondelete="cascade", index=True)
    is_selected = fields.Boolean("Take back")
    name = fields.Char("Serial Number", readonly=True)
    serial_id = fields.Many2one("serial.number", "Unit", readonly=True)
    goes_back_as = RegisteredSelection(only=lambda status: status.returns, string="Goes back as")
    reason = fields.Char("Why it came back", help="Kept in the unit's history, and shown while it is on hold.")
    remedy = fields.Selection(REMEDIES, "What follows", default="none", required=True)
    product_id = fields.Many2one(related="serial_id.product_id")
    customer_id = fields.Many2one(related="serial_id.customer_id")
    picking_id = fields.Many2one(related="serial_id.delivery_id", string="Delivery")
    date_sold = fields.Date(related="serial_id.date_sold")
    warranty_end = fields.Date(related="serial_id.warranty_end")
    message = fields.Text("What to do", readonly=True)

    def _describe(self):
        """Return what the desk shows of these lines, in order."""
        cards = {each["id"]: each for each in card.describe(self.serial_id)}
        return [
            {
                "id": line.id,
                "name": line.name,
                "card": cards.get(line.serial_id.id, False),
                "message": line.message or "",
                "is_selected": line.is_selected,
                "goes_back_as": line.goes_back_as or "",
                "reason": line.reason or "",
                "remedy": line.remedy,
            }
            for line in self
        ]

    def _answer(self):
        """Return what is said of a scan at once."""
        if self.message:
            return {"tone": "danger", "text": f"{self.name}: {self.message}"}
        text = self.env._(
            "%(serial)s (%(product)s) comes back from %(customer)s.",
            serial=self.name,
            product=self.product_id.display_name,
            customer=self.customer_id.sudo().display_name or "-",
        )
        return {"tone": "success", "text": text}
