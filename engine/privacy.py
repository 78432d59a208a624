"""What the register keeps of a person who uses units: found, given out, and erased on request."""

import re

from odoo.fields import Domain

from .sql import privacy_sql

SHORTEST = 3  # characters of a word that is looked for within others
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
        self.mentions, mentioned = [], set()
        if person.name:
            labels = self._find_labels()
            self.mentions, mentioned = privacy_sql.find_mentions(self.register, person.name, labels, companies)
        self.units = self.used | self.register.browse(sorted(units | mentioned))

    def _find_labels(self):
        """Return what the field of the end user is called in the languages of the database."""
        languages = [code for code, _name in self.register.env["res.lang"].get_installed()]
        names = ["end_user_id"]
        return {
            self.register.with_context(lang=code).fields_get(names, ["string"])["end_user_id"]["string"]
            for code in languages
        }

    def collect(self):
        """Return all that is known of the person, ready to be given to them."""
        return {
            "name": self.person.name or "",
            "email": self.person.email or "",
            "phone": self.person.phone or "",
            "units": [self._describe(unit) for unit in self.units],
        }

    def _describe(self, unit):
        events = self.register.env["serial.event"].sudo().browse([*self.events, *self.mentions]) & unit.event_ids
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
        privacy_sql.erase_partner(register.env, self.events, nobody)
        self._erase_texts("serial_event", "serial_id", nobody.name)
        self._erase_texts("serial_number", "id", nobody.name)
        for model in ("serial.event", "serial.number"):
            register.env[model].invalidate_model()
        self.units._erase_person(self.person, nobody, self.companies)

    def _erase_texts(self, table, owner, erased):
        """Let notes say another word where the person's data stand."""
        person = self.person
        words = {person.name, person.email, person.phone, person.display_name}
        pattern = _make_pattern(sorted(filter(None, words), key=len, reverse=True))
        rows = privacy_sql.read_texts(person.env, table, owner, self.units.ids) if pattern else ()
        texts = {id_: pattern.sub(erased, text) for id_, text in rows if pattern.search(text)}
        if texts:
            privacy_sql.write_texts(person.env, table, texts)


def _make_pattern(words):
    """Return the regular expression that finds these words in a text, however they are written; None for no words.

    Names of two letters are found as whole words, as they are written: they are parts of too many others. In scripts
    without blanks, two characters are a whole name.
    """
    parts = []
    for word in words:
        if len(word) >= SHORTEST or not word.isascii():
            parts.append(f"(?i:{re.escape(word)})")
        else:
            parts.append(rf"\b{re.escape(word)}\b")
    return re.compile("|".join(parts)) if parts else None
