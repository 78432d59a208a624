"""What a move may reserve, beside units that are kept back, and what it says where it loses some."""

from ..tools.context import hear, tell
from .kept import KeptUnits

# Context keys: the units that are kept back, once they are known; whether a user insists on a quantity all the same;
# and the id of the move that asks for stock.
KEPT_UNITS = "serial_number_tracking_kept"
KEPT_LOTS = "serial_number_tracking_kept_lots"  # the same for products with lots: a KeptLots
FORCED = "serial_number_tracking_forced"
DEMAND = "serial_number_tracking_demand"


def _get_demand_flow(step):
    """Return the row of the flow table that the move is a step of: what its last step does to units.

    What is picked for a customer is going to be shipped, although it is only moved within stock.
    """
    move = step.sudo()
    final = move.location_final_id or _get_last_step(move).location_dest_id
    return move.location_id._find_serial_flow(final, is_scrap=bool(move.scrap_id))


def _get_last_step(step):
    move, seen = step, step
    while following := move.move_dest_ids[:1] - seen:
        move = following
        seen |= move
    return move


def get_claim(step):
    """Return the order line and the customer that the move is for: ids, or None."""
    move = step.sudo()
    return move.sale_line_id.id or None, move._serial_customer().commercial_partner_id.id or None


def get_reserves(move):
    """Return the statuses of units kept back that the move may reserve, and its claim on designated ones."""
    flow = _get_demand_flow(move)
    own = bool(flow) and "designated" in flow.accepts_own
    return flow.reserves if flow else (), get_claim(move) if own else (None, None)


def count_reserved(move):
    """Return how much is reserved, in the product's own unit of measure."""
    return sum(move.move_line_ids.mapped("quantity_product_uom"))


def find_lost(reserved):
    """Return ``{move: quantity}`` of the moves that have less reserved now than before, and how much less.

    :param dict reserved: ``{move: quantity}``, what :func:`count_reserved` said of them
    """
    lost = {move: quantity - count_reserved(move) for move, quantity in reserved.items()}
    return {move: quantity for move, quantity in lost.items() if move.product_uom.compare(quantity, 0) > 0}


def get_reserver(move):
    """Return the document that is told when the move loses its reservation: an order, a production, a transfer."""
    document = move.sudo()._get_source_document()
    return document if isinstance(document, move.env.registry["mail.thread"]) else None


def describe_loss(move, quantity):
    """Say that the move loses a quantity that is reserved for it.

    :param quantity: how much, in the product's own unit of measure
    """
    return move.env._(
        "%(quantity)g %(product)s, reserved on %(document)s",
        quantity=quantity,
        product=move.product_id.display_name,
        document=move._serial_document(),
    )


def with_demand(move):
    """Return the move with a context that tells the quants who asks."""
    return move.with_context(**tell(DEMAND, move.id)) if move.product_id.is_serialized else move


def find_kept(quants, product, location, owner=None, package=None, strict=False):
    """Return the :class:`KeptPlaces` of a product for the move that asks; None where none matter.

    The parameters are those of ``stock.quant._gather``.
    """
    if not product.is_serialized or product._has_serial_lots():
        return None
    units = hear(quants.env, KEPT_UNITS)
    if units is None:
        units = KeptUnits(product)
    if not units:
        return None
    units.cover_reserved()
    move = quants.env["stock.move"].browse(hear(quants.env, DEMAND))
    return units.find(product, location, owner, package, strict, move) or None
