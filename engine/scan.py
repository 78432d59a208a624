"""What was scanned for a document line: labels are read, and those of other products or without a number told apart."""

from dataclasses import dataclass

from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools import label, naming
from .sql import register_sql

# GTINs are kept with 8, 12, 13 or 14 digits: the same one, with zeros in front.
GTIN_LENGTHS = (14, 13, 12, 8)
OTHERS = 40  # numbers that show what those of a product look like
KINDS = {"serial": "maker"}  # what labels call otherwise than the kinds of identities


@dataclass(slots=True)
class Scan:
    """A number as it was scanned, and as it is.

    :ivar str typed: what was scanned or typed
    :ivar str name: the serial number in it
    :ivar dict beside: other numbers of the unit on the same label, lists by the code of their kind
    :ivar str gtin: the GTIN on the label, where no product has it yet
    :ivar dict facts: fields of the unit that the label says: when it expires, the vendor's lot
    :ivar tuple fault: why it cannot be taken: a code and a message; None where it can
    :ivar list candidates: what the number may be, where nothing decides between them
    """

    typed: str
    name: str
    fault: tuple = None
    beside: dict = None
    candidates: list = None
    facts: dict = None
    gtin: str = ""


@dataclass(slots=True)
class Wanted:
    """Units that somebody looks for by what they typed or scanned.

    :ivar str typed: what it was
    :ivar str name: the number in it
    :ivar units: the units, as the user who asks sees them
    :ivar str message: why a label cannot be taken, and what to do; empty where it can
    """

    typed: str
    name: str
    units: object
    message: str = ""


def get_prefixes(env):
    """Return the words that labels in the user's language have in front of a serial number, beside the usual ones."""
    # Words on labels, separated by commas: add those of your language.
    words = env._("Serial Number, Serial No., S/N").split(",")
    return tuple(word for word in map(str.strip, words) if word)


def find_candidates(env, text):
    """Return what may be the serial number in a text, the likeliest first: for looking units up.

    A bare code that begins as a data identifier does has two; a text that is no label is itself, and so is a label that
    is wrong: see :func:`find_fault`.
    """
    read = label.read(text, get_prefixes(env))
    is_read = read.serials and not read.fault and (read.kind != "text" or len(read.serials) > 1)
    return read.serials if is_read else [text]


def find_fault(env, text):
    """Return why a text that somebody looks for is a label that cannot be taken; empty where it can, or is no label."""
    read = label.read(text, get_prefixes(env))
    return describe_fault(env, read) if read.fault else ""


def get_label_domain(env, text):
    """Return the domain of the units of a label's product; of all units for anything else."""
    gtin = label.read(text, get_prefixes(env)).gtin
    owner = find_owners(env, {gtin}).get(gtin) if gtin else None
    return Domain("product_id", "in", owner.ids) if owner else Domain.TRUE


def find_wanted(register, texts, domain=Domain.TRUE):
    """Return the :class:`Wanted` of each text, in order: of two candidates the one that a unit has.

    A label finds units of its own product alone, where a product has its GTIN.

    :param register: ``serial.number``, in the environment of who asks
    :param domain: which units to look among
    """
    env, prefixes = register.env, get_prefixes(register.env)
    labels = [label.read(text, prefixes) for text in texts]
    names = [name for read in labels for name in read.serials]
    by_key = find_named(register, names, domain)
    owners = find_owners(env, {read.gtin for read in labels} - {""})
    return [_find_wanted(register, *each, by_key, owners) for each in zip(texts, labels, strict=True)]


def _find_wanted(register, text, read, by_key, owners):
    env, name = register.env, next((name for name in read.serials if naming.make_key(name) in by_key), None)
    units = by_key[naming.make_key(name)] if name else register.browse()
    wanted = Wanted(text, name or next(iter(read.serials), text), units)
    if read.fault:
        wanted.message = describe_fault(env, read)
    elif not read.serials:
        wanted.message = describe_without_number(env, read, owners.get(read.gtin))
    elif owner := owners.get(read.gtin):
        wanted.units = units.filtered(lambda unit: unit.product_id in owner)
        wanted.message = describe_other(env, read, owner, units[:1].product_id) if units and not wanted.units else ""
    if wanted.message:
        wanted.units = register.browse()
    return wanted


