"""Who made and wrote a unit is named without a foreign key: the ORM keeps such users, and batches are checked less."""


def migrate(cr, version):
    """Drop the keys that the version before made."""
    for column in ("create_uid", "write_uid"):
        cr.execute(f"ALTER TABLE serial_number DROP CONSTRAINT IF EXISTS serial_number_{column}_fkey")
        cr.execute("DELETE FROM ir_model_constraint WHERE name = %s", [f"serial_number_{column}_fkey"])
