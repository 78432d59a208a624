"""What comes from outside is judged here before anything is done with it: records by their ids, and texts."""

from odoo import Command, models
from odoo.api import NewId
from odoo.exceptions import AccessError, UserError
from odoo.models import MAGIC_COLUMNS

from ..tools import label, naming

TEXT_LIMIT = 2_000  # characters of a reason or a channel: all units of a batch keep it
NOTE_LIMIT = 20_000  # characters of a unit's note or properties
NAMES_LIMIT = 100_000  # numbers in one step
BESIDE = "identities"  # what may come with a number
NAMES_TEXT_LIMIT = NAMES_LIMIT * (naming.MAX_LENGTH + 1)  # characters of a text of so many numbers
LIMITS = {"char": TEXT_LIMIT, "text": NAMES_TEXT_LIMIT}  # of the fields of windows, where numbers are pasted


def check_some(records, operation="read"):
    """Refuse a call on nothing, and on what are no ids.

    :param records: what a public method is called on
    :param str operation: what the caller needs the right to do with such records, which is said first
    :raise UserError: when there is none
    :raise AccessError: when there is none, and the user may not do this with any
    """
    if not records or not all(map(_is_called_on, records._ids)):
        records.browse().check_access(operation)
        raise UserError(records.env._("%s: nothing was chosen to do this to. Name at least one.", _label(records)))


def is_id(value):
    """Tell whether a value can be the id of a record: a number; true and false are none, whatever Python says."""
    return type(value) is int and 0 < value < 2**31


def _is_called_on(id_):
    # A form that is not saved yet has an id of its own; rows of a view have long ones.
    return isinstance(id_, NewId) or (type(id_) is int and id_ > 0)


def check_one(records):
    """Refuse a call on nothing, and on several where one is meant.

    :param records: what a public method is called on
    :raise UserError: when it is not one record
    """
    check_some(records)
    if len(records) > 1:
        raise UserError(
            records.env._(
                "%(model)s: this is done to one at a time, and %(count)s were chosen. Do it for each of them.",
                model=_label(records),
                count=len(records),
            )
        )


def take_record(env, model, value, companies=()):
    """Return the record that a caller names, if the user may read it and it fits the companies.

    :param env: the environment of the user
    :param str model: the model's name
    :param value: a record of it, its id, or nothing
    :param companies: the ``res.company`` records of the units that it is for
    :raise UserError: when there is no such record, or it is another company's
    :raise AccessError: when the user may not read it; its name is not told
    """
    if isinstance(value, models.BaseModel):
        record = value.with_env(env)
    else:
        record = env[model].browse(value if is_id(value) else [])
    if value and (len(record) != 1 or record._name != model or not record.exists()):
        shown = value.ids if isinstance(value, models.BaseModel) else repr(value)[:50]
        raise UserError(env._("There is no %(model)s with the id %(id)s.", model=_label(record), id=shown))
    check_records(record, companies)
    return record


def check_records(records, companies=()):
    """Refuse records that the user may not read, or that belong to another company than the units they are for.

    :param records: records of one model, in the environment of the user
    :param companies: the ``res.company`` records of the units
    :raise AccessError: when the user may not read one; its name is not told
    :raise UserError: when one is another company's
    """
    check_readable(records)
    for company in companies:
        strange = records - _fitting(records, company)
        if strange:
            raise UserError(
                records.env._(
                    "%(record)s belongs to %(company)s. Choose one of the company %(own)s, or one of all companies.",
                    record=strange[0].display_name,
                    company=strange[0].sudo().company_id.display_name,
                    own=company.sudo().display_name,
                )
            )


def find_usable(records, company):
    """Return those of some records that the user may read and that belong to a company, or to all of them.

    :param records: records of one model, in the environment of the user
    :param company: the ``res.company`` of the units that they are for
    """
    return _fitting(records._filtered_access("read"), company)


