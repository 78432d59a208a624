from .entry import EntryCommon


class SeriesCommon(EntryCommon):
    """A product whose numbers the company makes itself."""

    def setUp(self):
        # For each test: what it draws from the counter is not undone after it.
        super().setUp()
        self.series = self._make_series("Meters", prefix="UX", padding=3)
        self.product.serial_series_id = self.series

    @classmethod
    def _make_series(cls, name, **vals):
        return cls.env["serial.series"].create({"name": name, **vals})

    def _open_line(self, quantity=3, kind="in"):
        """Return the only line of the window of a new transfer."""
        return self._validate_and_open(self._transfer(kind, quantity)).line_ids
