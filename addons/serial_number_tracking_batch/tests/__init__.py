from . import test_batch_list
