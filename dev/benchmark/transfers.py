"""The documents that the benchmark books: products, receipts, deliveries, and the numbers of their units."""

import itertools

_counter = itertools.count(1)


class Bench:
    """The warehouse, the partners and the products of one run.

    :param env: an environment; its user may do everything here
    """

    def __init__(self, env):
        self.env = env
        self.warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
        self.vendor = env["res.partner"].create({"name": "Benchmark Vendor"})
        self.customer = env["res.partner"].create({"name": "Benchmark Customer"})
        self.warehouse.out_type_id.reservation_method = "manual"  # so that reserving is measured, not confirming

    def product(self, **values):
        """Return a new storable product."""
        name = f"Benchmark {next(_counter)}"
        return self.env["product.product"].create({"name": name, "type": "consu", "is_storable": True, **values})

    def receipt(self, products, quantity):
        """Return the confirmed receipt of so many pieces of each product."""
        return self._transfer(
            self.warehouse.in_type_id,
            self.vendor,
            self.env.ref("stock.stock_location_suppliers"),
            self.warehouse.lot_stock_id,
            products,
            quantity,
        )

    def delivery(self, product, quantity):
        """Return the confirmed, unreserved delivery of one product."""
        return self._transfer(
            self.warehouse.out_type_id,
            self.customer,
            self.warehouse.lot_stock_id,
            self.env.ref("stock.stock_location_customers"),
            product,
            quantity,
        )

    def returned(self, delivery):
        """Return the transfer that takes back all of a done delivery."""
        wizard = self.env["stock.return.picking"].create({"picking_id": delivery.id})
        returned = delivery.browse(wizard.action_create_returns_all()["res_id"])
        for move in returned.move_ids:
            move.quantity = move.product_uom_qty
        return returned

    def _transfer(self, picking_type, partner, source, target, products, quantity):
        moves = [
            {
                "product_id": product.id,
                "product_uom_qty": quantity,
                "product_uom": product.uom_id.id,
                "location_id": source.id,
                "location_dest_id": target.id,
            }
            for product in products
        ]
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": picking_type.id,
                "partner_id": partner.id,
                "location_id": source.id,
                "location_dest_id": target.id,
                "move_ids": [(0, 0, move) for move in moves],
            }
        )
        picking.action_confirm()
        return picking


def numbers(quantity):
    """Return numbers that no unit has yet."""
    run = next(_counter)
    return [f"SN-{run:04d}-{number:06d}" for number in range(1, quantity + 1)]


def validate(picking):
    """Press *Validate*, and see that it booked."""
    result = picking.button_validate()
    if picking.state != "done":
        raise AssertionError(f"{picking.name} is {picking.state}, the button returned {result}")
