"""What the register keeps of a person who uses units: found, given out, and erased on request."""

from odoo.fields import Domain

from .sql import privacy_sql

SHORTEST = 3  # characters of a word that is looked for in texts: a shorter one would be found in others
OF_UNIT = ("name", "date_registered", "registration_channel", "date_sold", "warranty_end", "note")


class Person:
    """A person in the register, as companies know them.

    :param person: a ``res.partner``
    :param companies: the ``res.company`` records whose registers are looked through
    """

    def __init__(self, person, companies):
        self.person, self.companies = person, companies
        self.register = person.env["serial.number"].sudo()
        own = Domain("company_id", "in", companies.ids)
        self.used = self.register.search(own & Domain("end_user_id", "in", person.ids))
        self.bought = self.register.search_count(own & Domain("customer_id", "in", person.ids))
        self.events, units = privacy_sql.find_events(self.register, person, companies)
        self.units = self.used | self.register.browse(sorted(units))

    def collect(self):
        """Return all that is known of the person, ready to be given to them."""
        return {
            "name": self.person.name or "",
            "email": self.person.email or "",
            "phone": self.person.phone or "",
            "units": [self._describe(unit) for unit in self.units],
        }

    def _describe(self, unit):
        events = self.register.env["serial.event"].sudo().browse(self.events) & unit.event_ids
        return {
            "product": unit.product_id.display_name,
            "uses_it": unit in self.used,
            **{name: str(unit[name] or "") for name in OF_UNIT},
            "history": [
                {
                    "date": str(event.date),
                    "event": event.kind,
                    "document": event.document or "",
                    "note": event.note or "",
                }
                for event in events.sorted("id")
            ],
        }

    def erase(self, nobody):
        """Let the register forget the person. What happened stays; who it was is said no more.

        :param nobody: the contact that stands in their place
        """
        register = self.register
        kept = {"end_user_id": False, "registration_channel": False}
        note = register.env._("The end user's personal data were erased on request.")
        for company, units in self.used.grouped("company_id").items():
            own = register.with_company(company)
            own.browse(units.ids)._record_change("corrected", kept, own._prepare_event_vals("corrected", note=note))
        words = {self.person.name, self.person.email, self.person.phone, self.person.display_name}
        words = sorted((word for word in words if word and len(word) >= SHORTEST), key=len, reverse=True)
        privacy_sql.erase_events(self.events, self.units.ids, nobody, words, nobody.name)
        self.units._erase_person(self.person, nobody, self.companies)
