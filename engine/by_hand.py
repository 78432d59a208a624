"""What people write on units by hand: each field takes its road, and leaves a line in the history."""

import contextlib

from psycopg2.errors import SerializationFailure

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from ..tools import naming
from ..tools.day import show_day
from ..tools.facts import PROMISE_FACTS, SALE_FACTS
from . import identity, invoice_match, lot_cover, lots, outside, scan, stock_source
from .sql import register_sql

FIELD_LIMITS = {
    "char": outside.TEXT_LIMIT,
    "text": outside.NOTE_LIMIT,
    "properties": outside.NOTE_LIMIT,
}
DESCRIBED = 200  # characters of an old or a new value, in the history
FAULTY = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)  # what fields raise for bad values


def as_day(register, value):
    """Return a date for a date, a text or nothing: other systems send texts."""
    try:
        return fields.Date.to_date(value)
    except (TypeError, ValueError) as error:
        raise UserError(register.env._("%s is no day. Enter one like 2026-02-28.", naming.show(value))) from error


def write_status(register, vals):
    """Take the status out of ``vals``, with the values that belong to it, and do what it stands for.

    :raise UserError: for a status that only documents give
    """
    status = vals.pop("status")
    units = register.filtered(lambda unit: unit.status != status)
    if not units:
        return
    if status == "hold":
        reason, *rest = (vals.pop(name, False) for name in ("hold_reason_id", "hold_until", "hold_reason"))
        units.action_hold(reason, *rest)
    elif status == "designated":
        units.action_designate(vals.pop("customer_id", False), vals.pop("sale_line_id", False))
    elif status == "void":
        units.action_void(False)
    elif status == "available":
        void = units.filtered(lambda unit: unit.status == "void")
        if void:
            void.action_restore()
        if kept := units - void:
            kept.action_release()
    elif status in {added.code for added in register._get_serial_rules().added if added.released_to}:
        _write_added_status(units, status)
    else:
        labels = register._get_status_labels()
        raise UserError(
            register.env._(
                "%(serial)s becomes %(status)s by its document: validate a transfer or confirm an invoice.",
                serial=units[0].display_name,
                status=labels.get(status, status),
            )
        )


def _write_added_status(units, status):
    """Give units a status that another addon brought: a manager says that they are no longer free."""
    units._check_manager()
    labels = units._get_status_labels()
    begins_as = units._get_serial_rules().statuses[status].released_to
    wrong = units.filtered(lambda unit: unit.status != begins_as)
    if wrong:
        raise UserError(
            units.env._(
                "The status of %(serial)s is %(state)s. The status %(status)s comes after %(before)s only.",
                serial=wrong[0].display_name,
                state=labels[wrong[0].status],
                before=labels.get(begins_as, begins_as),
                status=labels[status],
            )
        )
    units._record_change("corrected", {"status": status}, units._prepare_event_vals("corrected"))


def find_numbered(unit):
    """Return the status of a unit without number that gets one."""
    return unit._find_status(None, unit.product_id, unit._get_serial_rules().numbered[unit.status])


def write_name(unit, name):
    """Give a placeholder its number, or change a number that was mistyped.

    :raise UserError: for a bad number, a number that another unit has, and for taking a number away
    """
    unit.ensure_one()
    if not naming.clean(name):
        if not unit.name:
            return
        raise UserError(
            unit.env._("%s has a number already. Type the right one instead of removing it.", unit.display_name)
        )
    name, key = check_name(name, unit.product_id, unit.company_id)
    is_blank = not unit.name
    other = register_sql.find_units(unit, unit.product_id, unit.company_id, [key], lock=True).get(key)
    if other and other["id"] != unit.id:
        identity.join(unit, unit.browse(other["id"]), name)
    elif name != unit.name:
        if mistyped := unit._find_mistyped(unit.product_id, {key: name}):
            raise UserError(mistyped[key])
        _set_name(unit, name)
    if is_blank:
        invoice_match.find_invoices(unit.union(unit.browse(other["id"] if other else [])).exists())


