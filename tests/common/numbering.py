from .base import SerialCommon


class NumberingCommon(SerialCommon):
    def _blank(self, status=None):
        """Return the one unit without number, as the clerk sees it."""
        return self._units(status).filtered(lambda unit: not unit.name).with_user(self.clerk)

    def _create_unit(self, name, status, **vals):
        return self.register.with_user(self.manager).create(
            {"name": name, "product_id": self.product.id, "status": status, **vals}
        )

    def _kinds(self, unit):
        return unit.sudo().event_ids.sorted("id").mapped("kind")
