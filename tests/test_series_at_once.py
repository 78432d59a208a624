from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged


@tagged("post_install", "-at_install")
class TestSeriesAtOnce(BaseCase):
    """Two people generate numbers at once, on two real connections; what they commit is deleted afterwards."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self._clean)
        with self.registry.cursor() as cr:
            env = self._env(cr)
            series = env["serial.series"].create({"name": "Two at Once", "prefix": "TWO", "padding": 3})
            vals = {"name": "Two at Once", "is_storable": True, "is_serialized": True, "serial_series_id": series.id}
            self.series, self.product = series.id, env["product.product"].create(vals).id

    def _env(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})

    def _clean(self):
        with self.registry.cursor() as cr:
            env = self._env(cr)
            env["product.product"].browse(self.product).product_tmpl_id.unlink()
            env["serial.series"].browse(self.series).unlink()

    def _take(self, cr, count, **options):
        env = self._env(cr)
        product = env["product.product"].browse(self.product)
        return env["serial.series"].browse(self.series)._take(count, product, env.company, **options)

    def _give_back(self):
        with self.registry.cursor() as cr:
            taken = self._env(cr)["serial.series.number"].search([("series_id", "=", self.series)])
            taken.action_give_back()

    def test_when_two_generate_at_once_then_nobody_gets_the_number_of_the_other(self):
        with self.registry.cursor() as one, self.registry.cursor() as two:
            first, second = self._take(one, 3), self._take(two, 3)
            more = self._take(one, 1)

        self.assertEqual(
            [first, second, more], [[f"TWO{n:03d}" for n in part] for part in ((1, 2, 3), (4, 5, 6), (7,))]
        )

    def test_when_two_want_what_was_given_back_then_one_gets_it_and_the_other_goes_on(self):
        with self.registry.cursor() as cr:
            self._take(cr, 2)
        self._give_back()

        with self.registry.cursor() as one, self.registry.cursor() as two:
            first, second = self._take(one, 2), self._take(two, 2)

        self.assertEqual([first, second], [["TWO001", "TWO002"], ["TWO003", "TWO004"]])

    def test_when_one_is_rolled_back_then_its_numbers_are_a_gap_and_no_double(self):
        with self.registry.cursor() as one:
            first = self._take(one, 2)
            one.rollback()

        with self.registry.cursor() as two:
            second = self._take(two, 2)

        self.assertEqual([first, second], [["TWO001", "TWO002"], ["TWO003", "TWO004"]])
