from . import test_produce
