def post_init_hook(env):
    """Let manufacturing that is set up already ask for numbers, as what is set up later does."""
    types = env["stock.picking.type"].search([("code", "=", "mrp_operation"), ("serial_entry", "=", "skip")])
    types.serial_entry = "ask"
