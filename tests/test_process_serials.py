"""Many transfers in one call of another system, which may be made again without harm."""

import datetime
import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import SerialCommon


class ProcessCommon(SerialCommon):
    def _process(self, *transfers, key=None, user=None):
        pickings = self.env["stock.picking"].with_user(user or self.clerk)
        return pickings.process_serials(list(transfers), key=key)


@tagged("post_install", "-at_install")
class TestProcessSerials(ProcessCommon):
    def test_when_transfers_are_received_shipped_and_taken_back_then_each_is_done(self):
        receipts = [self._transfer("in", 2), self._transfer("in", 1)]
        answers = self._process(
            {"id": receipts[0].id, "names": ["A1", "A2"]},
            {"id": receipts[1].id, "lines": [{"product_id": self.product.id, "names": ["A3"]}]},
        )
        self.assertEqual([answer["ok"] for answer in answers], [True, True], answers)
        delivery = self._transfer("out", 2)
        self._process({"id": delivery.id, "names": ["A1", "A3"]})
        self.assertEqual(self._units("sold").mapped("name"), ["A1", "A3"])

        answer = self._process({"return_of": delivery.id, "names": ["A1"]})[0]

        self.assertEqual((answer["ok"], answer["return_of"], answer["state"]), (True, delivery.id, "done"), answer)
        self.assertEqual(self._units("sold").mapped("name"), ["A3"])
        lines = [{"move_id": delivery.move_ids.id, "names": ["A3"]}]
        self.assertTrue(self._process({"return_of": delivery.id, "lines": lines})[0]["ok"])
        self.assertFalse(self._units("sold"))
        self.assertAddsUp()

    def test_when_one_cannot_be_done_then_it_stays_and_the_others_go_on(self):
        self._receive(["A1"])
        wrong, right = self._transfer("in", 1), self._transfer("in", 1)
        answers = self._process({"id": wrong.id, "names": ["A1"]}, {"id": right.id, "names": ["A2"]})
        self.assertEqual([answer["ok"] for answer in answers], [False, True])
        self.assertIn("A1", answers[0]["message"])
        self.assertEqual((wrong.state, wrong.move_ids.serial_draft, right.state), ("assigned", False, "done"))

    def test_when_numbers_are_missing_then_it_says_so_or_leaves_them_blank(self):
        receipt = self._transfer("in", 3)
        answer = self._process({"id": receipt.id, "names": ["A1"]})[0]
        self.assertFalse(answer["ok"])
        self.assertIn("blanks", answer["message"])
        answer = self._process({"id": receipt.id, "names": ["A1"], "blanks": True})[0]
        self.assertEqual((answer["ok"], answer["serial_missing"]), (True, 2), answer)

    def test_when_less_comes_then_the_rest_comes_later_or_never(self):
        later, never = self._transfer("in", 3), self._transfer("in", 3)
        answers = self._process(
            {"id": later.id, "lines": [{"move_id": later.move_ids.id, "names": ["A1"], "quantity": 1}]},
            {
                "id": never.id,
                "lines": [{"move_id": never.move_ids.id, "names": ["A2"], "quantity": 1}],
                "backorder": False,
            },
        )
        self.assertEqual([answer["ok"] for answer in answers], [True, True], answers)
        self.assertEqual([len(answer["backorder_ids"]) for answer in answers], [1, 0])

    def test_when_a_transfer_is_done_already_then_it_says_so(self):
        receipt = self._receive(["A1"])
        answer = self._process({"id": receipt.id, "names": ["A2"]})[0]
        self.assertEqual(answer["message"], f"{receipt.name} is closed (Done).")

    def test_when_a_unit_was_not_delivered_then_it_is_not_taken_back(self):
        self._receive(["A1", "A2"])
        delivery = self._ship(["A1"])
        answer = self._process({"return_of": delivery.id, "names": ["A2"]})[0]
        self.assertFalse(answer["ok"])
        self.assertIn("A2", answer["message"])

    def test_when_a_call_is_repeated_with_its_key_then_nothing_is_done_twice(self):
        receipt = self._transfer("in", 1)
        asked = {"id": receipt.id, "names": ["A1"]}
        first = self._process(asked, key="order 1")
        self.assertEqual(self._process(asked, key="order 1"), first)
        self.assertTrue(first[0]["ok"])
        self.assertFalse(self._process(asked)[0]["ok"])
        with self.assertRaisesRegex(UserError, "another call"):
            self._process({"id": receipt.id, "names": ["A2"]}, key="order 1")

    def test_when_another_user_has_the_same_key_then_it_is_another_call(self):
        first, second = self._transfer("in", 1), self._transfer("in", 1)
        self._process({"id": first.id, "names": ["A1"]}, key="1")
        self.assertTrue(self._process({"id": second.id, "names": ["A2"]}, key="1", user=self.manager)[0]["ok"])

    def test_when_a_call_is_refused_as_a_whole_then_its_key_is_free(self):
        receipt = self._transfer("in", 1)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._process({"id": receipt.id, "nams": ["A1"]}, key="1")
        self.assertTrue(self._process({"id": receipt.id, "names": ["A1"]}, key="1")[0]["ok"])

    def test_when_a_call_is_wrong_then_one_sentence_and_nothing_is_done(self):
        receipt = self._transfer("in", 1)
        for asked in (
            [{}],
            [{"id": "1"}],
            [{"id": receipt.id, "names": "A1"}],
            [{"id": receipt.id, "lines": [{"names": ["A1"], "amount": 1}]}],
            [{"id": receipt.id, "lines": "A1"}],
            [{"id": receipt.id, "lines": [{"move_id": receipt.move_ids.id, "quantity": "1"}]}],
            [{"id": receipt.id, "names": ["A1"]}, {"id": receipt.id, "names": ["A2"]}],
            [{"id": receipt.id, "names": ["A1"], "lines": []}],
            [{"id": 2**31}],
            [{"id": receipt.id, "blanks": "false"}],
            [{"id": receipt.id, "names": ["A1"], "backorder": 0}],
            [receipt.id],
            "A1",
            None,
        ):
            with self.subTest(asked=asked), self.assertRaises(UserError):
                self.env["stock.picking"].with_user(self.clerk).process_serials(asked)
        for key in ("", " ", 1, "x" * 129, ["a"]):
            with self.subTest(key=key), self.assertRaises(UserError):
                self._process(key=key)
        self.assertEqual(receipt.state, "assigned")

    def test_when_a_transfer_is_another_companys_then_refused(self):
        stranger = self._make_stranger("stock.group_stock_user")
        receipt = self._transfer("in", 1)
        with self.assertRaises(AccessError):
            self._process({"id": receipt.id, "names": ["A1"]}, user=stranger)

    def test_when_keys_are_old_then_they_are_forgotten(self):
        self._process(key="1")
        call = self.env["serial.call"].search([("key", "=", "1")])
        self.env["serial.call"]._gc_calls()
        self.assertTrue(call.exists())
        call.date -= datetime.timedelta(days=91)
        self.env["serial.call"]._gc_calls()
        self.assertFalse(call.exists())

    def test_when_200_transfers_are_received_then_one_call_does_it(self):
        receipts = [self._transfer("in", 1) for _receipt in range(200)]
        asked = [{"id": receipt.id, "names": [f"A{index}"]} for index, receipt in enumerate(receipts)]
        answers = self._process(*asked, key="all")
        self.assertTrue(all(answer["ok"] for answer in answers))
        self.assertEqual(len(self._units("available")), 200)


