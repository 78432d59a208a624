"""Take the time, the number of queries and the memory of a piece of work."""

import gc
import statistics
import sys
import time
import tracemalloc
from pathlib import Path
from typing import NamedTuple


class Sample(NamedTuple):
    """What one piece of work took: seconds and queries."""

    seconds: float
    queries: int


def say(text):
    """Print a line of progress."""
    print(f"[bench] {text}", file=sys.stderr, flush=True)


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


def allocated(work):
    """Run ``work()``, and return how many megabytes its objects took at most.

    Exact where :func:`peak` is not: a process that has worked before has memory left over that it takes first.
    """
    gc.collect()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


def peak(work):
    """Run ``work()``, and return by how many megabytes the process grew at most meanwhile."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # the highest mark begins anew
    before = _memory("VmRSS")
    work()
    return _memory("VmHWM") - before


def _memory(mark):
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(mark):
            return int(line.split()[1]) / 1024
    raise OSError(f"/proc/self/status has no {mark}")
