from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...engine import outside
from ...tools import empty, naming
from . import apply, count_sql
from .reader import AMBIGUOUS, MISPLACED, THERE, UNEXPECTED, UNKNOWN, Reader, classify, find_places
from .serial_count_line import CODES

STATES = [("open", "Counting"), ("done", "Applied"), ("cancel", "Cancelled")]
SHOWN = 40  # rows of a list on screen
PRODUCTS = 50  # products on screen
SCANS = 20_000  # numbers in one request
KEPT = dict(CODES)  # what is noted of a count; all else is only answered
LOCKED_FIELDS = {"name", "state", "line_ids", "move_ids", "date_applied", "applied_by_id"}


class SerialCount(models.Model):
    """A count by scanning: what is scanned at a place is held against what the register says lies there."""

    _name = "serial.count"
    _inherit = ["serial.link.mixin"]
    _description = "Count by Scanning"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char("Number", readonly=True, copy=False, default=lambda self: self.env._("New"))
    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    location_id = fields.Many2one(
        "stock.location",
        required=True,
        check_company=True,
        domain=[("is_serial_stock", "=", True)],
        default=lambda self: self._default_location_id(),
        help="What is counted: this location with all that is in it. New numbers are booked here.",
    )
    product_ids = fields.Many2many(
        "product.product",
        string="Products",
        domain=[("is_serialized", "=", True)],
        check_company=True,
        help="Which products are counted. Empty: all serialized ones.",
    )
    user_id = fields.Many2one("res.users", "Responsible", default=lambda self: self.env.user, check_company=True)
    state = fields.Selection(STATES, "Status", readonly=True, copy=False, default="open", required=True)
    line_ids = fields.One2many("serial.count.line", "count_id", "Scans", readonly=True, copy=False)
    move_ids = fields.Many2many("stock.move", string="Adjustments", readonly=True, copy=False)
    date_applied = fields.Datetime("Applied on", readonly=True, copy=False)
    applied_by_id = fields.Many2one("res.users", "Applied by", readonly=True, copy=False)
    scanned = fields.Integer(compute="_compute_scanned")

    @api.model
    def _default_location_id(self):
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", self.env.company.id)], limit=1)
        return warehouse.lot_stock_id

    def _compute_scanned(self):
        groups = self.env["serial.count.line"]._read_group([("count_id", "in", self.ids)], ["count_id"], ["__count"])
        counts = dict(groups)
        for count in self:
            count.scanned = counts.get(count, 0)

    @api.model
    def default_get(self, fields):
        """Begin open, whatever the context or a user's default values say."""
        defaults = {name: value for name, value in super().default_get(fields).items() if name not in LOCKED_FIELDS}
        return defaults | ({"state": "open"} if "state" in fields else {})

    @api.model_create_multi
    def create(self, vals_list):
        """Number new counts.

        :raise UserError: for what only the buttons change
        """
        for vals in vals_list:
            self._refuse_locked(vals)
            self._refuse_locked({name for name in vals if name == "company_id" and vals[name] != self.env.company.id})
        counts = super().create(vals_list)
        for count in counts:
            company = count.location_id.company_id or self.env.company
            sequence = self.env["ir.sequence"].sudo().with_company(company)
            super(SerialCount, count).write({"name": sequence.next_by_code(self._name) or "/"})
        return counts

    def write(self, vals):
        """Refuse what only the buttons change, and another place for what was scanned already.

        :raise UserError: see above
        """
        self._refuse_locked(vals)
        if {"location_id", "product_ids", "company_id"} & vals.keys() and self.sudo().line_ids:
            raise UserError(self.env._("Units were scanned already. Begin another count for another place."))
        return super().write(vals)

    def _refuse_locked(self, names):
        if not self.env.su and LOCKED_FIELDS & set(names):
            raise UserError(self.env._("A count is scanned, applied and undone by its buttons."))

    @api.ondelete(at_uninstall=False)
    def _unlink_if_open(self):
        self._check_state("open", "cancel")

    def _check_state(self, *states):
        for count in self.filtered(lambda count: count.state not in states):
            raise UserError(
                self.env._(
                    "This cannot be done with %(count)s any more (%(state)s). Undo it, or begin another one.",
                    count=count.name,
                    state=dict(self._fields["state"]._description_selection(self.env))[count.state],
                )
            )

    # Scanning

    def action_scan(self):
        """Open the screen to scan at.

        :return: a client action
        """
        outside.check_one(self)
        self.check_access("read")
        return {
            "name": self.name,
            "type": "ir.actions.client",
            "tag": "serial_count_desk",
            "params": {"count_id": self.id},
            "context": {"active_id": self.id},
        }

    def add_serials(self, names, product=None, place=None):
        """Take what was scanned, and say of each scan what it is: the same queries for one as for thousands.

        Example::

            {"ids": [3], "names": ["A1", "A2"]}

        :param list names: numbers or labels, or a product's barcode, which says what new numbers after it are of, or
            that of a shelf in the count, which says where what is scanned after it lies
        :param product: the id of the product that new numbers are of
        :param place: the id of the shelf where they lie; without one they lie anywhere in what is counted
        :return: dict of ``answers`` (dicts of ``name``, ``code``, ``tone`` and ``text``), ``product`` and ``place``
            (``id`` and ``name``, or False), and ``state``, see :meth:`get_state`
        :raise UserError: for a count that is not open, and for too many
        """
        outside.check_one(self)
        self.check_access("write")
        self._check_state("open")
        names = [name for name in outside.take_names(self.env, names, SCANS) if name.strip()]
        product = outside.take_record(self.env, "product.product", product, self.company_id)
        reader = Reader(self, names, product, self._take_shelf(place))
        found = reader.run()
        kept = count_sql.insert_scans(self.sudo(), [each for each in found if each.code in KEPT])
        product, shelf = reader.product, reader.shelf
        return {
            "answers": [self._answer(each, kept) for each in found[-SHOWN:]],
            "product": {"id": product.id, "name": product.display_name} if product else False,
            "place": {"id": shelf.id, "name": shelf.complete_name} if shelf else False,
            "state": self.get_state(),
        }

    def _take_shelf(self, place):
        """Return the shelf that a caller names.

        :raise UserError: for one that is not in the count
        """
        shelf = outside.take_record(self.env, "stock.location", place, self.company_id).sudo()
        if shelf and not shelf.parent_path.startswith(self.location_id.parent_path):
            raise UserError(self.env._("Choose a shelf that is in what is counted."))
        return shelf

    def _answer(self, found, kept):
        """Return what is said of a scan at once."""
        pair = (naming.make_key(found.name), found.unit.id or 0)
        answer = {"name": found.name, "code": found.code, "tone": "info", "text": found.text}
        if found.code not in KEPT:
            return answer | {"tone": "info" if found.code in ("product", "place") else "danger"}
        if pair not in kept:
            return answer | {"code": "again", "text": self.env._("%s was scanned already.", found.name)}
        kept.discard(pair)
        return answer | {"tone": "success" if found.code == THERE else "warning", "text": self._say(found)}

    def _say(self, found):
        unit, number = found.unit, found.name
        product = found.product.display_name or ""
        texts = {
            THERE: lambda: self.env._("%(number)s (%(product)s) is there.", number=number, product=product),
            MISPLACED: lambda: self._say_misplaced(found),
            UNEXPECTED: lambda: self.env._(
                "%(number)s (%(product)s) should not be in stock: %(state)s.",
                number=number,
                product=product,
                state=unit._describe_state(),
            ),
            AMBIGUOUS: lambda: self.env._("%s is a number of several products. Choose which.", number),
            UNKNOWN: lambda: (
                self.env._("%(number)s is new: %(product)s.", number=number, product=product)
                if product
                else self.env._("%s is new. Scan its product's barcode first, or choose the product.", number)
            ),
        }
        return texts[found.code]()

    def _say_misplaced(self, found):
        values = {
            "number": found.name,
            "product": found.product.display_name or "",
            "place": found.unit.location_id.display_name,
        }
        if not found.shelf:
            return self.env._("%(number)s (%(product)s): the register has it at %(place)s.", **values)
        return self.env._(
            "%(number)s (%(product)s) lies at %(shelf)s; the register has it at %(place)s.",
            **values,
            shelf=found.shelf.complete_name,
        )

    def remove_scans(self, lines):
        """Take scans back.

        :param list lines: the ids of the count's lines
        :return: see :meth:`get_state`
        """
        outside.check_one(self)
        self.check_access("write")
        self._check_state("open")
        self._get_lines(lines).sudo().unlink()
        return self.get_state()

    def choose_product(self, lines, product):
        """Say which product scans are of, of which nobody knew it.

        :param list lines: the ids of the count's lines
        :param product: the product's id
        :return: see :meth:`get_state`
        :raise UserError: for a product that is not serialized or not counted here
        """
        outside.check_one(self)
        self.check_access("write")
        self._check_state("open")
        product = outside.take_record(self.env, "product.product", product, self.company_id)
        if not product.is_serialized or (self.product_ids and product not in self.product_ids):
            raise UserError(self.env._("Choose a serialized product that is counted here."))
        chosen = self._get_lines(lines).filtered(lambda line: line.code in (UNKNOWN, AMBIGUOUS))
        self._take_chosen(chosen.sudo(), product)
        return self.get_state()

    def _take_chosen(self, lines, product):
        """Let scans be of the product that somebody said.

        :raise UserError: for a number that the product does not take
        """
        mine = Domain("product_id", "=", product.id) & Domain("company_id", "=", self.company_id.id)
        known = self.env["serial.number"].search(mine & Domain("name_key", "in", lines.mapped("name_key")))
        units, places = known.grouped("name_key"), find_places(self, known)
        for line in lines:
            unit = units.get(line.name_key, known.browse())
            if not unit and (fault := product._find_serial_fault(line.name)):
                raise UserError(fault[1])
            code = classify(unit, places, line.location_id) if unit else UNKNOWN
            line.write({"product_id": product.id, "serial_id": unit.id, "code": code})

    def _get_lines(self, ids):
        """Return those of these lines that are the count's."""
        if isinstance(ids, (list, tuple)):
            outside.check_count(self.env, ids, SCANS)
        if not isinstance(ids, (list, tuple)) or not all(type(id_) is int and 0 < id_ < 2**31 for id_ in ids):
            raise UserError(self.env._("Scans are named by a list of their ids."))
        return self.env["serial.count.line"].search([("id", "in", list(ids)), ("count_id", "=", self.id)])

    # What is seen

    def _get_place_domain(self):
        """Return the domain of the units that the register has where this count counts."""
        domain = Domain("location_id", "child_of", self.location_id.id) & Domain("company_id", "=", self.company_id.id)
        return domain & Domain("product_id", "in", self.product_ids.ids) if self.product_ids else domain

    def _get_expected_domain(self):
        """Return the domain of the units with a number that should be there, and that can be gone."""
        accepted = self.env["serial.number"]._get_flow("adjust_out").accepts
        return self._get_place_domain() & Domain("status", "in", accepted) & Domain("name", "!=", False)

    def _get_missing_domain(self):
        """Return the domain of the units that should be there and were not scanned."""
        lines = self.env["serial.count.line"].sudo()
        scanned = lines._search([("count_id", "=", self.id), ("serial_id", "!=", False)]).subselect("serial_id")
        return self._get_expected_domain() & Domain("id", "not in", scanned)

    @api.readonly
    def get_state(self, show="scanned"):
        """Return what the screen shows: the same queries for one scan as for thousands.

        :param str show: which list: ``scanned``, ``missing``, or a code of the lines
        :return: dict of ``id``, ``name``, ``location``, ``is_open``, ``figures`` by code, ``products`` (figures of
            each), ``rows`` (the latest ones), ``total`` (of these rows), ``blanks`` (units without a number there) and
            ``can_undo``
        """
        outside.check_one(self)
        self.check_access("read")
        show = show if isinstance(show, str) else "scanned"
        products = self._read_products()
        rows, total = self._read_rows(show)
        figures = {code: sum(row[code] for row in products) for code in ("expected", "missing", *KEPT)}
        waiting = Domain("count_id", "=", self.id) & Domain("product_id", "=", False)
        return {
            "id": self.id,
            "name": self.name,
            "location": self.location_id.display_name,
            "counted": ", ".join(self.product_ids[:5].mapped("display_name")),
            "is_open": self.state == "open",
            "state": dict(self._fields["state"]._description_selection(self.env))[self.state],
            "show": show,
            "figures": figures | {"waiting": self.env["serial.count.line"].search_count(waiting)},
            "products": products[:PRODUCTS],
            "untouched": sum(1 for row in products if row["missing"] and row["missing"] == row["expected"]),
            "rows": rows,
            "total": total,
            "blanks": self.env["serial.number"].search_count(
                self._get_place_domain() & self.env["serial.number"]._get_placeholder_domain()
            ),
            "can_undo": self.state == "done",
        }

    def _read_products(self):
        """Return the figures of each product, those with differences first."""
        register = self.env["serial.number"]
        rows = {}

        def get_row(product):
            empty = dict.fromkeys(("expected", "missing", *KEPT), 0)
            name = product.display_name or self.env._("Product not known yet")
            return rows.setdefault(product, {"id": product.id, "name": name, **empty})

        for domain, figure in ((self._get_expected_domain(), "expected"), (self._get_missing_domain(), "missing")):
            for product, number in register._read_group(domain, ["product_id"], ["__count"]):
                get_row(product)[figure] = number
        lines = self.env["serial.count.line"]
        for product, code, number in lines._read_group(
            [("count_id", "=", self.id)], ["product_id", "code"], ["__count"]
        ):
            get_row(product)[code] = number

        def get_weight(row):
            return -sum(row[code] for code in KEPT if code != THERE) - row["missing"], row["name"]

        return sorted(rows.values(), key=get_weight)

    def _read_rows(self, show):
        """Return the rows of a list, the latest first, and how many there are in all."""
        if show == "missing":
            units = self.env["serial.number"].search(self._get_missing_domain(), limit=SHOWN, order="product_id, name")
            total = (
                self.env["serial.number"].search_count(self._get_missing_domain())
                if len(units) == SHOWN
                else len(units)
            )
            return [self._describe_missing(unit) for unit in units], total
        domain = Domain("count_id", "=", self.id)
        if show in KEPT:
            domain &= Domain("code", "=", show)
        lines = self.env["serial.count.line"].search(domain, limit=SHOWN)
        total = self.env["serial.count.line"].search_count(domain) if len(lines) == SHOWN else len(lines)
        return [self._describe_line(line) for line in lines], total

    def _describe_missing(self, unit):
        text = unit.location_id.display_name
        return {
            "id": f"unit_{unit.id}",
            "line": False,
            "name": unit.name,
            "product": unit.product_id.display_name,
            "product_id": unit.product_id.id,
            "code": "missing",
            "label": self.env._("Missing"),
            "text": text,
            "user": "",
        }

    def _describe_line(self, line):
        unit, shelf = line.serial_id, line.location_id.sudo().complete_name
        text = self.env._("At %s", shelf) if shelf else ""
        if line.code == MISPLACED:
            place = unit.location_id.display_name
            text = self.env._("The register has it at %s", place)
            if shelf:
                text = self.env._("At %(shelf)s; the register has it at %(place)s", shelf=shelf, place=place)
        elif line.code == UNEXPECTED:
            text = "; ".join(filter(None, [text, unit._describe_state()]))
        return {
            "id": f"line_{line.id}",
            "line": line.id,
            "name": line.name,
            "product": line.product_id.display_name or "",
            "product_id": line.product_id.id,
            "code": line.code,
            "label": dict(line._fields["code"]._description_selection(line.env))[line.code],
            "text": text,
            "user": line.create_uid.sudo().name,
        }

    # Applying and undoing

    def action_apply(self, gone=True):
        """Let the register and the stock be what was scanned, in one step that can be undone.

        Misplaced units are moved to where they were scanned, unexpected and new ones are booked as found there, and
        missing ones as gone.

        :param bool gone: whether what was not scanned is gone; else it stays as it is
        :return: see :meth:`get_state`
        :raise UserError: for a count that is applied already, or has scans of which nobody knows the product
        """
        outside.check_one(self)
        self.check_access("write")
        self.lock_for_update()
        self._check_state("open")
        waiting = self.sudo().line_ids.filtered(lambda line: not line.product_id)
        if waiting:
            raise UserError(
                self.env._(
                    "Choose the product of these numbers first, or remove them: %s",
                    ", ".join(waiting[:20].mapped("name")),
                )
            )
        moves = apply.Application(self, bool(gone)).run()
        vals = {"state": "done", "date_applied": fields.Datetime.now(), "applied_by_id": self.env.uid}
        self.sudo().write({**vals, "move_ids": [fields.Command.set(moves.ids)]})
        return self.get_state()

    def action_undo(self):
        """Take back what applying this count did, and let it be scanned again.

        Numbers that units without serial got stay.

        :return: see :meth:`get_state`
        :raise UserError: for a count that is not applied, and for units that went on from there since
        """
        outside.check_one(self)
        self.check_access("write")
        self.lock_for_update()
        self._check_state("done")
        apply.undo(self)
        self.sudo().write({"state": "open", "date_applied": False, "applied_by_id": False, "move_ids": [(5,)]})
        return self.get_state()

    def action_cancel(self):
        """Give the count up: nothing is changed by it.

        :return: see :meth:`get_state`
        """
        outside.check_one(self)
        self.check_access("write")
        self._check_state("open")
        self.sudo().state = "cancel"
        return self.get_state()

    def action_view_moves(self):
        """Open the adjustments that applying made.

        :return: a window action
        """
        outside.check_one(self)
        self.check_access("read")
        return {
            "name": self.env._("Adjustments of %s", self.name),
            "type": "ir.actions.act_window",
            "res_model": "stock.move",
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", self.sudo().move_ids.ids)],
            "help": empty.describe(
                self.env._("Nothing had to be adjusted"),
                self.env._("All that was counted lay where the register had it."),
            ),
        }
