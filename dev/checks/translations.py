"""Check the catalogs of translations: complete, with every placeholder, in Odoo's words and ours.

Run by dev/lint in the environment's Python.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from environment import catalogs

if __name__ == "__main__":
    found = list(catalogs.find_faults())
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(bool(found))
