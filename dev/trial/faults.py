"""Faults in the middle of work, on a real server: ``python -m trial.faults NAME LOG ...``."""

import argparse
import contextlib
import sys
import threading
import time
from pathlib import Path

from environment.registry import connected

from .checks import violations
from .client import Failed, Refused, Session
from .documents import Desk
from .server import Server
from .setting import PASSWORD, prepare

# When the fault strikes, as shares of the time that the work takes when nothing happens.
MOMENTS = (0.05, 0.3, 0.6, 0.9, 0.97, 1.1)
OUTCOMES = {True: "wholly done", False: "wholly not"}
LOST = (Failed, Refused, OSError)


class Scene:
    """A server with one clerk, and what can be known of its database from outside."""

    def __init__(self, options):
        self.database, self.units, self.disk = options.database, options.units, options.disk
        with connected(self.database) as env:
            self.setting = prepare(env, 1, 1)
        self.server = Server(self.database, options.log)
        self.run = 0

    def desk(self):
        """Return a clerk with a new session."""
        session = Session(self.server.url, self.database, self.setting["logins"][0], PASSWORD)
        return Desk(session, self.setting["places"])

    def receipt(self):
        """Return a receipt and its numbers."""
        self.run += 1
        desk = self.desk()
        picking, move = desk.transfer("in", self.setting["products"][0], self.units)
        return desk, picking, move, [f"F{self.run:03d}-{n:06d}" for n in range(self.units)]

    def time(self, booking):
        """Return how many seconds it takes to book a receipt when nothing happens."""
        request = booking(*self.receipt())
        begun = time.monotonic()
        request()
        return time.monotonic() - begun

    def booked(self, picking):
        """Tell whether a receipt is done with all its units, or not done at all.

        :return: True or False
        :raise AssertionError: for anything in between, and when the register does not hold
        """
        with connected(self.database) as env:
            env.cr.execute(
                """SELECT move.state, count(unit.serial_number_id) FROM stock_move AS move
                     LEFT JOIN serial_number_stock_move_rel AS unit ON unit.stock_move_id = move.id
                    WHERE move.picking_id = %s GROUP BY move.id""",
                [picking],
            )
            state, units = env.cr.fetchone()
            wrong = violations(env.cr)
        assert not wrong, wrong
        assert (state == "done", units) in ((True, self.units), (False, 0)), f"{state} with {units} units"
        return state == "done"


def strike(request, fault, delay):
    """Make a request, let the fault strike after ``delay`` seconds, and wait for both.

    :return: what the request died of, or None
    """
    died = []

    def ask():
        try:
            request()
        except LOST as error:
            died.append(str(error)[:120])

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(delay)
    fault()
    thread.join()
    return died[0] if died else None


def killed(scene, kind):
    """Kill the server in the middle of booking a receipt, start it again, and try again.

    :param str kind: ``validate`` with entered numbers, or ``window``: confirming the entry window
    """
    usual = scene.time(BOOKINGS[kind])
    for moment in MOMENTS:
        delay = moment * usual
        desk, picking, move, names = scene.receipt()
        request = BOOKINGS[kind](desk, picking, move, names)
        died = strike(request, scene.server.kill, delay)
        done = scene.booked(picking)
        scene.server.start()
        yield f"{kind}: killed after {delay:.2f} s of {usual:.2f}: {OUTCOMES[done]}, {'died' if died else 'ended'}"
        if not done:
            desk = scene.desk()
            _again(kind, desk, picking, names)
            assert scene.booked(picking), "the next try did not book"


def _validate(desk, picking, move, names):
    desk.call("stock.move", "assign_serials", [move], names)
    return lambda: desk.call("stock.picking", "button_validate", [picking])


def _confirm(desk, picking, move, names):
    entry = desk.call("stock.picking", "button_validate", [picking])["res_id"]
    line = desk.call("serial.entry", "read", [entry], ["line_ids"])[0]["line_ids"]
    desk.call("serial.entry.line", "add_serials", line, names)
    return lambda: desk.call("serial.entry", "action_confirm", [entry])


BOOKINGS = {"validate": _validate, "window": _confirm}


def _again(kind, desk, picking, names):
    """Press *Validate* once more; a window that was not confirmed still has its numbers."""
    action = desk.call("stock.picking", "button_validate", [picking])
    if kind == "window":
        state = desk.call("serial.entry", "get_state", [action["res_id"]])
        assert state["lines"][0]["entered"] == len(names), "the window lost its numbers"
        desk.call("serial.entry", "action_confirm", [action["res_id"]])


def cut(scene):
    """Cut the server's connections to the database in the middle of booking a receipt, and try again."""
    for delay in (moment * scene.time(_validate) for moment in MOMENTS[1:4]):
        desk, picking, move, names = scene.receipt()
        died = strike(_validate(desk, picking, move, names), lambda: _cut_connections(scene.database), delay)
        done = scene.booked(picking)
        yield f"connection cut after {delay:.2f} s: {OUTCOMES[done]}, {died or 'ended'}"
        if not done:
            _again("validate", scene.desk(), picking, names)
            assert scene.booked(picking), "the next try did not book"


def _cut_connections(database):
    with connected(database) as env:
        env.cr.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid != pg_backend_pid()",
            [database],
        )


def full(scene):
    """Fill the disk up, book a receipt, make room, and try again."""
    desk, picking, move, names = scene.receipt()
    request = _validate(desk, picking, move, names)
    filler = scene.disk / "filler"
    with contextlib.suppress(OSError), open(filler, "wb", buffering=0) as handle:
        while handle.write(bytes(4096)):
            pass
    died = strike(request, lambda: None, 0)
    filler.unlink()
    assert died and "No space left" in died, f"there was room left: {died}"
    assert not scene.booked(picking), "booked on a full disk"
    _again("validate", scene.desk(), picking, names)
    assert scene.booked(picking), "the next try did not book"
    yield f"disk full: wholly not ({died.splitlines()[0]}), the next try books"


def report(scene):
    """Kill the server while it prints, and print again."""
    desk, picking, move, names = scene.receipt()
    _validate(desk, picking, move, names)()
    address = f"{scene.server.url}/report/pdf/stock.report_picking/{picking}"
    died = strike(lambda: desk.session.http.get(address, timeout=60).raise_for_status(), scene.server.kill, 0.5)
    scene.server.start()
    answer = scene.desk().session.http.get(address, timeout=120)
    answer.raise_for_status()
    assert answer.content.startswith(b"%PDF"), answer.content[:100]
    yield f"killed while printing ({'died' if died else 'ended'}): the next try prints {len(answer.content):,} bytes"


SERVED = ("validate", "window", "cut", "report")
SCENES = {
    "full": full,
    "validate": lambda scene: killed(scene, "validate"),
    "window": lambda scene: killed(scene, "window"),
    "cut": cut,
    "report": report,
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("database")
    parser.add_argument("log")
    parser.add_argument("scenes", nargs="*")
    parser.add_argument("--units", type=int, default=5000)
    parser.add_argument("--disk", type=Path, help="the small file system that the database lies on")
    options = parser.parse_args()
    scene, failed = Scene(options), False
    with scene.server:
        for name in options.scenes or SERVED:
            try:
                for line in SCENES[name](scene):
                    print(f"ok     {line}", flush=True)
            except AssertionError as error:
                failed = True
                print(f"WRONG  {name}: {error}", flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
