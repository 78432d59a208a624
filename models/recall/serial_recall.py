from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...engine import outside
from ...tools import naming
from . import emails, finder, history, recall_sql

STATES = [("draft", "Draft"), ("open", "In progress"), ("done", "Closed"), ("cancel", "Cancelled")]
FIGURES = ("units", "stock", "loose", "held", "sold", "out", "returned", "notified", "unknown")
LOCKED_FIELDS = {"name", "state", "date_start", "date_end"}
MAILED = {
    *("reason", "hazard", "instructions", "remedy", "contact", "sold_where", "image", "template_id", "user_id"),
}  # what e-mails are made of


class SerialRecall(models.Model):
    """Units that have to come off the shelves and back from customers: a document with its number and its end."""

    _name = "serial.recall"
    _inherit = ["serial.link.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Recall"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char("Number", readonly=True, copy=False, default=lambda self: self.env._("New"), index="trigram")
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    reason = fields.Char(
        required=True, tracking=True, help="What is wrong, in one line. Customers read it in their e-mail."
    )
    # What EU Regulation 2023/988, articles 35 and 36, wants a recall notice to say, in the customer's language.
    hazard = fields.Text(
        translate=True,
        help="What can happen, in plain words: no word that makes it sound smaller than it is.",
    )
    instructions = fields.Html(
        "What to Do", translate=True, help="What customers are to do. It stands in the e-mail and in the letter."
    )
    remedy = fields.Text(
        translate=True, help="What customers get: a repair, a replacement or their money back, and how they ask for it."
    )
    contact = fields.Text(
        "Questions to",
        default=lambda self: self._default_contact(),
        help="Telephone, e-mail address or website where customers ask, free of charge.",
    )
    sold_where = fields.Char("Sold in", help="Shops, websites or countries. Empty: the company's name.")
    image = fields.Image("Picture", max_width=1024, max_height=1024, help="Empty: the picture of the product.")
    product_ids = fields.Many2many(
        "product.product",
        string="Products",
        domain=[("is_serialized", "=", True)],
        check_company=True,
        help="Units are looked for among these. Empty: among all products.",
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        default=lambda self: self.env.user,
        tracking=True,
        check_company=True,
        ondelete="restrict",
    )
    template_id = fields.Many2one(
        "mail.template",
        "E-mail Template",
        domain=[("model", "=", "serial.recall.partner")],
        default=lambda self: self.env.ref("serial_number_tracking.mail_template_serial_recall", False),
        ondelete="set null",
    )
    state = fields.Selection(STATES, "Status", readonly=True, copy=False, default="draft", tracking=True, index=True)
    date_start = fields.Datetime("Started on", readonly=True, copy=False)
    date_end = fields.Datetime("Ended on", readonly=True, copy=False)
    line_ids = fields.One2many("serial.recall.line", "recall_id", "Units", copy=False)
    notice_ids = fields.One2many("serial.recall.partner", "recall_id", "Customers", copy=False)
    unit_count = fields.Integer("Number of Units", compute="_compute_counts")
    stock_count = fields.Integer("In Stock", compute="_compute_counts")
    loose_count = fields.Integer("To Put on Hold", compute="_compute_counts")
    held_count = fields.Integer("Held", compute="_compute_counts")
    sold_count = fields.Integer("Sold", compute="_compute_counts", help="Units that customers have, or had.")
    out_count = fields.Integer("With Customers", compute="_compute_counts")
    returned_count = fields.Integer("Returned", compute="_compute_counts")
    notified_count = fields.Integer(
        "Notified", compute="_compute_counts", help="Units whose customer, and end user, have been notified."
    )
    answered_count = fields.Integer(
        "Answered", compute="_compute_answered_count", help="Customers and end users who answered the notice."
    )
    unknown_count = fields.Integer("Sold to Nobody Known", compute="_compute_counts")
    progress = fields.Float(compute="_compute_counts", help="Units that are on hold, void or back, of all, in percent.")
    blank_count = fields.Integer(
        "Without Serial", compute="_compute_blank_count", help="Units of these products that nobody can tell."
    )
    remaining = fields.Text("Left to do", compute="_compute_remaining")
    leftover = fields.Text(
        "Numbers Not Found",
        copy=False,
        help="Numbers that no unit has, or units of several products. Correct them here and look them up again.",
    )
    leftover_reasons = fields.Text("What to do", compute="_compute_leftover_reasons")

    @api.model
    def _default_contact(self):
        company = self.env.company
        return "\n".join(filter(None, (company.phone, company.email, company.website)))

    @api.depends("notice_ids.date_answered")
    def _compute_answered_count(self):
        groups = self.env["serial.recall.partner"]._read_group(
            [("recall_id", "in", self.ids), ("date_answered", "!=", False)], ["recall_id"], ["__count"]
        )
        counts = dict(groups)
        for recall in self:
            recall.answered_count = counts.get(recall._origin, 0)

    @api.depends("line_ids.status", "line_ids.was_sold", "notice_ids.date_notified")
    def _compute_counts(self):
        counts = recall_sql.count_units(self)
        for recall in self:
            figures = counts.get(recall._origin.id, {})
            for name in FIGURES:
                recall[f"{name[:-1] if name == 'units' else name}_count"] = figures.get(name, 0)
            recall.progress = 100 * figures["done"] / figures["units"] if figures else 0

    @api.depends("product_ids")
    def _compute_blank_count(self):
        for recall in self:
            recall.blank_count = self.env["serial.number"].search_count(recall._get_blank_domain())

    @api.depends("loose_count", "notified_count", "sold_count", "unknown_count", "out_count", "leftover")
    def _compute_remaining(self):
        for recall in self:
            recall.remaining = "\n".join(recall._describe_remaining())

    @api.depends("leftover", "product_ids")
    def _compute_leftover_reasons(self):
        for recall in self:
            recall.leftover_reasons = "\n".join(finder.describe_leftover(recall))

    def _describe_remaining(self):
        """Return what is left to do before the recall can end: sentences."""
        if self.loose_count:
            yield self.env._("In stock and not on hold: %s.", self.loose_count)
        if to_notify := self.sold_count - self.notified_count - self.unknown_count:
            yield self.env._("Sold, and the customer is not notified: %s.", to_notify)
        if self.unknown_count:
            yield self.env._("Sold to nobody knows whom: %s.", self.unknown_count)
        if self.out_count:
            yield self.env._("Not back from customers: %s.", self.out_count)
        if self.leftover:
            yield self.env._("Some numbers were not found: see Not Found.")

    def _get_blank_domain(self):
        """Return the domain of the units that may be among the recalled ones, but have no number to tell."""
        own = Domain([("product_id", "in", self.product_ids.ids), ("company_id", "=", self.company_id.id)])
        return self.env["serial.number"]._get_placeholder_domain() & own

    @api.constrains("company_id")
    def _check_company_id(self):
        for recall in self:
            if recall.line_ids.serial_id.company_id - recall.company_id:
                raise ValidationError(
                    self.env._("%s has units of another company: create a recall of its own for it.", recall.name)
                )

    @api.constrains("reason", "hazard", "remedy", "contact", "sold_where", "leftover")
    def _check_lengths(self):
        short = dict.fromkeys(("reason", "hazard", "remedy", "contact", "sold_where"), outside.TEXT_LIMIT)
        limits = {**short, "leftover": outside.NAMES_TEXT_LIMIT}
        outside.check_lengths(self, limits)

    @api.constrains("template_id")
    def _check_template_id(self):
        for recall in self:
            outside.check_readable(recall.template_id)
            if fault := emails.find_template_fault(recall.sudo()):
                raise ValidationError(fault)

    @api.model_create_multi
    def create(self, vals_list):
        """Create recalls in draft, each with the next number of its company.

        :raise UserError: for values that only the buttons give
        """
        self._refuse_locked(set().union(*vals_list) - {"name"})
        for vals in vals_list:
            company = self.env["res.company"].browse(vals.get("company_id") or self.env.company.id)
            sequence = self.env["ir.sequence"].with_company(company)
            vals["name"] = sequence.next_by_code("serial.recall") or self.env._("New")
        return super().create(vals_list)

    @api.model
    def default_get(self, fields):
        """Begin as a draft, whatever the context or a user's default values say."""
        defaults = {name: value for name, value in super().default_get(fields).items() if name not in LOCKED_FIELDS}
        return defaults | ({"state": "draft"} if "state" in fields else {})

    def write(self, vals):
        """Refuse what only the buttons change.

        :raise UserError: for the number, the state and its dates
        :raise AccessError: for what waiting e-mails say, unless by a manager
        """
        self._refuse_locked(vals)
        if MAILED & vals.keys():
            emails.check_kept(self)
        return super().write(vals)

    def _refuse_locked(self, names):
        if not self.env.su and LOCKED_FIELDS & set(names):
            raise UserError(self.env._("Start, close and cancel a recall by its buttons."))

    @api.ondelete(at_uninstall=False)
    def _unlink_if_draft(self):
        self._check_state("draft", "cancel")

    def _check_state(self, *states):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for recall in self.filtered(lambda recall: recall.state not in states):
            raise UserError(
                self.env._(
                    "This cannot be done with %(recall)s now (%(state)s), but in these states: %(states)s.",
                    recall=recall.name,
                    state=labels[recall.state],
                    states=" / ".join(labels[state] for state in states),
                )
            )

    # Its units

    def _add_names(self, names, products, **options):
        """Add the units with these numbers, see :func:`finder.add_names`."""
        return finder.add_names(self, names, products, **options)

    def _notify_added(self, result):
        """Return the action that tells what became of a search, and closes its window."""
        return finder.make_notification(self, result)

    def _add_units(self, units):
        """Add units; those that are on the recall already are passed over.

        :return: dict of ``found`` and ``added``, how many
        """
        self.check_access("write")
        self._check_state("draft", "open")
        added = units.browse(recall_sql.insert_lines(self, units))
        if added:
            recall_sql.follow_units(added)
            if self.state == "open":
                history.note_begun(self, added)
            self.product_ids |= added.product_id
            self.message_post(body=self.env._("Units added: %s.", len(added)))
        return {"found": len(units), "added": len(added)}

    def action_add(self):
        """Open the window that finds units.

        :return: the window's action
        :raise UserError: when the recall has ended
        """
        outside.check_one(self)
        self.check_access("write")
        self._check_state("draft", "open")
        add = self.env["serial.recall.add"].create({"recall_id": self.id, "product_ids": self.product_ids.ids})
        return add._get_records_action(name=self.env._("Add Units"), target="new")

    def action_find_leftover(self):
        """Look the numbers up again that were not found.

        :return: the action that says how many were
        :raise UserError: when there are none
        """
        outside.check_one(self)
        self.check_access("write")
        names = outside.split_text(self.env, self.leftover)
        if not names:
            raise UserError(self.env._("No number is left over."))
        self.leftover = False
        return self._notify_added(self._add_names(names, self.product_ids))

    # From the beginning to the end

    def action_start(self):
        """Start the recall: from now on units that come back are to be put on hold.

        :raise UserError: without units, or when it has started
        """
        outside.check_some(self)
        self.check_access("write")
        self._check_state("draft")
        for recall in self:
            if not recall.line_ids:
                raise UserError(self.env._("%s has no units yet. Add them first.", recall.name))
        self.sudo().write({"state": "open", "date_start": fields.Datetime.now()})
        for recall in self:
            history.note_begun(recall, recall.line_ids.serial_id)
        return True

    def action_hold(self):
        """Put all units in stock on hold that can be sold; designated ones are taken from their orders.

        :return: True
        :raise UserError: when the recall has ended
        """
        outside.check_some(self)
        self.check_access("write")
        self._check_state("draft", "open")
        if drafts := self.filtered(lambda recall: recall.state == "draft"):
            drafts.action_start()
        for recall in self:
            lines = recall.line_ids.search(recall._get_line_domain("loose"))
            # They are not the recall's to release, but no day is to release them while it lasts.
            ending = recall.line_ids.search(
                recall._get_line_domain("held") & Domain("serial_id.hold_until", "!=", False)
            )
            recall._hold((lines | ending).serial_id)
            lines.sudo().write({"is_held": True})
            recall.message_post(body=self.env._("Units in stock put on hold: %s.", len(lines)))
        return True

    def _hold(self, units):
        kind = self.env.ref("serial_number_tracking.serial_hold_reason_recall", raise_if_not_found=False)
        detail = f"{self.name}: {self.reason}"[: outside.TEXT_LIMIT]
        if units:
            units.action_hold(kind or self.env._("Recall"), detail=detail)

    def action_close(self):
        """Ask before the recall ends, with what is left to do; for managers.

        :return: the action of the window that asks
        :raise UserError: when it is not in progress
        """
        outside.check_one(self)
        self._check_manager()
        self._check_state("open")
        close = self.env["serial.recall.close"].create({"recall_id": self.id})
        return close._get_records_action(name=self.env._("Close Recall"), target="new")

    def _close(self, release=False):
        """End the recall.

        :param bool release: whether the units that it holds become available again
        """
        left = self.remaining
        if release:
            self._release()
        self.sudo().write({"state": "done", "date_end": fields.Datetime.now()})
        history.note_ended(self)
        self.message_post(body=self.env._("Closed. Left to do: %s", left) if left else self.env._("Closed."))

    def action_cancel(self):
        """Undo the recall: the units that it put on hold become available again; for managers.

        :raise UserError: when it has ended
        """
        outside.check_some(self)
        self._check_manager()
        self._check_state("draft", "open")
        for recall in self:
            recall._release()
        begun = self.filtered(lambda recall: recall.state == "open")
        self.sudo().notice_ids._take_off_queue()
        self.sudo().write({"state": "cancel", "date_end": fields.Datetime.now()})
        for recall in begun:
            history.note_ended(recall)
        return True

    def _release(self):
        domain = [("recall_id", "=", self.id), ("is_held", "=", True), ("serial_id.status", "=", "hold")]
        units = self.line_ids.search(domain).serial_id
        if units:
            units.action_release()
        self.message_post(body=self.env._("Units released: %s.", len(units)))

    def action_reopen(self):
        """Go on with a recall that has ended; for managers.

        :raise UserError: when it has not ended
        """
        outside.check_some(self)
        self._check_manager()
        self._check_state("done", "cancel")
        for recall in self.sudo():
            recall.write({"state": "open" if recall.date_start else "draft", "date_end": False})
        recall_sql.follow_units(self.line_ids.serial_id)  # what was sold meanwhile
        for recall in self.filtered(lambda recall: recall.state == "open"):
            history.note_begun(recall, recall.line_ids.serial_id)
        return True

    def _check_manager(self):
        self.check_access("write")
        self.env["serial.number"]._check_manager()

    # How it reaches the customers

    def action_email(self):
        """Send the e-mail to all customers and end users who have not been notified, for managers.

        :return: the action that says how many get it, and who has no address
        :raise UserError: when the recall is not in progress, or nobody is left who has an address
        """
        outside.check_one(self)
        self._check_manager()
        self._check_state("open")
        return emails.queue(self, self._get_to_email())

    def action_review_email(self):
        """Show whom the e-mail goes to and what it says, before it is sent; for managers.

        :return: the action of the window
        :raise UserError: see :meth:`action_email`
        """
        outside.check_one(self)
        self._check_manager()
        self._check_state("open")
        emails.check_complete(self)
        window = self.env["serial.recall.email"].create({"recall_id": self.id})
        return window._get_records_action(name=self.env._("E-mail Customers"), target="new")

    def _get_to_email(self):
        """Return the notices of those who have not been notified."""
        return self.notice_ids.filtered(lambda notice: notice.state in ("todo", "failed"))

    def action_preview_email(self):
        """Show the e-mail as a customer gets it, and let the template be edited.

        :return: the action of Odoo's own preview
        :raise UserError: when no customer has a unit, or there is no template
        """
        outside.check_one(self)
        self.check_access("read")
        notice = self.notice_ids[:1]
        if not notice or not self.template_id:
            raise UserError(self.env._("There is nobody to write to yet, or no template is chosen."))
        return {
            "name": self.env._("Preview E-mail"),
            "type": "ir.actions.act_window",
            "res_model": "mail.template.preview",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_mail_template_id": self.template_id.id,
                "default_resource_ref": f"{notice._name},{notice.id}",
            },
        }

    def action_print(self):
        """Print the sheet: the units in stock by location, and those of each customer.

        :return: the report's action
        """
        outside.check_some(self)
        self.check_access("read")
        return self.env.ref("serial_number_tracking.action_report_serial_recall").report_action(self)

    def action_print_letters(self):
        """Print the letters to the customers who have not been notified.

        :return: the report's action
        :raise UserError: when all of them have
        """
        outside.check_one(self)
        notices = self.notice_ids.filtered(lambda notice: not notice.is_notified)
        if not notices:
            raise UserError(self.env._("All customers have been notified."))
        return notices.action_print()

    def _get_places(self):
        """Return what the sheet lists of the stock: ``[(location, units)]``, in the order of their numbers."""
        self.ensure_one()
        lines = self.line_ids.search(self._get_line_domain("stock"))
        units = self.env["serial.number"].sudo().search([("id", "in", lines.serial_id.ids)], order="product_id, name")
        return sorted(units.grouped("location_id").items(), key=lambda item: item[0].complete_name)

    # Where its figures lead

    def _get_loose_statuses(self):
        """Return the statuses of units in stock that are to be put on hold."""
        return self.env["serial.number"]._get_serial_rules().of_recall("loose")

    def _get_line_domain(self, figure=None):
        """Return the domain of the units behind a figure, all without one.

        :raise UserError: for a figure that there is not
        """
        in_stock = Domain("serial_id", "any", self.env["serial.number"]._get_in_stock_domain())
        rules = self.env["serial.number"]._get_serial_rules()
        sold = rules.of_recall("sold")
        figures = {
            None: Domain.TRUE,
            "stock": in_stock & Domain("status", "not in", (*sold, *rules.of_recall("expected"))),
            "loose": in_stock & Domain("status", "in", self._get_loose_statuses()),
            "held": Domain("status", "=", "hold"),
            "out": Domain("status", "in", sold),
            "returned": Domain("was_sold", "=", True) & Domain("status", "not in", sold),
        }
        if not isinstance(figure, str | None) or figure not in figures:
            raise UserError(
                self.env._(
                    "A recall has no figure %(figure)s. Choose one of: %(figures)s.",
                    figure=naming.show(figure),
                    figures=", ".join(filter(None, figures)),
                )
            )
        return Domain("recall_id", "in", self.ids) & figures[figure]

    def action_view_lines(self):
        """Open the units behind a figure, named by the context key ``serial_number_tracking_figure``.

        :return: a window action
        """
        outside.check_some(self)
        self.check_access("read")
        figure = self.env.context.get("serial_number_tracking_figure")
        action = self.env["ir.actions.act_window"]._for_xml_id("serial_number_tracking.serial_recall_line_action")
        return action | {"domain": list(self._get_line_domain(figure)), "context": {}}

    def action_view_partners(self):
        """Open whom the recall has to notify.

        :return: a window action
        """
        outside.check_some(self)
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("serial_number_tracking.serial_recall_partner_action")
        return action | {"domain": [("recall_id", "in", self.ids)], "context": {}}

    def action_view_blanks(self):
        """Open the units without number that may be among the recalled ones.

        :return: a window action on the worklist
        """
        outside.check_some(self)
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("serial_number_tracking.serial_number_action_worklist")
        return action | {"domain": list(self._get_blank_domain())}
