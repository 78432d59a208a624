"""What views say of the statuses that other addons bring: colors, buttons and filters."""

from lxml import etree

# Where a button is, and what tells of a status whether it is for its units.
BUTTONS = {
    "//button[@name='action_release']": lambda status: status.released_to,
    "//button[contains(@context, 'hold') and contains(@invisible, 'available')]": lambda status: (
        status.recall == "loose"
    ),
}


def show_statuses(arch, rules, labels):
    """Let a view of the register show the statuses that other addons brought as it shows ours.

    :param arch: the view, which is changed
    :param rules: the :class:`~..tools.rules.Rules` of the database
    :param dict labels: ``{code: label}`` of the statuses
    """
    if not rules.added:
        return
    for node in arch.xpath("//field[@name='status'][@widget='badge']"):
        for status in rules.added:
            _add_condition(node, f"decoration-{status.color or 'info'}", f"status == '{status.code}'", "or")
    for path, is_for in BUTTONS.items():
        codes = [status.code for status in rules.added if is_for(status)]
        for node in arch.xpath(path) if codes else ():
            _add_condition(node, "invisible", f"status not in {codes}", "and")
    for node in arch.xpath("/search/filter[@name='void']"):
        for status in rules.added:
            domain = f"[('status', '=', '{status.code}')]"
            node.addnext(etree.Element("filter", name=status.code, string=labels[status.code], domain=domain))


def _add_condition(node, attribute, condition, operator):
    before = node.get(attribute)
    node.set(attribute, f"({before}) {operator} {condition}" if before else condition)
