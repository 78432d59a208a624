from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import invoice_match, outside, placeholders

SALE = ("customer_id", "sale_line_id", "delivery_move_id", "invoice_line_id")


class SerialReconciliation(models.Model):
    """Stock on hand beside the units of the register, by product and company."""

    _name = "serial.reconciliation"
    _description = "Reconciliation of Serial Numbers"
    _auto = False
    _order = "deviation desc, uncovered desc, id"
    _rec_name = "product_id"
    _depends = {
        "stock.quant": ["product_id", "company_id", "location_id", "quantity"],
        "serial.number": ["product_id", "company_id", "location_id", "status", "name_key", "uncovered", *SALE],
        "res.partner": ["commercial_partner_id"],
        "stock.location": ["is_serial_stock"],
        "product.template": ["is_serialized"],
        "product.product": ["product_tmpl_id"],
    }

    product_id = fields.Many2one("product.product", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    on_hand = fields.Float(readonly=True, digits="Product Unit")
    in_stock = fields.Integer("Units in Stock", readonly=True, help="Whatever their status.")
    uncovered = fields.Integer(
        readonly=True,
        help="Units that left without serial while every unit in stock had one: so many of the numbers in stock are "
        "really gone, and nobody has said which.",
    )
    difference = fields.Float(
        readonly=True, digits="Product Unit", help="On hand, less the units in stock that are really there."
    )
    missing = fields.Integer(readonly=True, help="So many pieces on hand have no unit.")
    surplus = fields.Integer(readonly=True, help="So many units more than there are pieces on hand.")
    deviation = fields.Integer("Pieces that Differ", readonly=True)
    named_here = fields.Integer("Numbers in Stock", readonly=True, help="Units with a number that can be gone.")
    units_here = fields.Integer("Units that Can Be Gone", readonly=True)
    received_blanks = fields.Integer("Received w/out Serial", readonly=True)
    issued_blanks = fields.Integer("Issued w/out Serial", readonly=True)
    sold_in_stock = fields.Integer(
        "Sold in Stock",
        readonly=True,
        help="Invoiced and still in stock, while their customer got units by other numbers that are on no invoice.",
    )
    explanation = fields.Text(compute="_compute_explanation")

    @property
    def _table_query(self):
        return SQL(
            """
            WITH place AS (
                SELECT id FROM stock_location WHERE is_serial_stock
            ), hand AS (
                SELECT product_id, company_id, SUM(quantity) AS on_hand,
                       BOOL_AND(ABS(quantity - ROUND(quantity)) < 0.001) AS is_whole
                  FROM stock_quant WHERE location_id IN (SELECT id FROM place) GROUP BY product_id, company_id
            ), buyer AS (
                SELECT unit.id, unit.product_id, unit.company_id, partner.commercial_partner_id AS partner_id,
                       unit.delivery_move_id IS NOT NULL AS is_delivered
                  FROM serial_number AS unit JOIN res_partner AS partner ON partner.id = unit.customer_id
                 WHERE unit.status = 'sold' AND unit.sale_line_id IS NULL
                   AND (unit.delivery_move_id IS NULL) = (unit.location_id IN (SELECT id FROM place))
                   AND (unit.delivery_move_id IS NULL) = (unit.invoice_line_id IS NOT NULL)
            ), sold AS (
                SELECT product_id, company_id, partner_id,
                       LEAST(COUNT(*) FILTER (WHERE is_delivered), COUNT(*) FILTER (WHERE NOT is_delivered)) AS pairs
                  FROM buyer GROUP BY product_id, company_id, partner_id
            ), unit AS (
                SELECT product_id, company_id,
                       COUNT(*) FILTER (WHERE location_id IN (SELECT id FROM place)) AS in_stock,
                       COUNT(*) FILTER (WHERE uncovered) AS uncovered,
                       COUNT(*) FILTER (WHERE location_id IN (SELECT id FROM place) AND status = ANY(%(gone)s)
                                          AND name_key IS NOT NULL) AS named_here,
                       COUNT(*) FILTER (WHERE location_id IN (SELECT id FROM place) AND status = ANY(%(gone)s))
                           AS units_here,
                       COUNT(*) FILTER (WHERE name_key IS NULL AND status = 'received') AS received_blanks,
                       COUNT(*) FILTER (WHERE name_key IS NULL AND status = 'issued') AS issued_blanks
                  FROM serial_number GROUP BY product_id, company_id
            ), pair AS (
                SELECT product_id, company_id, COALESCE(on_hand, 0) AS on_hand, COALESCE(in_stock, 0) AS in_stock,
                       COALESCE(uncovered, 0) AS uncovered, COALESCE(received_blanks, 0) AS received_blanks,
                       COALESCE(issued_blanks, 0) AS issued_blanks, COALESCE(sold_in_stock, 0) AS sold_in_stock,
                       COALESCE(named_here, 0) AS named_here, COALESCE(units_here, 0) AS units_here,
                       COALESCE(is_whole, TRUE) AS is_whole
                  FROM hand FULL JOIN unit USING (product_id, company_id)
                  LEFT JOIN (
                    SELECT product_id, company_id, SUM(pairs)::integer AS sold_in_stock
                      FROM sold GROUP BY product_id, company_id
                  ) AS astray USING (product_id, company_id)
            )
            SELECT pair.product_id::bigint * 65536 + pair.company_id AS id, pair.*, difference,
                   CASE WHEN is_whole THEN GREATEST(ROUND(difference), 0) ELSE 0 END::integer AS missing,
                   GREATEST(ROUND(-difference), 0)::integer AS surplus,
                   CEIL(ABS(ROUND(difference::numeric, 3)))::integer AS deviation
              FROM pair
             CROSS JOIN LATERAL (SELECT pair.on_hand - pair.in_stock + pair.uncovered AS difference) AS gap
              JOIN product_product AS product ON product.id = pair.product_id
              JOIN product_template AS template ON template.id = product.product_tmpl_id AND template.is_serialized
             WHERE pair.company_id IS NOT NULL
            """,
            gone=list(self.env["serial.reconcile"]._get_gone_statuses()),
        )

    @api.depends(
        "difference",
        "missing",
        "surplus",
        "uncovered",
        "named_here",
        "received_blanks",
        "issued_blanks",
        "sold_in_stock",
    )
    def _compute_explanation(self):
        for row in self:
            row.explanation = " ".join(row._explain()) or self.env._("Units and stock on hand agree.")

    def _explain(self):
        """Return what explains the figures, and what to do about it: sentences."""
        if self.missing:
            yield self.env._("%s on hand have no unit: create their units without serial.", self.missing)
        elif self.difference > 0:
            yield self.env._("%g on hand is no whole number of pieces: correct the quantity on hand.", self.on_hand)
        if self.surplus:
            yield self.env._("%s units are more than there is on hand: choose which are gone.", self.surplus)
        if self.uncovered:
            yield self.env._(
                "%s left without serial while all in stock had one, so as many numbers in stock are really gone.",
                self.uncovered,
            )
            if self.named_here:
                yield self.env._("Enter the numbers that left, or choose which are gone.")
            else:
                yield self.env._("Enter the numbers that left.")
        if self.received_blanks:
            yield self.env._("%s in stock wait for their number.", self.received_blanks)
        if self.issued_blanks:
            yield self.env._("%s that left wait for their number.", self.issued_blanks)
        if self.sold_in_stock:
            yield self.env._(
                "%s are invoiced and still in stock, while their customers got others that are on no invoice: let them "
                "change places, or deliver them too.",
                self.sold_in_stock,
            )

    def action_create_placeholders(self):
        """Create a placeholder for each piece on hand that has no unit, for managers.

        :return: True
        :raise AccessError: for others
        :raise UserError: when nothing is missing, or a fraction of a piece is on hand
        """
        outside.check_some(self)
        self.check_access("read")
        self.env["serial.number"]._check_manager()
        for row in self:
            if row.difference <= 0:
                raise UserError(self.env._("Every piece of %s on hand has its unit.", row.product_id.display_name))
            placeholders.create_missing(row.product_id.sudo(), row.company_id)
        self.invalidate_model()
        return True

    def action_close_uncovered(self):
        """Choose the units in stock that are really gone, because blanks left in their place; for managers.

        :return: the action of the window to choose them in
        """
        outside.check_one(self)
        return self._choose("uncovered")

    def action_exchange_invoiced(self):
        """Let delivered units be the ones that their customers were invoiced by other numbers. For managers.

        :return: True
        :raise AccessError: for others
        """
        outside.check_some(self)
        self.check_access("read")
        register = self.env["serial.number"]
        register._check_manager()
        sold = Domain("status", "=", "sold") & Domain("sale_line_id", "=", False)
        for row in self:
            own = sold & Domain("product_id", "=", row.product_id.id) & Domain("company_id", "=", row.company_id.id)
            open_ = Domain("delivery_move_id", "=", False) & Domain("invoice_line_id", "!=", False)
            delivered = Domain("delivery_move_id", "!=", False) & Domain("invoice_line_id", "=", False)
            invoice_match.take_invoices(
                register.search(own & delivered, order="id"), register.search(own & open_, order="id")
            )
        self.invalidate_model()
        return True

    def action_close_surplus(self):
        """Choose the units that are not on hand any more, for managers.

        :return: the action of the window to choose them in
        """
        outside.check_one(self)
        return self._choose("surplus")

    def _choose(self, purpose):
        self.ensure_one()
        self.check_access("read")
        self.env["serial.number"]._check_manager()
        return self.env["serial.reconcile"]._open(self, purpose)

    @api.readonly
    def action_view_blanks(self):
        """Open the units without number, ready for typing.

        :return: a window action on the worklist
        """
        outside.check_some(self)
        action = self.product_id.action_view_missing_serials()
        return action | {"domain": [*action["domain"], ("company_id", "in", self.company_id.ids)]}

    @api.readonly
    def action_view_units(self):
        """Open the units in stock.

        :return: a window action on the register
        """
        outside.check_some(self)
        domain = self.env["serial.number"]._get_in_stock_domain()
        action = self.product_id.action_view_serials()
        return action | {"domain": [*action["domain"], *domain, ("company_id", "in", self.company_id.ids)]}
