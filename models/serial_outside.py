"""What comes from outside is judged here before anything is done with it: records by their ids, and texts."""

from odoo import models
from odoo.exceptions import AccessError, UserError

from . import serial_name

TEXT_LIMIT = 2_000  # characters of a reason, a channel or a note of the history: all units of a batch keep it
NAMES_LIMIT = 100_000  # numbers in one step
NAMES_TEXT_LIMIT = NAMES_LIMIT * (serial_name.MAX_LENGTH + 1)  # characters of a text of so many numbers


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
        is_id = type(value) is int and 0 < value < 2**31
        record = env[model].browse(value if is_id else [])
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


def _label(records):
    return records.env["ir.model"]._get(records._name).sudo().name or records._name


def _fitting(records, company):
    return (
        records.filtered_domain(records._check_company_domain(company)) if "company_id" in records._fields else records
    )
