from . import test_access
from . import test_claim
from . import test_tours_claim
