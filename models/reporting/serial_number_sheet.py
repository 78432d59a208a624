"""The history sheet: what is known about one unit, for its head."""

from odoo import models

from ...tools.day import show_day

# In this order, two a row, those that are known.
FACTS = (
    "product_id",
    "status",
    "location_id",
    "package_id",
    "owner_id",
    "hold_reason",
    "vendor_id",
    "customer_id",
    "date_received",
    "date_sold",
    "vendor_warranty_end",
    "warranty_end",
    "end_user_id",
    "date_registered",
    "registration_channel",
    "replaces_id",
    "replaced_by_id",
    "lot_id",
    "note",
)
LONGEST_BARCODE = 48  # characters; longer ones do not fit on a page in bars that a scanner reads


class SerialNumber(models.Model):
    _inherit = "serial.number"

    def _has_barcode(self):
        """Tell whether the number can be printed as Code 128, which knows ASCII alone."""
        name = self.name or ""
        return name.isascii() and name.isprintable() and 0 < len(name) <= LONGEST_BARCODE

    def _get_sheet_facts(self):
        """Return what is known about the unit: rows of at most two pairs of label and text."""
        labels = self.fields_get(FACTS, ["string"])
        facts = [(labels[name]["string"], self._format_fact(name)) for name in FACTS if self[name]]
        return [facts[index : index + 2] for index in range(0, len(facts), 2)]

    def _format_fact(self, name):
        field, value = self._fields[name], self[name]
        if field.type == "many2one":
            return value.sudo().display_name
        if field.type == "selection":
            return dict(field._description_selection(self.env))[value]
        return show_day(self.env, value) if field.type == "date" else value
