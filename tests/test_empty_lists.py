from odoo.tests import tagged
from odoo.tools import html2plaintext

from .common.base import SerialCommon

LISTS = {"list", "kanban", "pivot", "graph"}
LEAST = 30  # characters: what would stand there, and what to do


@tagged("post_install", "-at_install")
class TestEmptyLists(SerialCommon):
    """A list that is empty says what would stand in it, and what to do about that."""

    def _assert_says(self, action):
        text = html2plaintext(action["help"] or "")
        self.assertGreater(len(text), LEAST, action["name"])

    def test_when_a_list_of_the_addon_is_empty_then_it_says_what_to_do(self):
        data = self.env["ir.model.data"].search(
            [("module", "=like", "serial_number_tracking%"), ("model", "=", "ir.actions.act_window")]
        )
        actions = self.env["ir.actions.act_window"].browse(data.mapped("res_id"))
        lists = actions.filtered(lambda action: LISTS & set(action.view_mode.split(",")))
        self.assertGreater(len(lists), 12)
        for action in lists:
            with self.subTest(action=action.name):
                self._assert_says(action)

    def test_when_a_button_leads_to_an_empty_list_then_it_says_what_to_do(self):
        self._receive(["A1"])
        unit = self._unit("A1")
        count = self.env["serial.count"].create({"location_id": self.stock.id})
        for open_list in (unit.action_view_transfers, unit.action_view_parts, count.action_view_moves):
            with self.subTest(open_list.__name__):
                self._assert_says(open_list())
