from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import TransactionCase, new_test_user, tagged

from .common import access_methods
from .common.access_table import GROUPS, MAY, OUTSIDERS

READS = {
    "search_read": [[]],
    "web_search_read": [[], {}],
    "search_count": [[]],
    "name_search": [""],
    "formatted_read_group": [[], [], ["__count"]],
}


@tagged("post_install", "-at_install")
class TestOutsiders(TransactionCase):
    """People from outside need none of the models."""

    def test_when_outsiders_read_by_rpc_then_every_model_is_refused(self):
        for group in OUTSIDERS:
            user = new_test_user(self.env, f"{group} user", GROUPS[group])
            for model in MAY:
                for method, arguments in READS.items():
                    with self.subTest(model=model, method=method, group=group), self.assertRaises(AccessError):
                        call_kw(self.env[model].with_user(user), method, arguments, {})


@tagged("post_install", "-at_install")
class TestAccessMethods(access_methods.AccessMethods):
    """The public methods of the addon."""
