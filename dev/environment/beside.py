"""Jobs that a command does beside its main one, on the processors that this leaves free or waiting."""

import contextlib
from concurrent.futures import ThreadPoolExecutor

from .folders import said_at_once


@contextlib.contextmanager
def helper(env):
    """Yield a :class:`Helper`; when the command fails or is stopped, what Odoo does in its jobs stops too."""
    with ThreadPoolExecutor(1) as pool:
        try:
            yield Helper(pool)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            env.stop()
            raise


class Helper:
    """Somebody who does one job after the other, and says at the end of each what was to say."""

    def __init__(self, pool):
        self.pool = pool

    def start(self, job, *arguments):
        """Have ``job`` done in its turn.

        :return: a function that waits for it, and returns what it returned
        """
        return self.pool.submit(_do, job, arguments).result


def _do(job, arguments):
    with said_at_once():
        return job(*arguments)
