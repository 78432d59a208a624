from odoo import fields, models
from odoo.fields import Domain

from ..engine import entry, reserve
from ..engine.kept import KeptUnits
from ..engine.kept_lots import KeptLots
from ..engine.place import Place
from ..engine.source import StockTaken
from ..tools.context import ASK, hear, is_asked, tell
from .serial_button_mixin import LOOKUP
from .stock_move import COUNT_DATE

LEFT_OUT = "serial_number_tracking_left_out"  # context key: what KeptLots.find said, while quants are gathered
COUNTED = {"inventory_quantity", "inventory_diff_quantity", "inventory_quantity_set"}


class StockQuant(models.Model):
    _name = "stock.quant"
    _inherit = ["stock.quant", "serial.entry.mixin", "serial.button.mixin"]

    serial_blank_count = fields.Integer(
        "Without Serial",
        compute="_compute_serial_blank_count",
        groups=LOOKUP,
        help="Units of the product at this location that wait for their number.",
    )

    def _compute_serial_blank_count(self):
        register = self.env["serial.number"]
        domain = self._get_serial_domain() & register._get_placeholder_domain()
        groups = register._read_group(domain, ["product_id", "location_id"], ["__count"])
        counts = {(product, location): count for product, location, count in groups}
        for quant in self:
            quant.serial_blank_count = counts.get((quant.product_id, quant.location_id), 0)

    def _get_serial_domain(self):
        # EXTENDS 'serial.button.mixin'
        return Domain("product_id", "in", self.product_id.ids) & Domain("location_id", "in", self.location_id.ids)

    def _serial_flow(self):
        """Return what applying the count does: the difference comes in, or it is lost."""
        # EXTENDS 'serial.entry.mixin'
        self.ensure_one()
        sign = self.product_uom_id.compare(self.inventory_diff_quantity, 0)
        if not sign or not self.location_id.is_serial_stock:
            return None
        return self.env["serial.number"]._get_flow("adjust_in" if sign > 0 else "adjust_out")

    def _serial_partner(self):
        # EXTENDS 'serial.entry.mixin'
        flow = self._serial_flow()
        return self._serial_vendor() if flow and "vendor" in flow.fills else super()._serial_partner()

    def _serial_vendor(self):
        # EXTENDS 'serial.entry.mixin'
        chosen = self._get_chosen_vendor()
        return self.product_id._get_serial_vendor(self._serial_company()) if chosen is None else chosen

    def _serial_company(self):
        # EXTENDS 'serial.entry.mixin'
        return self.company_id or self.env.company

    def _serial_document(self):
        # EXTENDS 'serial.entry.mixin'
        return self.env._(
            "Count at %(place)s: %(counted)g counted, %(booked)g on hand",
            place=self.location_id.display_name,
            counted=self.inventory_quantity,
            booked=self.quantity,
        )

    def _get_serial_stock(self):
        # EXTENDS 'serial.entry.mixin'
        flow = self._serial_flow()
        is_taken = bool(flow) and flow.takes == "stock"
        return StockTaken({Place.where(self): self._serial_quantity()} if is_taken else {})

    def _asks_for_lots(self):
        # EXTENDS 'serial.entry.mixin'
        return False

    def _serial_raw_quantity(self):
        # EXTENDS 'serial.entry.mixin'
        return abs(self.inventory_diff_quantity)

    def _serial_is_closed(self):
        # EXTENDS 'serial.entry.mixin'
        return not self.inventory_quantity_set

    def _serial_policy(self):
        # EXTENDS 'serial.entry.mixin'
        return self.sudo()._serial_company().serial_entry_inventory

    def write(self, vals):
        """Drop what was entered for a count that is cleared, or that has turned from more into less."""
        # EXTENDS 'stock'
        entered = self.exists().filtered("serial_draft") if COUNTED & vals.keys() else ()
        before = {quant: quant._serial_flow() for quant in entered}
        result = super().write(vals)
        for quant, flow in before.items():
            if quant._serial_flow() != flow:
                quant._write_serial_draft([])
        return result

    def _set_inventory_quantity(self):
        """Never ask about a quantity that is typed into a list: the window would be dropped, and nothing booked."""
        # EXTENDS 'stock'
        return super(StockQuant, self.with_context(**{ASK: False}))._set_inventory_quantity()

    def action_apply_inventory(self, date=None):
        """Ask for serial numbers where the button says so: other callers drop the action that this returns.

        Where stock has moved since the count, Odoo's own question comes first.
        """
        # EXTENDS 'stock'
        if is_asked(self.env) and not any(quant.is_outdated for quant in self):
            counts = self.with_context(serial_number_tracking_date=date and fields.Datetime.to_string(date))
            result = counts.filtered(lambda quant: quant._takes_serials())._ask_serials("apply", counts)
            if result is not True:
                return result
        return super().action_apply_inventory(date)

    def _apply_inventory(self, date=None):
        """Tell the moves which counts they come from, whose numbers they take over, and when these were made."""
        # EXTENDS 'stock'
        drafts = self.filtered("serial_draft").ids
        counts = self.with_context(**tell(entry.COUNTS, tuple(drafts)), **tell(COUNT_DATE, date))
        return super(StockQuant, counts)._apply_inventory(date)

    def _continue_count(self):
        """Apply the counts that the entry window was about, those that nobody has applied or cleared meanwhile.

        :return: what the button returns
        """
        date = fields.Datetime.to_datetime(self.env.context.get("serial_number_tracking_date") or None)
        return self.filtered("inventory_quantity_set").action_apply_inventory(date)

    def _leave_out_kept_lots(self, product):
        """Return the quants with a context that says which lots the asking move may have, and which not."""
        if not product._has_serial_lots() or hear(self.env, LEFT_OUT) is not None:
            return self
        kept = hear(self.env, reserve.KEPT_LOTS)
        if kept is None:
            kept = KeptLots(product)
        move = self.env["stock.move"].browse(hear(self.env, reserve.DEMAND))
        return self.with_context(**tell(LEFT_OUT, kept.find(product, move)))

    def _gather(self, product_id, location_id, lot_id=None, package_id=None, owner_id=None, strict=False, qty=0):
        """Leave out lots that the move that asks may not have; those that are designated to it come first."""
        # EXTENDS 'stock'
        quants = super()._gather(product_id, location_id, lot_id, package_id, owner_id, strict, qty)
        refused, own = hear(self.env, LEFT_OUT) or ((), ())
        if refused:
            quants = quants.filtered(lambda quant: (quant.lot_id.id, quant.company_id.id) not in refused)
        return quants.sorted(lambda quant: (quant.lot_id.id, quant.company_id.id) not in own) if own else quants

    def _get_serial_place(self):
        """Return the :class:`Place` of the quant."""
        return Place.where(self)

    def _get_available_quantity(
        self, product_id, location_id, lot_id=None, package_id=None, owner_id=None, strict=False, allow_negative=False
    ):
        """Leave out what is kept back; not where a negative quantity is allowed, which is about all that is there."""
        # EXTENDS 'stock'
        if not allow_negative and (lot_id or not strict):  # else Odoo asks for what has no lot
            self = self._leave_out_kept_lots(product_id)
        available = super()._get_available_quantity(
            product_id,
            location_id,
            lot_id=lot_id,
            package_id=package_id,
            owner_id=owner_id,
            strict=strict,
            allow_negative=allow_negative,
        )
        if allow_negative or available <= 0 or hear(self.env, reserve.FORCED):
            return available
        kept = reserve.find_kept(self, product_id, location_id, owner_id, package_id, strict)
        return max(0, available - kept.count()) if kept else available

    def _get_reserve_quantity(
        self,
        product_id,
        location_id,
        quantity,
        uom_id=None,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=False,
    ):
        """Reserve where stock is free; for a customer with designated units, where these lie."""
        # EXTENDS 'stock'
        if quantity > 0:
            self = self._leave_out_kept_lots(product_id)
        if quantity > 0 and product_id.is_serialized and hear(self.env, reserve.KEPT_UNITS) is None:
            self = self.with_context(**tell(reserve.KEPT_UNITS, KeptUnits(product_id)))
        reserved = super()._get_reserve_quantity(
            product_id,
            location_id,
            quantity,
            uom_id=uom_id,
            lot_id=lot_id,
            package_id=package_id,
            owner_id=owner_id,
            strict=strict,
        )
        kept = (
            quantity > 0 and reserved and reserve.find_kept(self, product_id, location_id, owner_id, package_id, strict)
        )
        if not kept:
            return reserved
        quants = self.sudo()._gather(product_id, location_id, lot_id, package_id, owner_id, strict)
        return kept.spread(sum(part for _quant, part in reserved), quants)
