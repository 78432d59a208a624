from odoo.tests import new_test_user

from .base import PaperCommon


class SellerCommon(PaperCommon):
    """Reports of units as the lowest user who may print them reads them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls.reader = new_test_user(cls.env, "seller", "sales_team.group_sale_salesman", name="Seller")
