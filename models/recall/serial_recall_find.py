"""Which units a recall is about: numbers that were pasted or counted up, or what documents and days say."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine import outside
from ...tools import naming
from . import recall_sql

SHOWN = 200


class SerialRecall(models.Model):
    _inherit = "serial.recall"

    leftover = fields.Text(
        "Numbers Not Found",
        copy=False,
        help="Numbers that no unit has, or units of several products. Correct them here and look them up again.",
    )
    leftover_reasons = fields.Text("What to do", compute="_compute_leftover_reasons")

    @api.constrains("reason", "leftover")
    def _check_lengths(self):
        limits = {"reason": outside.TEXT_LIMIT, "leftover": outside.NAMES_TEXT_LIMIT}
        outside.check_lengths(self, limits)

    @api.depends("leftover", "product_ids")
    def _compute_leftover_reasons(self):
        for recall in self:
            recall.leftover_reasons = "\n".join(recall._describe_leftover())

    def _describe_leftover(self):
        names = naming.split_text(self.leftover or "")
        units = self._find_named(names[:SHOWN], self.product_ids)
        for name in names[:SHOWN]:
            found = units.get(naming.make_key(name), self.env["serial.number"])
            if not found:
                yield self.env._("%s: no unit has this number. Check it.", naming.show(name, naming.MAX_LENGTH))
            elif len(found) > 1:
                products = ", ".join(found.product_id.sorted("id").mapped("display_name"))
                yield self.env._(
                    "%(serial)s: several products have it (%(products)s). Add it once more, with the right product.",
                    serial=name,
                    products=products,
                )
            else:
                yield self.env._("%s: a unit has this number now. Look up again.", name)
        if len(names) > SHOWN:
            yield self.env._("... and %s more.", len(names) - SHOWN)

    def _find_named(self, names, products):
        """Return ``{key: units}`` of the units with these numbers.

        :param products: the products to look among; none for all
        """
        keys = naming.make_keys(names)
        domain = [("company_id", "=", self.company_id.id), ("name_key", "in", keys)]
        domain += [("product_id", "in", products.ids)] if products else []
        units = self.env["serial.number"].search_fetch(domain, ["name_key", "product_id"]) if keys else None
        return units.grouped("name_key") if units else {}

    def _add_names(self, names, products, keep_unknown=True):
        """Add the units with these numbers; what cannot be told is kept in *Not Found*.

        :param list names: the numbers
        :param products: the products to look among; none for all
        :param bool keep_unknown: whether numbers that no unit has are kept as well
        :return: dict, see :meth:`_add_units`, with ``left``, how many numbers were not added
        """
        units = self._find_named(names, products)
        single = {key for key, found in units.items() if len(found) == 1}
        left = {}
        for name in [*naming.split_text(self.leftover or ""), *names]:
            key = naming.make_key(name)
            if key not in single and (keep_unknown or key in units):
                left.setdefault(key, name)
        fresh = {naming.make_key(name) for name in names}
        result = self._add_units(self.env["serial.number"].browse(units[key].id for key in single))
        self.leftover = "\n".join(left.values())
        return {**result, "left": len(fresh & left.keys())}

    def _add_units(self, units):
        """Add units; those that are on the recall already are passed over.

        :return: dict of ``found`` and ``added``, how many
        """
        self.check_access("write")
        self._check_state("draft", "open")
        added = units.browse(recall_sql.insert_lines(self, units))
        if added:
            recall_sql.follow_units(added)
            self.product_ids |= added.product_id
            self.message_post(body=self.env._("Units added: %s.", len(added)))
        return {"found": len(units), "added": len(added)}

    def action_add(self):
        """Open the window that finds units.

        :return: the window's action
        :raise UserError: when the recall has ended
        """
        self.ensure_one()
        self.check_access("write")
        self._check_state("draft", "open")
        add = self.env["serial.recall.add"].create({"recall_id": self.id, "product_ids": self.product_ids.ids})
        return add._get_records_action(name=self.env._("Add Units"), target="new")

    def action_find_leftover(self):
        """Look the numbers up again that were not found.

        :return: the action that says how many were
        :raise UserError: when there are none
        """
        self.ensure_one()
        self.check_access("write")
        names = outside.split_text(self.env, self.leftover)
        if not names:
            raise UserError(self.env._("No number is left over."))
        self.leftover = False
        return self._notify_added(self._add_names(names, self.product_ids))

    def _notify_added(self, result):
        """Return the action that tells what became of a search, and closes its window."""
        parts = [self.env._("Units added: %s.", result["added"])]
        if known := result["found"] - result["added"]:
            parts.append(self.env._("On the recall already: %s.", known))
        if result.get("left"):
            parts.append(self.env._("Not added, see Not Found: %s.", result["left"]))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if result.get("left") else "success",
                "message": " ".join(parts),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
