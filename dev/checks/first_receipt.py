"""A customer's first receipt, with addons from elsewhere than this repository: the window, the units, a paper.

Read by ``odoo shell``, see ``dev/environment/archive.py``.
"""

import os
from pathlib import Path

from odoo.modules import Manifest

env = env  # noqa: F821 - the shell's

FOLDER = Path(os.environ["SHIPPED_FROM"])
for name in os.environ["SHIPPED"].split(","):
    assert Path(Manifest.for_addon(name).path).is_relative_to(FOLDER), f"{name} is not from {FOLDER}"
    state = env["ir.module.module"].search([("name", "=", name)]).state
    assert state == "installed", f"{name} is {state}"

product = env["product.product"].create({"name": "Scanner", "is_storable": True, "is_serialized": True})
warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
places = {
    "location_id": env.ref("stock.stock_location_suppliers").id,
    "location_dest_id": warehouse.lot_stock_id.id,
}
move = {"product_id": product.id, "product_uom_qty": 3, **places}
picking = env["stock.picking"].create(
    {"picking_type_id": warehouse.in_type_id.id, "move_ids": [(0, 0, move)], **places}
)
picking.action_confirm()
entry = env["serial.entry"].browse(picking.button_validate()["res_id"])
entry.line_ids.add_serials(["SN-1", "SN-2"])
entry.line_ids.use_blanks()
entry.action_confirm()
units = picking.move_ids.serial_ids.sorted("id")
assert picking.state == "done", picking.state
assert units.mapped("status") == ["available", "available", "received"], units.mapped("status")
paper, _kind = env["ir.actions.report"]._render_qweb_html("stock.report_picking", picking.ids)
assert b"SN-2" in paper, "the paper does not show the numbers"
