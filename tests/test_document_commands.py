"""The commands and the pieces of code that the documents show: the programs know each word, the examples are real."""

import itertools
import re
import shlex
import subprocess
import sys
from pathlib import Path

from odoo.tests import TransactionCase, tagged
from odoo.tools import config, file_path

ROOT = Path(file_path("serial_number_tracking/__manifest__.py")).resolve().parent
BLOCK = re.compile(r"^```(\w*)\n(.*?)\n```$", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"`((?:dev/\w+|\.ci/run)(?![\w./])[^`]*)`")
COMMAND = re.compile(r"^(?:dev/\w+|\.ci/run|odoo)\b.*", re.MULTILINE)
# What stands for something that the reader chooses: capitals, a figure, "pytest arguments", a part in pointed brackets.
CHOSEN = re.compile(r"^(?:[A-Z_.]+|\d+|pytest|arguments|\S*<.*)$")

REPEATED = 12  # so many words in a row are no chance; a list of statuses has less


def find_documents():
    """Return the paths of all documents for readers, and of the tools' own examples."""
    return [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]


def find_commands():
    """Return ``{command: names of the documents that show it}``."""
    found = {}
    for path in find_documents():
        text = path.read_text()
        blocks = [body for language, body in BLOCK.findall(text) if language in ("", "bash")]
        for command in [*INLINE.findall(text), *(line for body in blocks for line in COMMAND.findall(body))]:
            found.setdefault(command, set()).add(path.name)
    return found


def squeeze(code):
    """Return code without blanks, and without the comma before a bracket that ends."""
    return re.sub(r",(?=[)\]}])", "", re.sub(r"\s+", "", code))


@tagged("post_install", "-at_install")
class TestDocumentCommands(TransactionCase):
    def _read_help(self, program):
        if program == "odoo":
            return config.parser.format_help()
        if program == ".ci/run":
            return (ROOT / program).read_text()
        commands = [[str(ROOT / program), "--help"]]
        if program == "dev/test":  # hands its arguments on
            commands.append(["-m", "pytest", "-p", "no:odoo", "--help"])
        answers = [
            subprocess.run([sys.executable, *each], capture_output=True, text=True, timeout=60) for each in commands
        ]
        return "".join(answer.stdout + answer.stderr for answer in answers)

    def _find_unknown(self, command, helps):
        """Return the words of a command that its program does not know."""
        program, *words = shlex.split(re.sub(r"[][]", " ", command))
        if program not in helps:
            helps[program] = self._read_help(program) if program == "odoo" or (ROOT / program).exists() else None
        if helps[program] is None:
            return [program]
        value_of_option = {after for option, after in itertools.pairwise(words) if option.startswith("-")}
        return [
            word
            for word in words
            if not CHOSEN.match(word) and not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", helps[program])
            if not (word in value_of_option or (ROOT / word).exists())
        ]

    def test_when_a_document_shows_a_command_then_its_program_knows_each_word(self):
        commands, helps = find_commands(), {}
        self.assertGreater(len(commands), 15)
        unknown = {command: words for command in commands if (words := self._find_unknown(command, helps))}
        self.assertFalse(unknown)

    def test_when_a_command_has_a_word_that_its_program_lacks_then_this_is_found(self):
        wrong = ("dev/tset", "dev/test --agian", "dev/faults mial", "dev/test tests/test_nothing.py", "odoo --nothing")
        self.assertEqual([len(self._find_unknown(command, {})) for command in wrong], [1] * len(wrong))

    def test_when_a_document_says_how_one_test_is_run_then_there_is_such_a_test(self):
        shown = [shlex.split(command) for command in find_commands() if " -k " in command]
        self.assertTrue(shown)
        for words in shown:
            (file,) = [word for word in words if word.startswith("tests/")]
            tests = re.findall(r"def (test_\w+)", (ROOT / file).read_text())
            self.assertTrue([name for name in tests if words[words.index("-k") + 1] in name], words)

    def test_when_a_document_shows_the_check_of_the_layout_then_it_runs(self):
        self.assertIn("dev/lint layout", find_commands())
        command = [sys.executable, str(ROOT / "dev/checks/layout.py")]
        answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
        self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)

    def test_when_a_document_shows_code_then_an_example_addon_has_it(self):
        code = squeeze("\n".join(path.read_text() for path in sorted((ROOT / "tests/addons").rglob("*.py"))))
        # What integrate.md shows is run as it stands there, by serial_example_listener.
        documents = [path for path in find_documents() if path.name != "integrate.md"]
        shown = [body for path in documents for language, body in BLOCK.findall(path.read_text()) if "py" in language]
        self.assertGreater(len(shown), 5)
        lines = [line.removesuffix("...") for body in shown for line in body.splitlines()]
        self.assertFalse([line for line in lines if squeeze(line).rstrip(",") not in code])

    def test_when_a_document_says_something_then_no_other_says_it_again(self):
        said = {}
        for path in find_documents():
            if path.name != "CHANGELOG.md":  # tells what the others describe
                words = re.findall(r"[\w'-]+", BLOCK.sub("", path.read_text()).lower())
                for index in range(len(words) - REPEATED + 1):
                    said.setdefault(" ".join(words[index : index + REPEATED]), set()).add(str(path.relative_to(ROOT)))
        self.assertFalse({phrase: names for phrase, names in said.items() if len(names) > 1})
