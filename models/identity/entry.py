"""Identities that are entered with the numbers of a document line: checked then, and written when it is booked."""

from ...engine.outside import NAMES_LIMIT
from ...tools import naming
from . import form, lookup, typed

SEPARATOR = "\t"  # between a kind, a key and a number: none has one in it


class EntryCheck:
    """The check of what came with numbers, one batch however many there are.

    :param line: the document line
    :param list checks: of the numbers, in order
    :param dict given: ``{index: {code of a kind: numbers}}``
    :param dict taken: ``{(code, key): unit's number}`` of what is entered with others in the same window
    """

    def __init__(self, line, checks, given, taken=None):
        self.env, self.checks, self.given = line.env, checks, given
        self.company = line._serial_company().id
        self.kinds = {kind.code: kind for kind in self.env["serial.identity.kind"].sudo().search([])}
        self.facts = {code: (kind.id, kind.check) for code, kind in self.kinds.items()}
        self.wanted, self.entered, self.taken = {}, {}, taken or {}

    def run(self):
        """Mark the checks of numbers with a bad identity as bad.

        :return: ``{key of a number: its identities as one text}``, see :func:`write`
        """
        for index, numbers in self.given.items():
            self._read(index, numbers)
        for known in lookup.find_known(self.env, self.wanted):
            index = self.wanted[known.kind_id.id, self.company, known.name_key]
            if known.serial_id.id != self.checks[index].serial_id:
                self._refuse(index, lookup.describe_taken(known.with_env(self.env)))
        self._check_counts()
        return {self.checks[index].key: "\n".join(texts) for index, texts in self.entered.items() if texts}

    def _refuse(self, index, message):
        if self.checks[index].ok:
            self.checks[index].decide("bad_identity", f"{self.checks[index].name}: {message}")

    def _read(self, index, numbers):
        if not isinstance(numbers, dict):
            self._refuse(index, self.env._("Identities are given by their kind, such as {'imei': [...]}."))
            return
        for code, texts in numbers.items():
            if ":" in str(code):
                continue  # of another feature: no code of a kind has a colon
            texts = [texts] if isinstance(texts, str) else texts
            is_list = isinstance(texts, (list, tuple)) and len(texts) <= NAMES_LIMIT
            if code not in self.kinds or not is_list or not all(isinstance(text, str) for text in texts):
                shown = naming.show(str(code), naming.MAX_LENGTH)
                self._refuse(index, self.env._("There is no kind of identity %s with a list of texts.", shown))
                continue
            for text in texts:
                self._read_one(index, code, naming.clean(text))

    def _read_one(self, index, code, text):
        kind_id, check = self.facts[code]
        key, fault = form.make_key(check, text)
        if fault and (said := dict(typed.read_said(self.env, text)).get(code)):
            text = said  # a label's word stands in front of it
            key, fault = form.make_key(check, text)
        if fault:
            self._refuse(index, lookup.describe_fault(self.kinds[code].with_env(self.env), text, fault))
            return
        owner = self.taken.get((code, key), self.checks[index].name)
        if owner != self.checks[index].name:
            self._refuse(index, self.env._("%(number)s is entered with %(serial)s.", number=text, serial=owner))
            return
        place = (kind_id, self.company, key)
        if place in self.wanted:
            self._refuse(index, self.env._("%s stands there twice.", text))
            return
        self.wanted[place] = index
        self.entered.setdefault(index, []).append(SEPARATOR.join((code, key, text)))

    def _check_counts(self):
        """Refuse more identities of a kind than a unit has, those that it has already among them."""
        counts = {}
        for (kind, _company, key), index in self.wanted.items():
            counts.setdefault((index, kind), set()).add(key)
        ids = [check.serial_id for check in map(self.checks.__getitem__, self.given) if check.serial_id]
        has = self.env["serial.identity"].sudo().search([("serial_id", "in", ids)]) if ids else ()
        owners = {self.checks[index].serial_id: index for index in self.given if self.checks[index].serial_id}
        for identity in has:
            mark = (owners[identity.serial_id.id], identity.kind_id.id)
            if mark in counts:
                counts[mark].add(identity.name_key)
        limits = {kind.id: (kind.count, kind) for kind in self.kinds.values()}
        for (index, kind_id), keys in counts.items():
            limit, kind = limits[kind_id]
            if len(keys) > limit:
                word = self.env._(
                    "A unit has at most %(limit)s numbers of the kind %(kind)s.",
                    limit=limit,
                    kind=kind.with_env(self.env).name,
                )
                self._refuse(index, word)


def read(env, entered):
    """Return the identities that a draft keeps: rows of the unit's key, the kind's id, the number and its key."""
    kinds = {kind.code: kind for kind in env["serial.identity.kind"].sudo().with_context(active_test=False).search([])}
    rows = []
    for unit, text in entered.items():
        for line in text.split("\n"):
            code, key, name = line.split(SEPARATOR)
            if code in kinds:
                rows.append((unit, kinds[code].id, name, key))
    return rows


def split(text):
    """Return what a draft keeps beside one number: (code, key, number) each."""
    return [tuple(line.split(SEPARATOR)) for line in text.split("\n")] if text else []


def describe(env, text):
    """Return what a draft keeps beside one number, for people."""
    names = {kind.code: kind.name for kind in env["serial.identity.kind"].search([])} if text else {}
    return ", ".join(f"{names.get(code, code)}: {name}" for code, _key, name in split(text))
