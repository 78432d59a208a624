"""The translations: catalogs in ``i18n/``, one a language, and what must be right about them."""

import json
import re
from collections import Counter
from functools import cache

import polib

from . import odoo_source
from .folders import ADDON, GLUE, ROOT, find_glue

LANGUAGES = ("de", "fr", "es", "it", "nl", "pt_BR", "pl", "zh_CN", "ja", "ar")
# Where Odoo's own words are taken from: where two differ, the first one has the word.
ODOO = (
    *("stock", "purchase", "sale", "product", "purchase_stock", "sale_stock", "stock_account", "account"),
    *("mrp", "repair", "point_of_sale", "portal", "mail", "barcodes", "digest", "web", "base"),
)
# English words that Odoo uses in another sense than we do.
OTHER_SENSE = ROOT / "dev" / "checks" / "other_sense.json"
# A file a language: {English term: regular expression of what it must be}
TERMS = ROOT / "dev" / "checks" / "terms"
PLACEHOLDER = re.compile(r"%\(\w+\)[sdrf]|%[sdrf]|%%|\$\{[^}]*\}|\{\{[^}]*\}\}|</?[a-zA-Z][^>]*>")
ONE_LINE = re.compile(r'^msgid "(.+)"\nmsgstr "(.*)"\n(?!")', re.M)  # polib takes half a minute for all of Odoo's
WORDS = 3  # longer texts are sentences: Odoo's translation is one of many


def find_templates():
    """Return ``{addon: path of its template}`` of the addon and the glue addons."""
    folders = {ADDON: ROOT} | {name: GLUE / name for name in find_glue()}
    paths = {name: folder / "i18n" / f"{name}.pot" for name, folder in folders.items()}
    return {name: path for name, path in paths.items() if path.exists()}


@cache
def read_odoo(language):
    """Return ``{English: [translations by Odoo, the first one the preferred]}`` of a language."""
    words = {}
    for name in ODOO:
        path = odoo_source.find_addon(name, "i18n") / f"{language}.po"
        for source, target in ONE_LINE.findall(path.read_text()) if path.exists() else ():
            found = words.setdefault(polib.unescape(source), [])
            if target and polib.unescape(target) not in found:
                found.append(polib.unescape(target))
    return words


def update():
    """Bring the catalogs up to date with their templates: texts that are gone go, new ones get Odoo's translation.

    :return: ``{path: how many texts are still without translation}``
    """
    todo = {}
    for template in find_templates().values():
        for language in LANGUAGES:
            path = template.parent / f"{language}.po"
            _merge(polib.pofile(str(template), wrapwidth=78), path, language)
            todo[path] = len(polib.pofile(str(path)).untranslated_entries())
    return todo


def _merge(template, path, language):
    known = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))} if path.exists() else {}
    catalog = polib.POFile(wrapwidth=78)
    catalog.header, catalog.metadata = template.header, {**template.metadata, "Language": language}
    for date in ("POT-Creation-Date", "PO-Revision-Date"):
        catalog.metadata.pop(date, None)  # they would make every catalog a change
    for entry in template:
        entry.msgstr = known.get(entry.msgid) or _find_word(entry.msgid, language)
        catalog.append(entry)
    catalog.save(str(path))


def _find_word(text, language):
    if text in _read(OTHER_SENSE):
        return ""
    return next(iter(read_odoo(language).get(text, ())), "")


def find_faults():
    """Return what is wrong with the catalogs, a line each."""
    faults = []
    for template in find_templates().values():
        texts = {entry.msgid for entry in polib.pofile(str(template))}
        for language in LANGUAGES:
            path = template.parent / f"{language}.po"
            if not path.exists():
                faults.append(f"{path.relative_to(ROOT)} is missing: dev/translations --merge makes it")
                continue
            faults += [f"{path.relative_to(ROOT)}: {fault}" for fault in _find_faults(path, texts, language)]
    return faults


def _find_faults(path, texts, language):
    entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
    known = {entry.msgid for entry in entries}
    yield from (f"not in it: {text!r}" for text in sorted(texts - known))
    yield from (f"not in the template any more: {text!r}" for text in sorted(known - texts))
    for entry in entries:
        yield from (f"{fault}: {entry.msgid!r} -> {entry.msgstr!r}" for fault in _judge(entry, language))


def _judge(entry, language):
    """Return what is wrong with one translation."""
    source, target = entry.msgid, entry.msgstr
    if not target or entry.fuzzy:
        return ["not translated"]
    faults = []
    if Counter(PLACEHOLDER.findall(source)) != Counter(PLACEHOLDER.findall(target)):
        faults.append("placeholders or tags differ")
    if source[:1].isspace() != target[:1].isspace() or source[-1:].isspace() != target[-1:].isspace():
        faults.append("begins or ends with a space, or with none")
    words = [] if source in _read(OTHER_SENSE) else read_odoo(language).get(source, [])
    if words and len(source.split()) <= WORDS and target not in words:
        faults.append(f"Odoo says {words[0]!r}")
    for term, pattern in _read(TERMS / f"{language}.json").items():
        if re.search(rf"\b{term}\b", source, re.I) and not re.search(pattern, target, re.I):
            faults.append(f"{term!r} is to be {pattern!r}")
    return faults


@cache
def _read(path):
    return json.loads(path.read_text()) if path.exists() else {}
