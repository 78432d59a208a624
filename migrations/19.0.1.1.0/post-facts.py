"""Facts that units, their history and the notices of recalls did not keep before."""


def migrate(cr, version):
    """Fill them where what is there says them without doubt."""
    _fill_days(cr)
    _fill_place(cr, "owner_id")
    _fill_place(cr, "package_id")
    cr.execute(
        "UPDATE serial_recall_partner SET is_emailed = TRUE WHERE mail_id IS NOT NULL AND date_notified IS NOT NULL"
    )


def _fill_days(cr):
    """Let the last registration and the last hold of a unit keep the day that the unit has."""
    for kind, day in (("registered", "date_registered"), ("held", "hold_until")):
        cr.execute(
            f"""UPDATE serial_event AS event SET day = unit.{day}
                  FROM serial_number AS unit
                 WHERE unit.id = event.serial_id AND unit.{day} IS NOT NULL AND event.kind = %s
                   AND event.id = (SELECT MAX(last.id) FROM serial_event AS last
                                    WHERE last.serial_id = unit.id AND last.kind = %s)""",
            [kind, kind],
        )


def _fill_place(cr, fact):
    """Let units have the owner, or the package, that all stock of their product at their location has."""
    cr.execute(
        f"""UPDATE serial_number AS unit SET {fact} = stock.fact
              FROM (SELECT product_id, location_id, MIN({fact}) AS fact FROM stock_quant WHERE quantity > 0
                     GROUP BY product_id, location_id
                    HAVING COUNT(DISTINCT COALESCE({fact}, 0)) = 1 AND MIN({fact}) IS NOT NULL) AS stock
             WHERE unit.product_id = stock.product_id AND unit.location_id = stock.location_id
               AND unit.{fact} IS NULL"""
    )