def check_readable(records):
    """Refuse records that the user may not read; Odoo's own refusal tells their names in developer mode.

    :param records: records of one model, in the environment of the user
    :raise AccessError: when there is one
    """
    hidden = records - records._filtered_access("read")
    if hidden:
        raise AccessError(
            records.env._(
                "You may not use the %(model)s with the id %(id)s, because you may not see it. Choose another one.",
                model=_label(records),
                id=hidden[0].id,
            )
        )


def check_linked(records, vals):
    """Refuse ids that the user may not read in values that a caller or its context proposes, those of lines too.

    :param records: the record that the values are for, or none; what it is linked to already stays
    :param dict vals: values in the form of ``write`` or ``onchange``
    :raise AccessError: when there is one; its name is not told
    """
    for name, value in vals.items():
        field = records._fields.get(name)
        if field and field.relational and value and name not in MAGIC_COLUMNS:
            ids, lines = _find_links(value)
            comodel = records.env[field.comodel_name]
            check_readable(comodel.browse(ids) - records.sudo()[name].with_env(records.env))
            for line in lines:
                check_linked(comodel, line)


def are_commands(value):
    """Tell whether a value can be written on a relation to many records: ids, or Odoo's commands.

    :param value: what was sent; nothing empties the relation
    """
    items = [] if value is None or value is False else value
    return isinstance(items, models.BaseModel) or (isinstance(items, (list, tuple)) and all(map(_is_command, items)))


def _is_command(item):
    if not isinstance(item, (list, tuple)):
        return is_id(item)
    code, id_, value = [*item, None, None, None][:3]
    if not isinstance(code, int) or isinstance(code, bool) or code not in tuple(Command):
        return False
    if code in (Command.CREATE, Command.UPDATE) and not isinstance(value, dict):
        return False
    if code == Command.SET:
        return isinstance(value, (list, tuple)) and all(map(is_id, value))
    return code in (Command.CREATE, Command.CLEAR) or is_id(id_)


def message_bad_value(env, label, value):
    """Return that a value cannot be what it was sent for.

    :param str label: what that is called
    """
    return env._("%(value)s is no %(field)s.", value=repr(value)[:100], field=label)


def _find_links(value):
    """Return the ids in the value of a relational field, and the values of lines in its commands."""
    ids, lines = [], []
    for item in value if isinstance(value, (list, tuple)) else [value]:
        parts = list(item) if isinstance(item, (list, tuple)) else [Command.LINK, item]
        ids += parts[1:2] if parts[:1] and parts[0] in (Command.UPDATE, Command.LINK) else []
        ids += parts[2] if parts[:1] == [Command.SET] and len(parts) > 2 and isinstance(parts[2], (list, tuple)) else []
        lines += [part for part in parts[2:3] if isinstance(part, dict)]
    ids = [id_.get("id") if isinstance(id_, dict) else id_ for id_ in ids]
    return {id_ for id_ in ids if type(id_) is int and id_ > 0}, lines


def take_text(env, text, limit=TEXT_LIMIT):
    """Return free text that a caller gives, such as a reason, as it is kept.

    :param env: the environment of the user
    :param text: what was sent; anything that is not a text counts as none
    :param int limit: how many characters it may have
    :raise UserError: for a longer one
    """
    if isinstance(text, str) and len(text) > limit:
        raise UserError(
            env._(
                "The text %(text)s has %(count)s characters, and %(limit)s are kept. Shorten it.",
                text=naming.show(text),
                count=len(text),
                limit=limit,
            )
        )
    return naming.clean_text(text)


def take_label(env, text):
    """Return what a scanner sent, control characters included.

    :raise UserError: for what is no text, or longer than a label
    """
    if not isinstance(text, str) or len(text) > label.MAX_LENGTH:
        raise UserError(env._("Scan one label: it has at most %s characters.", label.MAX_LENGTH))
    return naming.UNSTORABLE.sub("", text)


def take_names(env, names, limit=NAMES_LIMIT):
    """Return the numbers that a caller gives.

    :param env: the environment of the user
    :param list names: the numbers; how long they may be is said for each of them
    :param int limit: how many they may be
    :raise UserError: for what is no list of texts, and for more numbers
    """
    if isinstance(names, (list, tuple)):
        check_count(env, names, limit)
        if all(isinstance(name, str) for name in names):
            return names
    raise UserError(env._("Serial numbers are given as a list of texts."))


