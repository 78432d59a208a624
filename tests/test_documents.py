"""The documents at the root and in docs/: their links lead somewhere, and their examples run."""

import datetime
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import polib

from odoo.tests import HttpCase, TransactionCase, tagged
from odoo.tools import file_path

from ..engine.check import GOOD
from ..tools.flow import FLOWS
from .common.base import SerialCommon

ROOT = Path(file_path("serial_number_tracking/__manifest__.py")).resolve().parent
PAGE = ROOT / "CONTRIBUTING.md"
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
PICTURE = re.compile(r"""<img\b[^>]*?\bsrc=["']([^"']+)""")
ANCHOR = re.compile(r"\]\((?!https?:)([^)#]*)#([^)]+)\)")
SHOT = re.compile(r"pictures/[\w-]+\.png")
LABEL = re.compile(r"\*\*([^*]+?)\*\*")
KEY = re.compile(r"""data-hotkey="([^"]+)"|useHotkey\("alt\+(\w)"|\bhotkey="(\w)\"""")
TERNARY = re.compile(r"\? '(\w)' :")
EXAMPLE = re.compile(r"```http\nPOST (?P<path>\S+)\n(?P<body>.*?)\n```(?:\n```json\n(?P<answer>.*?)\n```)?", re.DOTALL)
DECIDED = re.compile(r"""\.decide\(\s*"(\w+)\"""")
RETURNED = re.compile(r"""return "(\w+)", """)
README_LINES = 80
COMMAND = re.compile(r"(?:^|`)(dev/\w+(?![\w/.])[^`\n]*)", re.MULTILINE)
OPTION = re.compile(r"(?<!\w)--[\w-]+")
WORD = re.compile(r"(?<!\S)[a-z]\w+(?!\S)")  # of a command: a part, a scene; what stands in brackets is explained there


def find_documents():
    """Return the paths of all documents for readers."""
    return [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]


def find_commands():
    """Return ``{command: documents that name it}``, each with its options, as it stands there."""
    found = {}
    for path in find_documents():
        for command in COMMAND.findall(path.read_text()):
            found.setdefault(command.strip(), []).append(path.name)
    return found


