"""Take the time and the number of queries of a piece of work."""

import gc
import statistics
import time
from typing import NamedTuple


class Sample(NamedTuple):
    """What one piece of work took: seconds and queries."""

    seconds: float
    queries: int


def measure(env, work):
    """Run ``work()`` with cold caches, written and committed, and return its :class:`Sample`."""
    settle(env)
    gc.collect()
    begun, queries = time.perf_counter(), env.cr.sql_log_count
    work()
    env.flush_all()
    env.cr.commit()
    return Sample(time.perf_counter() - begun, env.cr.sql_log_count - queries)


def settle(env):
    """Write and commit what is under way, and forget what was read."""
    env.flush_all()
    env.cr.commit()
    env.invalidate_all()


def median(samples):
    """Return the sample of median time; its queries are the most that any of them took."""
    seconds = statistics.median(sample.seconds for sample in samples)
    return Sample(seconds, max(sample.queries for sample in samples))
