"""What was entered and is not booked yet."""

from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.check import SerialCheck
from ..engine.sql import entry_sql

KEPT = {"serial_ids", "serial_draft"}


class SerialEntryMixin(models.AbstractModel):
    _inherit = "serial.entry.mixin"

    serial_draft = fields.Json("Entered Serial Numbers", copy=False, readonly=True, help="Entered and not booked yet.")

    def _serial_names(self):
        """Return the numbers that were entered and are not booked yet."""
        names = (self.serial_draft or {}).get("names")
        return names.split("\n") if names else []

    def _serial_added(self):
        """Return the keys of entered numbers that a return takes in although the customer did not buy them."""
        return (self.serial_draft or {}).get("added", [])

    def _serial_reason(self):
        """Return why the units move, for their history: what was entered in the window. Extend per model."""
        return (self.serial_draft or {}).get("reason", "")

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
            filled[scope] += sum(check["code"] == "fills" for check in checks)

    def _raise_bad_serials(self, checks):
        """Raise one error that lists every bad row.

        :raise UserError: when there is one
        """
        lines = [f"- {number}. {check['message']}" for number, check in enumerate(checks, start=1) if not check["ok"]]
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

    def _write_serial_draft(self, names, **extra):
        """Keep the entry.

        :param list names: the numbers
        :param extra: ``blanks``, whether the rest was left blank on purpose; ``added``, the keys that a return takes
            in; ``statuses``, ``{key: status}`` of returned units; ``reason``, why they move; ``vendor_id``, whom the
            user chose, False for nobody
        """
        extra = {name: value for name, value in extra.items() if value or name == "vendor_id"}
        # As one text: a Json field is copied in depth each time that it is read. No number has a new line in it.
        draft = {"names": "\n".join(names), **extra} if names or extra else None
        entry_sql.write_kept(self, "serial_draft", draft)

    @api.model
    def default_get(self, fields):
        """Propose no entries, whatever the context or a user's default values say."""
        kept = self._get_serial_kept()
        return {name: value for name, value in super().default_get(fields).items() if name not in kept}

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse entries from outside; they are checked by :meth:`assign_serials`."""
        self._refuse_kept(set().union(*vals_list))
        return super().create(vals_list)

    def write(self, vals):
        """Refuse entries from outside; they are checked by :meth:`assign_serials`."""
        self._refuse_kept(vals.keys())
        return super().write(vals)

    def _get_serial_kept(self):
        """Return the names of the fields that nobody writes from outside. Extend per model."""
        return KEPT

    def _refuse_kept(self, names):
        if self._get_serial_kept() & set(names):
            raise UserError(
                self.env._("Serial numbers are entered by the entry window or by assign_serials, not by writing them.")
            )


def merge_drafts(drafts):
    """Return what was entered on several lines as the entry of one: numbers, reasons and lists of all of them.

    :param drafts: values of ``serial_draft``, see :meth:`SerialEntryMixin._write_serial_draft`
    """
    merged = {}
    for draft in drafts:
        for name, value in draft.items():
            merged.setdefault(name, []).append(value)
    for name, values in merged.items():
        if isinstance(values[0], str):
            values = dict.fromkeys(values) if name != "names" else values
            merged[name] = ("\n" if name == "names" else ", ").join(values)
        elif isinstance(values[0], list):
            merged[name] = [item for value in values for item in value]
        elif isinstance(values[0], dict):
            merged[name] = {key: item for value in values for key, item in value.items()}
        else:
            merged[name] = values[0]
    if not all(draft.get("blanks") for draft in drafts):
        merged.pop("blanks", None)  # the rest of one of them is still asked for
    return merged
