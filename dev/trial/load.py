"""Many sessions receive, ship, take back, number, hold and look up at random: ``python -m trial.load NAME LOG ...``."""

import argparse
import random
import sys
import threading
import time
from collections import Counter

from environment.registry import connected

from .checks import violations
from .client import Failed, Refused, Session
from .documents import Desk
from .server import Server
from .setting import PASSWORD, prepare

# So few numbers a product that sessions meet each other.
NUMBERS = 60
MOST = 4  # pieces on a document


class Worker(threading.Thread):
    """One session that works until it is told to stop."""

    def __init__(self, session, setting, seed, stop):
        super().__init__(daemon=True)
        self.desk, self.call = Desk(session, setting["places"]), session.call
        self.products, self.random, self.stop = setting["products"], random.Random(seed), stop
        self.done, self.refused, self.failed = Counter(), Counter(), []

    def run(self):
        while not self.stop.is_set():
            name = self.random.choice(ACTS)
            try:
                getattr(self, name)(self.random.choice(self.products))
                self.done[name] += 1
            except Refused:
                self.refused[name] += 1
            except (Failed, OSError) as error:
                self.failed.append(f"{name}: {error}")

    def _some_names(self):
        return [f"n-{self.random.randrange(NUMBERS)}" for _n in range(self.random.randrange(MOST))]

    def receive(self, product):
        picking, _move = self.desk.transfer("in", product, self.random.randint(1, MOST))
        self.desk.validate(picking, self._some_names())

    def ship(self, product):
        names = self.desk.available(product, self.random.randrange(MOST))
        picking, _move = self.desk.transfer("out", product, self.random.randint(1, MOST))
        self.desk.validate(picking, names)

    def take_back(self, product):
        picking, _move = self.desk.transfer("back", product, self.random.randint(1, 2))
        domain = [("product_id", "=", product), ("status", "=", "sold")]
        sold = self.call("serial.number", "search_read", domain, ["name"], limit=2)
        self.desk.validate(picking, [unit["name"] for unit in sold])

    def number(self, product):
        domain = [("product_id", "=", product), ("name", "=", False)]
        for unit in self.call("serial.number", "search", domain, limit=2):
            self.call("serial.number", "write", [unit], {"name": f"n-{self.random.randrange(NUMBERS)}"})

    def hold(self, product):
        self.call("serial.number", "action_hold", self._units(product, "available"), "load test")

    def release(self, product):
        self.call("serial.number", "action_release", self._units(product, "hold"))

    def _units(self, product, status):
        return self.call("serial.number", "search", [("product_id", "=", product), ("status", "=", status)], limit=2)

    def look_up(self, product):
        domain = [("name", "ilike", f"n-{self.random.randrange(NUMBERS)}"), ("product_id", "=", product)]
        self.call("serial.number", "web_search_read", domain, {"name": {}, "status": {}}, limit=80)


ACTS = ("receive", "receive", "ship", "ship", "take_back", "number", "number", "hold", "release", "look_up")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("database")
    parser.add_argument("log")
    parser.add_argument("--sessions", type=int, default=16)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--products", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with connected(options.database) as env:
        setting = prepare(env, options.sessions, options.products)
    with Server(options.database, options.log, options.workers) as server:
        workers = _work(server, setting, options)
        retried, errors = server.retried(), server.errors()
    with connected(options.database) as env:
        wrong = violations(env.cr)
        env.cr.execute("SELECT (SELECT count(*) FROM serial_number), (SELECT count(*) FROM serial_event)")
        units, events = env.cr.fetchone()
    print(f"{units} units with {events} events; {errors} errors in the server's log")
    _report(workers, retried)
    for what, rows in wrong.items():
        print(f"WRONG: {what}: {rows}")
    failed = [line for worker in workers for line in worker.failed]
    sys.exit(bool(wrong or failed))


def _work(server, setting, options):
    stop = threading.Event()
    sessions = [Session(server.url, server.database, login, PASSWORD) for login in setting["logins"]]
    workers = [Worker(session, setting, options.seed + n, stop) for n, session in enumerate(sessions)]
    print(f"{len(workers)} sessions, {options.workers} processes, {options.minutes:g} minutes", flush=True)
    for worker in workers:
        worker.start()
    time.sleep(options.minutes * 60)
    stop.set()
    for worker in workers:
        worker.join(120)
    return workers


def _report(workers, retried):
    done, refused = (sum((getattr(worker, name) for worker in workers), Counter()) for name in ("done", "refused"))
    failed = [line for worker in workers for line in worker.failed]
    total = sum(done.values()) + sum(refused.values()) + len(failed)
    print(f"{'act':<10} {'done':>7} {'refused':>8}")
    for name in sorted(set(ACTS)):
        print(f"{name:<10} {done[name]:>7} {refused[name]:>8}")
    again = ", ".join(f"{reason} {count}" for reason, count in retried.items()) or "none"
    print(f"{total} acts: {sum(refused.values()) / max(1, total):.1%} refused, {len(failed)} failed")
    print(f"requests tried again: {sum(retried.values())} ({again})")
    for line in failed[:10]:
        print(f"FAILED {line[:300]}")


if __name__ == "__main__":
    main()
