"""The key of the tables of units and documents begins with the document: the rows of a batch come at its end."""

RELATIONS = {
    "serial_number_stock_move_rel": "stock_move_id",
    "serial_number_account_move_line_rel": "account_move_line_id",
}
KEY = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'p' AND conrelid = %s::regclass
"""
INDEX = """
    SELECT indexrelid::regclass::text FROM pg_index
     WHERE indrelid = %s::regclass AND NOT indisunique AND pg_get_indexdef(indexrelid) LIKE %s
"""


def migrate(cr, version):
    """Turn the key and the index of the version before round; no row changes."""
    for table, document in RELATIONS.items():
        cr.execute(KEY, [table])
        key, definition = cr.fetchone()
        if definition.startswith(f"PRIMARY KEY ({document},"):
            continue
        cr.execute(INDEX, [table, f"%({document}, serial_number_id)"])
        indexes = "".join(f"DROP INDEX {index}; " for (index,) in cr.fetchall())
        cr.execute(
            f"""ALTER TABLE {table} DROP CONSTRAINT {key};
                {indexes}
                ALTER TABLE {table} ADD PRIMARY KEY ({document}, serial_number_id);
                CREATE INDEX ON {table} (serial_number_id, {document})"""
        )
