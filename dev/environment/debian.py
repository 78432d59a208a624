"""Debian packages, fetched and unpacked without root and without touching the system's own package lists."""

import os
import shutil
import subprocess

from .folders import HOME, SCRATCH, megabytes, say

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"


class DebianError(SystemExit):
    """The machine has no apt, or its mirror lacks what is asked for."""


def _site():
    """Return the address of the Debian mirror that this machine itself uses."""
    command = ["apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages", "Label: Debian"]
    if not shutil.which("apt-get"):
        raise DebianError(
            "There is no apt-get here to fetch Odoo with. Set ODOO_HOME to an existing Odoo 19 checkout instead."
        )
    lines = subprocess.run(command, capture_output=True, text=True).stdout.split()
    if lines:
        return lines[0]
    return _site_from_sources()


def _site_from_sources():
    """Read the mirror from apt's sources: a machine that never ran ``apt-get update`` has no index targets."""
    command = ["apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages"]
    for site in subprocess.run(command, capture_output=True, text=True).stdout.split():
        if site.rstrip("/").endswith("/debian"):
            return site
    raise DebianError("apt knows no Debian mirror. Set ODOO_HOME to an existing Odoo 19 checkout instead.")


def _release():
    """Return the code name of the machine's own Debian release."""
    with open("/etc/os-release") as handle:
        for line in handle:
            if line.startswith("VERSION_CODENAME="):
                return line.split("=")[1].strip().strip('"')
    return "stable"


class Archive:
    """One Debian suite with package lists of its own.

    :param suite: ``unstable``, or None for the machine's own release
    """

    def __init__(self, suite=None):
        self.suite = suite or _release()
        self.folder = HOME / "apt" / self.suite
        self.options = [
            *("-o", f"Dir::Etc::sourcelist={self.folder}/sources.list"),
            *("-o", "Dir::Etc::sourceparts=/dev/null"),
            *("-o", f"Dir::State::Lists={self.folder}/lists"),
            *("-o", f"Dir::Cache={self.folder}/cache"),
            *("-o", "Debug::NoLocking=1"),
            # A mirror that was not synchronized for a week is good enough here; signatures are checked all the same.
            *("-o", "Acquire::Check-Valid-Until=false"),
            *("-o", "APT::Sandbox::User="),
        ]

    def update(self):
        """Fetch the suite's list of packages."""
        for part in ("lists/partial", "cache/archives/partial"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        (self.folder / "sources.list").write_text(f"deb [signed-by={KEYRING}] {_site()} {self.suite} main\n")
        say(f"  package list of Debian {self.suite} (about 11 MB)")
        self._run("update", "-q")

    def unpack(self, packages, target):
        """Download ``packages`` and unpack them into the folder ``target``."""
        downloads = SCRATCH / f"debs-{os.getpid()}"
        downloads.mkdir(parents=True)
        try:
            self._run("download", "-q", *packages, cwd=downloads)
            for deb in sorted(downloads.glob("*.deb")):
                say(f"  {deb.name.split('_')[0]} {deb.name.split('_')[1]}, {megabytes(deb)}")
                subprocess.run(["dpkg", "-x", str(deb), str(target)], check=True)
        finally:
            shutil.rmtree(downloads)

    def _run(self, *arguments, cwd=None):
        result = subprocess.run(
            ["apt-get", *self.options, *arguments], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        if result.returncode:
            raise DebianError(f"apt-get {' '.join(arguments)} failed:\n{result.stdout}")
