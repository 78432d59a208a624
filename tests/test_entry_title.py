from odoo.tests import tagged

from ..engine import entry_title
from ..tools.flow import FLOWS
from .common.entry import EntryCommon


@tagged("post_install", "-at_install")
class TestEntryTitle(EntryCommon):
    """The window says what is done, with which document, and which way the units go."""

    def test_when_a_flow_asks_then_its_deed_has_words_and_a_way(self):
        words = [entry_title.describe_deed(self.env, flow) for flow in FLOWS.values()]

        self.assertEqual(len(set(words)), len(FLOWS))
        self.assertNotIn("Serial Numbers", words)
        self.assertFalse({flow.way for flow in FLOWS.values()} - {"in", "out", "back", "gone", "move", "keep"})

    def test_when_a_receipt_asks_then_the_title_names_it(self):
        picking = self._transfer("in", 1)

        action = picking.button_validate()

        self.assertEqual(action["name"], f"Receive: {picking.name}")
        line = self.env["serial.entry"].browse(action["res_id"]).get_state()["lines"][0]
        self.assertEqual((line["deed"], line["way"]), ("Receive", "in"))

    def test_when_a_count_asks_then_the_title_says_what_it_does_to_units(self):
        quant = self.env["stock.quant"].with_context(inventory_mode=True)
        count = quant.create({"product_id": self.product.id, "location_id": self.stock.id, "inventory_quantity": 1})

        action = count.with_context(serial_ask=True).action_apply_inventory()

        self.assertEqual(action["name"], f"Add to Stock: {count._serial_document()}")

    def test_when_many_documents_ask_then_they_are_counted(self):
        pickings = self.env["stock.picking"].union(*(self._transfer("in", 1) for _number in range(3)))

        self.assertEqual(entry_title.make_title(pickings.move_ids), "Receive: 3 documents")
