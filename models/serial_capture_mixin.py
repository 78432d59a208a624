from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import keyless, outside, papers, proposal, scan, unasked, warranty
from ..engine.check import SerialCheck
from ..engine.keyless import KeylessMany2many
from ..engine.place import Place, Slot
from ..engine.sql import register_sql


class SerialCaptureMixin(models.AbstractModel):
    """A document line that units are entered on and booked with."""

    _name = "serial.capture.mixin"
    _inherit = ["serial.entry.mixin"]
    _description = "Serialized Units of a Document Line"

    _serial_sale_field = None  # the unit's field that keeps the line that sold it

    serial_ids = KeylessMany2many("serial.number", string="Serialized Units", copy=False, readonly=True)
    serial_missing = fields.Integer(
        "Without Serial",
        compute="_compute_serial_missing",
        compute_sudo=True,
        help="Units of this line whose number is not known or entered yet.",
    )

    @api.ondelete(at_uninstall=True)
    def _unlink_from_register(self):
        keyless.forget(self)

    def _serial_room(self):
        """Leave out the units that are booked."""
        # EXTENDS 'serial.entry.mixin'
        return max(0, self._serial_quantity() - len(self.sudo().serial_ids))

    def _get_serial_slots(self, left=True):
        # EXTENDS 'serial.entry.mixin'
        return [Slot(Place(self._serial_origin().id or None), {}, self._serial_room())]

    def _serial_origin(self):
        """Return the location that blanks are taken from first. Extend per model."""
        return self.env["stock.location"]

    # What a booked line writes on its units

    def _prepare_ended_vals(self, flow):
        """Return the facts that end when the line is booked: empty, and what is kept of who had the units.

        :param flow: the line's row of the flow table
        """
        if "customer" not in flow.clears:
            return {}
        ended = dict.fromkeys(self.env["serial.number"]._get_facts("customer", "hold"), False)
        return ended | (register_sql.FORMER if flow.takes != "stock" else {})

    def _prepare_received_vals(self, day):
        """Return the facts of units that came on a day."""
        end = self.product_id._get_vendor_warranty_end(day)
        return {"vendor_id": self._serial_vendor().id, "date_received": day, "vendor_warranty_end": end}

    def _prepare_sold_vals(self, customer, day):
        """Return the facts of units that a customer bought on a day."""
        end = warranty.Sale(self.product_id, self._serial_company(), customer, day).find_end()
        return {"customer_id": customer.id, "date_sold": day, "warranty_end": end}

    @api.depends("serial_ids.name", "serial_draft", "product_id")
    def _compute_serial_missing(self):
        for line in self:
            line.serial_missing = line._count_serial_missing() if line.product_id.is_serialized else 0

    def _count_serial_missing(self):
        # EXTENDS 'serial.entry.mixin'
        if self._serial_is_closed():
            return len(self.serial_ids.filtered(lambda unit: not unit.name))
        if not self._serial_flow():
            return 0
        named = len(self.serial_ids.filtered("name")) + len(self._serial_names())
        return max(0, self._serial_quantity() - named)

    @api.readonly
    def check_serials(self, names):
        """Say for each number whether this line can take it. Changes nothing.

        Example::

            {"ids": [41], "names": ["A1", "A2"]}

        :param list names: the numbers as typed or scanned, labels among them
        :return: list of dicts, in order: ``name`` (trimmed; of another number of a unit, its serial number), ``typed``
            (what was typed), ``serial_id`` (the unit that has the number, or False), ``code``, ``ok``, ``message``
            (what is wrong and what to do, empty when all is well) and ``warranty_end``. Codes, the first that applies:
            of labels ``bad_label``, ``other_product``, ``no_serial``; ``empty``, ``bad_format``, ``ambiguous`` (a bare
            code that may bear a data identifier, or another number of several units; ``candidates`` lists what it may
            be), ``duplicate``; then what the register says (good: ``new``, ``fills`` a
            placeholder, ``ok``; bad: ``in_stock``, ``elsewhere``, ``unknown``, ``sold``, ``hold``, ``void``,
            ``designated``, ``not_sold_here``); then ``bad_check_digit``, ``refused``, ``too_many``
        :raise AccessError: without the right to read the line, and for those who may not look units up
        :raise UserError: when ``names`` is no list of texts
        """
        outside.check_one(self)
        self.check_access("read")
        self.env["serial.number"].check_access("read")
        return self._say_of_serials(names)

    def _say_of_serials(self, names):
        """Say for each number whether this line can take it, as :meth:`check_serials` does; the caller checks rights.

        The line may be one that only exists to be asked (``new``): what a till is going to sell, for instance. Of
        several lines, as for the components of a kit, one has to take it: its product is the ``component``.
        """
        names = outside.take_names(self.env, names)
        checks = [SerialCheck(line, scan.read_names(line, names, asks=True)).run() for line in self]
        said = []
        for row in zip(*checks, strict=True):
            place = next((place for place, check in enumerate(row) if check.ok), 0)
            component = {"component": self[place].product_id.display_name} if len(self) > 1 else {}
            said.append(row[place].as_dict() | component)
        return said

    def assign_serials(self, names):
        """Enter the numbers of this line, in place of what was entered before. They are booked with the document.

        Example::

            {"ids": [41], "names": ["A1", {"name": "A2", "identities": {"imei": ["356938035643809"]}}]}

        :param list names: the numbers as typed or scanned, or dicts with a number and other numbers of the same unit by
            their kinds: ``{"name": "A1", "identities": {"imei": [...], "mac": [...]}}``; an empty list takes the
            entry back
        :return: True
        :raise AccessError: without the right to change the line, and for those who may not look units up
        :raise UserError: when one cannot be taken: it lists every bad row with its reason, and nothing is changed
        """
        outside.check_one(self)
        self.check_access("write")
        self.env["serial.number"].check_access("read")
        if not self.product_id.is_serialized or not self._serial_flow():
            raise UserError(
                self.env._(
                    "%s takes no serial numbers on this line.", self.product_id.display_name or self.display_name
                )
            )
        self._check_serial_open()
        self._check_serial_fraction()
        self._replace_serials(*outside.take_entries(self.env, names))
        return True

    def _enter_unasked(self, names, statuses=()):
        """Enter numbers that were taken where nobody could be asked, as at a till without connection.

        Nothing is refused. A unit whose number cannot be taken is booked as a blank, or as another one of those that
        the document is about (:meth:`_get_serial_choices`); its history says why, and somebody gets an activity.

        Of several lines, as for the components of a kit, each takes the numbers that are its product's; the last one
        takes those that are nobody's.

        :param list names: the numbers as typed or scanned
        :param dict statuses: ``{index: status}`` of units that come back
        :return: their checks, in order
        """
        return unasked.share(self, names, dict(statuses))

    def _tell_unasked(self):
        """Give somebody an activity on the documents that wait because of what :meth:`_enter_unasked` took."""
        unasked.tell_waiting(self)

    def _serial_responsible(self):
        """Return the user who answers for the document. Extend per model."""
        return self.env.user

    def _list_serials(self, limit=None):
        """Return the numbers of units that the line can take, where it takes from.

        :param int limit: how many at most
        """
        return proposal.list_numbers(self, limit)

    def _describe_serial_choices(self, limit=None):
        """Return what there is to choose from for these lines, where another screen asks than ours: a till.

        :param int limit: how many numbers of each line at most
        :return: dict of ``names`` and, of what comes back, ``blanks``, how many have no number, and ``statuses``, what
            they may go back as: code and name, the usual one first
        """
        choices = [unit for line in self for unit in line._get_serial_choices() or ()]
        kind = self[:1]._serial_return_type()
        statuses = kind._fields["serial_return_status"]._description_selection(self.env)
        return {
            "names": [name for line in self for name in line._list_serials(limit)],
            "blanks": len([unit for unit in choices if not unit.name]),
            "statuses": sorted(statuses, key=lambda status: status[0] != kind.serial_return_status),
        }

    def _get_serial_rows(self):
        """Return the numbers that papers print under the line, in order; None for each blank. Extend per model."""
        return []

    def _get_serial_paper(self):
        """Return the units of these lines as papers show them: a list of :class:`paper.Row`."""
        return papers.arrange(self) if self else []

    def _get_serial_groups(self):
        """Return what papers print under the line: ``{heading: numbers}``, the heading None where there is none."""
        return {None: self._get_serial_rows()}

    def _get_serial_ends(self):
        """Return ``{number: end of its warranty}`` as the document said when it was issued. Extend per model.

        None where it does not keep that.
        """
        return

    def _describe_serial_gap(self):
        """Say why fewer units are printed than the lines' quantity: a list of texts. Extend per model."""
        return []

    # What a correction of the booked line needs

    def _get_corrected_document(self):
        """Return the document of the booked line, on which it is corrected; an empty record for none."""
        return self.browse()

    def _serials_change_places(self):
        """Tell whether a unit that was booked by mistake and the right one change places. Extend per model."""
        return False

    def _has_serial_in_place(self, unit):
        """Tell whether nothing happened to a unit since the line was booked. Extend per model."""
        return True

    def _count_open_serials(self):
        """Return how many units the booked line is about of which nobody has said which ones. Extend per model."""
        return 0

    def _get_serial_counterpart(self, unit):
        """Return the booked line whose unit can be swapped with one of this line. Extend per model."""
        return self.browse()

    def _keep_exchanged_part(self, part, whole):
        """Let a part that did not come after all be where the one was that did. Extend per model.

        :param part: the ``serial.number`` that the line does not name any more
        :param whole: the unit that contained the other one
        """

    def _keep_corrected_serials(self):
        """Note on the booked line what the correction changed. Extend per model."""