def describe_other(env, read, owner, product):
    """Return that a label is of another product than the one that is meant."""
    return env._(
        "%(label)s is of %(other)s, not of %(product)s. Scan the right product.",
        label=naming.show(read.text),
        other=owner[:1].display_name,
        product=product.display_name,
    )


def describe_without_number(env, read, product=None):
    """Return that a label has no serial number.

    :param product: the product that it is of; None where nobody knows
    """
    if read.sscc:
        return env._("%s is the number of a carton. Scan the units in it.", read.sscc)
    if product:
        return env._(
            "%(label)s says which product it is, and no serial number. Scan the serial number of %(product)s.",
            label=naming.show(read.text),
            product=product[:1].display_name,
        )
    return env._("%s has no serial number. Scan the number of the unit.", naming.show(read.text))


def find_named(register, names, domain=Domain.TRUE):
    """Return ``{key: units}`` of the units with these numbers: serial numbers, else other numbers of theirs.

    :param domain: which units to look among
    """
    keys = naming.make_keys(names)
    found = register.search_fetch(domain & Domain("name_key", "in", keys), ["name_key", "product_id"]) if keys else None
    by_key = found.grouped("name_key") if found else {}
    others = [name for name in names if (key := naming.make_key(name)) and key not in by_key]
    otherwise = register._find_named_otherwise(others, domain) if others else {}
    return by_key | {naming.make_key(name): units for name, units in otherwise.items()}


def read_number(product, company, text):
    """Return the serial number in a text that somebody typed for a unit of a product.

    :raise UserError: for a label that cannot be taken, of another product, or without a serial number
    """
    read = label.read(text, get_prefixes(product.env)) if isinstance(text, str) else None
    if not read or (read.kind == "text" and read.text not in (product.barcode, product.default_code)):
        return naming.clean(text)
    scan = LabelReader(product, company, [text]).run()[0]
    if scan.fault:
        raise UserError(scan.fault[1])
    return scan.name


def read_said(env, text):
    """Return what a label says of a unit beside its number.

    :return: its fields, in the form of the cache, and other numbers of it: lists by the codes of their kinds
    """
    read = label.read(text, get_prefixes(env))
    is_label = read.serials and read.kind != "text" and read.identities
    others = _find_beside(read, env["serial.number"]._get_label_codes()) if is_label else {}
    return _find_facts(read) or {}, others


def keep_said(units, text):
    """Keep what a label says beside the number that it gave to units: when they expire, the lot, other numbers.

    :param str text: what was typed or scanned as their number
    """
    facts, others = read_said(units.env, text)
    keep_facts(units, dict.fromkeys(units.mapped("name_key"), facts))
    for unit in units if others else ():
        unit._add_beside(others)


def keep_facts(units, facts, source=None):
    """Write on units what labels say of them, as far as it is new: one statement for all that get the same.

    :param dict facts: ``{key of a number: fields with their values}``
    :param source: the document line that they were entered on, or None
    """
    groups = {}
    for unit in units if any(facts.values()) else ():
        new = {name: value for name, value in facts.get(unit.name_key, {}).items() if value != unit[name]}
        if new:
            groups.setdefault(tuple(sorted(new.items())), []).append(unit.id)
    for new, ids in groups.items():
        part, vals = units.browse(ids), dict(new)
        event = part._prepare_event_vals("corrected", source=source, note="; ".join(part._describe_facts(vals)))
        part._record_change("corrected", vals, event)


def read_label(name, prefixes=()):
    """Return the :class:`label.Label` of what was scanned; one that was decided before is a plain number."""
    return label.Label(name.typed, serials=[name.name]) if isinstance(name, Scan) else label.read(name, prefixes)


def tell_apart(names):
    """Return cleaned numbers, and ``{index: Scan}`` of those that were read before, or that are not what was typed.

    :param list names: texts, or what :func:`read_names` read
    """
    cleaned = [each.name if isinstance(each, Scan) else naming.clean(each) for each in names]
    pairs = enumerate(zip(names, cleaned, strict=True))
    return cleaned, {index: _as_scan(each) for index, (each, name) in pairs if each != name}


def _as_scan(name):
    return name if isinstance(name, Scan) else Scan(name, naming.clean(name))


def keep(names, facts=()):
    """Return numbers that were read before as :class:`Scan`.

    :param facts: ``{key: what the number's label said}``, of some of them
    """
    scans = [_as_scan(name) for name in names]
    for scan in scans if facts else ():
        scan.facts = facts.get(naming.make_key(scan.name))
    return scans


