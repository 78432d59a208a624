"""Run Odoo, or a tool, inside the prepared environment."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading

from . import node, odoo_source, packages, pdf, postgres
from .folders import DATA, HOME, PYTHON, ROOT, VENV, locked, say

CONFIGURATION = """[options]
addons_path = {addons_path}
data_dir = {data_dir}
http_interface = 127.0.0.1
list_db = False
"""
TROUBLE = re.compile(r"^\d{4}-\d\d-\d\d \S+ \d+ (ERROR|CRITICAL) ")


def enter():
    """Prepare everything, and go on in the virtual environment's Python (does not return the first time)."""
    if sys.prefix == str(VENV):
        return
    with locked("environment"):
        odoo_source.prepare()
        packages.prepare()
        pdf.prepare()
        DATA.mkdir(exist_ok=True)
        shutil.rmtree(HOME / "tmp", ignore_errors=True)
    os.execv(PYTHON, [str(PYTHON), *sys.argv])


class Environment:
    """What a command needs to run Odoo: the variables, and the ways to call it."""

    def __init__(self, database_variables):
        home = odoo_source.prepare()
        configuration = HOME / ("odoo-home.conf" if os.environ.get("ODOO_HOME") else "odoo.conf")
        text = CONFIGURATION.format(addons_path=odoo_source.addons_path(home), data_dir=DATA)
        if not (configuration.exists() and configuration.read_text() == text):
            configuration.write_text(text)  # not while another command reads it
        tools = [pdf.prepare(), VENV / "bin", postgres.binaries(), node.PROGRAMS]
        path = [*map(str, tools), os.environ["PATH"]]
        self.home = home
        self.followed = set()
        self.variables = {
            **os.environ,
            **database_variables,
            "PYTHONPATH": str(home),
            "PYTHONDONTWRITEBYTECODE": "",  # Odoo's files are compiled once, not by every command
            "PATH": os.pathsep.join(path),
            "ODOO_RC": str(configuration),
        }

    def call(self, command, check=True, **options):
        """Run ``command`` in the foreground, hand Ctrl-C to it, and return its exit code.

        :raise SystemExit: when it fails and ``check`` is set
        """
        process = subprocess.Popen([str(part) for part in command], **{"env": self.variables} | options)
        with _signals_left_to(process):
            code = process.wait()
        if check and code:
            raise SystemExit(code)
        return code

    def odoo(self, *arguments, check=True, **options):
        """Run Odoo's command line."""
        return self.call([PYTHON, "-m", "odoo", *arguments], check=check, **options)

    def tool(self, module, *arguments):
        """Run a module of ``dev/``, which may import the others there, and return its exit code."""
        path = os.pathsep.join([self.variables["PYTHONPATH"], str(ROOT / "dev")])
        command = [PYTHON, "-m", module, *arguments]
        return self.call(command, check=False, env=self.variables | {"PYTHONPATH": path})

    def odoo_quietly(self, title, *arguments):
        """Run Odoo's command line for a one-off job, showing one line per module instead of its log.

        :return: the :class:`Log`
        :raise SystemExit: with the end of its log when it fails
        """
        say(title)
        log = Log()
        command = [str(PYTHON), "-m", "odoo", *arguments, "--stop-after-init"]
        code = self.follow(command, log.add)
        if code or log.trouble:
            raise SystemExit("Odoo failed:\n" + log.extract())
        return log

    def follow(self, command, receive, **options):
        """Run ``command``, hand each line of its output to ``receive``, and return its exit code."""
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "errors": "replace"}
        process = subprocess.Popen(command, env=self.variables, **pipes, **options)
        self.followed.add(process)
        try:
            for line in process.stdout:
                receive(line)
        except BaseException:
            process.terminate()
            raise
        finally:
            process.wait()
            self.followed.discard(process)
        return process.returncode

    def stop(self):
        """End what other threads follow."""
        for process in list(self.followed):
            process.terminate()


class Log:
    """What to show of Odoo's log: the modules while they load, and what went wrong."""

    def __init__(self):
        self.tail = []
        self.trouble = []

    def add(self, line):
        """Take in one line."""
        self.tail = [*self.tail[-40:], line]
        if TROUBLE.match(line) or (self.trouble and len(self.trouble) < 200):
            self.trouble.append(line)
        if "Loading module" in line:
            say("  " + line.split("Loading module ")[1].strip())

    def extract(self):
        """Return what went wrong with what followed, else the end of the log."""
        return "".join(self.trouble or self.tail)


@contextlib.contextmanager
def _signals_left_to(process):
    """Pass a request to stop on to ``process``, and stay until it ends.

    A Ctrl-C reaches both from the terminal: passed on, Odoo would take the second one for "at once, without cleaning".
    Only the main thread receives signals.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    previous = {}
    for number in (signal.SIGINT, signal.SIGTERM):
        twice = number == signal.SIGINT and _has_terminal()
        handler = (lambda *_: None) if twice else (lambda received, _frame: process.send_signal(received))
        previous[number] = signal.signal(number, handler)
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def free_port():
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _has_terminal():
    """Tell whether the terminal's Ctrl-C reaches this command and what it starts."""
    try:
        with open("/dev/tty") as terminal:
            return os.tcgetpgrp(terminal.fileno()) == os.getpgrp()
    except OSError:
        return False


@contextlib.contextmanager
def environment():
    """Yield the :class:`Environment` with the database server running."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was begun is cleaned up
    with postgres.running() as variables:
        yield Environment(variables)
