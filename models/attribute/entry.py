"""Properties that are entered with the numbers of a document line: checked then, and written when it is booked."""

import json

from odoo.exceptions import UserError

from ...engine.sql import entry_sql
from ...tools import naming
from . import attribute_sql, form


def get_items(product):
    """Return the properties of a product's units that can be entered with a number."""
    return form.filter_known(product.sudo().serial_properties_definition)


def find_columns(product, row):
    """Return ``{column: code}`` of a table's heading: by the labels of the properties."""
    codes = {form.get_code(item) for item in get_items(product)}
    found = {column: form.PREFIX + str(cell).strip().lower() for column, cell in enumerate(row)}
    return {column: code for column, code in found.items() if code in codes}


def check(line, checks, given):
    """Mark the checks of numbers as bad that came with what is no value of a property.

    :param line: the document line
    :param list checks: of the numbers, in order
    :param dict given: ``{index: {code: texts}}``
    :return: ``{key of a number: its properties as one text}``, see :func:`read`
    """
    items = {form.get_code(item): item for item in get_items(line.product_id)}
    env, kept = line.env, {}
    words = {env._("Yes"): True, env._("No"): False}
    for index, others in given.items():
        values, check = {}, checks[index]
        for code, texts in others.items() if isinstance(others, dict) else ():
            if not str(code).startswith(form.PREFIX):
                continue
            try:
                texts = [texts] if isinstance(texts, str) else texts
                text = naming.clean(", ".join(texts))
                if text:
                    values[items[code]["name"]] = form.read_value(items[code], text, words)
            except (AttributeError, KeyError, TypeError, ValueError):
                _refuse(env, check, items.get(code), code, line.product_id, texts)
        if check.ok and values:
            kept[check.key] = json.dumps(values)
    return kept


def _refuse(env, check, item, code, product, text):
    shown = naming.show(str(code)[len(form.PREFIX) :], naming.MAX_LENGTH)
    values = {"serial": check.name, "product": product.display_name, "field": shown}
    if not check.ok:
        return
    if not item:
        message = env._("%(serial)s: units of %(product)s have no property %(field)s.", **values)
    else:
        values |= {"field": item["string"], "value": naming.show(str(", ".join(map(str, text))), naming.MAX_LENGTH)}
        message = env._("%(serial)s: %(value)s is no %(field)s.", **values)
        if item["type"] == "selection":
            choices = ", ".join(label for _key, label in item.get("selection") or ())
            message = env._("%(message)s Choose one of these: %(choices)s.", message=message, choices=choices)
        elif item["type"] == "date":
            message = env._("%(message)s Enter one like 2026-02-28.", message=message)
    check.decide("bad_property", message)


def find_kept(entered, names):
    """Return the keys of what was entered beside numbers that are still entered."""
    return set(naming.make_keys(names)) & entered.keys() if entered else ()


def read(text):
    """Return ``{property: value}`` of what is kept beside one number."""
    return json.loads(text) if text else {}


def ask(line, text):
    """Return what the window asks for beside a number, with what was entered.

    :param line: the ``serial.entry.line``
    :param str text: what is kept beside the number
    :return: list of dicts of ``code``, ``label``, ``kind``, ``choices``, ``required`` and ``value``, a text
    """
    product, values = line.product_id.sudo(), read(text)
    required = product.serial_ask_properties == "require"
    return [
        {
            "code": form.get_code(item),
            "label": item["string"],
            "kind": item["type"],
            "choices": [label for _key, label in item.get("selection") or ()] if item["type"] == "selection" else [],
            "required": required and item["type"] != "boolean",
            "value": form.show_value(item, values[item["name"]]) if item["name"] in values else "",
        }
        for item in (get_items(product) if product.serial_ask_properties else ())
    ]


def describe(product, text):
    """Return what is kept beside one number, for people."""
    values = read(text)
    return ", ".join(
        f"{item['string']}: {form.show_value(item, values[item['name']])}"
        for item in (get_items(product) if values else ())
        if item["name"] in values
    )


def check_complete(lines):
    """Refuse to confirm while a unit that comes in or is sold lacks a property that its product requires.

    :raise UserError: with the units and what they lack
    """
    faults = []
    for line in lines.filtered(lambda line: line.product_id.sudo().serial_ask_properties == "require"):
        if line._get_source()._serial_flow().needs_all:
            faults += _find_lacking(line)
    if faults:
        raise UserError(
            lines.env._(
                "These units lack properties that their product requires:\n%s\nEnter them by Details beside each "
                "number, or paste a table with a column for each of them.",
                "\n".join(f"- {fault}" for fault in faults),
            )
        )


def _find_lacking(line):
    """Return what the units of a line lack: a text for each property."""
    texts, units = entry_sql.read_beside(line).get("attributes", {}), line._find_units()
    known, faults = attribute_sql.read_values(units.serial_id), []
    given = {key: read(text) for key, text in texts.items()}
    for item in get_items(line.product_id):
        name = item["name"]
        if item["type"] == "boolean":
            continue
        lacking = [
            unit.name
            for unit in units
            if given.get(unit.name_key, {}).get(name) in (None, "", False)
            and known.get(unit.name_key, {}).get(name) in (None, "", False)
        ]
        if lacking:
            faults.append(f"{line.product_id.display_name}, {item['string']}: {naming.show_first(lacking)}")
    return faults
