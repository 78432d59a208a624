import json

from odoo.tests import tagged

from ..tools import naming
from .common.tab import BrowserCommon

SUITE = "@serial_number_tracking"


def make_hash(text):
    """Return the id by which Odoo's runner of unit tests knows a suite, as ``web/tests/test_js.py`` makes it."""
    number = 0
    for char in text:
        number = ((number << 5) - number + ord(char)) & 0xFFFFFFFF
    return f"{number:08x}"


@tagged("post_install", "-at_install")
class TestHoot(BrowserCommon):
    """The unit tests in JavaScript, by Odoo's own runner."""

    def test_units_of_javascript(self):
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={make_hash(SUITE)}",
            "",
            "",
            login="admin",
            timeout=600,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message,
        )

    def test_when_numbers_are_compared_then_javascript_and_python_agree(self):
        """The window knows numbers again in the answers: by the register's keys."""
        texts = [
            " ab  1 ",
            "ＡＢ１",
            "straße",
            "A\u00a01",
            "é",
            "e\u0301",
            "٣٤",
            "a-1/2",
            "ﬁ1",
            "x\ty",
            "A1,B2;C3\r\nD4",
        ]
        labels = [
            "\x1d0109521234543213\x1d21A,1",
            "]C10109521234543213\x1d21A;1\n]C1010952123454321321B,2\r\nC3, D4 ",
            " [)>\x1e06\x1dSA,B\x1e\x04 ",
            "https://a.example/01/09521234543213/21/A,1;2, https://a.example/21/B\tX",
            "\x1d",
            "A1\x1d",
            "]",
            "[)>06,1",
            "A],B",
        ]
        keys = {text: naming.make_key(text) for text in texts[:-2]}
        lists = {text: naming.split_text(text) for text in [*texts, *labels]}
        self.browser_js(
            "/odoo",
            f"""
            const {{ numberKey, splitNumbers }} = odoo.loader.modules.get("@serial_number_tracking/entry/numbers");
            const faults = [
                ...Object.entries({json.dumps(keys)}).filter(([text, key]) => numberKey(text) !== key),
                ...Object.entries({json.dumps(lists)}).filter(
                    ([text, names]) => JSON.stringify(splitNumbers(text)) !== JSON.stringify(names)
                ),
            ];
            faults.length ? console.error(JSON.stringify(faults)) : console.log("test successful");
            """,
            "odoo.loader.modules.has('@serial_number_tracking/entry/numbers')",
            login="admin",
        )
