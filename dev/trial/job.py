"""A server killed while its scheduled job imports a long file: ``python -m trial.job NAME LOG``."""

import csv
import io
import time

from .watcher import Watcher, play

ROWS = 20_000
JOB = "serial_number_tracking.ir_cron_serial_job"
# The server is killed in the middle of the batch after so many steps: each row is checked, and then taken in.
KILLS = (0, 8_000, 20_000, 26_000, 34_000)
MIDDLE = 0.1  # seconds
FIELDS = ["name", "product_id", "status", "customer_id"]
STEPS = "SELECT COALESCE(checked, 0) + COALESCE(done, 0) FROM serial_job WHERE id = %s"
DONE = "SELECT state = 'done' FROM serial_job WHERE id = %s"
CHECKS = {
    "numbers of the file that are no unit": """
        SELECT number FROM generate_series(0, (SELECT count - 1 FROM serial_job WHERE id = %s)) AS number
         WHERE NOT EXISTS (SELECT FROM serial_number WHERE name = 'J' || to_char(number, 'FM000000'))""",
    "units that were not imported exactly once": """
        SELECT unit.name, count(event.id) FROM serial_number AS unit
          LEFT JOIN serial_event AS event ON event.serial_id = unit.id AND event.kind = 'imported'
         WHERE unit.name LIKE 'J%%' AND %s > 0 GROUP BY unit.id HAVING count(event.id) != 1""",
}


def prepare(env):
    """Leave a file of sold units to the scheduled job.

    :return: the ``serial.job``
    """
    values = {"type": "consu", "is_storable": True, "is_serialized": True}
    env["product.product"].create({"name": "Trial Import", **values})
    env["res.partner"].create({"name": "Trial Import Customer"})
    text = io.StringIO()
    rows = ([f"J{number:06d}", "Trial Import", "Sold", "Trial Import Customer"] for number in range(ROWS))
    csv.writer(text).writerows([FIELDS, *rows])
    file = {"file": text.getvalue().encode(), "file_name": "trial.csv", "file_type": "text/csv"}
    screen = env["base_import.import"].create({"res_model": "serial.number", **file})
    options = {"has_headers": True, "quoting": '"', "separator": ",", "encoding": "utf-8"}
    action = screen.action_import_in_background(FIELDS, options)
    env.cr.commit()
    return env["serial.job"].browse(action["res_id"])


def run(job, server):
    """Kill the server in the middle of the import, again and again, and let it end.

    :return: lines that say what happened
    """
    watcher = Watcher(job.env, JOB)
    steps = lambda: watcher.ask(STEPS, [job.id])[0][0]  # noqa: E731
    for count in KILLS:
        watcher.wait(lambda count=count: steps() >= count)
        time.sleep(MIDDLE)
        server.kill()
        at = steps()
        yield f"job: killed, {min(at, ROWS)} of {ROWS} rows are checked, {max(at - ROWS, 0)} are imported"
        server.start()
        assert steps() >= at, "what was done is lost"
    watcher.wait(lambda: watcher.ask(DONE, [job.id])[0][0])
    watcher.check(CHECKS, [job.id])
    yield f"job: each of {ROWS} units was imported once"


if __name__ == "__main__":
    play("job", prepare, run)
