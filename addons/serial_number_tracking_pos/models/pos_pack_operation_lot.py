from odoo import api, fields, models


class PosPackOperationLot(models.Model):
    _inherit = "pos.pack.operation.lot"

    serial_status = fields.Char("Condition", help="The status that a unit comes back as; empty for the usual one.")
    serial_component = fields.Char("Component")  # of a kit

    @api.model
    def _load_pos_data_fields(self, config):
        # EXTENDS 'point_of_sale'
        return [*super()._load_pos_data_fields(config), "serial_status", "serial_component"]
