from odoo import models
from odoo.tools.translate import LazyTranslate

from odoo.addons.serial_number_tracking.api import Status

_lt = LazyTranslate(__name__)
LENT = Status(
    "lent",
    _lt("Lent"),
    in_stock=False,
    sold=True,
    released_to="sold",
    accepted_by=("return",),
    recall="sold",
    color="info",
)


class SerialNumber(models.Model):
    _inherit = "serial.number"

    def _serial_statuses(self):
        checked = Status(
            "quality",
            _lt("Quality Check"),
            in_stock=True,
            released_to="available",
            accepted_by=("scrap", "transfer"),
            recall="loose",
            imports_as="available",
            returns=True,
            color="warning",
            refusal=_lt("%(serial)s (%(product)s) waits for its quality check. Release it first."),
        )
        return [*super()._serial_statuses(), checked, LENT]

    def _find_status(self, flow, product, status):
        status = super()._find_status(flow, product, status)
        is_new = flow is None or flow.code in ("receive", "adjust_in")
        return "quality" if status == "available" and is_new and product.is_checked else status
