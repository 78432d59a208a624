"""What a scanner sent, said in words: for the settings, where somebody tests their scanner."""

from odoo.tools.i18n import format_list

from ..tools import label, naming
from ..tools.day import show_day
from . import scan


def describe(env, text):
    """Return what was read in a text.

    :param env: the environment of who scanned it
    :param str text: what arrived
    :return: dict of ``rows`` (dicts of ``label`` and ``value``) and ``fault``, a message or empty
    """
    read = label.read(text, scan.get_prefixes(env))
    values = [
        (env._("Kind of label"), _describe_kind(env, read.kind)),
        (env._("Serial number"), _join(env, read.serials)),
        (env._("GTIN"), read.gtin or label.find_gtin(read.text)),
        (env._("Product"), _find_product(env, read)),
        (env._("Part number"), read.part),
        (env._("Lot"), read.lot),
        (env._("Expires on"), show_day(env, read.expiry)),
        (env._("Made on"), show_day(env, read.made)),
        (env._("Pieces"), str(read.count) if read.count > 1 else ""),
        (env._("Carton (SSCC)"), read.sscc),
        (env._("Other numbers"), ", ".join(number for numbers in read.identities.values() for number in numbers)),
    ]
    rows = [{"label": name, "value": naming.show(value, naming.MAX_LENGTH)} for name, value in values if value]
    return {"rows": rows, "fault": scan.describe_fault(env, read) if read.fault else ""}


def _describe_kind(env, kind):
    return {
        "text": env._("Plain text, no label"),
        "gs1": env._("GS1 element string"),
        "link": env._("GS1 Digital Link"),
        "envelope": env._("Envelope (ISO/IEC 15434)"),
        "hibc": env._("Health industry (HIBC)"),
        "prefix": env._("A number with a word in front"),
        "gtin": env._("A product's barcode"),
    }[kind]


def _join(env, serials):
    return format_list(env, serials, style="or")


def _find_product(env, read):
    gtin = read.gtin or label.find_gtin(read.text)
    owner = scan.find_owners(env, {gtin}).get(gtin) if gtin else None
    if owner:
        return owner[:1].display_name
    return env._("None has this GTIN as its barcode yet") if read.gtin else ""