def read_names(line, names, asks=False, singly=False, others=None):
    """Read what was scanned for a document line.

    :param line: a record of ``serial.entry.mixin``
    :param list names: what was scanned or typed
    :param bool asks: somebody can be asked which of two candidates is the number; else it is the whole text, as it is
        in a list, see :func:`is_list`
    :param bool singly: they were scanned one by one, and are no list
    :param others: a function that returns numbers that are entered with these, beside those of the document line
    :return: list, in order: the :class:`Scan` of each label, and plain numbers as they are
    """
    source, read = line._read_serial_source(), list(names)
    articles = [code for code in (source.product.barcode, source.product.default_code) if code and code in names]
    if not articles and label.are_all(label.PLAIN, names):
        return read
    asks = asks and (singly or not is_list(names))
    indexes = _find_labels(source, names, articles, asks)

    def find_entered():
        plain = [name for name in names[: 2 * OTHERS] if _is_plain(name)]
        return [*plain, *line._serial_names()[:OTHERS], *(others() if others else ())]

    if indexes:
        texts = [names[index] for index in indexes]
        reader = LabelReader(source.product, source.company, texts, asks, find_entered)
        for index, scan in zip(indexes, reader.run(), strict=True):
            read[index] = scan
    return read


def _find_labels(source, names, articles, asks):
    """Return the indexes of the texts that are to be read as labels.

    Those of a long list that begin as an identifier does are not, where :func:`_are_whole`.

    :param list articles: the codes of the product that are among them
    """
    is_long = not asks and len(names) >= OTHERS
    if is_long and not articles and label.are_all(label.BARE, names):
        return () if _are_whole(source, names) else range(len(names))
    indexes = [index for index, name in enumerate(names) if not _is_plain(name) or name in articles]
    if is_long:
        bare = [index for index in indexes if names[index] not in articles and label.BARE.fullmatch(names[index])]
        if len(bare) >= OTHERS and _are_whole(source, [names[index] for index in bare]):
            return sorted({*indexes} - {*bare})
    return indexes


def _are_whole(source, names):
    """Tell whether the numbers of a list that begin as an identifier does are the whole texts.

    Not where the product has a format, or somebody said that its labels have one in front, or where a unit has one of
    the first numbers without it.
    """
    product, company = source.product, source.company
    if product.serial_format or product.serial_identifier == "label":
        return False
    begun = ((name, label.IDENTIFIER.match(name)) for name in names[:OTHERS])
    keys = naming.make_keys(name[identifier.end() :] for name, identifier in begun if identifier)
    return not keys or not register_sql.find_names(product.env["serial.number"].sudo(), product, company, keys)


def _is_plain(name):
    """Tell whether a text is no label, whoever reads it: of thousands of numbers, most are none."""
    return isinstance(name, str) and bool(label.PLAIN.fullmatch(name))


def is_list(names):
    """Tell whether several numbers all begin as a data identifier does: then it is part of these numbers."""

    def begins_so(name):
        return isinstance(name, str) and label.IDENTIFIER.match(name)

    return len(names) > 1 and (label.are_all(label.IDENTIFIED, names) or all(map(begins_so, names)))


def is_label(text):
    """Tell whether a text is a label that may bear a serial number, whatever the user's language."""
    return label.read(text).kind != "text"


def find_owners(env, gtins, company=None):
    """Return ``{GTIN: products}``; those of packagings are of their product.

    :param company: whose products are meant, beside those of all companies: each may have its own with a GTIN; None:
        any that the user may see
    """
    spellings = {gtin[-length:]: gtin for gtin in gtins for length in GTIN_LENGTHS if _is_short(gtin, length)}
    if not spellings:
        return {}
    known = Domain("barcode", "in", list(spellings))
    companies = [company.id, False] if company else None
    mine = Domain("company_id", "in", companies) if companies else Domain.TRUE
    owners = env["product.product"].search(known & mine).grouped(lambda product: spellings[product.barcode])
    if len(owners) < len(gtins):
        mine = Domain("product_id.company_id", "in", companies) if companies else Domain.TRUE
        packagings = env["product.uom"].search(known & mine).grouped(lambda each: spellings[each.barcode])
        owners = {gtin: each.product_id for gtin, each in packagings.items()} | owners
    return owners


