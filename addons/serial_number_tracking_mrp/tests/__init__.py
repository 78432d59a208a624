from . import test_produce
from . import test_produce_walk
