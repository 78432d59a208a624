"""Look-ups on a server with a replica of its database: ``python -m trial.replica NAME LOG``.

The replica is the database itself, opened read-only: what Odoo does is the same, only nothing lags behind.
"""

import os
import sys

from environment.registry import connected

from .client import Session
from .documents import Desk
from .server import Server
from .setting import PASSWORD, prepare

CALL = "/web/dataset/call_kw"


def main():
    name, log = sys.argv[1:]
    with connected(name) as env:
        setting = prepare(env, 1, 1)
    options = ["--log-handler", "werkzeug:INFO", "--db_replica_host", os.environ["PGHOST"]]
    options += ["--db_replica_port", os.environ["PGPORT"]]
    with Server(name, log, options=options) as server:
        session = Session(server.url, name, setting["logins"][0], PASSWORD)
        asked = _look_up(session, setting)
        modes = server.modes()
    wrong = False
    for path in asked:
        used = {mode for request, some in modes.items() if request.startswith(path) for mode in some}
        wrong |= used != {"ro"}
        print(f"{'ok    ' if used == {'ro'} else 'WRONG '} {path}: {', '.join(sorted(used)) or 'not logged'}")
    sys.exit(wrong)


def _look_up(session, setting):
    """Make every look-up once, and return the paths of the requests."""
    desk, product = Desk(session, setting["places"]), setting["products"][0]
    picking, _move = desk.transfer("in", product, 2)
    desk.validate(picking, ["R1"])
    picking, move = desk.transfer("out", product, 1)
    report = session.call("serial.report", "create", [{}])[0]
    fields = {"name": {}, "status": {}}
    calls = [
        ("stock.move", "check_serials", [move], ["R1", "R2"]),
        ("serial.number", "web_search_read", [("name", "ilike", "R1")], fields),
        ("serial.number", "web_read_group", [], ["status"], ["__count"]),
        ("serial.number", "name_search", "R1"),
        ("serial.event", "web_search_read", [], {"kind": {}}),
        ("serial.reconciliation", "web_search_read", [], {"on_hand": {}, "in_stock": {}}),
        ("product.product", "action_view_serials", [product]),
        ("product.product", "action_view_missing_serials", [product]),
        ("serial.report", "action_open", [report]),
        ("serial.report", "action_export_xlsx", [report]),
    ]
    for call in calls:
        session.call(*call)
    sheet = f"/serial_number_tracking/report/{report}"
    session.http.get(session.url + sheet, timeout=60).raise_for_status()
    return [*(f"{CALL}/{model}/{method}" for model, method, *_rest in calls), sheet]


if __name__ == "__main__":
    main()