@tagged("post_install", "-at_install")
class TestProcessByHttp(ProcessCommon, HttpCase):
    """The same with a real API key, over JSON-2."""

    def setUp(self):
        super().setUp()
        self.headers = {"X-Odoo-Database": self.env.cr.dbname}
        self._log_in(self.clerk)

    def _log_in(self, user):
        expires = datetime.datetime.now() + datetime.timedelta(days=1)
        key = self.env["res.users.apikeys"].with_user(user)._generate("rpc", "test", expires)
        self.headers["Authorization"] = f"bearer {key}"

    def _call(self, path, **body):
        return self.url_open(f"/json/2/{path}", json=body, headers=self.headers)

    def test_when_a_call_is_sent_twice_then_the_second_answer_is_the_first(self):
        receipts = [self._transfer("in", 1) for _receipt in range(3)]
        asked = [{"id": receipt.id, "names": [f"A{receipt.id}"]} for receipt in receipts]
        answers = [self._call("stock.picking/process_serials", transfers=asked, key="K1") for _time in range(2)]
        self.assertEqual([answer.status_code for answer in answers], [200, 200], answers[0].text)
        self.assertEqual(answers[0].json(), answers[1].json())
        self.assertEqual(len(self._units("available")), 3)

    @mute_logger("odoo.http")
    def test_when_a_call_is_wrong_then_it_is_told_in_one_sentence(self):
        receipt = self._transfer("in", 1)
        for path, body in (
            ("stock.move/assign_serials", {"ids": [], "names": ["A1"]}),
            ("stock.move/assign_serials", {"ids": "12", "names": ["A1"]}),
            ("stock.move/assign_serials", {"ids": receipt.move_ids.ids, "names": "A1"}),
            ("stock.move/assign_serials", {"ids": [*receipt.move_ids.ids, 1], "names": ["A1"]}),
            ("serial.number/action_hold", {"ids": [], "reason": "x"}),
            ("stock.picking/process_serials", {"transfers": "A1"}),
            ("stock.picking/process_serials", {"transfers": [{"id": receipt.id, "nams": []}]}),
        ):
            with self.subTest(path=path, body=body):
                answer = self._call(path, **body)
                self.assertEqual(answer.status_code, 422, answer.text)
                self.assertRegex(answer.json()["message"], r"\w+ \w+")
                self.assertNotIn("singleton", answer.json()["message"])

    def test_when_the_documentation_page_is_asked_then_it_has_arguments_and_examples(self):
        if "api_doc.group_allow_doc" not in self.env["ir.model.data"].search([]).mapped("complete_name"):
            self.skipTest("the app that shows /doc is not installed")
        reader = new_test_user(
            self.env, "reader", "stock.group_stock_user,api_doc.group_allow_doc,sales_team.group_sale_salesman"
        )
        self._log_in(reader)
        for model, method, parameters in (
            ("stock.picking", "process_serials", {"transfers", "key"}),
            ("stock.move", "assign_serials", {"names"}),
            ("stock.move", "check_serials", {"names"}),
            ("serial.number", "action_hold", {"reason", "until", "detail"}),
            ("serial.number", "action_register", {"end_user", "date", "channel"}),
            ("sale.order.line", "designate_serials", {"names"}),
        ):
            with self.subTest(method=f"{model}.{method}"):
                answer = self.url_open(f"/doc-bearer/{model}.json", headers=self.headers)
                told = json.loads(answer.text)["methods"][method]
                documented = {name for name, what in told["parameters"].items() if what.get("doc")}
                self.assertLessEqual(parameters, documented, told)
                self.assertIn("<pre", told["doc"])
