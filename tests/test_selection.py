from odoo.tests import Form, tagged

from .common.base import SerialCommon

WINDOWS = ("serial.status.change", "serial.register", "serial.label.layout", "serial.report")


@tagged("post_install", "-at_install")
class TestSelection(SerialCommon):
    """Windows about selected units: the selection stays on the server, however large it is."""

    def setUp(self):
        super().setUp()
        self.units = self._receive(["A1", "A2", "A3"]).move_ids.serial_ids
        self.context = {"active_model": "serial.number", "active_ids": self.units.ids}

    def test_when_a_window_opens_then_its_form_holds_no_unit(self):
        for model in WINDOWS:
            with self.subTest(model):
                form = Form(self.env[model].with_context(**self.context))
                self.assertNotIn("serial_ids", form._view["fields"])

    def test_when_a_window_opens_then_it_counts_the_selected_units(self):
        counts = {
            "serial.status.change": "count",
            "serial.register": "count",
            "serial.label.layout": "label_count",
            "serial.report": "selected",
        }
        for model, field in counts.items():
            with self.subTest(model):
                self.assertEqual(Form(self.env[model].with_context(**self.context))[field], 3)

    def test_when_a_window_is_saved_then_it_is_about_the_selected_units(self):
        with Form(self.env["serial.status.change"].with_context(**self.context)) as form:
            form.hold_reason_id = self.env["serial.hold.reason"].search([], limit=1)
        change = form.record

        change.with_context(active_ids=[]).action_apply()

        self.assertEqual(change.serial_ids, self.units)
        self.assertEqual(set(self.units.mapped("status")), {"hold"})

    def test_when_a_report_of_a_selection_is_made_then_it_has_these_units(self):
        form = Form(self.env["serial.report"].with_context(active_model="serial.number", active_ids=self.units[:2].ids))
        self.assertEqual(form.count, 2)

        report = form.save()

        self.assertEqual(self.env["serial.number"].search(report._get_domain()), self.units[:2])
