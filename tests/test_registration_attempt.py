from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged

from ..models.portal.serial_registration_attempt import ATTEMPTS

GUESSES = ATTEMPTS + 3


@tagged("post_install", "-at_install")
class TestRegistrationAttempt(BaseCase):
    """Numbers guessed at the same moment, on as many real connections; what they commit is deleted afterwards."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            self.guesser = api.Environment(cr, SUPERUSER_ID, {}).ref("base.user_admin").id
        self._clean()
        self.addCleanup(self._clean)

    def _clean(self):
        with self.registry.cursor() as cr:
            cr.execute("DELETE FROM serial_registration_attempt WHERE create_uid = %s", [self.guesser])

    def _attempts(self, cr):
        return api.Environment(cr, self.guesser, {})["serial.registration.attempt"].sudo()

    def test_when_numbers_are_guessed_at_once_then_no_more_are_looked_up_than_one_after_the_other(self):
        together = Barrier(GUESSES)

        def guess(_number):
            with self.registry.cursor() as cr:
                attempts = self._attempts(cr)
                attempts.search_count([])  # the request's snapshot
                together.wait()
                return attempts._begin()

        with ThreadPoolExecutor(GUESSES) as pool:
            begun = list(filter(None, pool.map(guess, range(GUESSES))))

        self.assertEqual(len(begun), ATTEMPTS)

    def test_when_the_request_ends_in_an_error_then_its_attempt_counts(self):
        with self.registry.cursor() as cr:
            self._attempts(cr)._begin()
            cr.rollback()
            self.assertEqual(self._attempts(cr).search_count([("create_uid", "=", self.guesser)]), 1)

    def test_when_the_number_is_right_then_its_attempt_is_forgotten(self):
        with self.registry.cursor() as cr:
            attempts = self._attempts(cr)
            attempts.search_count([])
            attempts._forget(attempts._begin())
            cr.rollback()
            self.assertEqual(self._attempts(cr).search_count([("create_uid", "=", self.guesser)]), 0)
