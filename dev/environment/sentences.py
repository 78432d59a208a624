"""Texts for people that are put together from halves: other languages order the halves differently.

A text is whole where a translator sees all of a sentence at once, with named placeholders for what changes. Looked for
are, in templates and views, words beside a value (a label with a colon in front of a value is whole: ``Units: 5``); and
in code, texts that are added to one another, and fragments that begin or end in the middle of a sentence.
"""

import ast
import json
import re
from itertools import pairwise

from lxml import etree

from . import node
from .folders import ROOT

# Texts that look like fragments and are none, a line each with the reason.
WHOLE = ROOT / "dev" / "checks" / "whole_texts.json"
NOT_SHOWN = ("dev/", "tests/", "docs/", "demo/", "data/mail_template_data.xml")  # e-mails are translated as a whole
INLINE = {"t", "span", "b", "bdi", "strong", "em", "i", "small", "field", "a", "u", "sup", "sub"}
VALUES = ("t-esc", "t-out", "t-field", "t-raw")
WORD = re.compile(r"[^\W\d_]")
HALF = re.compile(r"^[\s)\],.;:!?]|[\s(\[,]$")  # of a text, where nothing else says that it is whole
TRANSLATE = ("_", "_t", "_lt")
SPOKEN = re.compile(r'\b_l?t\(\s*"((?:[^"\\]|\\.)*)"')
GLUED = re.compile(r'\b_l?t\(\s*"(?:[^"\\]|\\.)*"\s*\)\s*\+|\+\s*_l?t\(')


def find_halves():
    """Return the texts that are put together from halves, a line each."""
    allowed = json.loads(WHOLE.read_text())
    found = [*_read_all("xml", find_in_xml), *_read_all("py", find_in_python), *_read_all("js", find_in_javascript)]
    return [f"{name}:{line}: a text in halves: {text!r}" for name, line, text in found if text not in allowed]


def _read_all(ending, find):
    for name in node.find_files(f"*.{ending}"):
        if not name.startswith(NOT_SHOWN) and "/tests/" not in name:
            yield from ((name, line, text) for line, text in find((ROOT / name).read_text()))


def find_in_xml(source):
    """Yield ``(line, text)`` of the words in a template that stand beside a value."""
    for element in etree.fromstring(source.encode()).iter(etree.Element):
        parts = [element.text or ""]
        for child in element:
            parts += [child, child.tail or ""]
        for before, after in pairwise(parts):
            text, value = (before, after) if isinstance(before, str) else (after, before)
            is_label = text is before and text.rstrip().endswith(":") and not _has_words(parts[parts.index(value) + 1])
            if _has_words(text) and _shows_value(value) and not is_label:
                yield value.sourceline, " ".join(text.split())


def _has_words(text):
    return bool(WORD.search(text))


def _shows_value(element):
    if not isinstance(element.tag, str) or element.tag not in INLINE:
        return False
    shows = element.tag == "field" or any(name in element.attrib for name in VALUES)
    return shows or any(map(_shows_value, element))


def find_in_python(source):
    """Yield ``(line, text)`` of texts that are added to others, or begin or end in the middle of a sentence."""
    for part in ast.walk(ast.parse(source)):
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add):
            for side in (part.left, part.right):
                if (text := _get_text(side)) is not None:
                    yield side.lineno, text
        text = _get_text(part)
        if text is not None and is_half(text):
            yield part.lineno, text


def _get_text(part):
    """Return the text that a call has translated; None for what is no such call."""
    if not isinstance(part, ast.Call) or not part.args or not isinstance(part.args[0], ast.Constant):
        return None
    name = part.func.attr if isinstance(part.func, ast.Attribute) else getattr(part.func, "id", "")
    return part.args[0].value if name in TRANSLATE and isinstance(part.args[0].value, str) else None


def find_in_javascript(source):
    """Yield ``(line, text)`` of texts that are added to others, or begin or end in the middle of a sentence."""
    for found in GLUED.finditer(source):
        yield source.count("\n", 0, found.start()) + 1, found.group()
    for found in SPOKEN.finditer(source):
        if is_half(found.group(1)):
            yield source.count("\n", 0, found.start()) + 1, found.group(1)


def is_half(text):
    """Tell whether a text begins or ends in the middle of a sentence."""
    return bool(HALF.search(text)) or text[:1].islower() or any(text.count(a) != text.count(b) for a, b in ("()", "[]"))
