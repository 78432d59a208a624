"""What the history of units says of recalls: when one began for them, and when it ended."""


def note_begun(recall, units):
    """Note that units are recalled, with the recall's name and why.

    :param recall: one ``serial.recall`` in progress
    """
    _note(recall, "recalled", units, recall.reason)


def note_ended(recall):
    """Note that the units of a recall are recalled no more, and how it ended."""
    states = dict(recall._fields["state"]._description_selection(recall.env))
    _note(recall, "recall_ended", recall.line_ids.serial_id, states[recall.state])


def _note(recall, kind, units, note):
    event = units._prepare_event_vals(kind, note=note) | {"document": recall.name}
    units._record_change(kind, {}, event)
