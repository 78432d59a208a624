from odoo import api, models
from odoo.exceptions import UserError


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    # EXTENDS 'stock'
    @api.model_create_multi
    def create(self, vals_list):
        """Book the units of lines that are added to a done move."""
        lines = super().create(vals_list)
        lines._rebook_serials()
        return lines

    # EXTENDS 'stock'
    def write(self, vals):
        """Keep the units equal to a done move that is edited."""
        done = self._filter_serialized_done() if vals.keys() & {"location_id", "location_dest_id"} else self.browse()
        places = {line: line._serial_places() for line in done}
        targets = {line: line.location_dest_id for line in done}
        result = super().write(vals)
        for line in done:
            line._check_serial_places(places[line])
            line.move_id.sudo()._relocate_serials(targets[line])
        if vals.keys() & {"quantity", "product_uom_id", "location_id", "location_dest_id"}:
            self._rebook_serials()
        return result

    def _filter_serialized_done(self):
        return self.filtered(lambda line: line.state == "done" and line.product_id.is_serialized)

    def _rebook_serials(self):
        """Make the units agree with done moves that were edited."""
        self._filter_serialized_done().move_id._book_serials()

    def _serial_places(self):
        return (
            self.location_id._serial_place(is_source=True),
            self.location_dest_id._serial_place(is_source=False),
        )

    def _check_serial_places(self, before):
        if self._serial_places() != before:
            raise UserError(
                self.env._(
                    "%(product)s is serialized: a done operation of %(document)s cannot be moved in or out of stock "
                    "afterwards. Make a return or another transfer instead.",
                    product=self.product_id.display_name,
                    document=self.move_id._serial_document(),
                )
            )

    # EXTENDS 'stock'
    def _get_aggregated_product_quantities(self, **kwargs):
        """Add to each row of the delivery slip the moves whose units stand under it, as ``serial_lines``.

        A move that is packed in several packages is printed under its last operation, once.
        """
        rows = super()._get_aggregated_product_quantities(**kwargs)
        for line in self.filtered(lambda line: line.product_id.is_serialized):
            row = rows.get(line._get_aggregated_properties(move_line=line)["line_key"])
            if row and line == line.move_id.move_line_ids[-1:]:
                row["serial_lines"] = row.get("serial_lines", line.move_id) | line.move_id
        return rows
