from . import test_fact
