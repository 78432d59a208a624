from . import test_access
from . import test_correct_repair
from . import test_repair
from . import test_repair_paper
from . import test_repair_walk
from . import test_tours_repair
