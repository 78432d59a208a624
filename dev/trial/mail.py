"""A server killed while its scheduled job e-mails the customers of a recall: ``python -m trial.mail NAME LOG``."""

from .watcher import Watcher, play

CUSTOMERS = 600
JOB = "serial_number_tracking.ir_cron_serial_recall"
# How many customers are told when the server is killed next: as soon as it has made e-mails that are not committed.
KILLS = (0, 100, 200, 350, 450)
TOLD = "SELECT count(*) FROM serial_recall_partner WHERE recall_id = %s AND mail_id IS NOT NULL"
# Numbers that were given to e-mails, less the e-mails: made by a batch that is not committed, or never was.
UNDONE = "SELECT last_value - (SELECT count(*) FROM mail_mail) FROM mail_mail_id_seq"
CHECKS = {
    "customers who wait still, or whose notice lost its e-mail": """
        SELECT notice.id, notice.is_queued, notice.mail_id FROM serial_recall_partner AS notice
          LEFT JOIN mail_mail AS mail ON mail.id = notice.mail_id
          LEFT JOIN mail_message AS message ON message.id = mail.mail_message_id
         WHERE recall_id = %s AND (is_queued OR mail_id IS NULL
               OR (message.model, message.res_id) IS DISTINCT FROM ('serial.recall.partner', notice.id))""",
    "notices with none or several e-mails": """
        SELECT notice.id, count(message.id), count(mail.id) FROM serial_recall_partner AS notice
          LEFT JOIN mail_message AS message ON message.model = 'serial.recall.partner' AND message.res_id = notice.id
          LEFT JOIN mail_mail AS mail ON mail.mail_message_id = message.id
         WHERE recall_id = %s GROUP BY notice.id HAVING (count(message.id), count(mail.id)) != (1, 1)""",
    "customers with none or several e-mails": """
        SELECT notice.contact_id, count(recipient.mail_mail_id) FROM serial_recall_partner AS notice
          LEFT JOIN mail_mail_res_partner_rel AS recipient ON recipient.res_partner_id = notice.contact_id
         WHERE recall_id = %s GROUP BY notice.contact_id HAVING count(recipient.mail_mail_id) != 1""",
}


def prepare(env):
    """Start a recall whose customers wait for their e-mails.

    :return: the ``serial.recall``
    """
    values = {"type": "consu", "is_storable": True, "is_serialized": True}
    product = env["product.product"].create({"name": "Trial Recall", **values})
    people = [{"name": f"Trial Customer {n}", "email": f"customer{n}@example.com"} for n in range(CUSTOMERS)]
    sold = {"product_id": product.id, "status": "sold"}
    units = env["serial.number"].create(
        [
            {"name": f"M{number:05d}", "customer_id": partner.id, **sold}
            for number, partner in enumerate(env["res.partner"].create(people))
        ]
    )
    recall = env["serial.recall"].create({"reason": "Trial"})
    recall._add_units(units)
    recall.action_start()
    recall.action_email()
    env.cr.commit()
    return recall


def run(recall, server):
    """Kill the server in the middle of the job, again and again, and let the job end.

    :return: lines that say what happened
    """
    watcher = Watcher(recall.env, JOB)  # no mail is really sent
    told = lambda: watcher.ask(TOLD, [recall.id])[0][0]  # noqa: E731
    undone = lambda: watcher.ask(UNDONE)[0][0]  # noqa: E731
    for count in KILLS:
        before = undone()
        watcher.wait(lambda count=count, before=before: told() >= count and undone() > before)
        server.kill()
        yield f"mail: killed, {told()} of {CUSTOMERS} are told, {undone() - before} e-mails undone"
        server.start()
    watcher.wait(lambda: told() == CUSTOMERS)
    watcher.check(CHECKS, [recall.id])
    yield f"mail: all {CUSTOMERS} customers were told by one e-mail each"


if __name__ == "__main__":
    play("mail", prepare, run)
