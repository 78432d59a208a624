"""An Odoo server in processes of its own, to be loaded and killed."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from pathlib import Path

from environment.command import free_port

READY = 120  # seconds
PROGRAM = Path(__file__).with_name("odoo_server.py")
RETRIED = re.compile(r"INFO \S+ odoo\.service\.model: (\w+), (?:\d+ tries left|maximum number of tries)")
ANSWERED = re.compile(r'"(?:GET|POST) (\S+) HTTP.* (ro|rw|ro->rw)$', re.MULTILINE)
TROUBLE = re.compile(r"^\S+ \S+ \d+ (?:ERROR|CRITICAL) ", re.MULTILINE)


class Server:
    """A server on a free port; a context that kills it at its end.

    :param str database: the database's name
    :param log: the path of its log
    :param int workers: how many processes answer; 0 for one with threads
    :param list options: more options of Odoo's command line
    """

    def __init__(self, database, log, workers=0, options=()):
        self.database, self.log, self.workers, self.process = database, Path(log), workers, None
        self.options = list(options)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_exception):
        self.kill()

    def start(self):
        """Start the server, and wait until it answers."""
        command = [sys.executable, str(PROGRAM), "server", "-d", self.database, "--db-filter", f"^{self.database}$"]
        command += ["--http-port", str(self.port), "--gevent-port", str(free_port()), "--workers", str(self.workers)]
        command += ["--max-cron-threads", "0", "--log-level", "warn", "--log-handler", "odoo.service.model:INFO"]
        command += ["--limit-time-cpu", "600", "--limit-time-real", "600"]
        command += self.options
        with open(self.log, "a") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        end = time.monotonic() + READY
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(f"{self.url}/web/health", timeout=5).read()
                return
            except OSError:
                time.sleep(0.2)
        raise SystemExit(f"The server does not answer; its log is in {self.log}")

    def kill(self):
        """Kill all its processes at once, in the middle of whatever they do."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def retried(self):
        """Return how often the server tried a request again, by PostgreSQL's reason."""
        return Counter(RETRIED.findall(self.log.read_text()))

    def modes(self):
        """Return ``{request: the ways its database was used}``, as Odoo logs them beside a replica."""
        modes = {}
        for path, mode in ANSWERED.findall(self.log.read_text()):
            modes.setdefault(path, set()).add(mode)
        return modes

    def errors(self):
        """Return how many errors stand in its log."""
        return len(TROUBLE.findall(self.log.read_text()))
