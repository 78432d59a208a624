"""A register of 100,000 units that the version before left: ``python -m trial.upgrade fill|check NAME``.

``fill`` runs with the addon of the version before, ``check`` with this one after ``-u``. Tables of the database itself
keep what was there, and the figures that the addon's own screens showed.
"""

import collections
import datetime
import json
import sys
import zoneinfo
from types import SimpleNamespace

from benchmark import background
from environment.registry import connected

from . import checks

UNITS = 100_000
# Midnight is another day in each of them; nobody's own zone counts where the user has none.
ZONES = ("America/New_York", "Asia/Tokyo", "Europe/Vienna", None)
COMPANY_ZONE = "Pacific/Auckland"
# One receipt and one delivery of all units by users in these zones, holds and registrations.
STORY = """
    UPDATE stock_move SET state = 'done', quantity = product_uom_qty WHERE id = ANY(%(moves)s);
    UPDATE serial_number AS unit
       SET date_received = date_received + unit.id %% 86400 * interval '1 second',
           receipt_move_id = (%(moves)s)[1];
    UPDATE serial_number AS unit
       SET date_sold = date_sold + unit.id * 7 %% 86400 * interval '1 second', delivery_move_id = (%(moves)s)[2]
     WHERE status = 'sold';
    UPDATE serial_event AS event
       SET user_id = (%(users)s)[1 + event.serial_id %% cardinality(%(users)s)],
           move_id = CASE kind WHEN 'received' THEN (%(moves)s)[1] END;
    INSERT INTO serial_event (serial_id, company_id, date, kind, status_from, status_to, location_id, user_id, move_id)
    SELECT id, company_id, date_sold, 'shipped', status, status, location_id,
           (%(users)s)[1 + id %% cardinality(%(users)s)], delivery_move_id
      FROM serial_number WHERE delivery_move_id IS NOT NULL;
    INSERT INTO serial_event (serial_id, company_id, date, kind, status_from, status_to, location_id, user_id)
    SELECT id, company_id, now(), kind, status, status, location_id, %(user)s
      FROM serial_number JOIN (VALUES ('sold', 'registered'), ('hold', 'held')) AS last (whose, kind) ON whose = status;
    UPDATE serial_number SET hold_until = '2030-01-31' WHERE status = 'hold';
    UPDATE serial_number SET date_registered = date_sold::date WHERE status = 'sold'
"""
KEEP = """
    CREATE TABLE trial_unit AS SELECT * FROM serial_number;
    CREATE TABLE trial_event AS SELECT * FROM serial_event;
    CREATE TABLE trial_figures AS SELECT %s::jsonb AS figures
"""
# Columns that hold something else now: looked at on their own.
DAYS = ("date_received", "date_sold")
COLUMNS = "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name != ALL(%s)"
WRONG = {
    "a hold or a registration has not the unit's day in the history": """
        SELECT unit.id, unit.hold_until, unit.date_registered, event.day FROM serial_number AS unit
          JOIN serial_event AS event ON event.serial_id = unit.id
         WHERE event.kind IN ('held', 'registered')
           AND event.day IS DISTINCT FROM CASE event.kind WHEN 'held' THEN hold_until ELSE date_registered END""",
    "a unit has not the owner of the only stock there": """
        SELECT unit.id FROM serial_number AS unit JOIN stock_quant AS stock USING (product_id, location_id)
         WHERE unit.owner_id IS DISTINCT FROM stock.owner_id""",
    "stock of a location is counted otherwise": checks.CHECKS["units and stock on hand differ"],
}
FIRST_DAYS = """
    SELECT now.id, before.{date}, now.{date}, person.tz FROM serial_number AS now
      JOIN trial_unit AS before USING (id)
      JOIN res_users AS who ON who.id = (%s::integer[])[1 + now.id %% %s]
      JOIN res_partner AS person ON person.id = who.partner_id
"""


