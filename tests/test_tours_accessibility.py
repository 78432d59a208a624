from pathlib import Path

from odoo.tests import new_test_user, tagged

from .common.expected import ExpectedCommon
from .common.portal import URL, PortalCommon
from .common.recall import RecallCommon
from .common.tours import TourCommon

MANAGER = "serial_number_tracking.group_serial_number_manager"
AXE = Path(__file__).resolve().parents[1] / ".odoo" / "node" / "node_modules" / "axe-core" / "axe.min.js"


class AxeCommon(TourCommon):
    """Screens judged by axe: labels, roles, contrast, and what a screen reader is told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not AXE.exists():
            cls.skipTest(cls, "axe-core is not here: dev/test fetches it where Node.js is")
        cls.env["ir.attachment"].create(
            {
                "name": "axe.min.js",
                "url": "/serial_number_tracking_tests/axe.min.js",
                "raw": AXE.read_bytes(),
                "mimetype": "application/javascript",
                "public": True,
            }
        )


@tagged("post_install", "-at_install")
class TestToursAccessibility(AxeCommon):
    """Screens of the warehouse, and what other addons ask by."""

    def test_when_numbers_are_entered_refused_or_counted_up_then_the_window_is_accessible(self):
        self._receive(["P-1", "A-1"])
        tablet = self._make_product("Tablet")
        picking = self._transfer("in", 3)
        picking.move_ids.copy({"product_id": tablet.id, "product_uom_qty": 1, "picking_id": picking.id})
        picking.action_confirm()
        self._tour("serial_accessible_entry", picking)

    def test_when_the_window_closes_then_what_opened_it_has_the_focus(self):
        self._tour("serial_accessible_focus", self._transfer("in", 1))

    def test_when_another_window_closes_then_what_opened_it_has_the_focus(self):
        self._receive(["P-1"])
        self._tour("serial_accessible_wizard", self._unit("P-1"), action="serial_number_tracking.serial_number_action")

    def test_when_units_come_back_then_the_window_is_accessible(self):
        self._receive(["P-1", "P-2"])
        delivery = self._ship(["P-1", "P-2"])
        self._tour("serial_accessible_return", self._open_return(delivery, 2))

    def test_when_blanks_wait_then_the_worklist_is_accessible(self):
        self._receive(blanks=3)
        self._tour("serial_accessible_worklist", action="serial_number_tracking.serial_number_action_worklist")

    def test_when_units_are_scanned_at_the_service_desk_then_it_is_accessible(self):
        new_test_user(self.env, "servant", "stock.group_stock_user,account.group_account_invoice")
        self._receive(["DESK-1"])
        self._ship(["DESK-1"])
        action = "serial_number_tracking.serial_return_desk_action"
        self._tour("serial_accessible_desk", action=action, login="servant")

    def test_when_units_are_counted_then_the_count_is_accessible(self):
        self._receive(["P-1", "P-2"])
        count = self.env["serial.count"].with_user(self.clerk)
        count = count.create({"location_id": self.stock.id, "product_ids": [(6, 0, self.product.ids)]})
        self._tour("serial_accessible_count", count, action="serial_number_tracking.serial_count_action")

    def test_when_the_menu_is_opened_and_a_unit_scanned_then_both_are_accessible(self):
        self._receive(["P-1"])
        self._tour("serial_accessible_start", action="serial_number_tracking.serial_start_action")

    def test_when_another_addon_asks_or_a_file_is_imported_then_both_are_accessible(self):
        self._tour("serial_accessible_ask", action="serial_number_tracking.serial_number_action", login="manager")


@tagged("post_install", "-at_install")
class TestPhoneAccessibility(AxeCommon):
    """The page for phones: its tasks, a unit's card, lists and the window."""

    browser_size = "390x844"
    touch_enabled = True

    def test_when_a_phone_looks_up_and_receives_then_its_screens_are_accessible(self):
        self._receive(["P-1"])
        self._transfer("in", 3)
        self.start_tour("/odoo/serial-phone", "serial_accessible_phone", login="clerk")


@tagged("post_install", "-at_install")
class TestAnnouncedAccessibility(AxeCommon, ExpectedCommon):
    def test_when_numbers_were_announced_then_the_window_is_accessible(self):
        line = self._announce(["P-1", "P-2"], quantity=2)
        self._tour("serial_accessible_announced", self._receipt(line))


@tagged("post_install", "-at_install")
class TestRecallAccessibility(AxeCommon, RecallCommon):
    """A recall, from its units to its end, and the settings."""

    def test_when_a_recall_is_in_progress_then_its_tabs_and_windows_are_accessible(self):
        new_test_user(self.env, "keeper", f"base.group_system,stock.group_stock_manager,{MANAGER}")
        self._story()
        self._tour("serial_accessible_recall", action="serial_number_tracking.serial_recall_action", login="keeper")


@tagged("post_install", "-at_install")
class TestPortalAccessibility(AxeCommon, PortalCommon, RecallCommon):
    """What customers see: their products, the registration, and the notice of a recall."""

    def test_when_a_customer_registers_and_answers_a_recall_then_all_pages_are_accessible(self):
        self._sell("RES-1", "RES-2")
        self._recall(["RES-1"], hazard="It burns.", remedy="A new one.").action_start()
        self.start_tour(URL, "serial_accessible_portal", login="buyer")


@tagged("post_install", "-at_install")
class TestPortalAccessibilityOnPhones(TestPortalAccessibility):
    browser_size = "390x844"
    touch_enabled = True
