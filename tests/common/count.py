"""Counts by scanning."""

from .base import SerialCommon


class CountCommon(SerialCommon):
    def _begin(self, location=None, products=None, user=None):
        """Return a count of the stock, or of a location or products in it, as the clerk makes it."""
        vals = {
            "location_id": (location or self.stock).id,
            "product_ids": [(6, 0, products.ids)] if products else False,
        }
        return self.env["serial.count"].with_user(user or self.clerk).create({k: v for k, v in vals.items() if v})

    def _codes_of(self, count, *names):
        """Scan numbers; return what each is."""
        return [answer["code"] for answer in count.add_serials(list(names))["answers"]]

    def _figures(self, count):
        figures = count.get_state()["figures"]
        return {code: number for code, number in figures.items() if number}
