from . import test_listener