def find_question(unit, name):
    """Return what is asked before a unit without number gets one that is known elsewhere; empty where nothing is.

    A number of another unit of the product in stock is no question: which of them left is what is being said.

    :param str name: what was typed; whether it is a number at all is said when it is written
    """
    try:
        name, key = check_name(name, unit.product_id, unit.company_id)
    except UserError:
        return ""
    register = unit.sudo()
    other = register_sql.find_units(register, unit.product_id, unit.company_id, [key]).get(key)
    if other:
        known = unit.browse(other["id"])
        is_asked = known != unit and not other["in_stock"] and not unit.name
        if not is_asked:
            return ""
        return f"{ask_of_known(known.sudo(), unit.location_id.is_serial_stock)} {warn_of_known(unit.env)}"
    products = register_sql.find_other_products(register, unit.product_id, unit.company_id, [key])
    if key not in products:
        return ""
    other_product = unit.env["product.product"].sudo().browse(products[key])
    return ask_of_other_product(unit.env, name, unit.product_id, other_product)


def warn_of_known(env):
    """Say that a number which makes one unit of two is not taken back any more."""
    return env._("A number that is known already cannot be taken back once it is given.")


def ask_of_other_product(env, name, product, other):
    """Ask whether a number of another product is that of a unit of this one, too."""
    return env._(
        "%(serial)s is a number of %(other)s, not of %(product)s. Is it the number of this unit, too?",
        serial=name,
        other=other.display_name,
        product=product.display_name,
    )


def ask_of_known(known, is_back):
    """Ask whether a unit without number is one that is known and not in stock.

    :param known: the ``serial.number`` that has the number
    :param bool is_back: whether the unit without number is in stock
    """
    env = known.env
    values = {"serial": known.name, "state": known._describe_state(), "customer": known.customer_id.display_name}
    if not known.customer_id:
        return env._("%(serial)s is known: %(state)s. Is this the same unit?", **values)
    values["date"] = show_day(env, known.date_sold) if known.date_sold else "–"
    if is_back:
        return env._("%(serial)s was sold to %(customer)s on %(date)s. Did it come back?", **values)
    return env._("%(serial)s was sold to %(customer)s on %(date)s. Is this the same unit?", **values)


def _set_name(unit, name):
    if unit.name:
        unit._check_manager()
        renumber(unit, name)
        lots.rename_lot(unit)
    elif unit.status in unit._get_serial_rules().numbered:
        event = unit._prepare_event_vals("numbered")
        unit._record_change("numbered", {"status": find_numbered(unit)}, event, names=[name])
        stock_source.retake_own_stock(unit)


def find_typed(units, name):
    """Return the units that bear a number that was typed on some: of two that changed places, the other one."""
    units = units.exists()
    blanks = units.filtered(lambda unit: not unit.name) if naming.clean(name) else units.browse()
    for unit in blanks:
        key = check_name(name, unit.product_id, unit.company_id)[1]
        row = register_sql.find_units(unit.sudo(), unit.product_id, unit.company_id, [key]).get(key)
        units = units - unit | unit.browse(row["id"] if row else unit.id)
    return units


def follow_numbers(units):
    """Let stock, invoices and lots follow units that have just got their numbers."""
    stock_source.retake_own_stock(units)
    invoice_match.find_invoices(units)
    lot_cover.cover(units)


def renumber(unit, name):
    """Give a unit another number, which the caller has checked; the history keeps both."""
    event = unit._prepare_event_vals("renumbered", note=f"{unit.name} → {name}")
    unit._record_change("renumbered", {}, event, names=[name])


def check_link(units, name, value):
    """Refuse to link units to a record that the user may not read, or of another company.

    :raise AccessError: when the user may not read it
    :raise UserError: when it does not exist, or is another company's
    """
    field = units._fields[name]
    if field.type == "many2one" and value:
        outside.take_record(units.env, field.comodel_name, value, units.company_id)


