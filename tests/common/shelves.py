from .base import SerialCommon


class ShelfCommon(SerialCommon):
    """Two shelves with two units each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shelf_b = cls.env["stock.location"].create({"name": "Shelf B", "location_id": cls.stock.id})
        cls.consignor = cls.env["res.partner"].create({"name": "Consignor"})

    def _fill(self):
        self._receive(["A1", "A2"], target=self.shelf)
        self._receive(["B1", "B2"], target=self.shelf_b)

    def _empty_shelf_b(self):
        """Let the pieces on shelf B leave without a word about which they were."""
        self._validate(self._reserved(quantity=2, place=self.shelf_b))

    def _reserved(self, kind="out", quantity=1, place=None, **options):
        """Return a transfer that takes from one place."""
        picking = self._transfer(kind, quantity, **options)
        self._take_from(picking.move_ids, place or self.shelf)
        return picking

    def _take_from(self, move, place, **vals):
        quantity = move.quantity
        move.move_line_ids.unlink()
        move.move_line_ids = [
            (
                0,
                0,
                {
                    "picking_id": move.picking_id.id,
                    "product_id": move.product_id.id,
                    "location_id": place.id,
                    "quantity": quantity,
                    **vals,
                },
            )
        ]

    def _stocked(self, **by):
        """Return how much stock there is at each place."""
        groups = self.env["stock.quant"]._read_group(
            [("product_id", "=", self.product.id), ("location_id.usage", "=", "internal"), ("quantity", "!=", 0)],
            ["location_id"],
            ["quantity:sum"],
        )
        return {location: quantity for location, quantity in groups if quantity}

    def _lying(self):
        """Return how many units lie at each place, as the register has it."""
        groups = self.register._read_group(
            [("product_id", "=", self.product.id), ("location_id.usage", "=", "internal")], ["location_id"], ["__count"]
        )
        return dict(groups)

    def assertLies(self, **places):
        """Each place has its named units, and stock says the same of places, owners and packages."""
        self.assertAddsUp()
        self.env.flush_all()
        fields = ["location_id", "owner_id", "package_id"]
        domain = [("product_id", "=", self.product.id), ("location_id.usage", "=", "internal")]
        units = self.register._read_group(domain, fields, ["__count"])
        quants = self.env["stock.quant"]._read_group([*domain, ("quantity", "!=", 0)], fields, ["quantity:sum"])
        self.assertEqual(
            sorted((*map(str, key), count) for *key, count in units),
            sorted((*map(str, key), int(count)) for *key, count in quants if count),
        )
