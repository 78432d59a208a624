"""Take the lots of a product into the register: units of all of them, with what Odoo has kept of their past."""

from collections import Counter
from dataclasses import dataclass, field

from ..tools import naming
from ..tools.flow import CUSTOMER
from . import invoice, lots, placeholders
from .sql import adopt_sql

BATCH = 5000  # lots in one statement, and in one transaction of a background job


@dataclass
class Preview:
    """What adoption is going to do.

    :ivar int lots: how many lots there are
    :ivar int known: how many of them have their unit already
    :ivar faults: ``{lot id: why it cannot be taken}``: ``alike`` for names that are one number, ``crowded`` for more
        than one piece, ``no_number`` for names that no unit can have
    :ivar Counter found: how many new units there are going to be, by status
    """

    lots: int = 0
    known: int = 0
    faults: dict = field(default_factory=dict)
    found: Counter = field(default_factory=Counter)


class Adoption:
    """The adoption of all lots of some products. Done twice, it changes nothing the second time.

    :param products: ``product.product`` records
    """

    def __init__(self, products):
        self.env, self.products = products.env, products.sudo()
        self.register = self.env["serial.number"].sudo()
        rows = adopt_sql.read_names(self.env, self.products)
        self.names = {id_: (product, naming.clean(name)) for id_, product, name, _company in rows}
        self.companies = {id_: company for id_, _product, _name, company in rows}
        self.keys = {id_: naming.make_key(name) for id_, (_product, name) in self.names.items()}
        self.faults = self._find_faults()
        self._prepared, self._event = {}, None

    def _find_faults(self):
        faults = dict.fromkeys(adopt_sql.find_crowded(self.env, self.products), "crowded")
        alike = {}
        for id_, (product, name) in self.names.items():
            if naming.find_fault(name):
                faults[id_] = "no_number"
                continue
            others = alike.setdefault((product, self.keys[id_]), [])
            for other in others:
                if lots.share_company(self.companies[other], self.companies[id_]):
                    faults[id_] = faults[other] = "alike"
            others.append(id_)
        return faults

    def find_batches(self, last=0):
        """Return the ids of lots that can be taken, in lists for one transaction each.

        :param int last: the id of the last lot that was taken before; of those up to it, only lots without unit are
            taken now: somebody may have mended them meanwhile
        """
        known = adopt_sql.find_followed(self.env, self.products) if last else ()
        ids = [id_ for id_ in self.names if id_ not in self.faults and (id_ > last or id_ not in known)]
        return [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]

    def preview(self):
        """Return the :class:`Preview`: what :meth:`run` would do. Changes nothing."""
        preview = Preview(lots=len(self.names), faults=self.faults)
        for batch in self.find_batches():
            new, changed = self._divide(batch)
            preview.found.update(vals["status"] for vals in new)
            preview.known += changed
        return preview

    def describe_faults(self, limit=20):
        """Say which lots cannot be taken, and why: a list of texts, the first ones of many."""
        env = self.env
        texts = {
            "alike": lambda lot: env._("%s differs from another lot only in case or spaces. Rename one of them.", lot),
            "crowded": lambda lot: env._("%s is more than one piece in stock. Count it first.", lot),
            "no_number": lambda lot: env._(
                "%s is no serial number: too long, or with characters that cannot be seen. Rename it.", lot
            ),
        }
        lines = [texts[fault](naming.show(self.names[id_][1])) for id_, fault in self.faults.items()]
        return lines[:limit] + ([env._("And %s more.", len(lines) - limit)] if len(lines) > limit else [])

    def run(self):
        """Take all lots, at once."""
        for batch in self.find_batches():
            self.take(batch)
        self.finish()

    def take(self, lots):
        """Take some lots.

        :param list lots: ids
        """
        new, _count = self._divide(lots, is_real=True)
        if new:
            events = [self._prepare_event(vals) for vals in new]
            self.register._record_new_rows("imported", new, events)
        adopt_sql.link_moves(self.env, lots)

    def finish(self):
        """Do what needs all units: invoices, and placeholders for pieces that no lot stands for."""
        for product in self.products:
            self._take_invoices(product)
        placeholders.create_missing(self.products)

    def _take_invoices(self, product):
        """Put units on the posted invoices of the orders that they were delivered on."""
        domain = [("product_id", "=", product.id), ("status", "=", "sold"), ("invoice_line_id", "=", False)]
        orders = self.register._read_group([*domain, ("lot_id", "!=", False)], ["sale_line_id"])
        lines = self.env["sale.order.line"].sudo().union(*(line for (line,) in orders))
        invoice.append_delivered(lines.invoice_lines, product)

    # What is known of each lot

    def _divide(self, lots, is_real=False):
        """Return the values of new units, and how many lots have one already.

        :param bool is_real: correct those that are known, where Odoo's stock says otherwise
        """
        facts = self._read_facts(lots)
        rows = adopt_sql.find_known_units(self.env, self.products, [self.keys[id_] for id_ in lots])
        by_key = {(product, company, key): id_ for id_, product, company, key in rows}
        new, known = [], {}
        for (lot, company), vals in facts.items():
            unit = by_key.get((self.names[lot][0], company, self.keys[lot]))
            if unit:
                known[unit] = vals
            else:
                new.append(vals)
        if is_real:
            self._correct(known)
        return new, len(known)

    def _correct(self, known):
        """Let units that are in the register be where the stock of their lots is, and know their lots."""
        changes = {}
        for unit in self.register.browse(known):
            vals = known[unit.id]
            changed = {"lot_id": vals["lot_id"]} if unit.lot_id.id != vals["lot_id"] else {}
            if self._is_elsewhere(unit, vals):
                nobody = dict.fromkeys(unit._get_facts("customer", "hold"), False)
                changed |= nobody | {name: value for name, value in vals.items() if name not in ("name", "lot_id")}
                changed |= {"lot_id": vals["lot_id"]}
            if changed:
                changes[unit] = changed
        if changes:
            event = lots.prepare_settled_event(self.register)
            units = self.register.browse(unit.id for unit in changes)
            units._record_rows("corrected", list(changes.values()), [dict(event) for _unit in units])

    def _is_elsewhere(self, unit, vals):
        place = self.env["stock.location"].browse(vals["location_id"])
        if unit.location_id.is_serial_stock != place.is_serial_stock:
            return True
        if place.is_serial_stock:
            return any(unit[name].id != vals[name] for name in ("location_id", "owner_id", "package_id"))
        return vals.get("delivery_move_id", unit.delivery_move_id.id) != unit.delivery_move_id.id

    def _read_facts(self, lots):
        """Return ``{(lot id, company id): values of its unit}``, as its done moves and its stock say."""
        lines, stock = {}, {}
        for lot, company, *line in adopt_sql.read_lines(self.env, lots):
            lines.setdefault((lot, company), []).append(line)
        for lot, company, *quant in adopt_sql.read_quants(self.env, lots):
            stock.setdefault((lot, company or False), []).append(quant)
        facts = {key: self._follow_lines(key, group, _get_quants(stock, key)) for key, group in lines.items()}
        self._add_lots_without_moves(facts, stock)
        for key, vals in facts.items():
            self._follow_stock(vals, _get_quants(stock, key))
        return facts

    def _follow_lines(self, key, lines, quants):
        """Return what done operations made of a lot: in the order of their days, unless stock says otherwise.

        A delivery may have been booked before its receipt, or have an earlier day.
        """
        vals = self._follow_in_order(key, lines)
        is_here = any(self._place(quant[0]).is_serial_stock and quant[3] >= 1 for quant in quants)
        if len(lines) > 1 and self._place(vals["location_id"]).is_serial_stock != is_here:
            other = self._follow_in_order(key, self._sort_by_places(lines))
            if self._place(other["location_id"]).is_serial_stock == is_here:
                return other
        return vals

    def _follow_in_order(self, key, lines):
        vals = self._prepare_known(*key)
        for line in lines:
            self._follow_line(vals, *line)
        return vals

    def _sort_by_places(self, lines):
        """Return operations so that each one begins where the one before ended, as far as they go; the oldest first."""
        left, result = list(lines), []
        while left:
            where = result[-1][2] if result else None
            following = [line for line in left if line[1] == where or (not result and self._is_outside(line[1]))]
            result.append((following or left)[0])
            left.remove(result[-1])
        return result

    def _is_outside(self, location):
        place = self._place(location)
        return not place.is_serial_stock and place._serial_place(is_source=True) != CUSTOMER

    def _add_lots_without_moves(self, facts, stock):
        for lot, company in stock:
            if company and (lot, company) not in facts:
                facts[lot, company] = self._prepare_known(lot, company)

    def _prepare_known(self, lot, company):
        product, name = self.names[lot]
        place = {"location_id": False, "owner_id": False, "package_id": False, "uncovered": False}
        return {"name": name, "lot_id": lot, "product_id": product, "company_id": company, "status": "void", **place}

    def _follow_line(self, vals, move, source, target, owner, package):
        """Add what one done operation did to its lot, by the flow table."""
        move, source, target = self.env["stock.move"].sudo().browse(move), self._place(source), self._place(target)
        vals |= {"location_id": target.id, "owner_id": owner or False, "package_id": package or False}
        flow = source._find_serial_flow(target, is_scrap=bool(move.scrap_id))
        if not flow:
            return
        vals["status"] = flow.named_to or vals["status"]
        if "customer" in flow.clears:
            self._end_sale(vals)
        if "vendor" in flow.fills:
            vals |= self._prepare(move, "vendor")
        if "customer" in flow.fills:
            vals |= self._prepare(move, "customer")

    def _prepare(self, move, side):
        """Return the facts that a move gives its units, read once."""
        if (move, side) not in self._prepared:
            self._prepared[move, side] = getattr(move, f"_prepare_serial_{side}_vals")()
        return self._prepared[move, side]

    def _place(self, id_):
        return self.env["stock.location"].sudo().browse(id_ or None)

    def _end_sale(self, vals):
        if vals.get("customer_id"):
            vals |= {"former_customer_id": vals["customer_id"], "former_warranty_end": vals.get("warranty_end", False)}
        for name in self.register._get_facts("customer"):
            vals.pop(name, None)

    def _follow_stock(self, vals, quants):
        """Let stock have the last word on where the unit is."""
        places = {id_: self._place(id_) for id_, *_rest in quants}
        here = [quant for quant in quants if places[quant[0]].is_serial_stock]
        count = sum(quantity for *_place, quantity in here)
        is_here = bool(here) and here[0][3] >= 1
        vals["uncovered"] = count < is_here
        if is_here:
            location, owner, package, _quantity = here[0]
            vals |= {"location_id": location, "owner_id": owner or False, "package_id": package or False}
            if vals["status"] != "available":
                self._end_sale(vals)
                vals["status"] = "available"
            return
        if self._place(vals["location_id"]).is_serial_stock or not vals["location_id"]:
            elsewhere = next((id_ for id_, *_rest, quantity in quants if quantity > 0), False)
            company = self.env["res.company"].sudo().browse(vals["company_id"])
            vals |= lots.prepare_outside_vals(self._place(elsewhere), company)

    def _prepare_event(self, vals):
        partner = vals.get("customer_id") or vals.get("vendor_id")
        if not self._event:
            self._event = self.register._prepare_event_vals("imported", note=self.env._("Adopted from its lot."))
        return {**self._event, "partner_id": partner or False}


def _get_quants(stock, key):
    """Return the stock of a lot that is a company's, or nobody's: with customers, for example."""
    lot, company = key
    return [*stock.get((lot, company), ()), *stock.get((lot, False), ())]
