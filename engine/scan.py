"""What was scanned for a document line: labels are read, and those of other products or without a number told apart."""

from dataclasses import dataclass

from odoo.fields import Domain

from ..tools import label, naming
from .sql import register_sql

# GTINs are kept with 8, 12, 13 or 14 digits: the same one, with zeros in front.
GTIN_LENGTHS = (14, 13, 12, 8)
KINDS = {"serial": "maker"}  # what labels call otherwise than the kinds of identities


@dataclass(slots=True)
class Scan:
    """A number as it was scanned, and as it is.

    :ivar str typed: what was scanned or typed
    :ivar str name: the serial number in it
    :ivar dict beside: other numbers of the unit on the same label, lists by the code of their kind
    :ivar tuple fault: why it cannot be taken: a code and a message; None where it can
    """

    typed: str
    name: str
    fault: tuple = None
    beside: dict = None


def find_number(text):
    """Return the serial number that a label bears; a text that is no label as it is. For looking units up."""
    read = label.read(text)
    return read.serials[0] if read.serials and read.kind != "text" else text


def find_numbers(texts):
    """Return ``{key: number}`` of the numbers that labels bear, for looking units up."""
    return {naming.make_key(number): number for number in map(find_number, texts)}


def keep(names):
    """Return numbers that were read before as :class:`Scan`."""
    return [name if isinstance(name, Scan) else Scan(name, naming.clean(name)) for name in names]


def read_names(line, names):
    """Read what was scanned for a document line.

    :param line: a record of ``serial.entry.mixin``
    :param list names: what was scanned or typed
    :return: list of :class:`Scan`, in order
    """
    return LabelReader(line, names).run()


class LabelReader:
    """Reads labels of a line's product: two queries more at most, and none for plain numbers.

    :param line: a record of ``serial.entry.mixin``
    :param list names: what was scanned or typed
    """

    def __init__(self, line, names):
        self.env, self.line = line.env, line
        self.source = line._read_serial_source()
        self.product = self.source.product
        self.labels = [label.read(name) for name in names]
        self.gtins = [each.gtin or _find_article(each) for each in self.labels]
        self.owners = self._find_owners(set(filter(None, self.gtins)))
        self.codes = {code for code in (self.product.barcode, self.product.default_code) if code}
        # Which of them are the product's own barcode or reference, or another product's barcode.
        self.articles = [self._is_article(*each) for each in zip(self.labels, self.gtins, strict=True)]
        self.known = self._find_known()

    def run(self):
        """Return the :class:`Scan` of each label, in order."""
        return [self._scan(*each) for each in zip(self.labels, self.gtins, self.articles, strict=True)]

    def _scan(self, read, gtin, is_article):
        return Scan(read.text, self._choose(read), self._find_fault(read, gtin, is_article), _find_beside(read))

    def _find_owners(self, gtins):
        """Return ``{GTIN: product}``; those of packagings are of their product."""
        spellings = {gtin[-length:]: gtin for gtin in gtins for length in GTIN_LENGTHS if _is_short(gtin, length)}
        if not spellings:
            return {}
        known = Domain("barcode", "in", list(spellings))
        owners = {spellings[one.barcode]: one for one in self.env["product.product"].search(known)}
        if len(owners) < len(gtins):
            for packaging in self.env["product.uom"].search(known):
                owners.setdefault(spellings[packaging.barcode], packaging.product_id)
        return owners

    def _find_known(self):
        """Return what the register says of the numbers that more than one reading of a label depends on."""
        pairs = zip(self.labels, self.articles, strict=True)
        doubtful = [read.serials for read, is_article in pairs if is_article or len(read.serials) > 1]
        keys = naming.make_keys(name for serials in doubtful for name in serials)
        if not keys:
            return {}
        return register_sql.find_units(
            self.env["serial.number"].sudo(), self.product, self.source.company, keys, lock=False
        )

    def _is_article(self, read, gtin):
        return read.kind == "text" and (read.text in self.codes or gtin in self.owners)

    def _choose(self, read):
        """Return the serial number: the likeliest one, unless only another one is known, or has the product's form."""
        if not read.serials:
            return naming.clean(read.text)
        flow, (name, *others) = self.source.flow, read.serials
        if not others or read.kind != "text" or naming.make_key(name) in self.known:
            return name
        for other in others:
            row = self.known.get(naming.make_key(other))
            if row and (row["status"] == "expected" or not flow or flow.unknown != "create"):
                return other
            if self.product.serial_format and self.product._find_serial_fault(name):
                return name if self.product._find_serial_fault(other) else other
        return name

    def _find_fault(self, read, gtin, is_article):
        if read.fault:
            return "bad_label", self._describe(read)
        owner = self.owners.get(gtin)
        if is_article and naming.make_key(naming.clean(read.text)) in self.known:
            return None
        if owner and owner != self.product:
            return "other_product", self.env._(
                "%(label)s is of %(other)s, not of %(product)s. Scan the right product.",
                label=naming.show(read.text),
                other=owner.display_name,
                product=self.product.display_name,
            )
        if read.serials and not is_article:
            return None
        return "no_serial", self.env._(
            "%(label)s says which product it is, and no serial number. Scan the serial number of %(product)s.",
            label=naming.show(read.text),
            product=self.product.display_name,
        )

    def _describe(self, read):
        """Return why a label cannot be taken, and what to do."""
        shown = naming.show(read.detail)
        if read.fault == "check_digit":
            return self.env._("The check digit of %s is wrong. Scan the label again, or compare its digits.", shown)
        if read.fault == "lost_separator":
            return self.env._(
                "The scanner leaves out what separates the fields of this label, so that nobody can tell where %s "
                "ends. Set the scanner to send GS (FNC1), or type the serial number.",
                shown,
            )
        if read.fault == "contradiction":
            return self.env._("The label is of %s pieces, and has one serial number. Type the serial number.", shown)
        return self.env._("%s on the label cannot be read. Type the serial number.", shown)


def _find_beside(read):
    """Return the other numbers of the unit on a label with its serial number, by the codes of their kinds."""
    others = {KINDS.get(kind, kind): values for kind, values in read.identities.items()}
    return {code: [value for value in values if value not in read.serials] for code, values in others.items()}


def _is_short(gtin, length):
    return not gtin[:-length].strip("0")


def _find_article(read):
    """Return the GTIN that a plain text may be, for products that have it as their barcode."""
    return label.find_gtin(read.text) if read.kind == "text" else ""
