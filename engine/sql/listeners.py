"""Those who want to know what the register's SQL writes: fields of other addons, and automation rules.

The ORM tells them what it writes itself. A statement has to say it; nothing is asked, and no query made, where nobody
listens.
"""

import contextlib

from ...tools.context import hear

OURS = "serial_number_tracking"
AUTOMATION = "base.automation"
DOCUMENTS = {"stock.move": "move_ids", "account.move.line": "invoice_line_ids"}
SET = ("on_create_or_write", "on_priority_set", "on_stage_set", "on_state_set", "on_tag_set", "on_user_set")
UPDATE = ("on_write", "on_archive", "on_unarchive", *SET)
CREATE = ("on_create", *SET)
OLD_NAMES = "serial_number_tracking_old_names"  # context key: {unit id: number} of those that lost theirs a moment ago


def find_heard(model):
    """Return the names of a model's fields that fields of other addons depend on.

    What is not stored and lies on the model itself needs no word: its cache is emptied.
    """
    return frozenset(
        name
        for name, field in model._fields.items()
        for other in model.pool.get_dependent_fields(field)
        if other._module != OURS and (other.store or other.model_name != model._name)
    )


@contextlib.contextmanager
def telling(units, names, source=None):
    """Tell who listens to units that a statement writes on them, with a line of their history.

    :param units: ``serial.number`` records
    :param names: the fields that it writes
    :param source: the document line that it links them to
    """
    with telling_write(units, {*names, *([DOCUMENTS.get(source._name)] if source else ())}) as rules:
        yield
    _tell_document(source)
    _tell_events(units)
    rules.run()


@contextlib.contextmanager
def telling_write(units, names):
    """Tell fields that depend on units that a statement writes on these.

    :param names: the fields that it writes
    :return: the automation rules, to be run when all is written
    """
    names = names & units._fields.keys()
    heard = units._get_heard_fields(units._name) & names
    before = [name for name in heard if units.pool.is_modifying_relations(units._fields[name])]
    units.modified(before, before=True)
    rules = Rules(units, "write", UPDATE)
    rules.remember(names)
    yield rules
    units.modified(heard)


@contextlib.contextmanager
def telling_link(units, source):
    """Tell who listens to units, or to a document line, that a statement puts them on it or takes them off it."""
    with telling_write(units, {DOCUMENTS.get(source._name)}):
        yield
    _tell_document(source)


def tell_new(units, source=None):
    """Tell who listens to units that a statement created them."""
    if units._get_heard_fields(units._name):
        units.modified(units._fields, create=True)
    _tell_document(source)
    _tell_events(units)
    Rules(units, "create", CREATE).run()


def tell_gone(units):
    """Tell who listens to units that these are going to be deleted."""
    if units._get_heard_fields(units._name):
        units.modified(units._fields, before=True)


def _tell_document(source):
    if source and "serial_ids" in source.env["serial.number"]._get_heard_fields(source._name):
        source.modified(["serial_ids"])


def _tell_events(units):
    """Tell who listens to the history that units have a new line in it."""
    model = units.env["serial.event"]
    if units._get_heard_fields(model._name) or is_automated(model, "create"):
        groups = model.sudo()._read_group([("serial_id", "in", units.ids)], ["serial_id"], ["id:max"])
        events = model.browse(event for _unit, event in groups)
        events.modified(model._fields, create=True)
        Rules(events, "create", CREATE).run()


def is_automated(model, method):
    """Tell whether there are automation rules for what a method of a model does: then their addon wraps it."""
    return AUTOMATION in model.env and hasattr(getattr(type(model), method), "origin")


def is_heard(model, name):
    """Tell whether somebody wants to know that a field of a model is written, and what it was before."""
    return name in model._get_heard_fields(model._name) or is_automated(model, "write")


class Rules:
    """The automation rules of records that a statement writes: what their addon does around ``create`` and ``write``.

    :param records: the records; for new ones, once they are there
    :param str method: ``create`` or ``write``
    :param triggers: the triggers of rules that it fires
    """

    def __init__(self, records, method, triggers):
        self.records, self.old, self.rules = records, None, ()
        if records and is_automated(records, method):
            # As one more step of a method that is wrapped already: what fires here does not fire there again.
            self.rules = records.env[AUTOMATION]._get_actions(records, triggers).with_context(__action_feedback=True)
            self.records = records.with_env(self.rules.env)
        self.fitting = dict.fromkeys(self.rules, self.records)

    def remember(self, names):
        """Note which records the rules are for before they change, and what they are."""
        if self.rules:
            self.fitting = {rule: rule._filter_pre(self.records) for rule in self.rules}
            names = [name for name in names if self.records._fields[name].store]
            cleared = hear(self.records.env, OLD_NAMES, {})
            self.old = {
                record.id: {name: record[name] for name in names}
                | ({"name": cleared[record.id]} if record.id in cleared else {})
                for record in self.records.sudo()
            }

    def run(self):
        """Let the rules act on those that fit now."""
        for rule in self.rules:
            rule = rule.with_context(old_values=self.old)
            records, domain = rule._filter_post_export_domain(self.fitting[rule], feedback=True)
            rule._process(records, domain_post=domain)
