"""What other addons import from this one: the only module whose names stay, whatever becomes of the others.

See docs/extend.md, whose examples are addons under tests/addons/.
"""

from .engine.change import Change
from .engine.warranty import Sale
from .tools.facts import Fact
from .tools.flow import Flow
from .tools.naming import make_key
from .tools.status import ANY, NEW, SAME, Kind, Status
from .tools.warranty_rule import Warranty

__all__ = ["ANY", "NEW", "SAME", "Change", "Fact", "Flow", "Kind", "Sale", "Status", "Warranty", "make_key"]
