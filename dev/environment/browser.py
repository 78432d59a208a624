"""Chromium, for the browser tests."""

import os
import shutil
import subprocess

from .folders import timed

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = "apt-get install -y --no-install-recommends chromium"


def prepare():
    """Make sure that there is a Chromium: install it as root, otherwise say the command that does."""
    if any(shutil.which(name) for name in NAMES):
        return
    if os.geteuid():
        raise SystemExit(f"The browser tests need Chromium or Google Chrome. Install it once with:  sudo {INSTALL}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with timed("Installing Chromium (about 100 MB)"):
        for command in ("apt-get update -q", INSTALL + " -q"):
            result = subprocess.run(command.split(), env=environment, capture_output=True, text=True)
            if result.returncode:
                raise SystemExit(f"{command} failed:\n{result.stdout}{result.stderr}")
