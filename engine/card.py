"""The card of a unit: what somebody who scans it wants to know, and what can be done with it now."""

from odoo.fields import Domain

from ..tools import label, naming
from ..tools.day import show_day
from . import link_views, outside, scan

MOST = 20  # units of one number that are shown: it may be a number of several products
HISTORY = 12  # events on a card, the latest ones
USER = "serial_number_tracking.group_serial_number_user"
RETURNER = "stock.group_stock_user"
# What a card says of a unit, in order, where it is known; behind it what features add.
FACTS = (
    "location_id",
    "package_id",
    "owner_id",
    "customer_id",
    "end_user_id",
    "date_sold",
    "sale_order_id",
    "delivery_id",
    "invoice_id",
    "warranty_end",
    "date_registered",
    "vendor_id",
    "purchase_order_id",
    "receipt_id",
    "date_received",
    "vendor_warranty_end",
    "expiration_date",
    "batch_name",
)
ENDS = ("warranty_end", "vendor_warranty_end", "expiration_date")  # days that are told when they are over


def look_up(register, text):
    """Return the cards of the units that somebody means who scanned a text: the same queries for any text.

    :param register: ``serial.number``, in the environment of who asks
    :param str text: a number, a label, another number of a unit, or a product's barcode
    :return: dict of ``text``, ``cards``, ``more`` (how many units beyond), ``product`` (its barcode was scanned) and
        ``message``, which is empty where there is a card
    """
    env, text = register.env, outside.take_label(register.env, text)
    read = label.read(text, scan.get_prefixes(env))
    names = scan.find_candidates(env, text)
    answer = {"text": naming.show(names[0], naming.MAX_LENGTH), "cards": [], "more": 0, "product": False, "message": ""}
    if read.fault:
        return answer | {"message": scan.describe_fault(env, read)}
    gtin = read.gtin or label.find_gtin(read.text)
    owner = scan.find_owners(env, {gtin}).get(gtin) if gtin else env["product.product"]
    units = found = _find_units(register, names)
    if owner and read.gtin:
        units = found.filtered(lambda unit: unit.product_id in owner)
    if found and not units:
        return answer | {"message": scan.describe_other(env, read, owner, found[0].product_id)}
    if not units:
        return answer | _explain(register, read, owner and owner[:1], answer["text"])
    return answer | {"cards": describe(units[:MOST]), "more": max(0, len(units) - MOST)}


def find_products(register, text, domain):
    """Return the products that have units with a number: those that lie in stock where some do.

    :param str text: a number, or a label
    :param domain: which units to look among
    :return: their ids, and a message: why a label cannot be taken, empty where it can
    """
    wanted = scan.find_wanted(register, [text], domain)[0]
    units = wanted.units.filtered("location_id.is_serial_stock") or wanted.units
    return units.product_id.ids, wanted.message


def _find_units(register, names):
    """Return the units of the likeliest number that there is."""
    keys = naming.make_keys(names)
    found = register.search(Domain("name_key", "in", keys), limit=10 * MOST) if keys else register
    by_key = found.grouped("name_key")
    units = next((by_key[key] for key in keys if key in by_key), register)
    if not units:
        units = register.browse().union(*register._find_named_otherwise(names, Domain.TRUE).values())
    return units


def _explain(register, read, owner, shown):
    """Return why there is no card, and what to do."""
    env = register.env
    product = owner or (env["product.product"].search([("default_code", "=", read.text)], limit=1))
    if product and not (read.gtin and read.serials):
        message = env._(
            "This is the code of a product, %(product)s, and not the number of one unit. Scan the unit's own number.",
            product=product.display_name,
        )
        return {"product": {"id": product.id, "name": product.display_name}, "message": message}
    if read.sscc and not read.serials:
        return {"message": scan.describe_without_number(env, read)}
    return {
        "message": env._(
            "No unit that you may see has the number %s. Compare it with the label, or search for a part of it.", shown
        )
    }


def describe(units):
    """Return the card of each of these units, in order: the same queries for one unit as for twenty."""
    return Cards(units).run()


