from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools.misc import groupby

from ..engine import (
    entry_draft,
    entry_file,
    entry_list,
    entry_place,
    entry_refused,
    entry_undo,
    keyless,
    nearest,
    outside,
    scan,
)
from ..engine.check import Check, SerialCheck
from ..engine.entry_route import NumberRouter
from ..engine.place import PLACE, Place
from ..engine.registered import RegisteredSelection
from ..engine.sql import entry_sql
from ..models.serial_call import FILES, RANGES, SCANS
from ..tools import naming
from .serial_entry import LINE_FIELDS

LOCKED_FIELDS = {"entry_id", "source_model", "source_id", *LINE_FIELDS.values()}
# Those that are designated before those that are sold already; of these, those that expire first.
PROPOSED = "status, expiration_date, id"
UNIT_FIELDS = (
    *("name", "code", "message", "return_status", "keeps_status", "warranty_end", "is_added"),
    *("expiration_date", "batch_name", "beside", "beside_text"),
)
SHOWN = 20  # numbers that are named of each difference
FILE_NAME = 100  # characters of a file's name, in messages


class SerialEntryLine(models.TransientModel):
    """One document line in the entry window."""

    _name = "serial.entry.line"
    _inherit = ["serial.guard.mixin"]
    _description = "Serial Number Entry Line"
    _transient_max_hours = 0  # it goes with its window

    entry_id = fields.Many2one("serial.entry", required=True, ondelete="cascade", index=True, readonly=True)
    move_id = fields.Many2one("stock.move", readonly=True, ondelete="cascade", index=True)
    invoice_line_id = fields.Many2one("account.move.line", readonly=True, ondelete="cascade")
    quant_id = fields.Many2one("stock.quant", readonly=True, ondelete="cascade")
    scrap_id = fields.Many2one("stock.scrap", readonly=True, ondelete="cascade")
    purchase_line_id = fields.Many2one("purchase.order.line", readonly=True, ondelete="cascade")
    sale_line_id = fields.Many2one("sale.order.line", readonly=True, ondelete="cascade")
    source_model = fields.Char(readonly=True, help="The model of a document of another addon.")
    source_id = fields.Many2oneReference(model_field="source_model", readonly=True)
    product_id = fields.Many2one("product.product", compute="_compute_source")
    vendor_id = fields.Many2one("res.partner", compute="_compute_source")
    chosen_vendor_id = fields.Many2one("res.partner", readonly=True, ondelete="cascade")
    is_vendor_chosen = fields.Boolean(readonly=True)
    quantity = fields.Integer(
        compute="_compute_source", help="Units to enter: those of the line without the booked ones."
    )
    entered = fields.Integer(compute="_compute_entered")
    missing = fields.Integer(compute="_compute_entered")
    blanks = fields.Boolean(readonly=True, help="The rest is left without serial.")
    is_doubtful = fields.Boolean(readonly=True, help="The serial number that was scanned last was not taken.")
    reason = fields.Char(help="Why the units move; kept in their history.")
    return_status = RegisteredSelection(
        only=lambda status: status.returns,
        string="Units go back as",
        readonly=True,
        help="Chosen for all units of a return, later ones too.",
    )
    unit_ids = fields.One2many("serial.entry.unit", "line_id", "Entered Numbers", readonly=True)

    def write(self, vals):
        """Keep the line on the document line whose numbers were checked on it.

        :raise AccessError: for another one
        """
        if vals.keys() & LOCKED_FIELDS:
            raise AccessError(
                self.env._("A line of this window stays with its document. Open a window for the other one.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_entered(self):
        keyless.forget(self)

    @api.depends(*LINE_FIELDS.values(), "source_id", "chosen_vendor_id", "is_vendor_chosen")
    def _compute_source(self):
        for line in self:
            source = line._get_source()
            source.check_access("read")
            line.product_id = source.product_id
            line.vendor_id = line.chosen_vendor_id if line.is_vendor_chosen else source.sudo()._serial_vendor()
            line.quantity = source._serial_room()

    @api.depends("unit_ids", "quantity")
    def _compute_entered(self):
        counts = dict(
            self.env["serial.entry.unit"]._read_group([("line_id", "in", self.ids)], ["line_id"], ["__count"])
        )
        for line in self:
            line.entered = counts.get(line, 0)
            line.missing = max(0, line.quantity - line.entered)

    def _get_source(self):
        """Return what the line asks about: a record of ``serial.entry.mixin``."""
        if self.source_model and self.env["serial.number"]._is_serial_source(self.source_model):
            return self.env[self.source_model].browse(self.source_id).exists()
        return next((self[field] for field in LINE_FIELDS.values() if self[field]), self.move_id)

    @api.model
    def _prepare_source(self, source):
        """Return the values of a line that asks about a document line."""
        if source._name in LINE_FIELDS:
            return {LINE_FIELDS[source._name]: source.id}
        return {"source_model": source._name, "source_id": source.id}

    @api.model
    def _get_source_domain(self, sources):
        """Return the domain of the lines that ask about document lines."""
        if sources._name in LINE_FIELDS:
            return Domain(LINE_FIELDS[sources._name], "in", sources.ids)
        return Domain("source_model", "=", sources._name) & Domain("source_id", "in", sources.ids)

    # What the window and other systems call

    def add_serials(self, names, add=False):
        """Enter numbers. Good ones are kept, bad ones are not.

        A number that this line cannot take and another line of the window can goes to that line.

        :param list names: the numbers as typed or scanned
        :param bool add: on a return, take in numbers that were not sold to this customer
        :return: the checks of these names, in order, seen across all lines of the window; see
            :meth:`serial.capture.mixin.check_serials`. Each has also ``line_id``, the line that it was entered on or
            refused by; those of units with an open case ``case``, its name
        :raise UserError: when the window was confirmed already
        """
        outside.check_one(self)
        self.entry_id._check_open()
        with entry_undo.act(self.entry_id):
            checks = self._add_numbers(outside.take_names(self.env, names), add=add)
        return list(self._show(checks))

    def remove_serials(self, names):
        """Take entered numbers out again.

        :param list names: the numbers; those that are not entered are passed over
        :return: the line's state, see :meth:`_get_state`
        """
        outside.check_one(self)
        self.entry_id._check_open()
        entry_undo.remove(self._find_units(outside.take_names(self.env, names)))
        self.entry_id._touch()
        return self._get_state()

    def use_blanks(self):
        """Leave the units without number that are still missing.

        :return: the line's state, see :meth:`_get_state`
        :raise UserError: where every number is required
        """
        outside.check_one(self)
        self.entry_id._check_open()
        self._leave_blank()
        return self._get_state()

    def _leave_blank(self):
        if self._get_source()._get_serial_policy() == "require":
            raise UserError(
                self.env._(
                    "%(holder)s requires every serial number of %(product)s. Enter them, or ask an inventory manager "
                    "to change this setting.",
                    holder=self._get_source()._get_serial_policy_holder(),
                    product=self.product_id.display_name,
                )
            )
        self.blanks = True
        self.entry_id._touch()

    def keep_asking(self):
        """Undo :meth:`use_blanks`.

        :return: the line's state, see :meth:`_get_state`
        """
        outside.check_one(self)
        self.entry_id._check_open()
        self.blanks = False
        return self._get_state()

    def enter_text(self, text, add=False, singly=False, key=None):
        """Enter all the numbers of a scanned or pasted text; the barcode of a place says where they go.

        :param str text: numbers separated by new lines, tabs, commas or semicolons; or a table with tabs, which is read
            as :meth:`enter_file` reads a file, where it has a heading or the document's products in it
        :param bool add: see :meth:`add_serials`
        :param bool singly: they were scanned one by one, and are no list
        :param str key: the device's own name for this call. Made again, because its answer was lost, it is answered
            again and nothing is entered twice
        :return: dict of ``added`` (how many), ``bad`` (the checks of the others), ``note`` (what is unusual about the
            only number, or which of several have an open case), ``line`` (its state, as far as scans change it) and
            ``elsewhere`` (other lines that took some: dicts of ``line`` and ``names``); of labels also ``read``, the
            numbers in order, and ``gtin``, a GTIN that no product has yet: a dict of ``gtin``, ``line_id`` and
            ``product``; of a place's barcode also ``carton``: whether it brought units
        """
        outside.check_one(self)
        return self._answer_once(key, SCANS, [text, add, singly], lambda: self._enter_text(text, add, singly))

    def _answer_once(self, key, method, asked, act):
        """Enter what the device sends, once by each of its keys."""
        calls = self.env["serial.call"].with_company(self._get_source()._serial_company())
        return calls._answer_once(key, method, [self.id, *asked], act, self._renew)

    def _renew(self, result):
        """Return what was answered before, with the lines as they are now."""
        lines = [self.browse(part["line"]["id"]).exists() for part in result["elsewhere"]]
        return result | {
            "line": self._get_state(),
            "elsewhere": [
                part | {"line": line._get_state()}
                for part, line in zip(result["elsewhere"], lines, strict=True)
                if line
            ],
        }

    def _enter_text(self, text, add, singly):
        names = outside.split_text(self.env, text)
        self.entry_id._check_open()
        with entry_undo.act(self.entry_id):
            return self._enter_names(names, text, add, singly)

    def _enter_names(self, names, text, add, singly):
        placed = entry_place.take(self, names[0]) if len(names) == 1 else None
        if placed:
            checks, note = placed
            result = self._make_result(checks)
            is_taken = all(check.ok for check in checks)
            return result | ({"note": note, "carton": bool(checks)} if is_taken else {})
        if singly and len(names) == 1 and (taken := self.env["serial.number"]._take_scanned_beside(self, names[0])):
            return self._make_result([taken], is_beside=True)
        rows = entry_file.find_pasted_rows(self, text) if names else []
        return self._make_result(
            entry_file.add_file_rows(self, rows) if rows else entry_file.add_typed(self, names, add, singly)
        )

    def choose_number(self, typed, name):
        """Enter which of its candidates an ambiguous number is.

        Whether numbers of the product bear a data identifier in front is kept on the product, and not asked again.

        :param str typed: what was scanned
        :param str name: the serial number in it
        :return: see :meth:`enter_text`
        """
        outside.check_one(self)
        self.entry_id._check_open()
        typed, name = outside.take_names(self.env, [typed, name])
        if not typed or not name or len(typed) > outside.TEXT_LIMIT:
            raise UserError(self.env._("Choose which of the numbers it is."))
        scan.remember(self.product_id, typed, name)
        return self._enter([scan.Scan(typed, name)])

    def release_serial(self, name):
        """Release a unit that is on hold or designated to somebody, and enter it.

        :param str name: its number
        :return: see :meth:`enter_text`
        :raise UserError: for a unit with another status
        """
        outside.check_one(self)
        self.entry_id._check_open()
        names = outside.take_names(self.env, [name])
        source = self._get_source()
        units = self.env["serial.number"].search(
            [
                ("product_id", "=", source.product_id.id),
                ("company_id", "=", source._serial_company().id),
                ("name_key", "in", naming.make_keys(names)),
            ]
        )
        if units:
            units.action_release()
        return self._enter(units.mapped("name") or names)

    def remember_gtin(self, gtin):
        """Keep a GTIN that no product has yet on the product of this line, as a barcode.

        :param str gtin: what :meth:`enter_text` offered
        :return: True
        :raise UserError: for what is no GTIN, and for that of another product
        """
        outside.check_one(self)
        self.entry_id._check_open()
        self._get_source()._check_serial_access()
        scan.remember_gtin(self.product_id, gtin)
        return True

    def enter_range(self, first, count, key=None):
        """Enter numbers that count up.

        :param str first: the first number; its last digits are counted up and keep their zeros
        :param int count: how many
        :param str key: see :meth:`enter_text`
        :return: see :meth:`enter_text`
        :raise UserError: when there is nothing to count up, or too much
        """
        outside.check_one(self)
        return self._answer_once(key, RANGES, [first, count], lambda: self._enter_range(first, count))

    def _enter_range(self, first, count):
        room = self.quantity
        if not isinstance(count, int) or not 0 < count <= outside.NAMES_LIMIT:
            raise UserError(
                self.env._(
                    "A range has 1 to %(limit)s numbers; this line takes %(room)s.",
                    limit=outside.NAMES_LIMIT,
                    room=room,
                )
            )
        own = self.env["serial.number"]._enter_range_otherwise(self, first, count)
        if own is not None:
            return own
        try:
            names = naming.make_range(first, count)
        except ValueError as error:
            raise UserError(
                self.env._(
                    "%(first)s is nothing to count up from: that is a number of at most %(limit)s characters with "
                    "digits in it, for example A001.",
                    first=naming.show(first),
                    limit=naming.MAX_LENGTH,
                )
            ) from error
        return self._enter(names)

    def enter_proposals(self):
        """Enter the units that are meant for this line: designated to its order, invoiced, delivered or expected.

        :return: see :meth:`enter_text`
        """
        outside.check_one(self)
        if not self.missing:
            return self._enter([])
        units = self.env["serial.number"].search(self._get_proposal_domain(), order=PROPOSED, limit=self.missing)
        return self._enter(units.mapped("name"))

    def get_beside(self, name):
        """Return what is asked beside an entered number: other numbers of its unit, and its properties.

        :param str name: the number
        :return: list of dicts of ``code``, ``label``, ``kind`` (``char``, ``integer``, ``float``, ``boolean``, ``date``
            or ``selection``), ``choices``, ``required`` and ``value``, a text; empty for a number that is not entered
        """
        outside.check_one(self)
        self._get_source().check_access("read")
        unit = self._find_units(outside.take_names(self.env, [name]))[:1]
        return self.env["serial.number"]._ask_beside(self, unit.beside or {}) if unit else []

    def set_beside(self, name, values):
        """Keep what belongs to an entered number beside it, in place of what was kept.

        :param str name: the number
        :param dict values: ``{code: texts}``, with the codes of :meth:`get_beside`
        :return: dict of ``fault``, why nothing was kept, empty where it was, and ``line``, the line's state
        """
        outside.check_one(self)
        self.entry_id._check_open()
        unit = self._find_units(outside.take_names(self.env, [name]))[:1]
        fault = self._keep_beside(unit, values) if unit else self.env._("This number is not entered any more.")
        self.entry_id._touch()
        return {"fault": fault, "line": self._get_state()}

    def _keep_beside(self, unit, values):
        """Check what belongs to an entered unit and keep it; return why it cannot be kept."""
        if not isinstance(values, dict) or len(repr(values)) > outside.TEXT_LIMIT:
            return self.env._("What belongs to %s is given by its kinds, each with a text.", unit.name)
        check = Check(unit.name, key=unit.name_key)
        check.decide("ok")
        check.row = {"id": unit.serial_id.id, "case": None} if unit.serial_id else None
        kept = self.env["serial.number"]._take_beside(self._get_source(), [check], {0: values}, self._get_siblings())
        if check.ok:
            entry_undo.keep_beside(unit)
            beside = {what: texts[unit.name_key] for what, texts in kept.items() if unit.name_key in texts}
            apart = self.env["serial.number"]._keep_apart(unit.beside or {})
            entry_sql.replace_beside(self.env, unit.id, apart | beside)
        return "" if check.ok else check.message

    def get_units(self, offset=0, limit=40):
        """Return one page of the entered numbers, the newest first.

        :param int offset: how many to leave out
        :param int limit: how many at most
        :return: dict of ``total`` and ``rows`` (``id``, ``name``, ``code``, ``message``, ``batch_name``,
            ``expiration_date`` and ``expiration_days``, the days left, negative since; on a return also
            ``return_status``, ``keeps_status``, ``is_added``, ``warranty_end`` and ``warranty_days``)
        """
        outside.check_one(self)
        if not all(type(number) is int and 0 <= number < 2**31 for number in (offset, limit)):
            raise UserError(self.env._("A page of numbers begins at a whole number, and has a whole number of rows."))
        units = self.env["serial.entry.unit"].search([("line_id", "=", self.id)], offset, limit, order="id desc")
        rows = units.read(UNIT_FIELDS)
        today = self.env.company._get_serial_day()
        for row in rows:
            row |= self.env["serial.number"]._get_unit_state(row.pop("beside") or {})
            row["warranty_days"] = row["warranty_end"] and (row["warranty_end"] - today).days
            row["expiration_days"] = row["expiration_date"] and (row["expiration_date"] - today).days
        return {"total": self.entered, "rows": rows}

    @api.readonly
    def get_list_domain(self):
        """Return the domain of *List*: all numbers of the product, or on a return what this customer bought."""
        outside.check_one(self)
        return list(entry_list.get_domain(self))

    @api.readonly
    def get_takeable_domain(self):
        """Return the domain of what *List* begins with: the units that this line can take."""
        outside.check_one(self)
        return list(entry_list.get_takeable_domain(self))

    @api.readonly
    def get_last_number(self):
        """Return the number of the product that is the latest in the register, to count up from; empty without one."""
        outside.check_one(self)
        company = self._get_source()._serial_company()
        mine = Domain("product_id", "=", self.product_id.id) & Domain("company_id", "=", company.id)
        entered = self.env["serial.entry.unit"].search([("line_id", "=", self.id)], order="id desc", limit=1)
        last = self.env["serial.number"].search(mine & Domain("name", "!=", False), order="id desc", limit=1)
        return entered.name or last.name or ""

    # Inside

    def _get_siblings(self):
        """Return the lines of the window that are about the same product, this one among them."""
        company = self._get_source()._serial_company()
        return self.entry_id.line_ids.filtered(
            lambda line: line.product_id == self.product_id and line._get_source()._serial_company() == company
        )

    def _find_units(self, names=None):
        """Return the entered units of these lines with these numbers; all of them where there are none."""
        if names is None:
            return self._find_entered(Domain.TRUE)
        return self._find_entered(Domain("name_key", "in", naming.make_keys(names)))

    def _find_entered(self, domain, limit=None):
        """Return the entered units of these lines that a domain describes, in order."""
        domain &= Domain("line_id", "in", self.ids)
        return self.env["serial.entry.unit"].search_fetch(domain, ["name", "name_key"], limit=limit, order="id")

    def _get_entered_samples(self):
        """Return some of the numbers that are entered on these lines."""
        return self._find_entered(Domain.TRUE, limit=scan.OTHERS).mapped("name")

    def _count_entered(self, domain):
        return self.env["serial.entry.unit"].search_count(domain & Domain("line_id", "in", self.ids))

    def _describe_start(self, flow):
        """Return what the window says of a line while nothing is entered.

        :param flow: the line's row of the flow table
        """
        return {
            "choose": self.env._("Scan the units that this customer is to get, or choose them by List"),
            "announce": self.env._("Paste the vendor's list, drop its CSV or XLSX file here, or scan"),
            "gone": self.env._("Which units are gone? Type their numbers, or choose them by List"),
            "scan": self.env._("Ready to scan"),
        }[flow.hint]

    def _get_entered_keys(self):
        """Return a subquery of the keys of all that is entered on these lines."""
        return self.env["serial.entry.unit"]._search(Domain("line_id", "in", self.ids)).subselect("name_key")

    def _takes_blanks(self):
        """Tell whether units of the line may be left without number."""
        source = self._get_source()
        return not source._serial_flow().partial and source._get_serial_policy() != "require"

    def _wants(self, fact):
        """Tell whether the window asks for something beside the numbers: a code of ``Flow.wants``."""
        return fact in self._get_source()._serial_flow().wants

    def _enter(self, names):
        with entry_undo.act(self.entry_id):
            return self._make_result(self._add_numbers(names))

    def _add_numbers(self, names, add=False, products=None, singly=False, beside=None):
        """Enter numbers here, or on the line that they belong to; see :meth:`add_serials`.

        :param products: whose lines may take them; None: any of the window
        :param bool singly: they were scanned one by one, and are no list
        :param dict beside: ``{index: other numbers of the unit by the codes of their kinds}``
        """
        entered = self._get_siblings()._get_entered_samples
        names = scan.keep(scan.read_names(self._get_source(), names, asks=True, singly=singly, others=entered))
        for index, others in (beside or {}).items():
            names[index].beside = {**(names[index].beside or {}), **others}
        takes_in = add and (self._wants("strangers") or self._wants("known"))
        entry_refused.bring_back(self.entry_id, names)
        added = naming.make_keys(each.name for each in names) if takes_in else ()
        router = NumberRouter(self, products)
        checks = router.add_announced(names)
        here = [index for index, check in enumerate(checks) if not check]
        kept = self._keep(self._get_checker([names[index] for index in here], added))
        for index, check in zip(here, kept, strict=True):
            checks[index] = check
        checks = checks if added else router.add_refused(checks)
        entry_refused.keep(self.entry_id, names, checks)
        return checks

    def _show(self, checks):
        """Return checks as the window gets them, see :meth:`add_serials`."""
        releasable = self._find_releasable(checks)
        for check in checks:
            shown = check.as_dict()
            shown["line_id"], shown["can_add"] = check.line_id, check.can_add
            shown["can_release"] = check.serial_id in releasable
            if check.ok and check.case:
                shown["case"] = check.case
            yield shown

    def _make_result(self, checks, is_beside=False):
        """Return what the window shows of checks; see :meth:`enter_text`.

        :param bool is_beside: they are of other numbers of the unit that was entered last
        """
        if checks and not is_beside and self.is_doubtful == checks[-1].ok:
            self.is_doubtful = not checks[-1].ok
        bad = [check for check in checks if not check.ok]
        self._propose_nearest(bad)
        elsewhere = {}
        for check in checks:
            if check.ok and check.line_id != self.id:
                elsewhere.setdefault(check.line_id, []).append(check.name)
        return {
            "added": len(checks) - len(bad),
            "bad": list(self._show(bad)),
            "note": self._describe_note(checks),
            **self._offer_gtin(checks),
            **({"read": [check.name for check in checks]} if any(check.typed for check in checks) else {}),
            "line": self._get_scan_state(),
            "elsewhere": [
                {"line": self.browse(line)._get_scan_state(), "names": names} for line, names in elsewhere.items()
            ],
        }

    def _propose_nearest(self, refused):
        """Ask of refused numbers that nobody knows whether known ones were meant."""
        for line_id, checks in groupby(refused, lambda check: check.line_id or self.id):
            line = self.browse(line_id)
            for key, names in nearest.find(line, checks).items():
                for check in checks if names else ():
                    if check.key == key:
                        check.nearest = names
                        check.message = f"{check.message} {nearest.describe(self.env, names)}"

    def _find_releasable(self, checks):
        """Return the ids of the units of refused numbers that are kept back, and that the user may release."""
        register = self.env["serial.number"]
        kept = {status.code for status in register._get_serial_rules().statuses.values() if status.released_to}
        units = register.browse(check.serial_id for check in checks if not check.ok and check.code in kept)
        return set(units._filtered_access("write").ids)

    def _offer_gtin(self, checks):
        """Return the GTIN of a taken label that no product has yet, to be remembered."""
        check = next((check for check in checks if check.ok and check.gtin), None)
        if not check:
            return {}
        product = self.browse(check.line_id).product_id
        return {"gtin": {"gtin": check.gtin, "line_id": check.line_id, "product": product.display_name}}

    def _describe_note(self, checks):
        """Return what is unusual about the only number, or which of several have an open case."""
        if len(checks) == 1:
            return checks[0].message if checks[0].code in ("new", "ok") else ""
        wanted = [check for check in checks if check.ok and check.case]
        if not wanted:
            return ""
        names = [check.name for check in wanted]
        cases = ", ".join(sorted({check.case for check in wanted}))
        return self.env._(
            "%(case)s: %(serials)s.",
            case=self.env["serial.number"]._describe_case(cases),
            serials=naming.show_first(names),
        )

    def _get_checker(self, names, added=(), room=None):
        """Return the checks of numbers as seen across all lines of the window.

        :param added: the keys of those that a return takes in although the customer did not buy them
        :param int room: how many units the line takes (default: those that are missing)
        """
        source, names = self._get_source(), scan.keep(names)
        entered = self._get_siblings().filtered("entered")
        filling = entered.filtered(
            lambda line: line._get_source()._get_placeholder_scope() == source._get_placeholder_scope()
        )
        return SerialCheck(
            source,
            names,
            seen=entered._find_units([each.name for each in names]).mapped("name_key") if entered else (),
            room=self.missing if room is None else room,
            filled=filling._count_entered(Domain("code", "=", "fills")),
            added=added,
            earlier=lambda: (self._count_places(), (entered - self)._count_places()),
        )

    def _count_places(self):
        """Return ``{Place: count}``: where the units lie that are entered on these lines, all of one product."""
        lines = self.filtered("entered")
        if not lines:
            return Counter()
        source = lines[:1]._get_source()
        units = Domain("name_key", "in", lines._get_entered_keys()) & Domain(
            [("product_id", "=", source.product_id.id), ("company_id", "=", source._serial_company().id)]
        )
        groups = self.env["serial.number"].sudo()._read_group(units, PLACE, ["__count"])
        return Counter({Place.of(*key): count for *key, count in groups})

    def _keep(self, checker):
        """Run the checks, keep the good numbers, and return all checks."""
        checks = checker.run()
        beside = {index: each.beside for index, each in checker.scans.items() if each.beside and checks[index].ok}
        register, source = self.env["serial.number"], self._get_source()
        kept = register._take_beside(source, checks, beside, self._get_siblings()) if beside else {}
        good = [check for check in checks if check.ok]
        entry_sql.insert_entry_units(self, good, self._proposed_return_status())
        entry_sql.write_beside(self, kept)
        for check in checks:
            check.line_id = self.id
        if proposed := {check.key: check.status for check in good if check.status}:
            entry_draft.take_statuses(self, proposed)
        self.entry_id._touch()
        return checks

    def _get_proposal_domain(self):
        """Return the domain of the units that are meant for this line and not entered in the window yet."""
        meant = self._get_source()._get_serial_meant_domain()
        return meant & Domain("name_key", "not in", self._get_siblings()._get_entered_keys())

    def _count_proposals(self):
        if not self.missing:
            return 0
        return self.env["serial.number"].search_count(self._get_proposal_domain(), limit=self.missing)

    def _get_filling(self):
        """Return which of several operations the next number goes to: its place, and how far it is, or False."""
        source = self._get_source().sudo()
        slots = source._get_serial_slots() if source._serial_flow().takes != "stock" else []
        if len(slots) < 2:
            return False
        entered = self.entered
        for slot in slots:
            if entered < slot.room:
                return {"place": slot.describe(self.env), "entered": entered, "quantity": slot.room}
            entered -= slot.room
        return False

    def _get_return_statuses(self):
        """Return what units can go back as, each with the key that chooses it."""
        statuses = self.env["serial.number"]._get_serial_rules().statuses
        labels = self._fields["return_status"]._description_selection(self.env)
        return [{"value": code, "label": label, "hotkey": statuses[code].hotkey} for code, label in labels]

    def _get_state(self):
        """Return what the window shows of the line."""
        return self._get_scan_state() | self.env["serial.number"]._get_entry_state(self)

    def _get_scan_state(self):
        """Return what the window shows of the line, without what no scan changes: it is asked after each of them."""
        source = self._get_source()
        flow = source._serial_flow()
        return {
            "id": self.id,
            "source": f"{source._name},{source.id}",
            "product_id": self.product_id.id,
            "product": self.product_id.display_name,
            "document": source._serial_document(),
            "deed": source._describe_serial_deed(),
            "way": flow.way,
            "partner": source._serial_partner().sudo().display_name or "",
            "hint": self._describe_start(flow),
            "rest": flow.rest,
            "from_customer": flow.takes == "customer",
            "comes_back": bool(flow.named_to) or source._takes_goods_back(),
            "quantity": self.quantity,
            "entered": self.entered,
            "missing": self.missing,
            "filling": self._get_filling(),
            "blanks": self.blanks,
            "policy": source._get_serial_policy(),
            "partial": flow.partial,
            "proposals": self._count_proposals(),
            "announced": not flow.partial and source._serial_purchase_line().has_announced_serials,
            "asks_status": self._wants("status"),
            "return_status": self._proposed_return_status(),
            "return_statuses": self._get_return_statuses(),
            "asks_beside": bool(self.env["serial.number"]._ask_beside(self, {})),
            "waits_for": self.env["serial.number"]._get_waiting_beside(self),
            "reason": self.reason or "",
            "asks_known": self._wants("known"),
            "asks_reason": self._wants("reason"),
            "asks_vendor": self._wants("vendor"),
            "vendor_id": self.vendor_id.id,
            "vendor": self.vendor_id.sudo().display_name or "",
        }

    def get_announced(self, offset=0, limit=40):
        """Return one page of the units that the vendor announced for this line, and how the entered ones differ.

        :return: dict of ``total``, ``ticked`` (how many of them are entered), ``rows`` (``id``, ``name``, ``ticked``),
            ``absent`` and ``unannounced`` (announced and not entered, entered and not announced: dicts of ``count``
            and the first ``names``)
        """
        outside.check_one(self)
        register, announced = self.env["serial.number"], self._get_announced_domain()
        total = register.search_count(announced)
        ticked = self._count_entered(Domain("is_announced", "=", True))
        page = register.search_fetch(announced, ["name", "name_key"], offset, limit, order="id")
        entered = self._find_entered(Domain("name_key", "in", page.mapped("name_key"))).mapped("name_key")
        absent = announced & Domain("name_key", "not in", self._get_entered_keys())
        return {
            "total": total,
            "ticked": ticked,
            "rows": [{"id": unit.id, "name": unit.name, "ticked": unit.name_key in entered} for unit in page],
            "absent": {
                "count": total - ticked,
                "names": register.search_fetch(absent, ["name"], limit=SHOWN, order="id").mapped("name"),
            },
            "unannounced": {
                "count": self.entered - ticked,
                "names": self._find_entered(Domain("is_announced", "=", False), limit=SHOWN).mapped("name"),
            },
        }

    def _get_announced_domain(self):
        return self._get_source()._serial_purchase_line()._get_named_domain()

    def set_return_status(self, status, names=None):
        """Choose what returned or credited units go back as.

        :param str status: ``available``, ``hold`` or ``void``
        :param list names: the numbers that it is for; None: all of this line, those that are entered later too
        :return: the line's state, see :meth:`_get_state`
        :raise UserError: for another status, where there is no choice, and for credited units that are still at the
            customer's
        """
        outside.check_one(self)
        self.entry_id._check_open()
        choices = dict(self._fields["return_status"]._description_selection(self.env))
        if not isinstance(status, str) or status not in choices:
            labels = ", ".join(choices.values())
            raise UserError(self.env._("Returned units go back as one of these: %s.", labels))
        if not self._wants("status"):
            raise UserError(self.env._("What units of %s become cannot be chosen here.", self.product_id.display_name))
        chosen = names if names is None else outside.take_names(self.env, names)
        units = self._find_units(chosen).filtered(lambda unit: not unit.is_added)
        if names is None:
            self.return_status = status
        else:
            units._check_choice()
        units.return_status = status
        self.entry_id._touch()
        return self._get_state()

    def set_reason(self, reason):
        """Keep why the units of this line move.

        :param str reason: a text
        :return: the line's state, see :meth:`_get_state`
        :raise UserError: for a text that is too long
        """
        outside.check_one(self)
        self.entry_id._check_open()
        self.reason = outside.take_text(self.env, reason)
        return self._get_state()

    def set_vendor(self, partner_id):
        """Choose whom units come from that no order brings.

        :param int partner_id: the ``res.partner``; False for nobody
        :return: the line's state, see :meth:`_get_state`
        :raise AccessError: for a partner whom the user may not read
        :raise UserError: on a line that has no vendor, and for a partner that does not exist or is another company's
        """
        outside.check_one(self)
        self.entry_id._check_open()
        if not self._wants("vendor"):
            raise UserError(self.env._("The vendor of %s cannot be chosen here.", self.product_id.display_name))
        company = self._get_source()._serial_company()
        partner = outside.take_record(self.env, "res.partner", partner_id, company)
        self.write({"chosen_vendor_id": partner.id, "is_vendor_chosen": True})
        return self._get_state()

    def _proposed_return_status(self):
        return self.return_status or self._get_source()._serial_return_status()

    def enter_file(self, name, content, key=None):
        """Enter the numbers of a CSV file or a spreadsheet, each on the line of its product.

        They stand in the column that is headed *Serial Number*, or by the product's reference, barcode or name, else in
        the first column that holds a number. A column *Product*, or one with products of the document in it, says by
        reference, barcode or name of which product each of them is; where it is empty, that of the row above counts.

        :param str name: the file's name
        :param str content: the file, base64
        :param str key: see :meth:`enter_text`
        :return: see :meth:`enter_text`; bad numbers are told by their line of the file
        :raise UserError: for a file that is too large, cannot be read, or has no numbers
        """
        outside.check_one(self)
        return self._answer_once(key, FILES, [name, content], lambda: self._enter_file(name, content))

    def _enter_file(self, name, content):
        self.entry_id._check_open()
        name = naming.show(naming.clean(name), FILE_NAME)
        rows = entry_file.find_file_rows(self, entry_file.read_table(self, name, content))
        if not rows:
            raise UserError(
                self.env._(
                    "%(file)s has no serial numbers of %(product)s. Head their column Serial Number, and upload it "
                    "again.",
                    file=name,
                    product=self.product_id.display_name,
                )
            )
        if len(rows) > outside.NAMES_LIMIT:
            raise UserError(
                self.env._("%(file)s has more than %(limit)s rows. Split it.", file=name, limit=outside.NAMES_LIMIT)
            )
        with entry_undo.act(self.entry_id):
            return self._make_result(entry_file.add_file_rows(self, rows))
