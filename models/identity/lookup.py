"""Units by the other numbers that they carry."""

from odoo.fields import Domain

from ...tools import naming
from . import form

LIMIT = 1000  # units that a part of a number finds


def get_domain(text, is_whole=True):
    """Return the domain of the identities that a text names, however it is written.

    :param bool is_whole: whether it is a whole number; else it may be a part of one
    """
    keys = form.make_keys(text)
    domains = [Domain("kind_id.check", "=", check) & Domain("name_key", "=", key) for check, key in keys.items()]
    part = naming.make_key(text)
    if not is_whole and 0 < len(part) <= naming.COMPARED and naming.is_storable(part):
        domains.append(Domain("name_key", "like", part))
    return Domain.OR(domains)


def find_units(register, texts, domain=Domain.TRUE):
    """Return ``{text: units}`` of the texts that are identities of units: one query however many there are.

    :param register: ``serial.number``, in the environment of the user who asks
    :param texts: what was typed
    :param domain: which units to look among
    """
    wanted = {}
    for text in texts:
        for check, key in form.make_keys(text).items():
            wanted.setdefault((check, key), set()).add(text)
    if not wanted:
        return {}
    identities = register.env["serial.identity"].search_fetch(
        Domain("name_key", "in", list({key for _check, key in wanted})) & Domain("serial_id", "any", domain),
        ["serial_id", "kind_id", "name_key"],
    )
    found = {}
    for identity in identities:
        for text in wanted.get((identity.kind_id.check, identity.name_key), ()):
            found[text] = found.get(text, register) | identity.serial_id
    return found


def find_known(env, places):
    """Return the identities that there are already of these kinds, companies and keys, of any unit."""
    keys = {key for _kind, _company, key in places}
    found = env["serial.identity"].sudo().search([("name_key", "in", list(keys))])
    return found.filtered(lambda each: (each.kind_id.id, each.company_id.id, each.name_key) in places)


def describe_fault(kind, text, fault):
    """Return what is wrong with a text that is no number of a kind."""
    shown = naming.show(text or "", naming.MAX_LENGTH)
    if fault == "empty":
        return kind.env._("There is no number here of the kind %s. Enter one, or remove the row.", kind.name)
    if fault == "digit":
        return kind.env._(
            "%(number)s is no %(kind)s: its check digit is wrong. Scan it again, or compare its digits.",
            number=shown,
            kind=kind.name,
        )
    return kind.env._("%(number)s is no %(kind)s. Check it, or choose another kind.", number=shown, kind=kind.name)


def describe_taken(identity):
    """Return whose number it is: of a unit that the user may not see no more than that."""
    env = identity.env
    if identity._filtered_access("read"):
        return env._(
            "%(kind)s %(number)s is a number of %(serial)s (%(product)s) already. Check it, or remove it there first.",
            kind=identity.kind_id.name,
            number=identity.name,
            serial=identity.serial_id.display_name,
            product=identity.serial_id.product_id.display_name,
        )
    return env._("%s is another unit's number already. Check it.", identity.sudo().name)
