from odoo import fields, models


class AccountJournal(models.Model):
    _inherit = "account.journal"

    serial_invoice_delivers = fields.Selection(
        [("yes", "Yes"), ("no", "No")],
        "Invoices Deliver",
        help="Whether confirming an invoice of this journal that comes from no order issues its goods at once. Empty: "
        "as the settings of Inventory say.",
    )
    serial_invoice_warehouse_id = fields.Many2one(
        "stock.warehouse",
        "Warehouse of Invoices",
        check_company=True,
        ondelete="set null",
        help="Where invoices of this journal issue their goods from. Empty: as the settings of Inventory say.",
    )

    def _delivers_invoices(self):
        """Tell whether invoices of the journal issue their goods."""
        own = self.serial_invoice_delivers
        return own == "yes" if own else self.company_id.serial_invoice_delivers

    def _get_invoice_warehouse(self):
        """Return the warehouse that was chosen for the goods of invoices; none where nobody chose one."""
        return self.serial_invoice_warehouse_id or self.company_id.serial_invoice_warehouse_id