def fill(env):
    """Fill the register, and keep what is in it."""
    warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
    products = background.fill(SimpleNamespace(env=env, warehouse=warehouse), UNITS)
    env.company.partner_id.tz = COMPANY_ZONE
    env.user.tz = "UTC"  # the day on which warranties are judged
    users = [
        env["res.users"].create({"name": f"Upgrade {zone}", "login": f"upgrade {zone}", "tz": zone or False})
        for zone in ZONES
    ]
    owner = env["res.partner"].create({"name": "Upgrade Consignor"})
    env["stock.quant"].search([("product_id", "in", products[:10].ids)]).sudo().owner_id = owner
    moves = _make_moves(env, products[0], warehouse.lot_stock_id)
    env.flush_all()
    env.cr.execute(STORY, {"users": [user.id for user in users], "user": env.uid, "moves": moves.ids})
    env.invalidate_all()
    env.cr.execute(KEEP, [json.dumps(figures(env))])


def _make_moves(env, product, stock):
    vendors, customers = env.ref("stock.stock_location_suppliers"), env.ref("stock.stock_location_customers")
    ways = [(vendors, stock), (stock, customers)]
    return env["stock.move"].create(
        [{"product_id": product.id, "location_id": source.id, "location_dest_id": target.id} for source, target in ways]
    )


def figures(env):
    """Return what the addon's own screens show of the register."""
    units = env["serial.number"]
    shown = {
        f"units by {field}": sorted(
            [str(value.display_name if hasattr(value, "_name") else value), count]
            for value, count in units._read_group([], [field], ["__count"])
        )
        for field in ("status", "product_id", "location_id", "vendor_id", "customer_id", "hold_reason")
    }
    for state in ("valid", "ending", "expired", "none"):
        shown[f"warranties that are {state}"] = units.search_count([("warranty_state", "=", state)])
    columns = ("on_hand", "in_stock", "uncovered", "difference", "received_blanks", "issued_blanks")
    for row in env["serial.reconciliation"].search([]):
        shown[f"stock of {row.product_id.name}"] = [row[column] for column in columns]
    return shown


def check(env):
    """Yield ``(what, the first differences)``."""
    env.cr.execute("SELECT figures FROM trial_figures")
    before, now = env.cr.fetchone()[0], json.loads(json.dumps(figures(env)))
    yield (
        f"{len(before)} figures of the screens",
        [(name, value, now.get(name)) for name, value in before.items() if now.get(name) != value],
    )
    for table, kept in (("serial_number", "trial_unit"), ("serial_event", "trial_event")):
        yield _rows(env, table, kept)
    for date in DAYS:
        yield _days(env, date)
    for what, query in WRONG.items():
        env.cr.execute(query)
        yield f"no case of: {what}", env.cr.fetchmany(5)


def _rows(env, table, kept):
    env.cr.execute(COLUMNS, [kept, list(DAYS)])
    columns = ", ".join(name for (name,) in env.cr.fetchall())
    env.cr.execute(f"SELECT count(*) FROM {kept}")
    count = env.cr.fetchone()[0]
    both = [f"SELECT id, ({one}.*)::text FROM (SELECT {columns} FROM {one}) AS {one}" for one in (table, kept)]
    env.cr.execute(f"({both[0]} EXCEPT {both[1]}) UNION ALL ({both[1]} EXCEPT {both[0]}) LIMIT 5")
    return f"{count} rows of {table}", env.cr.fetchall()


def _days(env, date):
    """Compare the days with those of Python's own time zones."""
    users = env["res.users"].search([("login", "=like", "upgrade %")], order="id").ids
    env.cr.execute(FIRST_DAYS.format(date=date), [users, len(users)])
    wrong, seen = [], collections.Counter()
    for unit, moment, day, zone in env.cr.fetchall():
        expected = moment and _day(moment, zone or COMPANY_ZONE)
        seen[zone or COMPANY_ZONE] += bool(moment and expected != moment.date())
        if expected != day:
            wrong.append((unit, moment, zone, day))
    return f"days of {date} ({sum(seen.values())} are not the day in UTC)", wrong[:5]


def _day(moment, zone):
    if moment.time() == datetime.time():
        return moment.date()
    return moment.replace(tzinfo=datetime.UTC).astimezone(zoneinfo.ZoneInfo(zone)).date()


def main():
    step, name = sys.argv[1:]
    wrong = False
    with connected(name) as env:
        if step == "fill":
            fill(env)
        else:
            for what, differences in check(env):
                wrong |= bool(differences)
                print(
                    f"{'WRONG ' if differences else 'ok    '} upgrade of the version before: {what} {differences or ''}"
                )
        env.cr.commit()
    sys.exit(wrong)


if __name__ == "__main__":
    main()
