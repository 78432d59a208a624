"""The key of the tables of units and documents begins with the document: the rows of a batch come at its end."""

RELATIONS = {
    "serial_number_stock_move_rel": "stock_move_id",
    "serial_number_account_move_line_rel": "account_move_line_id",
}


def migrate(cr, version):
    """Turn the key and the index of the version before round; no row changes."""
    for table, document in RELATIONS.items():
        cr.execute(
            "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = %s::regclass AND NOT indisprimary",
            [table],
        )
        for (index,) in cr.fetchall():
            cr.execute(f"DROP INDEX {index}")
        cr.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {table}_pkey")
        cr.execute(f"ALTER TABLE {table} ADD PRIMARY KEY ({document}, serial_number_id)")
        cr.execute(f"CREATE INDEX ON {table} (serial_number_id, {document})")
