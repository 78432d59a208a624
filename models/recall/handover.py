"""Notices follow the people whom they are for: contacts are merged, and change their company."""

from odoo.fields import Domain

# Of two notices that become one, the one that is the least done counts: nobody is left untold.
PROGRESS = {"queued": 0, "todo": 1, "failed": 1, "sent": 2, "told": 2}


def follow_merge(partner, target):
    """Let the notices of a contact follow before it is merged into another one.

    :param partner: the ``res.partner`` that will be gone
    :param target: the one that it becomes
    """
    old, new = partner.commercial_partner_id, target.commercial_partner_id
    if old != new:
        hand_over(old, new, partner._get_serial_people() if partner == old else partner)


def hand_over(old, new, people):
    """Let people be told by the notices of the commercial entity that they belong to now.

    :param old: the entity that they belonged to
    :param new: the entity that they belong to now, or soon
    :param people: the ``res.partner`` records who go
    """
    model = old.env["serial.recall.partner"].sudo()
    notices = model.search([("partner_id", "=", old.id)])
    gone = _find_recalls_of(people, notices.recall_id)
    lines = model.env["serial.recall.line"].search(_get_held_domain(people, notices.recall_id))
    lines.holder_ids |= new
    kept = _find_recalls_of(old._get_serial_people() - people, notices.recall_id)
    twins = model.search([("partner_id", "=", new.id), ("recall_id", "in", notices.recall_id.ids)])
    for notice in notices.filtered(lambda notice: old in people or notice.recall_id in gone):
        twin = twins.filtered(lambda twin, notice=notice: twin.recall_id == notice.recall_id)
        if twin:
            _join(twin, notice)
        elif notice.recall_id in kept:
            notice.copy({"partner_id": new.id, "contact_id": (notice.contact_id & people or new).id})
        else:
            notice.partner_id = new
    notices.filtered(lambda notice: notice.partner_id == old and notice.recall_id not in kept).unlink()


def _find_recalls_of(people, recalls):
    """Return those of the recalls that are about units of these people."""
    groups = recalls.env["serial.recall.line"]._read_group(_get_held_domain(people, recalls), ["recall_id"])
    return recalls.browse(recall.id for [recall] in groups)


def _get_held_domain(people, recalls):
    """Return the domain of the lines of these recalls whose units these people have."""
    held = Domain("customer_id", "in", people.ids) | Domain("end_user_id", "in", people.ids)
    return held & Domain("recall_id", "in", recalls.ids)


def _join(notice, other):
    """Make one of two notices: whoever was told of a part of the units only is to be told of all."""
    rows = notice + other
    first = min(rows, key=lambda notice: PROGRESS[notice.state])
    names = dict(notice._fields["state"]._description_selection(notice.env))
    body = notice.env._(
        "%(old)s (%(old_state)s) and %(new)s (%(new_state)s) are one customer now.",
        old=other.partner_id.display_name,
        old_state=names[other.state],
        new=notice.partner_id.display_name,
        new_state=names[notice.state],
    )
    notice.write(
        {
            "date_notified": first.date_notified,
            "is_emailed": first.is_emailed,
            "mail_id": first.mail_id.id,
            "is_queued": first.is_queued,
            "sender_id": first.sender_id.id,
            "note": "; ".join(filter(None, rows.mapped("note"))),
        }
    )
    notice.recall_id.message_post(body=body)
