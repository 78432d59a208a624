"""What a scan of a count is: a unit that is there, misplaced or unexpected, a new number, or the code of something."""

from dataclasses import dataclass

from odoo.fields import Domain

from ...engine import scan
from ...tools import label, naming

THERE, MISPLACED, UNEXPECTED, UNKNOWN, AMBIGUOUS = "there", "misplaced", "unexpected", "unknown", "ambiguous"


@dataclass(slots=True)
class Found:
    """One scan, as it is read.

    :ivar str name: the serial number
    :ivar code: what it is: a code of the count's lines, ``product`` for a product's barcode, ``place`` for a shelf's,
        or ``bad``
    :ivar unit: the ``serial.number``, or an empty one
    :ivar product: the ``product.product``, or an empty one where nobody knows
    :ivar str text: what is said about it
    :ivar shelf: the ``stock.location`` in the count where it was scanned, or an empty one
    """

    name: str
    code: str
    unit: object
    product: object
    text: str = ""
    shelf: object = None


def find_places(count, units):
    """Return the locations of a count among those where units were last seen."""
    return units.location_id.filtered(lambda place: place.parent_path.startswith(count.location_id.parent_path))


def classify(unit, places, shelf):
    """Return what a known unit is that lies in a count.

    :param places: the locations of the count, see :func:`find_places`
    :param shelf: the ``stock.location`` in the count where it was scanned; an empty one for anywhere in it
    """
    if unit.location_id in places and unit.location_id.parent_path.startswith(shelf.parent_path or ""):
        return THERE
    return MISPLACED if unit.location_id.is_serial_stock else UNEXPECTED


