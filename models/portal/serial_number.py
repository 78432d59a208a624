"""What the portal shows of units, and how its users register theirs."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import plaintext2html

from ...engine import outside, scan
from ...tools import naming

QUESTIONS = 5  # an hour
QUESTION_LENGTH = 2000  # characters
ADVISERS = 10  # who get a question of somebody without a salesperson
PORTAL = "Portal"  # the channel of what is registered there


class SerialNumber(models.Model):
    _inherit = "serial.number"

    @api.model
    def _get_portal_domain(self, partner):
        """Return the domain of the units that somebody may see: those that their company, or they, bought or use.

        :param partner: the ``res.partner`` of the portal user
        """
        owner = partner.commercial_partner_id.id
        bought = Domain("customer_id.commercial_partner_id", "=", owner)
        used = Domain("end_user_id.commercial_partner_id", "=", owner)
        return Domain("status", "in", self._get_serial_rules().sold) & (bought | used)

    def _get_portal_end_user(self, partner):
        """Return who uses the unit, for their own company alone: a reseller does not see whom its customers are."""
        own = self.end_user_id.commercial_partner_id == partner.commercial_partner_id
        return self.end_user_id if own else self.end_user_id.browse()

    def _describe_portal_status(self):
        """Return the unit's status in a customer's words."""
        if self.location_id.is_serial_stock:
            return self.env._("Not delivered yet")
        return self.env._("Delivered") if self.name else self.env._("Delivered, its number follows")

    def _awaits_registration(self):
        """Tell whether the unit's warranty begins with a registration that nobody has made yet."""
        rule = self.company_id.serial_warranty_start
        return rule == "registration" and not (self.date_registered or self.warranty_end)

    @api.model
    def _register_for_portal(self, partner, number, product, end_user=None):
        """Register a sold unit to a portal user, or to a customer of theirs, unless somebody else has it.

        :param partner: the ``res.partner`` of the user
        :param str number: the serial number as typed
        :param str product: the product as typed; needed where several products have this number
        :param dict end_user: name and address of the user's customer who uses the unit; None: the user does
        :return: the unit; none when no unit or more than one fits, and nothing says which
        """
        text = number if isinstance(number, str) else ""
        units = scan.find_wanted(self, [text], Domain("status", "=", "sold"))[0].units
        units = units.filtered(lambda unit: unit._is_free_for(partner))
        # Companies that sell to each other have the same piece each: the user's own company is meant.
        units = units.filtered(lambda unit: unit.company_id in self.env.user.company_ids) or units
        unit = units if len(units) == 1 else units.filtered(lambda unit: unit._is_called(product))
        if len(unit) != 1:
            return self.browse()
        if end_user:
            unit.action_register(self._find_portal_customer(end_user), channel=PORTAL)
        elif not (unit.date_registered and unit._is_used_by(partner)):
            unit.action_register(unit.end_user_id if unit._is_used_by(partner) else partner, channel=PORTAL)
        return unit

    @api.model
    def _get_unregistered_domain(self):
        """Return the domain of the units that can be registered and nobody has."""
        return Domain("status", "=", "sold") & Domain("date_registered", "=", False) & Domain("name", "!=", False)

    @api.model
    def _register_many_for_portal(self, partner, numbers, product, end_user=None):
        """Register many units to a portal user, or to a customer of theirs, as :meth:`_register_for_portal`.

        What is none of the units that the user sees counts as an attempt, as a single one does.

        :return: the units, the numbers that cannot be registered, and those that were not tried after too many of these
        """
        attempts = self.env["serial.registration.attempt"].sudo()
        mine = self._get_portal_domain(partner) & Domain("name_key", "in", naming.make_keys(numbers))
        seen = set(self.search(mine).mapped("name_key"))
        units, refused, left = self.browse(), [], []
        for number in numbers:
            is_seen = naming.make_key(naming.clean(number)) in seen
            attempt = None if is_seen or left else attempts._begin()
            if not is_seen and not attempt:
                left.append(number)
                continue
            unit = self._register_for_portal(partner, number, product, end_user)
            units |= unit
            if not unit:
                refused.append(number)
            elif attempt:
                attempts._forget(attempt)
        return units, refused, left

    @api.model
    def _ask_from_portal(self, user, numbers, product, question):
        """Send a question of a portal user to who looks after them: their salesperson, else the register's managers.

        :param user: the ``res.users`` who asks
        :param list numbers: the serial numbers that it is about
        :param str product: their product, as the user calls it
        :param str question: what they ask
        :return: whether it was sent; not without a question, and not after several within an hour
        """
        subtype = self.env.ref("serial_number_tracking.mail_subtype_portal_question")
        partner = user.partner_id.sudo()
        since = fields.Datetime.subtract(fields.Datetime.now(), hours=1)
        sent = (
            self.env["mail.message"]
            .sudo()
            .search_count(
                [("author_id", "=", partner.id), ("subtype_id", "=", subtype.id), ("date", ">", since)], limit=QUESTIONS
            )
        )
        if not question or sent >= QUESTIONS:
            return False
        lines = [question[:QUESTION_LENGTH], "", *filter(None, [product, *numbers])]
        partner.message_post(
            body=plaintext2html("\n".join(lines)),
            subject=self.env._("Question about serial numbers from %s", partner.display_name),
            author_id=partner.id,
            message_type="comment",
            subtype_id=subtype.id,
            partner_ids=self._find_portal_advisers(partner).ids,
        )
        return True

    @api.model
    def _find_portal_advisers(self, partner):
        """Return the contacts of who answers a portal user's questions."""
        salesperson = partner.user_id or partner.commercial_partner_id.user_id
        if salesperson.active and salesperson:
            return salesperson.partner_id
        group = self.env.ref("serial_number_tracking.group_serial_number_manager")
        return group.all_user_ids.filtered(lambda user: user.active and not user.share).partner_id[:ADVISERS]

    def _is_free_for(self, partner):
        """Tell whether a portal user may register the unit: nobody else uses it, as far as we know at first hand."""
        end_user = self.end_user_id if self._is_used_by(partner) else partner
        if not outside.find_usable(end_user, self.company_id):
            return False  # another company's contact, which would be refused with an error
        return not self.end_user_id or self._is_used_by(partner) or self._may_be_followed(partner)

    def _is_used_by(self, partner):
        return self.end_user_id.commercial_partner_id == partner.commercial_partner_id

    def _may_be_followed(self, partner):
        """Tell whether who is registered by the portal is not who uses the unit, or is this very person.

        A reseller that has registered what it bought is followed by one end user. A customer whom the reseller has
        named has an account of their own by now: the same address says so. What we registered ourselves stays.
        """
        if self.registration_channel != PORTAL:
            return False
        if self._is_used_by(self.customer_id):
            return True
        named = self.end_user_id.sudo()
        if named.user_ids or named.create_uid == self.env.user:
            return False  # who named somebody with the own address does not follow, again and again
        return bool(named.email_normalized) and named.email_normalized == partner.email_normalized

    @api.model
    def _find_portal_customer(self, vals):
        """Return the contact of the user's customer: the same one for all units that the user registers to them.

        :param dict vals: name and address
        """
        partners = self.env["res.partner"]
        own = [("create_uid", "=", self.env.uid), ("parent_id", "=", False), ("user_ids", "=", False)]
        same = [(name, "=", value or False) for name, value in vals.items()]
        found = partners.search(own + same, limit=1)
        return found or partners.create({**vals, "lang": self.env.user.lang, "tz": self.env.user.tz})

    def _is_called(self, product):
        """Tell whether the unit's product is what somebody typed: its name, reference or barcode."""
        names = (self.product_id.name, self.product_id.default_code, self.product_id.barcode)
        typed = " ".join(product.split()).casefold()
        return bool(typed) and typed in [name.casefold() for name in names if name]
