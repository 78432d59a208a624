import math
from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, float_compare, float_round

from ..engine import entry_title, outside, scan
from ..engine.check import SerialCheck
from ..engine.source import Source, StockTaken
from ..engine.sql import entry_sql, register_sql
from ..tools.facts import read_facts, write_facts

LOCKED_FIELDS = {"serial_ids", "serial_draft"}  # what nobody writes but the entry itself
# Context key: the booking, which checks every number again, refuses bad ones instead of leaving them blank.
STRICT = "serial_number_tracking_strict"


class SerialEntryMixin(models.AbstractModel):
    """What the entry window asks about, before it is booked: a document line, a count, or a scrap order."""

    _name = "serial.entry.mixin"
    _description = "Entry of Serial Numbers"

    serial_draft = fields.Json("Entered Serial Numbers", copy=False, readonly=True, help="Entered and not booked yet.")

    def _serial_flow(self):
        """Return what this line does to units: a row of the flow table, or None. Extend per model."""
        return

    def _read_serial_source(self):
        """Return what the line answers to those who check and book units on it: a :class:`Source`."""
        return Source(self, self._serial_flow(), self.product_id, self._serial_company(), self._serial_partner())

    def _serial_partner(self):
        """Return whom the units go to or come from: the order's partner, else the document's."""
        return self.env["res.partner"]

    def _serial_company(self):
        """Return the company whose units the line touches."""
        return self.company_id

    def _serial_vendor(self):
        """Return who supplies the units: whom the user chose, else whom the document says. Extend per model."""
        return self.env["res.partner"]

    def _serial_purchase_line(self):
        """Return the purchase order line whose announced units the line brings. Extend per model."""
        return self.env["purchase.order.line"]

    def _serial_document(self):
        """Return the document's name as text, for the history."""
        return self.display_name

    def _describe_serial_deed(self):
        """Return what the line does to its units, for the window's title. Extend per model."""
        return entry_title.describe_deed(self.env, self._serial_flow())

    def _serial_raw_quantity(self):
        """Return the line's quantity in the product's own unit of measure, fractions and all."""
        return 0.0

    def _serial_quantity(self):
        """Return how many units the line stands for, in the product's own unit of measure.

        :return: a whole number; a fraction counts as one more unit
        """
        self.ensure_one()
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return math.ceil(float_round(self._serial_raw_quantity(), precision_digits=digits))

    def _get_serial_statuses(self, flow):
        """Return the statuses that numbered units get: the chosen ones, where there is a choice.

        :param flow: the line's row of the flow table
        :return: the status of all of them (None leaves it as it was), and ``{key: status}`` of the exceptions
        """
        if "status" not in flow.wants:
            return flow.named_to and self._find_serial_status(flow, flow.named_to), {}
        chosen = (self.serial_draft or {}).get("statuses", {})
        return self._serial_return_status(), {**chosen, **dict.fromkeys(self._serial_added(), "hold")}

    def _serial_room(self):
        """Return how many units can be entered."""
        return self._serial_quantity()

    def _count_serial_missing(self):
        """Return how many units have no number yet, those entered counted."""
        return max(0, self._serial_room() - len(self._serial_names()))

    def _check_serial_fraction(self):
        """Refuse a quantity that is no whole number of units.

        :raise UserError: with the product and the quantity
        """
        for line in self:
            quantity = line._serial_raw_quantity()
            if float_compare(quantity, round(quantity), precision_digits=6):
                raise UserError(
                    self.env._(
                        "%(product)s is serialized: %(quantity)s is no whole number of units. Correct the quantity.",
                        product=line.product_id.display_name,
                        quantity=f"{quantity:g} {line.product_id.uom_id.name}",
                    )
                )

    def _serial_is_closed(self):
        """Tell whether the document is booked or cancelled, so that nothing can be entered any more."""
        return False

    def _get_serial_stock(self):
        """Return where the operations take units from, if that matters here: a :class:`StockTaken`. Extend it."""
        return StockTaken()

    def _get_serial_slots(self, left=True):
        """Return the operations that units are booked on, in order: a list of :class:`Slot`. Extend per model.

        :param bool left: leave out the units that they were booked with already
        """
        return []

    def _find_serials_not_picked(self, ids):
        """Return those units that were not picked for this line, where units were picked by number. Extend per model.

        :param set ids: the ids of the units
        """
        return set()

    def _serial_policy(self):
        """Return whether numbers are asked for: ``ask``, ``require`` or ``skip``. Extend per model."""
        return "skip"

    def _serial_policy_holder(self):
        """Return the name of what sets the policy, for messages. Extend per model."""
        return self._serial_company().display_name

    def _get_serial_policy(self):
        """Return whether numbers are asked for here: as the product says, where the document asks for any."""
        policy = self._serial_policy()
        return policy if policy == "skip" else self.product_id.serial_entry or policy

    def _get_serial_policy_holder(self):
        """Return the name of what decides that, for messages."""
        return self.product_id.display_name if self.product_id.serial_entry else self._serial_policy_holder()

    def _serial_return_status(self):
        """Return the status that is proposed for units that come back on this line: their operation type's."""
        flow = self._serial_flow()
        status = self._get_serial_condition() or self._serial_return_type().serial_return_status or "available"
        return self._find_serial_status(flow, status) if flow and "status" in flow.wants else status

    def _prepare_added_facts(self, flow):
        """Return the facts of other addons' fields that the line fills, see :class:`~..tools.facts.Fact`.

        :param flow: the line's row of the flow table
        """
        facts = self.env["serial.number"]._get_added_facts()
        return {
            name: self._read_serial_path(fact.source)
            for name, fact in facts.items()
            if fact.is_filled_by(flow) and fact.source.partition(".")[0] in self._fields
        }

    def _read_serial_path(self, path):
        value = self.sudo()
        for name in path.split("."):
            value = value[name]
        return value.id if isinstance(value, models.BaseModel) else value

    def _find_serial_status(self, flow, status):
        return self.env["serial.number"]._find_status(flow, self.product_id, status)

    def _prepare_status_vals(self, status, case=None, why=""):
        """Return the facts of units that go back as the status that was chosen.

        :param str case: the name of the open case that they are part of
        :param str why: what was said of them
        """
        if status != "hold":
            return {"status": status}
        reason = self.env.ref("serial_number_tracking.serial_hold_reason_return", raise_if_not_found=False)
        text = ", ".join(filter(None, [why, self.env._("Returned with %s", self._serial_document())]))
        vals = {"status": status, "hold_reason": text, "hold_reason_id": reason and reason.id}
        return vals | self.env["serial.number"]._prepare_case_hold(case, text) if case else vals

    def _get_serial_condition(self):
        """Return the status that was chosen for what comes back, when the return was made. Extend per model."""
        return ""

    def _serial_return_type(self):
        """Return the operation type that says what units go back as. Extend per model."""
        return self.env["stock.picking.type"]

    def _takes_goods_back(self):
        """Tell whether a document that moves no goods as a rule brings back its units. Extend per model."""
        return False

    def _keeps_serial_status(self, unit):
        """Tell whether a unit with a number stays what it is although the flow lets the user choose."""
        return False

    def _takes_serials(self):
        """Tell whether the entry window knows what this line does to units."""
        flow = self.product_id.is_serialized and self._serial_flow()
        return bool(flow) and flow.asks and (self._asks_for_lots() or not self.product_id._has_serial_lots())

    def _asks_for_lots(self):
        """Tell whether the window asks for numbers that Odoo's own screens enter as lots. Extend per model."""
        return True

    def _is_serial_to_ask(self):
        """Tell whether the line's button has to ask: something is missing, or too much is entered."""
        if not self._takes_serials() or self._get_serial_policy() == "skip":
            return False
        if len(self._serial_names()) > self._serial_room():
            return True
        left_blank = (self.serial_draft or {}).get("blanks") and self._get_serial_policy() != "require"
        return self.sudo()._count_serial_missing() and not left_blank

    def _ask_serials(self, button, documents):
        """Check what was entered, and ask for what is missing.

        :param str button: the button that the window continues, a code of ``serial.entry.button``
        :param documents: the records that it was pressed on
        :return: True, or the action of the entry window
        :raise UserError: for a fraction of a unit, and for numbers that can no longer be taken
        """
        self._check_serial_fraction()
        asked = self.filtered(lambda line: line._is_serial_to_ask())
        entered = (self - asked).filtered("serial_draft")
        # The booking checks each line by itself: it would take a number on two of them where a unit can go twice.
        if not self.env.context.get(STRICT) or len(entered) > len(entered.product_id):
            entered._check_serial_drafts()
        return self.env["serial.entry"]._open(asked, button, documents) if asked else True

    def _refuse_bad_serials(self, checks):
        """Refuse numbers that turned bad while their window was open; without a window, they are booked as blanks.

        :raise UserError: where the booking is to refuse, when there is one
        """
        if self.env.context.get(STRICT):
            self._raise_bad_serials(checks)

    def _get_serial_choices(self):
        """Return the units that can be entered, where the document says which; None where it does not."""
        return

    def _get_serial_proposal_domain(self):
        """Return the domain of the units that are meant for this line. Extend per model."""
        return Domain.FALSE

    def _get_serial_meant_domain(self):
        """Return the domain of the units with a number that are meant for this line."""
        return self._get_serial_proposal_domain() & Domain(
            [
                ("product_id", "=", self.product_id.id),
                ("company_id", "=", self._serial_company().id),
                ("name", "!=", False),
            ]
        )

    def _split_serial_vals(self, units, vals):
        """Divide units that this line takes by the facts to write on them. Extend per model.

        :param units: the units
        :param dict vals: the facts of all of them
        :return: list of (units, facts)
        """
        return [(units, vals)]

    def _check_serial_access(self):
        """Refuse users who may not enter on this line. Extend per model.

        :raise AccessError: without the right
        """
        self.check_access("write")

    def _has_changed_since(self, date):
        """Tell whether somebody else changed what is entered on these lines after a window was opened for them.

        :param date: the date and time of the opening
        """
        return False

    def _check_serial_open(self):
        if self._serial_is_closed():
            raise UserError(
                self.env._("%s is booked already; correct its units in the register.", self._serial_document())
            )

    def _placeholder_where(self):
        """Return the condition of the placeholders that this line may fill; of its customer's, where they come back."""
        if self._serial_flow().takes == "customer":
            where = register_sql.issued_to(
                self.product_id, self._serial_company(), self._serial_partner(), is_away=True
            )
            choices = self.sudo()._get_serial_choices()
            return where if choices is None else SQL("%s AND unit.id = ANY(%s)", where, choices.ids)
        return register_sql.placeholders_of(self.product_id, self._serial_company())

    def _get_placeholder_scope(self):
        """Return what lines have in common that may fill the same placeholders."""
        flow = self._serial_flow()
        is_back = bool(flow) and flow.takes == "customer"
        customer = self._serial_partner().commercial_partner_id if is_back else None
        return self.product_id, self._serial_company(), customer

    def _count_serial_placeholders(self):
        return register_sql.count_blanks(self.env["serial.number"].sudo(), self._placeholder_where())

    def _serial_names(self):
        """Return the numbers that were entered and are not booked yet."""
        names = (self.serial_draft or {}).get("names")
        return names.split("\n") if names else []

    def _serial_added(self):
        """Return the keys of entered numbers that a return takes in although the customer did not buy them."""
        return (self.serial_draft or {}).get("added", [])

    def _serial_facts(self):
        """Return ``{key: {field: value}}`` of what labels say of entered units."""
        kept = (self.serial_draft or {}).get("facts", {})
        return {key: read_facts(facts) for key, facts in kept.items()}

    def _serial_reason(self):
        """Return why the units move, for their history: what was entered in the window. Extend per model."""
        return (self.serial_draft or {}).get("reason", "")

    def _get_serial_reasons(self):
        """Return ``{key: why}`` of what was said of single units that come back."""
        return (self.serial_draft or {}).get("reasons", {})

    def _get_refused_serials(self):
        """Return why numbers that had been entered were not taken, when no window was open any more."""
        return (self.serial_draft or {}).get("refused", [])

    def _get_chosen_vendor(self):
        """Return the vendor that was chosen in the window; nobody where the user says so; None without a choice."""
        draft = self.serial_draft or {}
        if "vendor_id" not in draft:
            return None
        return self.env["res.partner"].browse(draft["vendor_id"] or []).exists()

    def _check_serial_drafts(self):
        """Check what was entered on these lines, as seen across all of them.

        :raise UserError: for the first line with numbers that can no longer be taken
        """
        seen, filled, claimed = {}, Counter(), {}
        for line in self:
            item, scope = (line.product_id, line._serial_company()), line._get_placeholder_scope()
            theirs = claimed.setdefault(item, Counter())
            checker = SerialCheck(
                line,
                line._serial_names(),
                seen=seen.get(item, ()),
                filled=filled[scope],
                added=line._serial_added(),
                earlier=lambda theirs=theirs: (Counter(), theirs.copy()),
            )
            checks = checker.run()
            line._raise_bad_serials(checks)
            seen[item] = checker.seen
            theirs.update(checker.places.taken)
            filled[scope] += sum(check.code == "fills" for check in checks)

    def _raise_bad_serials(self, checks):
        """Raise one error that lists every bad row.

        :raise UserError: when there is one
        """
        lines = [f"- {number}. {check.message}" for number, check in enumerate(checks, start=1) if not check.ok]
        if lines:
            raise UserError(
                self.env._(
                    "%(document)s, %(product)s: %(count)s of %(total)s serial numbers cannot be taken, nothing has "
                    "been changed.\n%(rows)s",
                    document=self._serial_document(),
                    product=self.product_id.display_name,
                    count=len(lines),
                    total=len(checks),
                    rows="\n".join(lines),
                )
            )

    def _read_serials(self, names, beside=()):
        """Read labels, and decide about the numbers in them.

        :param dict beside: ``{index: what came with the number}``
        :return: the checks, and what is kept beside the numbers of the entry, see ``_write_serial_draft``
        """
        checker = SerialCheck(self, scan.read_names(self, names))
        beside = {index: each.beside for index, each in checker.scans.items() if each.beside} | dict(beside)
        checks = checker.run()
        extra = self.env["serial.number"]._take_beside(self, checks, beside) if beside else {}
        extra["facts"] = {check.key: write_facts(check.facts) for check in checks if check.facts}
        return checks, extra

    def _replace_serials(self, names, beside=()):
        """Enter numbers or labels that a program gives, in place of what was entered before.

        :param dict beside: ``{index: what came with the number}``
        :raise UserError: when one cannot be taken: it lists every bad row with its reason, and nothing is changed
        """
        checks, extra = self._read_serials(outside.take_names(self.env, names), beside)
        self._raise_bad_serials(checks)
        self._enter_serials([check.name for check in checks], **extra)

    def _enter_serials(self, names, **extra):
        """Take over what was entered in the window: it is kept until the document is booked. Extend per model.

        :param list names: the numbers
        :param extra: see :meth:`_write_serial_draft`
        """
        self._write_serial_draft(names, **extra)

    def _write_serial_draft(self, names, **extra):
        """Keep the entry.

        :param list names: the numbers
        :param extra: ``blanks``, whether the rest was left blank on purpose; ``added``, the keys that a return takes
            in; ``statuses``, ``{key: status}`` of returned units; ``reasons``, ``{key: why}`` they came back;
            ``reason``, why all of them move; ``vendor_id``, whom the user chose, False for nobody; ``facts``, what
            labels say of units; and what features keep, see ``_take_beside``
        """
        extra = {name: value for name, value in extra.items() if value or name == "vendor_id"}
        # As one text: a Json field is copied in depth each time that it is read. No number has a new line in it.
        draft = {"names": "\n".join(names), **extra} if names or extra else None
        entry_sql.write_kept(self, "serial_draft", draft)

    @api.model
    def default_get(self, fields):
        """Propose no entries, whatever the context or a user's default values say."""
        locked = self._get_serial_locked()
        return {name: value for name, value in super().default_get(fields).items() if name not in locked}

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse entries from outside; they are checked by :meth:`assign_serials`."""
        self._refuse_locked(set().union(*vals_list))
        return super().create(vals_list)

    def write(self, vals):
        """Refuse entries from outside; they are checked by :meth:`assign_serials`."""
        self._refuse_locked(vals.keys())
        return super().write(vals)

    def _get_serial_locked(self):
        """Return the names of the fields that nobody writes from outside. Extend per model."""
        return LOCKED_FIELDS

    def _refuse_locked(self, names):
        if self._get_serial_locked() & set(names):
            raise UserError(
                self.env._("Serial numbers are entered by the entry window or by assign_serials, not by writing them.")
            )
