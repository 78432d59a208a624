"""Units by the other numbers that they carry."""

from odoo.fields import Domain
from odoo.tools import SQL

from ...engine.sql.execute import execute
from ...tools import naming
from . import form

LIMIT = 1000  # units that are looked up beforehand


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


def get_unit_domain(env, text, is_whole):
    """Return the domain of the units that an identity finds; what its user may see of them is not asked here.

    They are looked up beforehand, so that a register of a million units is searched by its indexes.
    """
    domain = get_domain(text, is_whole)
    identities = env["serial.identity"].sudo().search_fetch(domain, ["serial_id"], limit=LIMIT)
    if len(identities) == LIMIT:
        return Domain("identity_ids", "any!", domain)
    return Domain("id", "in", identities.serial_id.ids)


def find_units(register, texts, domain=Domain.TRUE):
    """Return ``{text: units}`` of the texts that are identities of units: one query however many there are.

    :param register: ``serial.number``, in the environment of the user who asks
    :param texts: what was typed
    :param domain: which units to look among
    """
    if not register.env["serial.identity"].sudo().search_count([], limit=1):
        return {}  # before the keys of thousands are made in vain
    rows = [(text, *pair) for text in set(texts) for pair in form.make_keys(text).items()]
    if not rows:
        return {}
    typed, checks, keys = map(list, zip(*rows, strict=True))
    query = SQL(
        """SELECT DISTINCT typed.name, identity.serial_id
             FROM unnest(%s::varchar[], %s::varchar[], %s::varchar[]) AS typed(name, "check", name_key)
             JOIN serial_identity_kind AS kind ON kind."check" = typed."check"
             JOIN serial_identity AS identity ON identity.kind_id = kind.id AND identity.name_key = typed.name_key""",
        typed,
        checks,
        keys,
    )
    pairs = execute(register.env, query, by_index=True)
    units = register.search_fetch(Domain("id", "in", [unit for _text, unit in pairs]) & domain, ["name", "name_key"])
    allowed, found = set(units._ids), {}
    for text, unit in sorted(pairs):
        if unit in allowed:
            found.setdefault(text, []).append(unit)
    return {text: units.browse(ids).with_prefetch(units._prefetch_ids) for text, ids in found.items()}


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
    """Return whose number it is. Of a unit that the user may not see, say only that there is one."""
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