def take_entries(env, entries, limit=NAMES_LIMIT):
    """Return the numbers that a caller gives, and what came with each of them.

    :param env: the environment of the user
    :param list entries: numbers, or dicts with a ``name`` and :data:`BESIDE`
    :return: list of numbers, and ``{index: what came with it}``
    :raise UserError: see :func:`take_names`; and for a dict with anything else
    """
    if not isinstance(entries, (list, tuple)):
        return take_names(env, entries, limit), {}
    check_count(env, entries, limit)
    given = {index: entry for index, entry in enumerate(entries) if isinstance(entry, dict)}
    strange = set().union(*given.values()) - {"name", BESIDE}
    if strange:
        raise UserError(
            env._("A serial number is given with its name and identities, not with %s.", naming.show(str(min(strange))))
        )
    names = [entry.get("name") if isinstance(entry, dict) else entry for entry in entries]
    return take_names(env, names, limit), {index: entry[BESIDE] for index, entry in given.items() if entry.get(BESIDE)}


def split_text(env, text, limit=NAMES_LIMIT):
    """Return the numbers in a pasted text, as :func:`.naming.split_text` does.

    :param env: the environment of the user
    :param text: numbers separated by new lines, tabs, commas or semicolons; labels stay whole
    :param int limit: how many they may be
    :raise UserError: for more numbers, and a text too long to be of numbers alone
    """
    text = text.strip(" \t\r\n") if isinstance(text, str) else ""  # a label may begin with a group separator
    if len(text) > NAMES_TEXT_LIMIT:
        raise UserError(
            env._(
                "The text %(text)s has %(count)s characters, more than serial numbers for one step can have. Paste "
                "them in parts.",
                text=naming.show(text),
                count=len(text),
            )
        )
    check_count(env, naming.SEPARATORS.split(text.strip("\r\n\t,; ")), limit)
    return naming.split_text(text)


def check_count(env, names, limit):
    """Refuse more numbers than one step takes.

    :param env: the environment of the user
    :param list names: the numbers
    :param int limit: how many they may be
    :raise UserError: for more
    """
    if len(names) > limit:
        raise UserError(
            env._(
                "%(count)s serial numbers are too many for one step, which takes %(limit)s. Enter them in parts.",
                count=len(names),
                limit=limit,
            )
        )


def check_storable(env, vals_list):
    """Refuse texts that no database stores: of NUL, or of half a character.

    :param env: the environment of the user
    :param vals_list: dicts with what is to be written
    :raise UserError: for the first
    """
    for vals in vals_list:
        for value in vals.values():
            if isinstance(value, str) and not naming.is_storable(value):
                raise UserError(
                    env._(
                        "%s has characters that cannot be seen (control characters). Type it by hand.",
                        naming.show(value),
                    )
                )


def get_limits(records):
    """Return ``{field: characters}`` of the stored texts of a window.

    :param records: records of the window's model
    """
    return {name: LIMITS[field.type] for name, field in records._fields.items() if field.store and field.type in LIMITS}


def check_lengths(records, limits=None):
    """Refuse texts that are too long for what is done with them.

    :param records: records of one model
    :param dict limits: ``{field: characters}`` (default: all stored texts, by :data:`LIMITS`)
    :raise UserError: for the first
    """
    for name, limit in (limits or get_limits(records)).items():
        if max(map(len, filter(None, records.mapped(name))), default=0) > limit:
            label = records._fields[name]._description_string(records.env)
            raise UserError(
                records.env._("%(field)s: at most %(limit)s characters are kept. Shorten it.", field=label, limit=limit)
            )


def _label(records):
    return records.env["ir.model"]._get(records._name).sudo().name or records._name


def _fitting(records, company):
    return (
        records.filtered_domain(records._check_company_domain(company)) if "company_id" in records._fields else records
    )
