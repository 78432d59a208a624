from odoo import fields
from odoo.tests import new_test_user, tagged

from .common import SerialCommon

FIGURES = ("received", "sold", "missing", "warranty")


@tagged("post_install", "-at_install")
class TestDigest(SerialCommon):
    """What Odoo's e-mail of figures says of units."""

    def _figures(self, user):
        """Return what the digest of today says to a user: ``{figure: value}``."""
        digest = self.env["digest.digest"].create(
            {"name": "Figures", "company_id": self.company.id} | {f"kpi_serial_{name}": True for name in FIGURES}
        )
        told = digest._compute_kpis(self.company, user)
        return {row["kpi_name"].removeprefix("kpi_serial_"): row["kpi_col1"].get("value") for row in told}

    def test_when_units_came_and_went_then_the_digest_counts_them(self):
        self.product.warranty_months = 12
        self._receive(["A1", "A2"], blanks=1)
        self._ship(["A1", "A2"])
        yesterday = fields.Date.add(self.company._get_serial_day(), days=-1)
        units = self._units("sold") | self._units("received")
        units.with_user(self.manager).write({"date_received": yesterday})
        self._unit("A1").with_user(self.manager).write(
            {"date_sold": yesterday, "warranty_end": fields.Date.add(yesterday, days=9)}
        )
        self.assertEqual(
            {name: str(value) for name, value in self._figures(self.clerk).items()},
            {"received": "3", "sold": "1", "missing": "1", "warranty": "1"},
        )

    def test_when_the_reader_may_not_look_units_up_then_he_gets_no_figures(self):
        self._receive(["A1"])
        self.assertFalse(self._figures(new_test_user(self.env, "plain", "base.group_user")))

    def test_when_figures_lead_somewhere_then_the_actions_are_there(self):
        actions = self.env["digest.digest"]._compute_kpis_actions(self.company, self.clerk)
        for name in FIGURES:
            self.assertTrue(self.env.ref(actions[f"kpi_serial_{name}"].split("?")[0]))
