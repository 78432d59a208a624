"""What the statuses and flows of other addons become beside ours, and that nothing is paid where there are none."""

from odoo.tests import TransactionCase, tagged

from ..tools.flow import FLOWS
from ..tools.rules import Rules
from ..tools.status import KINDS, NEW, SAME, STATUSES, Kind, Status

CHECKED = Status(
    *("quality", "Quality Check"),
    in_stock=True,
    released_to="available",
    recall="loose",
    imports_as="available",
    accepted_by=("scrap",),
)


@tagged("post_install", "-at_install")
class TestRules(TransactionCase):
    def _rules(self, *statuses, kinds=()):
        return Rules([*STATUSES, *statuses], [*KINDS, *kinds], FLOWS.values())

    def test_when_an_event_leads_to_the_status_it_is_released_to_then_it_may_lead_to_the_added_one(self):
        rules = self._rules(CHECKED)
        for kind, before in (("received", NEW), ("numbered", "received"), ("returned", "sold"), ("released", "hold")):
            with self.subTest(kind=kind):
                self.assertTrue(rules.is_allowed(kind, before, "quality"))

    def test_when_a_flow_does_not_accept_a_status_then_its_event_does_not_take_it(self):
        rules = self._rules(CHECKED)
        self.assertTrue(rules.is_allowed("scrapped", "quality", "void"))
        for kind, after in (("shipped", "sold"), ("invoiced", "sold"), ("designated", "designated")):
            with self.subTest(kind=kind):
                self.assertFalse(rules.is_allowed(kind, "quality", after))

    def test_when_a_status_is_no_deliverys_then_its_units_are_kept_back(self):
        self.assertEqual(self._rules().kept_back, ("designated", "hold", "void"))
        self.assertEqual(self._rules(CHECKED).kept_back, ("designated", "hold", "void", "quality"))

    def test_when_a_flow_accepts_an_added_status_then_it_may_reserve_it(self):
        flow = self._rules(CHECKED).flows["scrap"]
        self.assertIn("quality", flow.accepts)
        self.assertIn("quality", flow.reserves)
        self.assertNotIn("quality", FLOWS["scrap"].accepts)

    def test_when_a_status_is_added_then_ours_stay_as_they_are(self):
        ours, both = self._rules(), self._rules(CHECKED)
        codes = [status.code for status in STATUSES]
        for kind in KINDS:
            for before in (NEW, *codes):
                allowed = [[rules.is_allowed(kind.code, before, after) for after in codes] for rules in (ours, both)]
                self.assertEqual(*allowed, (kind.code, before))

    def test_when_a_kind_is_added_then_it_allows_what_it_says(self):
        rules = self._rules(kinds=[Kind("repaired", "Repaired", {"sold": (SAME,)})])
        self.assertTrue(rules.is_allowed("repaired", "sold", "sold"))
        self.assertFalse(rules.is_allowed("repaired", "available", "available"))

    def test_when_no_other_addon_is_there_then_nobody_listens(self):
        register = self.env["serial.number"]
        for model in ("serial.number", "serial.event", "stock.move", "account.move.line"):
            with self.subTest(model=model):
                others = register._get_heard_fields(model) & {"status", "customer_id", "serial_ids", "kind", "name"}
                self.assertFalse(others)
        self.assertFalse(register._get_heard_fields("serial.number"))
