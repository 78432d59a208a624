"""What can be seen from outside of a scheduled job that a server works on."""

import sys
import time

from environment.registry import connected

from .server import Server

WAIT, PAUSE = 180, 0.005  # seconds


class Watcher:
    """Looks at what is committed, and wakes the job.

    :param env: an environment of the server's database, in another process
    :param str job: the XML id of the scheduled job; the others are switched off, so that nothing else happens
    """

    def __init__(self, env, job):
        self.env, self.cr = env, env.cr
        job_id = env.ref(job).id
        env.cr.execute("UPDATE ir_cron SET active = (id = %s) WHERE active != (id = %s)", [job_id, job_id])
        env.cr.commit()

    def ask(self, query, parameters=()):
        """Return the rows of a query, as they are committed now."""
        self.cr.commit()
        self.cr.execute(query, parameters)
        return self.cr.fetchall()

    def wait(self, reached):
        """Wait until ``reached()`` is true.

        :raise AssertionError: when it is not in time
        """
        end, woken = time.monotonic() + WAIT, 0
        while not reached():
            assert time.monotonic() < end, f"the job was not so far in {WAIT} s"
            if time.monotonic() > woken + 1:  # the job would be looked for once a minute only
                self.env["ir.cron"]._notifydb()
                woken = time.monotonic()
            time.sleep(PAUSE)

    def check(self, checks, parameters):
        """Refuse what must not be.

        :param dict checks: queries that find nothing when all is right, by what they find
        :raise AssertionError: with the first rows
        """
        for what, query in checks.items():
            rows = self.ask(query, parameters)
            assert not rows, f"{what}: {rows[:5]}"


def play(name, prepare, run):
    """Run a scene as a program, with the database and the server's log as its arguments.

    :param str name: what the scene is called
    :param prepare: makes in an environment what the job works on
    :param run: does the rest with that and the server, and returns lines that say what happened
    """
    database, log = sys.argv[1:]
    with connected(database) as env, Server(database, log, options=["--max-cron-threads", "1"]) as server:
        try:
            for line in run(prepare(env), server):
                print(f"ok     {line}", flush=True)
        except AssertionError as error:
            sys.exit(f"WRONG  {name}: {error}")
