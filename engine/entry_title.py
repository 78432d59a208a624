"""What the entry window says is being done, and with which document."""

DOCUMENTS_NAMED = 2  # more of them are counted


def describe_deed(env, flow):
    """Return what a document line does to its units, for people.

    :param flow: the line's row of the flow table; none where nothing is to be done any more
    """
    if not flow:
        return env._("Serial Numbers")
    deeds = {
        "announce": env._("Announce"),
        "receive": env._("Receive"),
        "add": env._("Add to Stock"),
        "ship": env._("Ship"),
        "designate": env._("Designate"),
        "dropship": env._("Drop-Ship"),
        "take_back": env._("Take Back"),
        "dropship_return": env._("Return to Vendor"),
        "send_back": env._("Send Back to Vendor"),
        "take_out": env._("Take Out of Stock"),
        "scrap": env._("Scrap"),
        "consume": env._("Consume"),
        "move": env._("Move"),
        "invoice": env._("Invoice"),
        "credit": env._("Credit"),
        "number_received": env._("Number What Came in"),
        "number_issued": env._("Number What Left"),
    }
    if not isinstance(flow.deed, str):  # a lazy translation of another addon
        return flow.deed._translate(env.lang or "en_US")
    return deeds.get(flow.deed, flow.deed) or env._("Serial Numbers")


def make_title(sources):
    """Return the title of a window about these document lines: what is done, with which documents."""
    deeds = list(dict.fromkeys(source._describe_serial_deed() for source in sources))
    documents = list(dict.fromkeys(source._serial_document() for source in sources))
    env, deed = sources.env, ", ".join(deeds)
    if len(documents) > DOCUMENTS_NAMED:
        return env._("%(deed)s: %(count)s documents", deed=deed, count=len(documents))
    if all(document.startswith(deed) for document in documents):
        return ", ".join(documents)  # scrap orders say it in their names
    return env._("%(deed)s: %(document)s", deed=deed, document=", ".join(documents))
