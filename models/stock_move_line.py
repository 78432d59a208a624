from odoo import api, models
from odoo.exceptions import UserError

from ..engine import move_correction, stock_source
from ..engine.place import Place
from ..tools.context import hear

PLACES = {"location_id", "location_dest_id", "owner_id", "result_package_id"}


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        """Book the units of lines that are added to a done move."""
        # EXTENDS 'stock'
        lines = super().create(vals_list)
        if not hear(self.env, stock_source.SETTLED):
            lines._rebook_serials()
        return lines

    def write(self, vals):
        """Keep the units equal to a done move that is edited."""
        # EXTENDS 'stock'
        if hear(self.env, stock_source.SETTLED):
            return super().write(vals)
        done = self._filter_serialized_done() if vals.keys() & PLACES else self.browse()
        sources = {line: line._get_serial_source() for line in done}
        places = {line: line._serial_places() for line in done}
        targets = {line: line._prepare_serial_place_vals() for line in done}
        result = super().write(vals)
        for line in done:
            line._check_serial_places(places[line])
            if line.product_id._has_serial_lots():
                continue
            move_correction.relocate(line.move_id.sudo(), line, targets[line])
            stock_source.follow_edited_source(line.move_id.sudo(), line, sources[line])
        if vals.keys() & {"quantity", "product_uom_id", "lot_id", *PLACES}:
            self._rebook_serials()
        return result

    def _filter_serialized_done(self):
        return self.filtered(lambda line: line.state == "done" and line.product_id.is_serialized)

    def _rebook_serials(self):
        """Make the units agree with done moves that were edited."""
        self._filter_serialized_done().move_id._book_serials()

    def _get_serial_source(self):
        """Return the :class:`Place` that the operation takes units from."""
        return Place.where(self)

    def _prepare_serial_place_vals(self):
        """Return where the operation's units are afterwards, whose they are, and in which package."""
        return {
            "location_id": self.location_dest_id.id,
            "owner_id": self.owner_id.id,
            "package_id": self.result_package_id.id,
        }

    def _take_from(self, place, quantity):
        """Let the operation, or a part of it, take from another place.

        :param place: a :class:`Place`; without a location, only the owner is another one
        :param quantity: how much of it, in the product's own unit of measure
        """
        vals = {"owner_id": place.owner or False}
        if place.location:
            vals |= {"location_id": place.location, "package_id": place.package or False}
            if self.package_id and self.result_package_id == self.package_id:
                vals["result_package_id"] = False  # a whole package moved; what is taken from elsewhere is not in it
        unit = self.product_id.uom_id
        left = self.quantity_product_uom - quantity
        if unit.compare(left, 0) <= 0:
            self.write(vals)
            return
        self.write({"quantity": left, "product_uom_id": unit.id})
        lines = self.move_id.move_line_ids.filtered(
            lambda line: line.picked == self.picked and all(line[name].id == value for name, value in vals.items())
        )
        same = lines.filtered(lambda line: line.location_dest_id == self.location_dest_id)[:1]
        if same:
            same.write({"quantity": same.quantity_product_uom + quantity, "product_uom_id": unit.id})
        else:
            self.create(self._prepare_serial_split_vals(quantity) | vals)

    def _is_whole(self, quantity):
        """Tell whether a quantity in the product's own unit of measure is all of the operation's."""
        return self.product_id.uom_id.compare(self.quantity_product_uom, quantity) <= 0

    def _prepare_serial_split_vals(self, quantity):
        return {
            "move_id": self.move_id.id,
            "picking_id": self.picking_id.id,
            "product_id": self.product_id.id,
            "product_uom_id": self.product_id.uom_id.id,
            "quantity": quantity,
            "picked": self.picked,
            "location_id": self.location_id.id,
            "location_dest_id": self.location_dest_id.id,
            "package_id": self.package_id.id,
            "result_package_id": self.result_package_id.id,
        }

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

    def _get_aggregated_product_quantities(self, **kwargs):
        """Add to each row of the delivery slip the moves whose units stand under it, as ``serial_lines``.

        A move that is packed in several packages is printed under its last operation, once.
        """
        # EXTENDS 'stock'
        rows = super()._get_aggregated_product_quantities(**kwargs)
        for line in self.filtered(lambda line: line.product_id.is_serialized):
            row = rows.get(line._get_aggregated_properties(move_line=line)["line_key"])
            if row and line == line.move_id.move_line_ids[-1:]:
                row["serial_lines"] = row.get("serial_lines", line.move_id) | line.move_id
        return rows
