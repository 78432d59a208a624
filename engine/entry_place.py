"""A location's or a package's barcode in the entry window: the operation goes there, and a carton brings its units."""

from odoo.fields import Domain
from odoo.tools import float_is_zero

from ..tools import label, naming
from .check import Check

PACKAGES = "stock.group_tracking_lot"


def take(line, text):
    """Let the operation go where a barcode says, or enter what a carton holds.

    :param line: the ``serial.entry.line`` that it was scanned on
    :param str text: what was scanned
    :return: the checks of what it brought, and what is to be said; None for what is no place
    """
    read = label.read(text)
    codes = _find_codes(read)
    if not line.move_id or not codes:
        return None
    location = _find_location(line, codes)
    if location:
        return _go_to(line, text, location)
    package = _find_package(line, codes, bool(read.sscc))
    return _take_package(line, text, package) if package else None


def _find_codes(read):
    """Return how a place may be called that a label names; nothing for labels of units."""
    if read.kind == "text":
        is_name = not naming.find_fault(naming.clean(read.text))
        return [read.text, *label.find_sscc_spellings(read.text)] if is_name else []
    number = "" if read.fault or read.serials else read.sscc or read.location
    return [number, f"{'00' if read.sscc else '414'}{number}"] if number else []


def _find_location(line, codes):
    company = line._get_source()._serial_company()
    domain = Domain("barcode", "in", codes) & Domain("company_id", "in", [company.id, False])
    return line.env["stock.location"].sudo().search(domain, limit=1)


def _find_package(line, codes, is_sscc):
    """Return the package of this name; a new one for an SSCC that nobody knows, where goods are packed on arrival."""
    packages = line.env["stock.package"].sudo()
    if not is_sscc and not line.env.user.has_group(PACKAGES):
        return packages
    known = find_packages(line.env, codes, line._get_source()._serial_company())[:1]
    if known or not is_sscc:
        return known
    foreign = packages.search(Domain("name", "in", codes), limit=1)
    if foreign:
        return foreign
    comes = line.env.user.has_group(PACKAGES) and line._get_source()._serial_flow().takes != "stock"
    return packages.create({"name": codes[0]}) if comes else packages


def find_packages(env, names, company):
    """Return the packages of these names that a company may use."""
    mine = Domain("name", "in", names) & Domain("company_id", "in", [company.id, False])
    return env["stock.package"].sudo().search(mine)


def _go_to(line, text, location):
    """Let the units that are scanned from now on go to a location; those that leave are taken from where they lie."""
    move, flow = line.move_id, line._get_source()._serial_flow()
    if flow.takes == "stock" and not flow.only_moves:
        return [], line.env._(
            "%s: units are taken from where their numbers lie. Scan them.", location.sudo().complete_name
        )
    if not location.parent_path.startswith(move.location_dest_id.parent_path) or location.usage == "view":
        word = line.env._(
            "%(place)s is not in %(target)s, where this operation goes. Scan a shelf of that.",
            place=location.complete_name,
            target=move.location_dest_id.sudo().complete_name,
        )
        return _refuse(line, text, word)
    _direct(line, {"location_dest_id": location.id})
    return [], line.env._("%(product)s goes to %(place)s.", product=_name(line), place=location.complete_name)


def _take_package(line, text, package):
    """Enter what the package holds of the window's products; pack what is scanned from now on into an empty one."""
    checks = []
    for other in line | line.entry_id.line_ids:
        names = _find_contents(other, package)
        checks += other._add_numbers(names, products=other.product_id) if names else []
    if checks:
        count = sum(check.ok for check in checks)
        if count == 1:
            return checks, line.env._("%(package)s: 1 unit.", package=package.name)
        return checks, line.env._("%(package)s: %(count)s units.", package=package.name, count=count)
    if package.quant_ids and line._get_source()._serial_flow().takes == "stock":
        word = line.env._("%(package)s holds no units of %(product)s.", package=package.name, product=_name(line))
        return _refuse(line, text, word)
    _direct(line, {"result_package_id": package.id})
    return [], line.env._("%(product)s goes into %(package)s.", product=_name(line), package=package.name)


def _find_contents(line, package):
    """Return the numbers in a package: those in stock where units leave, those that were announced where they come."""
    source = line._get_source()
    company, product = source._serial_company(), source.product_id
    register = line.env["serial.number"].sudo()
    held = Domain("package_id", "=", package.id) & Domain("product_id", "=", product.id) & Domain("name", "!=", False)
    if source._serial_flow().takes == "stock":
        return register.search(held & Domain("company_id", "=", company.id), order="id").mapped("name")
    if not source._serial_purchase_line().has_announced_serials:
        return []
    # What another company of the database sends has its own unit there; the announcement has the same numbers.
    keys = register.search_fetch(held, ["name_key"]).mapped("name_key")
    return register.search(line._get_announced_domain() & Domain("name_key", "in", keys), order="id").mapped("name")


def _direct(line, vals):
    """Write where the units go that are scanned from now on; those that were scanned before stay where they were."""
    left = line.entered
    for operation in line.move_id.move_line_ids.sorted("id"):
        quantity = operation.quantity
        if left >= quantity and not float_is_zero(quantity, precision_digits=6):
            left -= quantity
            continue
        if left > 0:
            rest = quantity - left
            operation.quantity = left
            operation.copy({"quantity": rest, **vals})
            left = 0
        else:
            operation.write(vals)


def _refuse(line, text, message):
    check = Check(naming.show(text, naming.MAX_LENGTH), line_id=line.id)
    check.decide("elsewhere", message)
    return [check], ""


def _name(line):
    return line.product_id.display_name
