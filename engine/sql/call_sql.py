"""The SQL of calls with a key: whoever comes second waits for the first one, or begins anew and sees what it did."""

from odoo.tools import SQL

from .execute import execute


def claim(calls, company, key, method, fingerprint):
    """Take a key for a call.

    Of two at once, the second one waits; its transaction then fails as one that is to be tried again.

    :param calls: ``serial.call``, in the environment of the user who calls
    :return: whether the key was free
    """
    query = SQL(
        """INSERT INTO serial_call (company_id, user_id, key, method, fingerprint, date)
           VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id""",
        company.id,
        calls.env.uid,
        key,
        method,
        fingerprint,
        calls.env.cr.now(),
    )
    return bool(execute(calls.env, query))