class Cards:
    """Makes cards: see :func:`describe`."""

    def __init__(self, units):
        self.env, self.units = units.env, units
        self.rules = units._get_serial_rules()
        self.labels = units._get_status_labels()
        self.cases = self._find_cases()
        self.facts = [name for name in (*FACTS, *units._get_more_facts()) if name in units._fields]
        self.readable = self._find_readable()
        self.events = self._find_events()
        self.pictures = units._get_picture_marks()
        self.may_use, self.may_return = map(self.env.user.has_group, (USER, RETURNER))
        self.shows_company = len(self.env.companies) > 1

    def run(self):
        """Return the cards."""
        return [self._describe(unit) for unit in self.units]

    def _describe(self, unit):
        product, status = unit.product_id, self.rules.statuses[unit.status]
        return {
            "id": unit.id,
            "name": unit.display_name,
            "product": {"id": product.id, "name": product.sudo().display_name},
            "status": {"code": status.code, "label": self.labels[status.code], "color": status.color or "muted"},
            "company": unit.company_id.sudo().name if self.shows_company else "",
            "picture": self.pictures.get(unit.id, ""),
            "alerts": self._find_alerts(unit),
            "rows": list(filter(None, (self._describe_fact(unit, name) for name in self.facts))),
            "events": self.events.get(unit.id, []),
            "actions": self._find_actions(unit),
        }

    def _describe_fact(self, unit, name):
        value, field = unit.sudo()[name], unit._fields[name]
        if not value:
            return None
        row = {"name": name, "label": field._description_string(self.env), "value": "", "link": False, "tone": ""}
        if field.relational:
            is_open = len(value) == 1 and value in self.readable.get(value._name, value.browse())
            link = {"model": value._name, "id": value.id} if is_open else False
            return row | {"value": ", ".join(value.mapped("display_name")), "link": link}
        if field.type == "date":
            is_over = name in ENDS and value < unit.company_id._get_serial_day()
            tone = "danger" if is_over else "success" if name == "warranty_end" else ""
            return row | {"value": show_day(self.env, value), "tone": tone}
        return row | {"value": str(value)}

    def _find_readable(self):
        """Return ``{model: records}`` of what the cards name and the user may open."""
        named = {}
        for name in self.facts:
            if self.units._fields[name].relational:
                records = self.units.sudo()[name].sudo(False)
                named[records._name] = named.get(records._name, records.browse()) | records
        return {model: link_views.filter_open(records) for model, records in named.items()}

    def _find_cases(self):
        """Return ``{unit id: names of its open cases}``."""
        cases = {}
        for case, units in self.units._group_by_case().items():
            for unit in units:
                cases.setdefault(unit.id, []).append(case)
        return cases

    def _find_alerts(self, unit):
        """Return what must not be overlooked, the gravest first."""
        alerts = [{"tone": "danger", "text": unit._describe_case(case)} for case in self.cases.get(unit.id, ())]
        if unit.status == "hold":
            alerts.append({"tone": "warning", "text": self._describe_hold(unit)})
        if unit.uncovered:
            text = self.env._("It left without its number while every unit in stock had one.")
            alerts.append({"tone": "warning", "text": text})
        return alerts

    def _find_events(self):
        """Return ``{unit id: its latest events}``: a card of one unit among several says less of the past."""
        each = max(1, HISTORY // max(1, len(self.units)))
        groups = self.env["serial.event"]._read_group(
            [("serial_id", "in", self.units.ids)], ["serial_id"], ["id:array_agg"]
        )
        latest = [id_ for _unit, ids in groups for id_ in sorted(ids, reverse=True)[:each]]
        events = self.env["serial.event"].browse(latest)
        kinds = dict(events._fields["kind"]._description_selection(self.env))
        return {
            unit.id: [self._describe_event(event, kinds) for event in of_unit]
            for unit, of_unit in events.grouped("serial_id").items()
        }

    def _describe_event(self, event, kinds):
        return {
            "id": event.id,
            "date": show_day(self.env, event.company_id._get_serial_day(event.date)),
            "kind": kinds[event.kind],
            "about": ", ".join(filter(None, (event.document, event.partner_id.sudo().display_name))),
            "user": event.user_id.sudo().name or "",
            "note": event.note or "",
        }

    def _describe_hold(self, unit):
        reason, day = unit.hold_reason, unit.hold_until and show_day(self.env, unit.hold_until)
        if reason and day:
            return self.env._("On hold until %(day)s: %(reason)s", reason=reason, day=day)
        if day:
            return self.env._("On hold until %s", day)
        return self.env._("On hold: %s", reason) if reason else self.env._("On hold, no reason given")

    def _find_actions(self, unit):
        """Return what can be done with a unit now, as the user's rights allow: the likeliest first."""
        actions = []
        if self.may_return and unit.status == "sold" and not unit.location_id.is_serial_stock:
            actions.append(self._make_action("return", self.env._("Take Back"), "fa-reply", method="action_return"))
        if self.may_use:
            actions += self._find_changes(unit)
        if unit.name:
            window = "serial_number_tracking.serial_label_layout_action"
            actions.append(self._make_action("label", self.env._("Print Label"), "fa-print", action=window))
        return actions

    def _find_changes(self, unit):
        status, change = unit.status, "serial_number_tracking.serial_status_change_action"
        released = self.rules.statuses[status].released_to
        if self.rules.is_allowed("held", status, "hold") and unit.location_id.is_serial_stock:
            text = self.env._("Change Hold") if status == "hold" else self.env._("Put on Hold")
            yield self._make_action("hold", text, "fa-pause", action=change, context={"default_action": "hold"})
        if released and self.rules.is_allowed("released", status, released):
            yield self._make_action("release", self.env._("Release"), "fa-play", method="action_release")
        if unit.name and self.rules.is_allowed("registered", status, status):
            window = "serial_number_tracking.serial_register_action"
            yield self._make_action("register", self.env._("Register"), "fa-user-plus", action=window)

    def _make_action(self, key, text, icon, action="", method="", context=None):
        return {"key": key, "label": text, "icon": icon, "action": action, "method": method, "context": context or {}}
