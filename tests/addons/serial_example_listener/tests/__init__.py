from . import test_every_way, test_listener, test_lots, test_own_fields, test_webhooks
