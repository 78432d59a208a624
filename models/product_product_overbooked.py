"""Reservations that end because units of a product are kept back, and who is told."""

from collections import defaultdict

from odoo import models
from odoo.fields import Domain

from ..engine import keeping
from ..engine.kept import KeptUnits
from ..engine.overbooked import Overbooked
from ..tools.note import make_list


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _take_back_serials_reserved(self, changed=Domain.TRUE, is_promise=False):
        """End reservations that stock has no room for any more beside the units that are kept back.

        :param changed: the domain of the units that the texts are to name
        :param bool is_promise: whether units were designated: orders that have reserved elsewhere than these lie
            reserve there instead
        :return: ``{document: (what, why)}``, what each order, or transfer without one, has lost: texts
        """
        kept = KeptUnits(self.sudo().filtered("is_serialized"))
        astray = kept.find_astray() if is_promise else self.env["stock.move"]
        if astray:
            astray._do_unreserve()
        overbooked = Overbooked(kept)
        places = {(line.product_id, line.location_id) for line in overbooked.losses}
        lost = overbooked.take_back(astray)
        if not lost:
            return {}
        register = self.env["serial.number"].sudo()
        texts = {}
        for document, moves in self._group_serial_losers(lost).items():
            at = Domain.OR(
                Domain("product_id", "=", product.id) & Domain("location_id", "=", place.id)
                for product, place in places
                if product in moves.product_id
            )
            units = register.search(register._get_kept_domain() & at & changed, order="id")
            what = make_list(move._describe_serial_loss(lost[move]) for move in moves)
            texts[document] = (
                self.env._("This is no longer reserved:") + what,
                self.env._("These units are kept back:") + make_list(keeping.describe_reasons(units)),
            )
        return texts

    def _find_serial_losers(self, kept):
        """Return ``{document: texts}``: what orders and transfers would lose if these units were kept back.

        :param kept: the :class:`KeptUnits`
        """
        lost = Overbooked(kept).foresee()
        return {
            document: [move._describe_serial_loss(lost[move]) for move in moves]
            for document, moves in self._group_serial_losers(lost).items()
        }

    def _group_serial_losers(self, lost):
        losers = defaultdict(self.env["stock.move"].sudo().browse)
        for move in lost:
            if document := move._get_serial_reserver():
                losers[document] |= move
        return losers
