"""Parts of numbers are found in a table of their own; what is entered in a window is not checked for its line."""


def migrate(cr, version):
    """Fill the table, and drop the key that the version before made; no unit changes."""
    cr.execute(
        """INSERT INTO serial_number_key (id, name_key)
           SELECT id, name_key FROM serial_number WHERE name_key IS NOT NULL ON CONFLICT DO NOTHING"""
    )
    cr.execute("ALTER TABLE serial_entry_unit DROP CONSTRAINT IF EXISTS serial_entry_unit_line_id_fkey")
    cr.execute("DELETE FROM ir_model_constraint WHERE name = 'serial_entry_unit_line_id_fkey'")