def lock_against_others(units):
    """Lock units before it is decided what a number does to them: nobody's number is to be overwritten unseen.

    :raise UserError: when somebody else has changed one of them in this very moment; trying the request again, as
        Odoo does by itself, would rename what the other one has just numbered
    """
    try:
        with units.env.cr.savepoint(), mute_logger("odoo.sql_db"):
            register_sql.lock_statuses(units)
    except SerializationFailure as error:
        raise UserError(
            units.env._(
                "Somebody else has just changed %(units)s. Look at it again before you enter the number.",
                units=", ".join(units[:20].mapped("display_name")),
            )
        ) from error


def find_changed(unit, vals, names):
    """Return which of some facts get another value than the unit has."""
    fields = {name: unit._fields[name] for name in names if name in vals}
    return {
        name: vals[name]
        for name, field in fields.items()
        if field.convert_to_cache(vals[name], unit) != field.convert_to_cache(unit[name], unit)
    }


def check_sale_facts(unit, vals, status):
    """Refuse a customer, a sale or a warranty on a unit that no customer has.

    :param dict vals: the facts that it is to get
    :param str status: what it is, or is to become
    :raise UserError: with what to do instead
    """
    refused = SALE_FACTS - PROMISE_FACTS if status == "designated" else SALE_FACTS
    facts = [name for name in refused & vals.keys() if vals[name]]
    is_gone = status == "void" and not unit.location_id.is_serial_stock
    if not facts or is_gone or status in unit._get_serial_rules().sold:
        return
    labels = get_labels(unit, facts)
    raise UserError(
        unit.env._(
            "%(serial)s is %(status)s, and only units that a customer has get this: %(fields)s. Deliver or invoice "
            "it, or designate it to the customer; import it as %(sold)s if it left long ago.",
            serial=vals.get("name") or unit.display_name,
            status=unit._get_status_labels()[status],
            fields=", ".join(sorted(labels.values())),
            sold=unit._get_status_labels()["sold"],
        )
    )


def convert_value(units, name, value):
    """Return a value that is to be written, in the form of the cache.

    :raise UserError: when the field cannot have it
    """
    field = units._fields.get(name)
    if not field:
        raise UserError(units.env._("A unit has no %s.", name))
    _check_length(units, field, value)
    is_id = isinstance(value, models.BaseModel) or (type(value) is int and 0 < value < 2**31)
    is_text = not isinstance(value, str) or naming.clean_text(value) == value.strip()
    with contextlib.suppress(*FAULTY):
        if is_text and (is_id or not value or field.type != "many2one"):
            check_commands(units, [name], {name: value})
            return field.convert_to_cache(value, units[:1])
    raise UserError(outside.message_bad_value(units.env, field._description_string(units.env), value))


def check_commands(units, names, vals):
    """Refuse what no relation to many records can take.

    :param names: the fields that are looked at
    :param dict vals: their values
    :raise UserError: for the first
    """
    for name in names:
        field = units._fields[name]
        if field.type in ("one2many", "many2many") and not outside.are_commands(vals[name]):
            raise UserError(outside.message_bad_value(units.env, field._description_string(units.env), vals[name]))


def check_vals(register, vals):
    """Refuse values of a unit that are no object of fields.

    :raise UserError: with what was sent
    """
    if not isinstance(vals, dict):
        raise UserError(outside.message_bad_value(register.env, register.env._("Serial Number"), vals))


def _check_length(units, field, value):
    """Refuse a text that is too long for a field.

    :raise UserError: with the field's label
    """
    limit = FIELD_LIMITS.get(field.type)
    if limit and value and len(value if isinstance(value, str) else repr(value)) > limit:
        label = field._description_string(units.env)
        raise UserError(
            units.env._("%(field)s: at most %(limit)s characters are kept. Shorten it.", field=label, limit=limit)
        )