def describe_fault(env, read):
    """Return why a label cannot be taken, and what to do."""
    shown = naming.show(read.detail)
    if read.fault == "check_digit":
        return env._("The check digit of %s is wrong. Scan the label again, or compare its digits.", shown)
    if read.fault == "lost_separator":
        return env._(
            "The scanner leaves out what separates the fields of this label, so that nobody can tell where %s "
            "ends. Set the scanner to send GS (FNC1), or type the serial number.",
            shown,
        )
    if read.fault == "contradiction" and read.count == 1:
        return env._("The label has two serial numbers: %s. Type the one of this unit.", shown)
    if read.fault == "contradiction":
        return env._("The label is of %s pieces, and has one serial number. Type the serial number.", shown)
    return env._("%s on the label cannot be read. Type the serial number.", shown)


def remember(product, typed, name):
    """Keep on a product what somebody chose of a bare code: its identifier is part of the number, or is left out."""
    serials = label.read(typed).serials
    if len(serials) > 1 and name in serials:
        product.sudo().serial_identifier = "number" if name == serials[0] else "label"


def remember_gtin(product, gtin):
    """Keep a GTIN that a label of a product has: as its barcode, or where it has one, as another barcode of its unit.

    :raise UserError: for what is no GTIN, and for that of another product
    """
    env, found = product.env, label.find_gtin(gtin) if isinstance(gtin, str) else ""
    if not found:
        raise UserError(env._("%s is no GTIN. Scan the label again.", naming.show(gtin)))
    owner = find_owners(env(su=True), {found}, product.company_id).get(found, product.browse())
    if product in owner:
        return
    if owner:
        raise UserError(
            env._("%(gtin)s is a barcode of %(product)s already.", gtin=found, product=owner[:1].sudo().display_name)
        )
    barcode = found.removeprefix("0")  # EAN-13, as it is printed on most goods
    keeper = product.sudo()
    if keeper.barcode:
        keeper.env["product.uom"].create({"product_id": product.id, "uom_id": keeper.uom_id.id, "barcode": barcode})
    else:
        keeper.barcode = barcode
    keeper.message_post(body=env._("%s was remembered as a barcode, from the label of a unit.", barcode))


