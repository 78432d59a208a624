from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class SerialHookMixin(models.AbstractModel):
    """Where features and other addons come in when units are checked and changed: each of these does nothing here.

    An open *case* is a document that wants units back: a recall. What comes back goes on hold for it.
    """

    _name = "serial.hook.mixin"
    _description = "Hooks of Serial Numbers"

    # What changes units

    def _find_refusal(self, line, flow, partner):
        """Return ``{unit id: why}`` of those of these units that something else must not take, with what to do instead.

        Asked when a number is entered, checked, booked or designated; when a unit without number gets it; when a
        document takes units without number; and of units that an import says a customer has.

        :param line: the document line that is to take them, or None
        :param flow: what happens to them: a row of the flow table, for an import *ship*
        :param partner: the ``res.partner`` whom they go to or come from, or an empty one
        """
        return {}

    @api.model
    def _find_mistyped(self, product, names):
        """Return ``{key: why}`` of those of some numbers that a feature takes for mistyped: they are refused.

        :param product: the ``product.product`` that they are for; no unit has them
        :param dict names: numbers by their keys
        """
        return {}

    def _after_change(self, change):
        """Do what follows from a change of these units. Called once per statement, whichever way they changed.

        Where each unit gets facts of its own, as from a file, it is called once for each new status.

        :param change: the :class:`~..engine.change.Change`
        """

    def _erase_person(self, person, nobody, companies):
        """Take a person who used these units out of what a feature keeps of them, when they ask for it.

        :param person: the ``res.partner``
        :param nobody: the contact that stands in their place
        :param companies: the ``res.company`` records whose data are meant
        """

    def _before_merge(self, other):
        """Make one of what there is once a unit, before all that names another row of this piece names this one.

        Extend it for a model with a unique key: of rows that would be twice, those of the other unit are deleted.

        :param other: the ``serial.number`` that is deleted afterwards
        """

    def _before_merges(self, others):
        """Do what :meth:`_before_merge` does for many pieces, in a number of queries that does not grow with them.

        :param others: the units that are deleted afterwards: the other row of each of these pieces, in order
        """

    @api.model
    def _get_locked_fields(self):
        """Return the names of more fields that are locked, beside the register's own."""
        return frozenset()

    @api.model
    def _get_more_facts(self):
        """Return the names of more fields that the history sheet says of a unit, in order."""
        return ()

    @api.model
    def _get_line_fields(self):
        """Return the names of fields that are written with a unit and have no column: its records, or its photo.

        Their records keep their own history, or :meth:`_after_lines` does.
        """
        return frozenset()

    @api.model
    def _get_more_columns(self, domain):
        """Return ``{field: width}`` of more columns of the report's spreadsheet; each field is known to SQL.

        :param domain: the units of the report
        """
        return {}

    def _get_picture_marks(self):
        """Return ``{unit id: mark}`` of those of these units that have a photo; another photo has another mark."""
        return {}

    def _make_pictures(self, side, limit=None):
        """Return ``{unit id: picture}`` of what papers show of these units: texts for the ``src`` of an ``img``.

        :param int side: pixels, at most
        :param limit: how many at most; None for all
        """
        return {}

    def _after_lines(self, names):
        """Keep in the history what was written of the fields of :meth:`_get_line_fields`.

        :param names: those that were written
        """

    def _prepare_lines(self, vals):
        """Return what is to be written of the records that this unit came with in a file, or was created with.

        :param dict vals: values of the fields of :meth:`_get_line_fields`
        """
        return vals

    # Other numbers of units

    @api.model
    def _find_named_otherwise(self, texts, domain):
        """Return ``{text: units}`` of the texts that are other numbers of units than their serial numbers.

        :param texts: what was typed or scanned, as it was
        :param domain: which units to look among
        """
        return {}

    @api.model
    def _get_otherwise_domain(self, text, is_whole):
        """Return the domain of the units that the search box finds by another number than their serial numbers.

        :param bool is_whole: whether the text is a whole number; else it may be a part of one
        """
        return Domain.FALSE

    @api.model
    def _take_beside(self, line, checks, beside, entered=None):
        """Check what came with numbers, and return what is kept of it until they are booked.

        :param line: the document line that they are entered on
        :param list checks: the checks of the numbers; of one with something bad beside it the check becomes bad
        :param dict beside: ``{index: what came with the number}``
        :param entered: in the entry window, the ``serial.entry.line`` records whose numbers are of the same product
        :return: dict of more values of the entry, see ``_write_serial_draft``
        """
        return {}

    @api.model
    def _keep_beside(self, draft, names):
        """Return what stays of :meth:`_take_beside` when a line's numbers are entered anew.

        :param dict draft: what was entered before, see ``_write_serial_draft``
        :param list names: the numbers
        """
        return {}

    @api.model
    def _keep_apart(self, kept):
        """Return what stays beside a number in the window when what it asks by :meth:`_ask_beside` is entered anew.

        :param dict kept: what is kept beside the number, see :meth:`_take_beside`
        """
        return {}

    @api.model
    def _take_scanned_beside(self, line, text):
        """Give what was scanned to the unit that was entered last, where that waits for it.

        :param line: the ``serial.entry.line``
        :param str text: what was scanned
        :return: a check that says so; None for what is a serial number
        """

    @api.model
    def _get_waiting_beside(self, line):
        """Return what the window asks for beside the number that was entered last: a text, empty for nothing."""
        return ""

    @api.model
    def _describe_beside(self, kept, product=None):
        """Return what the window shows of what is kept beside a number, see :meth:`_take_beside`.

        :param product: the ``product.product`` of its unit
        """
        return ""

    @api.model
    def _ask_beside(self, line, kept):
        """Return what the window asks for beside a number, with what was entered.

        :param line: the ``serial.entry.line``
        :param dict kept: what is kept beside the number, see :meth:`_take_beside`
        :return: list of dicts of ``code`` (of :meth:`_get_beside_columns`), ``label``, ``kind`` (as a property of Odoo
            has one), ``choices``, ``required`` and ``value``, a text
        """
        return []

    def _check_beside_named(self):
        """Refuse to give units their numbers by hand while something is missing beside them.

        :raise UserError: with what is missing
        """

    def _get_beside_texts(self):
        """Return ``{unit id: text}`` of the units that have something beside their numbers, or may have it.

        A text is one that :meth:`_write_beside` reads; it is empty where there is nothing yet.
        """
        return {}

    def _merge_beside(self, text, others):
        """Return a text of :meth:`_get_beside_texts` with what a table says.

        :param dict others: lists of numbers by the codes of :meth:`_get_beside_columns`
        """
        return text

    @api.model
    def _get_label_codes(self):
        """Return the set of the codes of what labels say beside numbers that is kept; the rest is left out."""
        return set()

    def _give_beside(self, kept, source):
        """Give these units what was entered beside their numbers on a document line, once that changed them.

        :param dict kept: what is kept beside the numbers of the line, see :meth:`_take_beside`
        :param source: the document line
        """

    def _add_beside(self, others):
        """Give the unit what a label said beside its number, as far as it has not got that.

        :param dict others: lists of numbers by the codes of :meth:`_get_beside_columns`
        :raise UserError: for what cannot be taken
        """

    @api.model
    def _write_beside(self, texts):
        """Correct what stands beside numbers.

        :param dict texts: ``{unit: text}``, see :meth:`_get_beside_texts`
        :raise UserError: for what cannot be read, or taken
        """

    def _forget_beside(self, given=None):
        """Take away what came with the numbers of these units, which lose them.

        :param dict given: what was entered with them, see ``_write_serial_draft``; None where nobody knows
        """

    def _get_printed_beside(self):
        """Return ``{unit id: text}`` of what papers print of these units beside their numbers: one query."""
        return {}

    @api.model
    def _get_beside_columns(self, product, row):
        """Return ``{column: code}``: which cells of a table's heading say what stands beside its numbers."""
        return {}

    @api.model
    def _check_beside_complete(self, lines):
        """Refuse to confirm the window while something is missing beside a number.

        :param lines: the ``serial.entry.line`` records
        :raise UserError: with the units
        """

    # The entry window

    @api.model
    def _get_entry_state(self, line):
        """Return more of what the window shows of a line, by its names: what no scan changes, which is not read again.

        :param line: the ``serial.entry.line``
        """
        return {}

    @api.model
    def _get_unit_state(self, kept):
        """Return more of what the window shows of an entered number, by its names.

        :param dict kept: what is kept beside the number, see :meth:`_take_beside`
        """
        return {}

    @api.model
    def _enter_range_otherwise(self, line, first, count):
        """Enter a range of numbers that does not count up by its last digits.

        :param line: the ``serial.entry.line``
        :param str first: the first number
        :param int count: how many
        :return: what the window shows of it; None for a range as usual
        """

    @api.model
    def _before_entry(self, entry):
        """Do what is to be done before a confirmed window continues its document's button.

        :param entry: the ``serial.entry``
        """

    @api.model
    def _after_entry(self, entry, result):
        """Return what the window does after its document's button was continued.

        :param entry: the ``serial.entry``
        :param result: what the button returned
        """
        return result

    # Invoices

    @api.model
    def _takes_goods_back(self, line):
        """Tell whether confirming a credit note brings back the units of one of its lines.

        :param line: the ``account.move.line``
        """
        return False

    @api.model
    def _find_issue_warehouse(self, line):
        """Return the warehouse that the units of an invoice line leave from; an empty one for the first.

        :param line: the ``account.move.line``
        """
        return self.env["stock.warehouse"]

    # The start screen

    @api.model
    def _get_start_tiles(self):
        """Return what the start screen counts; extend it to add some.

        :return: list of dicts of ``sequence``, ``key``, ``label``, ``model``, ``domain``, ``action`` and ``tone``
        """
        return []

    @api.model
    def _get_first_steps(self):
        """Return what a new user does first; extend it to add some.

        :return: list of dicts of ``sequence``, ``key``, ``label``, ``hint``, ``model`` (that the user must be able to
            make), ``is_done`` (whether anybody has), ``action`` and ``context``
        """
        return []

    # Exchanges

    def _get_heirs(self):
        """Return the units that were sent in place of these."""
        return self.browse()

    # Open cases

    @api.model
    def _get_open_case(self):
        """Return an SQL expression: the name of the open case of a row of ``serial_number``, NULL without one."""
        return SQL("NULL")

    @api.model
    def _get_case_domain(self):
        """Return the domain of the units that have an open case."""
        return Domain.FALSE

    def _group_by_case(self):
        """Return ``{name: units}`` of the open cases of these units."""
        return {}

    def _get_case_notices(self, partner):
        """Return ``{unit id: (text, address of a page)}`` of what a customer is told of their units with open cases.

        :param partner: the ``res.partner`` who looks at them
        """
        return {}

    @api.model
    def _describe_case(self, case):
        """Return what the history says of a unit with an open case, without a full stop.

        :param str case: its name, or several names
        """
        return ""

    @api.model
    def _advise_on_case(self, case, use):
        """Return what to do with a unit that has an open case: a sentence.

        :param str case: its name
        :param str use: what the flow does with such units, see ``recalled`` of the table of flows
        """
        return ""

    @api.model
    def _prepare_case_hold(self, case, text):
        """Return the facts of the hold of units that came back for an open case.

        :param str case: its name
        :param str text: what else is known of the hold: the document that they came back with
        """
        return {}
