"""Check the texts for people: whole sentences, and catalogs with every text and placeholder, in Odoo's words and ours.

Run by dev/lint in the environment's Python.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from environment import catalogs, sentences

if __name__ == "__main__":
    found = [*sentences.find_halves(), *catalogs.find_faults()]
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(bool(found))