def find_anchors(path):
    """Return what links to the headings of a document end with, as GitHub makes it."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def find_keys():
    """Return the keys of our own screens, as documents write them: ``Alt+Shift+B``."""
    files = [ROOT / "tools/status.py"]
    for folder in ("static/src", "views", "wizards"):
        files += [path for path in (ROOT / folder).rglob("*") if path.suffix in (".js", ".xml")]
    text = "\n".join(path.read_text() for path in files)
    found = {"".join(groups) for groups in KEY.findall(text)}
    letters = {key for key in found if re.fullmatch(r"(shift\+)?\w", key)} | set(TERNARY.findall(text))
    return {f"Alt+{key.replace('shift+', 'Shift+')[:-1]}{key[-1].upper()}" for key in letters}


def read_labels(language):
    """Return ``{English: all its translations}`` of the addon and the glue addons."""
    labels = {}
    for path in [*ROOT.glob(f"i18n/{language}.po"), *ROOT.glob(f"addons/*/i18n/{language}.po")]:
        for entry in polib.pofile(str(path)):
            if entry.msgstr:
                labels.setdefault(entry.msgid, set()).add(entry.msgstr)
    return labels


@tagged("post_install", "-at_install")
class TestDocuments(TransactionCase):
    def test_when_a_document_links_a_file_then_it_is_there(self):
        dead = [
            f"{path.name}: {link}"
            for path in find_documents()
            for link in LINK.findall(path.read_text())
            if not (path.parent / link).exists()
        ]
        self.assertFalse(dead)

    def test_when_a_document_names_a_command_then_it_knows_what_is_said_of_it(self):
        commands, told = find_commands(), {}
        self.assertGreater(len(commands), 15)
        for command, documents in commands.items():
            program, _space, arguments = command.partition(" ")
            with self.subTest(command=command, documents=documents):
                self.assertTrue(os.access(ROOT / program, os.X_OK), "it is no program")
                if program not in told:
                    command = [sys.executable, ROOT / program, "--help"]
                    run = subprocess.run(command, capture_output=True, text=True, timeout=60)
                    told[program] = run.stdout + run.stderr
                unknown = set(OPTION.findall(arguments)) - set(OPTION.findall(told[program]))
                self.assertFalse(unknown, told[program])
                for word in WORD.findall(re.sub(r"\[.*?\]|-k \w+", "", arguments)):
                    self.assertRegex(told[program], rf"\b{word}\b")
                for path in re.findall(r"(?:tests|addons)/[\w/]+\.py", arguments):
                    self.assertTrue((ROOT / path).exists(), path)

    def test_when_there_is_a_command_then_the_page_for_developers_names_it(self):
        programs = {path.name for path in (ROOT / "dev").iterdir() if path.is_file() and os.access(path, os.X_OK)}
        named = {command.split()[0].removeprefix("dev/") for command in COMMAND.findall(PAGE.read_text())}
        self.assertEqual(programs - named, set())

    def test_when_a_page_shows_a_picture_then_it_is_there(self):
        pages = [*find_documents(), ROOT / "static/description/index.html"]
        shown = [(path, name) for path in pages for name in PICTURE.findall(path.read_text())]
        self.assertGreater(len(shown), 20)
        self.assertFalse([f"{path.name}: {name}" for path, name in shown if not (path.parent / name).exists()])

    def test_when_a_document_links_a_heading_then_it_is_there(self):
        dead = [
            f"{path.relative_to(ROOT)}: {link}#{anchor}"
            for path in find_documents()
            for link, anchor in ANCHOR.findall(path.read_text())
            if anchor not in find_anchors(path.parent / link if link else path)
        ]
        self.assertFalse(dead)

    def test_when_a_document_is_there_in_german_then_it_has_the_same_parts_and_pictures(self):
        for german in sorted(ROOT.glob("docs/de/*.md")):
            text, translation = (ROOT / "docs" / german.name).read_text(), german.read_text()
            with self.subTest(german.name):
                self.assertEqual(SHOT.findall(text), SHOT.findall(translation))
                parts = [re.findall(r"^(?:#+|\||- |\d\.) ", each, re.MULTILINE) for each in (text, translation)]
                self.assertEqual(*parts)

    def test_when_a_document_is_there_in_german_then_its_labels_are_those_of_the_screens(self):
        labels = read_labels("de")
        self.assertGreater(len(labels), 1000)
        for german in sorted(ROOT.glob("docs/de/*.md")):
            named = {" ".join(label.split()) for label in LABEL.findall((ROOT / "docs" / german.name).read_text())}
            translation = " ".join(german.read_text().split())
            wrong = {
                label: labels[label]
                for label in named & labels.keys()
                if not any(word in translation for word in labels[label])
            }
            self.assertFalse(wrong, german.name)

    def test_when_a_screen_has_a_key_then_the_pages_for_the_wall_have_it(self):
        keys = find_keys()
        self.assertTrue({"Alt+B", "Alt+Shift+F", "Alt+N", "Alt+U", "Alt+H"} <= keys, keys)
        english, german = ((ROOT / name).read_text() for name in ("docs/keys.md", "docs/de/keys.md"))
        self.assertFalse({key for key in keys if f"`{key}`" not in english})
        self.assertFalse({key for key in keys if f"`{key.replace('Shift', 'Umschalt')}`" not in german})

    def test_when_a_flow_is_changed_then_its_manual_page_says_so(self):
        rows = [
            line.split(" | ") for line in (ROOT / "docs/flows.md").read_text().splitlines() if line.count("|") == 11
        ]
        shown = {row[0].strip("| `"): [cell.strip(" |") for cell in row[1:]] for row in rows if "`" in row[0]}
        columns = ("takes", "accepts", "accepts_own", "unknown", "blanks", "named_to", "blank_to", "fills", "clears")
        table = {code: [getattr(flow, name) for name in columns] for code, flow in FLOWS.items()}
        written = {
            code: [", ".join(value) if isinstance(value, tuple) else value for value in row]
            for code, row in table.items()
        }

        self.assertEqual(shown, {code: [value or "–" for value in row] for code, row in written.items()})

    def test_when_somebody_opens_the_readme_then_it_is_one_page(self):
        lines = (ROOT / "README.md").read_text().splitlines()
        self.assertLessEqual(len(lines), README_LINES)

    def test_when_a_document_names_a_file_of_the_code_then_it_is_there(self):
        named = re.compile(r"`((?:models|wizards|controllers|tests|dev|engine|tools)/[\w/]+\.py)`")
        dead = [
            f"{path.name}: {name}"
            for path in find_documents()
            for name in named.findall(path.read_text())
            if not (ROOT / name).exists()
        ]
        self.assertFalse(dead)

    def test_when_code_gives_a_check_a_code_then_integrate_names_it(self):
        text, codes = (ROOT / "docs" / "integrate.md").read_text(), set(GOOD)
        for folder in ("engine", "models", "wizards"):
            for path in (ROOT / folder).rglob("*.py"):
                codes |= set(DECIDED.findall(path.read_text()))
        for path in ("engine/check.py", "engine/scan.py", "models/product_product.py"):
            codes |= set(RETURNED.findall((ROOT / path).read_text()))

        self.assertGreater(len(codes), 20)
        self.assertEqual({code for code in codes if f"`{code}`" not in text}, set())


@tagged("post_install", "-at_install")
class TestExamples(SerialCommon, HttpCase):
    def setUp(self):
        super().setUp()
        expires = datetime.datetime.now() + datetime.timedelta(days=1)
        user = self._make_integrator()
        self.key = self.env["res.users.apikeys"].with_user(user)._generate("rpc", "test", expires)
        self.ids = self._make_ids()

    def _make_integrator(self):
        groups = ("stock.group_stock_user", "sales_team.group_sale_salesman", "purchase.group_purchase_user")
        self.clerk.group_ids |= self.env["res.groups"].browse([self.env.ref(group).id for group in groups])
        return self.clerk

    def _make_ids(self):
        """Return what the names with a dollar in the examples stand for."""
        self._receive(["C1", "C2", "C3"])
        self._ship(["C2"])
        old = self._ship(["C3"])
        many = [self._transfer("in", 2), self._transfer("out", 1), self._transfer("in", 3)]
        receipt, short, delivery = self._transfer("in", 2), self._transfer("in", 1), self._transfer("out", 1)
        sale, purchase = self._order(), self._purchase(2)
        own = self._make_product("Own Phone")
        own.serial_series_id = self.env["serial.series"].create({"name": "Own Phones", "prefix": "OWN"})
        sale.user_id = self.clerk
        return {
            "RECEIPT": receipt.id,
            "RECEIPT_LINE": receipt.move_ids.id,
            "SHORT_RECEIPT": short.id,
            "DELIVERY": delivery.id,
            "DELIVERY_LINE": delivery.move_ids.id,
            "PURCHASE_LINE": purchase.order_line.id,
            "SALE_LINE": sale.order_line.id,
            "SOLD_UNIT": self._unit("C2").id,
            "RECEIPT_2": many[0].id,
            "DELIVERY_2": many[1].id,
            "RECEIPT_3": many[2].id,
            "RECEIPT_3_LINE": many[2].move_ids.id,
            "OLD_DELIVERY": old.id,
            "UNIT": self._unit("C1").id,
            "OWN_RECEIPT": self._transfer("in", 2, product=own).id,
            "END_USER": self.customer.id,
        }

    def _fill(self, text):
        """Put ids where an example names a record; those of a window are known once it is open."""
        entry = self.env["serial.entry"].search([("create_uid", "=", self.clerk.id)], order="id desc", limit=1)
        ids = self.ids | {"ENTRY": entry.id, "ENTRY_LINE": entry.line_ids[:1].id}
        return re.sub(r"\$([A-Z_0-9]+)", lambda match: str(ids[match[1]]), text)

    def assertContains(self, answer, expected):
        """Compare what an example shows of its answer: it may leave out what does not matter there."""
        if isinstance(expected, dict):
            self.assertIsInstance(answer, dict)
            self.assertEqual({name: answer.get(name) for name in expected}, expected)
        elif isinstance(expected, list):
            self.assertEqual(len(answer), len(expected), answer)
            for one, other in zip(answer, expected, strict=True):
                self.assertContains(one, other)
        else:
            self.assertEqual(answer, expected)

    def test_when_another_system_follows_the_document_then_each_call_works(self):
        text = (ROOT / "docs" / "integrate.md").read_text()
        examples = list(EXAMPLE.finditer(text))
        self.assertGreater(len(examples), 10)
        headers = {"Authorization": f"bearer {self.key}", "X-Odoo-Database": self.env.cr.dbname}
        for example in examples:
            body = json.loads(self._fill(example["body"]))
            with self.subTest(example["path"], body=body):
                response = self.url_open(example["path"], json=body, headers=headers)
                self.assertEqual(response.status_code, 200, response.text)
                if example["answer"]:
                    self.assertContains(response.json(), json.loads(self._fill(example["answer"])))
        self.assertEqual(self._unit("A1").status, "sold")
        self.assertAddsUp()