class LabelReader:
    """Reads labels of a line's product: three queries more at most, none for plain numbers; see :func:`read_names`."""

    def __init__(self, product, company, names, asks=False, find_entered=None):
        self.env, self.product, self.company = product.env, product, company
        self.asks, self.find_entered, self.shapes, self.codes_beside = asks, find_entered, None, None
        prefixes = get_prefixes(self.env)
        self.labels = [read_label(name, prefixes) for name in names]
        self.gtins = [each.gtin or _find_article(each) for each in self.labels]
        self.owners = find_owners(self.env, set(filter(None, self.gtins)), self.company)
        self.codes = {code for code in (self.product.barcode, self.product.default_code) if code}
        # Which of them are the product's own barcode or reference, or another product's barcode.
        self.articles = [self._is_article(*each) for each in zip(self.labels, self.gtins, strict=True)]
        self.known = self._find_known()

    def run(self):
        """Return the :class:`Scan` of each label, in order."""
        return [self._scan(*each) for each in zip(self.labels, self.gtins, self.articles, strict=True)]

    def _scan(self, read, gtin, is_article):
        number = self._choose(read, is_article)
        scan = Scan(read.text, number or naming.clean(read.text), self._find_fault(read, gtin, is_article))
        scan.beside, scan.facts = self._find_beside(read), _find_facts(read)
        scan.gtin = "" if scan.fault or read.gtin in self.owners else read.gtin
        if number is None and not scan.fault:
            scan.fault, scan.candidates = self._refuse_doubtful(read), read.serials
        return scan

    def _find_beside(self, read):
        if not read.identities:
            return {}
        if self.codes_beside is None:
            self.codes_beside = self.env["serial.number"]._get_label_codes()
        return _find_beside(read, self.codes_beside)

    def _find_known(self):
        """Return what the register says of the numbers that more than one reading of a label depends on."""
        pairs = zip(self.labels, self.articles, strict=True)
        doubtful = [read.serials for read, is_article in pairs if is_article or len(read.serials) > 1]
        keys = naming.make_keys(name for serials in doubtful for name in serials)
        if not keys:
            return {}
        return register_sql.find_units(self.env["serial.number"].sudo(), self.product, self.company, keys, lock=False)

    def _is_article(self, read, gtin):
        return read.kind == "text" and (read.text in self.codes or gtin in self.owners)

    def _choose(self, read, is_article):
        """Return the serial number; None where a bare code may bear an identifier, and nothing tells."""
        if not read.serials:
            return naming.clean(read.text)
        whole, *rest = read.serials
        if read.kind != "text" or not rest or is_article:
            return whole
        alike = self._choose_alike if self.asks else _choose_none
        return self._choose_known(whole, *rest) or alike(whole, *rest) or self._choose_told(whole, *rest)

    def _choose_known(self, whole, rest):
        """Return which of two numbers the register knows, else which one has the product's form; None for both."""
        if naming.make_key(whole) in self.known:
            return whole
        if naming.make_key(rest) in self.known:
            return rest
        if not self.product.serial_format:
            return None
        fits = [not self.product._find_serial_fault(name) for name in (whole, rest)]
        return None if len({*fits}) < 2 else whole if fits[0] else rest

    def _choose_alike(self, whole, rest):
        """Return which of two numbers looks like the others of the document and of the product; None for both."""
        if self.shapes is None:
            self.shapes = set(map(naming.make_shape, self._find_others()))
        alike = [naming.make_shape(name) in self.shapes for name in (whole, rest)]
        if alike[0] == alike[1]:
            lengths = {len(shape) for shape in self.shapes}
            alike = [len(name) in lengths for name in (whole, rest)]
        return None if alike[0] == alike[1] else whole if alike[0] else rest

    def _choose_told(self, whole, rest):
        """Return what somebody said of the product's numbers; None where somebody is to be asked."""
        if self.product.serial_identifier == "label":
            return rest
        return whole if self.product.serial_identifier or not self.asks else None

    def _find_others(self):
        """Return numbers that nothing is doubtful about: those entered here, and the latest ones of the product."""
        sure = [read for read in self.labels if read.serials and (read.kind != "text" or len(read.serials) == 1)]
        here = [read.serials[0] for read in sure[:OTHERS]]
        entered = self.find_entered() if self.find_entered else ()
        domain = Domain([("product_id", "=", self.product.id), ("name", "!=", False)])
        latest = self.env["serial.number"].sudo().search_fetch(domain, ["name"], limit=OTHERS, order="id desc")
        return [*here, *entered, *latest.mapped("name")]

    def _refuse_doubtful(self, read):
        return "ambiguous", self.env._(
            "The serial number of %(product)s may be %(whole)s, or %(rest)s with an identifier in front. Choose which.",
            product=self.product.display_name,
            whole=naming.show(read.serials[0]),
            rest=naming.show(read.serials[1]),
        )

    def _find_fault(self, read, gtin, is_article):
        if read.fault:
            return "bad_label", describe_fault(self.env, read)
        owner = self.owners.get(gtin)
        if is_article and naming.make_key(naming.clean(read.text)) in self.known:
            return None
        if owner and self.product not in owner:
            return "other_product", describe_other(self.env, read, owner, self.product)
        if read.serials and not is_article:
            return None
        if read.sscc:
            return "no_serial", self.env._(
                "%s is the number of a carton, and nobody has announced what is in it. Scan its units.", read.sscc
            )
        return "no_serial", describe_without_number(self.env, read, self.product)


def _choose_none(_whole, _rest):
    """Choose neither: a program does not send what only looks like something."""
    return


def _find_beside(read, codes):
    """Return the other numbers of the unit on a label with its serial number, by the codes of their kinds.

    :param codes: those of kinds that there are
    """
    others = {KINDS.get(kind, kind): values for kind, values in read.identities.items()}
    return {
        code: [value for value in values if value not in read.serials]
        for code, values in others.items()
        if code in codes
    }


def _find_facts(read):
    """Return the fields of the unit that a label with its serial number says; None where it says none."""
    if read.kind == "text" or not read.serials:
        return None
    facts = {"expiration_date": read.expiry, "batch_name": read.lot[: naming.MAX_LENGTH]}
    return {name: value for name, value in facts.items() if value} or None


def _is_short(gtin, length):
    return not gtin[:-length].strip("0")


def _find_article(read):
    """Return the GTIN that a plain text may be, for products that have it as their barcode."""
    return label.find_gtin(read.text) if read.kind == "text" else ""