class Reader:
    """Reads scans of a count: the same queries for one as for thousands.

    :param count: the ``serial.count``
    :param list texts: what was scanned
    :param product: which product new numbers are of, where nothing else says it
    :param shelf: the ``stock.location`` in the count whose barcode was scanned last, or an empty one
    """

    def __init__(self, count, texts, product, shelf):
        self.count, self.env, self.product, self.shelf = count, count.env, product, shelf
        self.register = self.env["serial.number"]
        self.chosen = count.product_ids
        prefixes = scan.get_prefixes(self.env)
        self.labels = [label.read(text, prefixes) for text in texts]
        gtins = {read.gtin or label.find_gtin(read.text) for read in self.labels}
        owners = scan.find_owners(self.env, gtins - {"", None}, count.company_id)
        self.owners = {gtin: products[:1] for gtin, products in owners.items()}
        self.codes, self.shelves = self._find_codes(), self._find_shelves()
        names = [name for read in self.labels for name in read.serials]
        self.by_key = scan.find_named(self.register, names, Domain("company_id", "=", count.company_id.id))
        self.places = find_places(count, self.register.browse().union(*self.by_key.values()))

    def run(self):
        """Return what each scan is, in order; a product's or a shelf's barcode decides about the numbers after it."""
        return [self._read_here(read) for read in self.labels]

    def _read_here(self, read):
        """Return what a scan is, with the shelf where it was made."""
        shelf = self.shelves.get(read.text)
        found = self._take_shelf(shelf) if shelf else self._read(read)
        found.shelf = self.shelf
        return found

    def _find_codes(self):
        """Return ``{reference: product}`` of the plain texts that are references of products."""
        texts = [read.text for read in self.labels if read.kind == "text"]
        products = self.env["product.product"].search([("default_code", "in", texts), ("is_serialized", "=", True)])
        return {product.default_code: product for product in products}

    def _find_shelves(self):
        """Return ``{barcode: location}`` of the plain texts that are barcodes of locations."""
        texts = [read.text for read in self.labels if read.kind == "text"]
        domain = Domain("barcode", "in", texts) & Domain("company_id", "in", [self.count.company_id.id, False])
        shelves = self.env["stock.location"].sudo().search(domain)
        return {shelf.barcode: shelf for shelf in shelves}

    def _take_shelf(self, shelf):
        """Let what is scanned from now on lie at a shelf, where that is in the count."""
        nobody, nothing = self.register.browse(), self.env["product.product"]
        name, counted = shelf.complete_name, self.count.location_id
        if not shelf.parent_path.startswith(counted.parent_path):
            text = self.env._(
                "%(place)s is not in %(counted)s, which is counted here. Scan a shelf of that, or begin a count of "
                "%(place)s.",
                place=name,
                counted=counted.sudo().complete_name,
            )
            return Found(name, "bad", nobody, nothing, text)
        if not shelf.is_serial_stock:
            text = self.env._("Nothing can lie at %s itself. Scan the shelf in it.", name)
            return Found(name, "bad", nobody, nothing, text)
        self.shelf = shelf
        return Found(name, "place", nobody, nothing, self.env._("What is scanned now lies at %s.", name))

    def _read(self, read):
        nobody, nothing = self.register.browse(), self.env["product.product"]
        shown = naming.show(read.text)
        if read.fault:
            return Found(shown, "bad", nobody, nothing, scan.describe_fault(self.env, read))
        owner = self.owners.get(read.gtin or label.find_gtin(read.text), nothing)
        name = next((name for name in read.serials if naming.make_key(name) in self.by_key), None)
        units = self.by_key[naming.make_key(name)] if name else nobody
        if read.gtin and owner:  # a unit of another product with this number is another piece
            units = units.filtered(lambda unit: unit.product_id == owner)
        if units:
            return self._read_known(name, units)
        article = owner if read.kind in ("text", "gtin") or not read.serials else nothing
        article = article or self.codes.get(read.text, nothing)
        if article:
            return self._take_product(article)
        if not read.serials:
            return Found(shown, "bad", nobody, nothing, scan.describe_without_number(self.env, read))
        return self._read_unknown(read.serials[0], owner)

    def _take_product(self, product):
        """Let new numbers be of a product from now on."""
        if not product.is_serialized or (self.chosen and product not in self.chosen):
            text = self.env._("%s is not counted here.", product.display_name)
            return Found(product.display_name, "bad", self.register.browse(), product, text)
        self.product = product
        text = self.env._("New numbers are of %s from now on.", product.display_name)
        return Found(product.display_name, "product", self.register.browse(), product, text)

    def _read_known(self, name, units):
        """Tell which unit it is: of those that are counted, the one that should be there."""
        counted = units.filtered(lambda unit: unit.product_id in self.chosen) if self.chosen else units
        if not counted:
            text = self.env._(
                "%(number)s is of %(product)s, which is not counted here.",
                number=name,
                product=units[0].product_id.display_name,
            )
            return Found(name, "bad", units[:1], units[:1].product_id, text)
        here = counted.filtered(lambda unit: unit.location_id in self.places)
        close = here.filtered(lambda unit: classify(unit, self.places, self.shelf) == THERE)
        mine = counted.filtered(lambda unit: unit.product_id == self.product)
        stocked = counted.filtered("location_id.is_serial_stock")
        unit = next((some for some in (close, here, mine, stocked, counted) if len(some) == 1), None)
        if unit is None:
            return Found(name, AMBIGUOUS, self.register.browse(), self.env["product.product"])
        return Found(unit.name or name, classify(unit, self.places, self.shelf), unit, unit.product_id)

    def _read_unknown(self, name, owner):
        """Tell of which product a new number is, as far as the label or the count says it."""
        product = owner or self.product or (self.chosen if len(self.chosen) == 1 else owner)
        fault = product._find_serial_fault(name) if product or naming.find_fault(name) else None
        if fault:
            return Found(naming.show(name), "bad", self.register.browse(), product, fault[1])
        key = naming.make_key(name)
        if product and (mistyped := self.register._find_mistyped(product, {key: name})):
            return Found(name, "bad", self.register.browse(), product, mistyped[key])
        return Found(name, UNKNOWN, self.register.browse(), product)
