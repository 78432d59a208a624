"""Who loses reservations when units are kept back, and what they are told."""

from collections import defaultdict

from odoo.fields import Domain

from ..tools.note import make_list
from . import keeping, reserve
from .kept import KeptUnits
from .kept_lots import KeptLots
from .overbooked import Overbooked


def take_back(products, changed=Domain.TRUE, is_promise=False):
    """End reservations that stock has no room for any more beside the units that are kept back.

    :param changed: the domain of the units that the texts are to name
    :param bool is_promise: whether units were designated: orders that have reserved elsewhere than these lie
        reserve there instead
    :return: ``{document: (what, why)}``, what each order, or transfer without one, has lost: texts
    """
    followed = products.sudo().filtered("is_serialized")
    by_lot = KeptLots(followed)
    kept = KeptUnits(followed.filtered(lambda product: not product._has_serial_lots()))
    astray = kept.find_astray() if is_promise else products.env["stock.move"]
    if astray:
        astray._do_unreserve()
    overbooked = Overbooked(kept)
    places = {(line.product_id, line.location_id) for line in overbooked.losses}
    places |= {(line.product_id, line.location_id) for line in by_lot.lines}
    lost = overbooked.take_back(astray) | by_lot.take_back(by_lot.find_astray() if is_promise else None)
    if not lost:
        return {}
    register = products.env["serial.number"].sudo()
    texts = {}
    for document, moves in _group(products, lost).items():
        at = Domain.OR(
            Domain("product_id", "=", product.id) & Domain("location_id", "=", place.id)
            for product, place in places
            if product in moves.product_id
        )
        units = register.search(register._get_kept_domain() & at & changed, order="id")
        what = make_list(reserve.describe_loss(move, lost[move]) for move in moves)
        texts[document] = (
            products.env._("This is no longer reserved: %s", what),
            products.env._("These units are kept back: %s", make_list(keeping.describe_reasons(units))),
        )
    return texts


def find_losers(products, kept, lost_lots):
    """Return ``{document: texts}``: what orders and transfers would lose if units were kept back.

    :param kept: the :class:`KeptUnits` as they were to be
    :param dict lost_lots: what :meth:`KeptLots.foresee` says of the units of lots
    """
    lost = Overbooked(kept).foresee() | lost_lots
    return {
        document: [reserve.describe_loss(move, lost[move]) for move in moves]
        for document, moves in _group(products, lost).items()
    }


def _group(products, lost):
    losers = defaultdict(products.env["stock.move"].sudo().browse)
    for move in lost:
        if document := reserve.get_reserver(move):
            losers[document] |= move
    return losers
