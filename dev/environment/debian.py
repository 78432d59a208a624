"""Debian's and Ubuntu's packages, fetched and unpacked without root and without touching the system's own lists."""

import os
import shutil
import subprocess

from .folders import HOME, SCRATCH, megabytes, say

COMPONENTS = {"Debian": "main", "Ubuntu": "main universe"}


class DebianError(SystemExit):
    """The machine has no apt, or its mirror lacks what is asked for."""


def _site(vendor):
    """Return the address of the mirror that this machine itself uses."""
    command = ["apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages", f"Label: {vendor}"]
    if not shutil.which("apt-get"):
        raise DebianError(
            "There is no apt-get here to fetch Odoo with. Set ODOO_HOME to an existing Odoo 19 checkout instead."
        )
    lines = subprocess.run(command, capture_output=True, text=True).stdout.split()
    if lines:
        return lines[0]
    return _site_from_sources(vendor)


def _site_from_sources(vendor):
    """Read the mirror from apt's sources: a machine that never ran ``apt-get update`` has no index targets."""
    command = ["apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages"]
    for site in subprocess.run(command, capture_output=True, text=True).stdout.split():
        if site.rstrip("/").endswith(f"/{vendor.lower()}"):
            return site
    raise DebianError(f"apt knows no mirror of {vendor}")


def _read_release():
    """Return the vendor and the code name of the machine's own release."""
    with open("/etc/os-release") as handle:
        facts = dict(line.strip().split("=", 1) for line in handle if "=" in line)
    vendor = "Ubuntu" if facts.get("ID", "").strip('"') == "ubuntu" else "Debian"
    return vendor, facts.get("VERSION_CODENAME", "stable").strip('"')


class Archive:
    """One suite with package lists of its own.

    :param suite: Debian's ``unstable``, or None for the machine's own release, of Debian or Ubuntu
    """

    def __init__(self, suite=None):
        self.vendor, self.suite = ("Debian", suite) if suite else _read_release()
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
        keyring = f"/usr/share/keyrings/{self.vendor.lower()}-archive-keyring.gpg"
        source = f"deb [signed-by={keyring}] {_site(self.vendor)} {self.suite} {COMPONENTS[self.vendor]}\n"
        (self.folder / "sources.list").write_text(source)
        say(f"  package list of {self.vendor} {self.suite} (about 11 MB)")
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
