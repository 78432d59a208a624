"""A product that Odoo tracks by unique serial number and the register follows: its lots lead."""

from odoo.fields import Domain

from .base import SerialCommon


class LotCommon(SerialCommon):
    """Moves by lots, as Odoo's own screens make them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls._make_product("Laptop", tracking="serial")
        cls.lots = cls.env["stock.lot"]

    def _lot(self, name, product=None):
        return self.lots.search([("name", "=", name), ("product_id", "=", (product or self.product).id)])

    def _do_lots(self, kind, names, validate=True, **options):
        """Move lots by a transfer; those that are not there yet are made."""
        picking = self._transfer(kind, len(names), **options)
        self._choose_lots(picking, names)
        if validate:
            picking.with_context(skip_sms=True).button_validate()
            self.assertEqual(picking.state, "done")
        return picking

    def _choose_lots(self, picking, names):
        """Let the operations of a transfer be these lots, as somebody types them."""
        move = picking.move_ids
        product = move.product_id
        move.move_line_ids.unlink()
        creates = picking.picking_type_id.use_create_lots
        for name in names:
            lot = self._lot(name, product)
            move.move_line_ids.create(
                {
                    "move_id": move.id,
                    "picking_id": picking.id,
                    "product_id": product.id,
                    "quantity": 1,
                    "picked": True,
                    "location_id": move.location_id.id,
                    "location_dest_id": move.location_dest_id.id,
                    **({"lot_name": name} if creates and not lot else {"lot_id": (lot or self._make_lot(name)).id}),
                }
            )

    def _make_lot(self, name):
        return self.lots.create({"name": name, "product_id": self.product.id})

    def _receive_lots(self, *names, **options):
        return self._do_lots("in", names, **options)

    def _ship_lots(self, *names, **options):
        return self._do_lots("out", names, **options)

    def _return_lots(self, *names, **options):
        return self._do_lots("back", names, **options)

    def assertAddsUp(self, product=None):
        """The equation, and the second one: per lot, the unit is in stock where its quant is."""
        super().assertAddsUp(product)
        product = product or self.product
        self.env.invalidate_all()
        for unit in self._units(product=product).filtered("lot_id"):
            self.assertEqual(unit.name, unit.lot_id.name)
            quants = unit.lot_id.quant_ids.filtered(
                lambda quant, unit=unit: (
                    quant.location_id.is_serial_stock and quant.company_id == unit.company_id and quant.quantity > 0
                )
            )
            in_stock = unit.location_id.is_serial_stock
            self.assertEqual(bool(quants), in_stock, f"{unit.name}: {unit._describe_state()}")
            if in_stock:
                self.assertIn(unit.location_id, quants.location_id, unit.name)
        lots = self.lots.search([("product_id", "=", product.id)])
        done = Domain("lot_id", "in", lots.ids) & Domain("state", "=", "done") & Domain("quantity", ">", 0)
        moved = self.env["stock.move.line"].search(done).lot_id
        self.assertFalse(moved - self._units(product=product).lot_id, "lots without unit")
