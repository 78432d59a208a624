"""Documents, and what a unit's own row vouches for, are named without foreign keys: batches are checked less."""

KEYS = {
    "serial_event": ("company_id", "partner_id", "location_id", "move_id", "invoice_line_id", "user_id"),
    "serial_number": ("receipt_move_id", "delivery_move_id", "invoice_line_id"),
    "serial_number_stock_move_rel": ("serial_number_id", "stock_move_id"),
    "serial_number_account_move_line_rel": ("serial_number_id", "account_move_line_id"),
}


def migrate(cr, version):
    """Drop the keys that the version before made; no row changes."""
    for table, columns in KEYS.items():
        for column in columns:
            cr.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {table}_{column}_fkey")
            cr.execute("DELETE FROM ir_model_constraint WHERE name = %s", [f"{table}_{column}_fkey"])
