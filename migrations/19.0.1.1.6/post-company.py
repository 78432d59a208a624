"""The company of a unit is named without a foreign key: the ORM keeps companies that units name."""


def migrate(cr, version):
    """Drop the key that the version before made; no row changes."""
    cr.execute("ALTER TABLE serial_number DROP CONSTRAINT IF EXISTS serial_number_company_id_fkey")
    cr.execute("DELETE FROM ir_model_constraint WHERE name = 'serial_number_company_id_fkey'")