def get_labels(units, names):
    """Return ``{field: label}`` in the user's language."""
    return {name: field["string"] for name, field in units.fields_get(list(names), ["string"]).items()}


def describe_fact(units, name, value):
    """Return ``Label: value`` of a field."""
    field = units._fields[name]
    text = field.convert_to_export(field.convert_to_record(field.convert_to_cache(value, units), units), units)
    return f"{field._description_string(units.env)}: {naming.shorten(str(text), DESCRIBED)}"


def describe_changes(unit, vals, labels=None):
    """Return ``Field: old → new`` of the fields that ``vals`` changes on this unit.

    :param dict labels: the labels of these fields, for batches
    """
    parts = []
    labels = labels or get_labels(unit, vals)
    for name, value in vals.items():
        field = unit._fields[name]
        if field.type == "properties":
            parts.append(f"{labels[name]}: …")
            continue
        new = field.convert_to_record(field.convert_to_cache(value, unit), unit)
        old, new = (field.convert_to_export(item, unit) or "-" for item in (unit[name], new))
        if old != new:
            old, new = (naming.shorten(str(item), DESCRIBED) for item in (old, new))
            parts.append(f"{labels[name]}: {old} → {new}")
    return ", ".join(parts)


def check_correct_location(units, location):
    """Refuse to put units by hand into stock or out of it, and to move those in stock that are where their lots are.

    :raise UserError: with what to do instead
    """
    for unit in units:
        place = unit.location_id
        is_lot = place.is_serial_stock and unit.lot_id and unit.product_id._has_serial_lots()
        if place.is_serial_stock != location.is_serial_stock or (is_lot and place != location):
            raise UserError(message_place(units, unit.display_name, location))


def message_locked(units, names):
    """Return why some fields are not written by hand."""
    return units.env._("The register itself keeps these fields: %s.", ", ".join(names))


def check_new(register, product, company):
    """Refuse a unit of what is not serialized, or of a company that the user does not work for.

    :raise AccessError: for such a company
    :raise UserError: for such a product, or none
    """
    if not product:
        raise UserError(register.env._("Which product is it? Each unit belongs to one."))
    if not product.is_serialized:
        raise UserError(
            register.env._(
                "%s is not serialized. Switch on Track Serialized Units on the product first.", product.display_name
            )
        )
    if company not in register.env.companies:
        raise AccessError(register.env._("You do not work for %s.", company.name))


def message_place(register, name, location):
    """Return why a unit is not put to a location by hand, and what to do instead."""
    return register.env._(
        "%(serial)s cannot be put to %(location)s by hand: that would change the quantity on hand. Use a transfer "
        "or an inventory adjustment.",
        serial=name,
        location=location.display_name,
    )


def get_outside_location(register, status, company):
    """Return where a unit is that is not in stock."""
    warehouse = register.env["stock.warehouse"].sudo()
    usage = {"sold": "customer", "expected": "supplier"}.get(status)
    if usage:
        customer, supplier = warehouse._get_partner_locations()
        return customer if usage == "customer" else supplier
    return (
        register.env["stock.location"]
        .sudo()
        .search([("usage", "=", "inventory"), ("company_id", "in", [company.id, False])], limit=1)
    )


def check_name(name, product, company):
    """Return the number that was typed, or the one on a label, and its key.

    :raise UserError: when it is no number for this product, with what to do
    """
    name = scan.read_number(product, company, name)
    fault = product._find_serial_fault(name)
    if fault:
        raise UserError(fault[1])
    return name, naming.make_key(name)


def message_exists(register, name, product):
    """Return that a number is another unit's, and what to do."""
    return register.env._(
        "%(serial)s exists already for %(product)s. Check the number on the unit and enter it again.",
        serial=name,
        product=product.display_name,
    )
