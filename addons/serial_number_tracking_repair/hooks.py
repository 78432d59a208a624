def post_init_hook(env):
    """Let repairs that are set up already ask for numbers, as what is set up later does."""
    types = env["stock.picking.type"].search([("code", "=", "repair_operation"), ("serial_entry", "=", "skip")])
    types.serial_entry = "ask"
