from odoo.exceptions import UserError
from odoo.tests import tagged

from ..tools.number_shape import make_format
from .common.base import SerialCommon


@tagged("post_install", "-at_install")
class TestNumberShape(SerialCommon):
    """A format by example, and one that is learnt from the numbers that are there."""

    def test_when_one_number_is_the_example_then_its_digits_may_be_others(self):
        self.assertEqual(make_format(["SN24-00017"]), r"SN[0-9]{2}\-[0-9]{5}")

    def test_when_many_are_then_what_differs_may_differ(self):
        self.assertEqual(make_format(["AB1", "AB22"]), "AB[0-9]{1,2}")
        self.assertEqual(make_format(["AB1", "CD2"]), "[A-Z]{2}[0-9]{1}")
        self.assertEqual([make_format(["AB1", "1AB"]), make_format([]), make_format([""])], ["", "", ""])

    def test_when_an_example_is_entered_then_other_numbers_are_refused_by_it(self):
        self.product.product_tmpl_id.serial_format_example = "SN24-00017"

        self.assertIsNone(self.product._find_serial_fault("SN25-12345"))
        code, message = self.product._find_serial_fault("SN25-1234")

        self.assertEqual(code, "bad_format")
        self.assertIn("SN24-00017", message)

    def test_when_the_format_is_changed_by_hand_then_an_example_that_it_refuses_is_not_named(self):
        self.product.product_tmpl_id.serial_format_example = "SN24-00017"
        self.env.flush_all()
        self.product.product_tmpl_id.serial_format = "[A-Z]{3}"

        _code, message = self.product._find_serial_fault("SN24-00018")

        self.assertIn("[A-Z]{3}", message)

    def test_when_the_example_is_taken_away_then_the_format_stays(self):
        template = self.product.product_tmpl_id
        template.serial_format_example = "A1"
        self.env.flush_all()
        template.serial_format_example = False

        self.assertEqual(template.serial_format, "A[0-9]{1}")

    def test_when_it_is_learnt_then_it_fits_the_numbers_that_are_there(self):
        self._receive(["UX-001", "UX-0002"])

        self.product.product_tmpl_id.action_learn_serial_format()

        self.assertEqual(self.product.serial_format, r"UX\-[0-9]{3,4}")
        self.assertEqual(self.product.serial_format_example, "UX-0002")

    def test_when_numbers_have_nothing_in_common_then_nothing_is_learnt(self):
        self._receive(["UX-001", "7"])

        with self.assertRaisesRegex(UserError, "No format fits"):
            self.product.product_tmpl_id.action_learn_serial_format()
