from . import test_compute
