from . import test_subcontracting
from . import test_subcontractor
from . import test_tours_subcontracting
