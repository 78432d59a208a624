"""The first hour: what a new user does, one step after the other, and whether somebody has done it."""

from odoo.fields import Domain


def _has(model, domain):
    return bool(model.search_count(domain, limit=1))


def describe_goods(register):
    """Return the steps that bring units in and out: follow a product, receive, ship."""
    env = register.env
    return [
        {
            "key": "follow",
            "label": env._("Follow a product"),
            "hint": env._("Switch on Track Serialized Units: each of its units gets a place in the register."),
            "model": "product.template",
            "is_done": _has(env["product.template"], Domain("is_serialized", "=", True)),
            "action": "stock.product_template_action_product",
            "context": {"default_is_storable": True, "default_is_serialized": True},
        },
        {
            "key": "receive",
            "label": env._("Receive units"),
            "hint": env._("Validate a receipt and scan the numbers; leave blank what has none yet."),
            "model": "stock.picking",
            "is_done": _has(register, Domain("receipt_move_id", "!=", False)),
            "action": "stock.action_picking_tree_incoming",
        },
        {
            "key": "ship",
            "label": env._("Ship units"),
            "hint": env._("Validate a delivery and scan what leaves: the register knows who has it."),
            "model": "stock.picking",
            "is_done": _has(register, Domain("delivery_move_id", "!=", False)),
            "action": "stock.action_picking_tree_outgoing",
        },
    ]


def describe_units(register):
    """Return the steps that are about single units: number a blank, register an end user."""
    env = register.env
    return [
        {
            "key": "number",
            "label": env._("Number a blank"),
            "hint": env._("Type the number where it is missing, once somebody has it at hand."),
            "model": "serial.number",
            "operation": "write",
            "is_done": _has(env["serial.event"], Domain("kind", "=", "numbered")),
            "action": "serial_number_tracking.serial_number_action_worklist",
        },
        {
            "key": "register",
            "label": env._("Register an end user"),
            "hint": env._("Say who uses a sold unit; where you wish, that begins its warranty."),
            "model": "serial.number",
            "operation": "write",
            "is_done": _has(register, Domain("date_registered", "!=", False)),
            "action": "serial_number_tracking.serial_number_action",
            "context": {"search_default_sold": 1},
        },
    ]
