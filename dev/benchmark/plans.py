"""Which queries a piece of work made, and how PostgreSQL answers them."""

import contextlib
import json
import re

TABLE = "serial_number"
READS = re.compile(r"\s*(SELECT|WITH)\b", re.IGNORECASE)
NAMED = re.compile(rf"\b{TABLE}\b")


@contextlib.contextmanager
def recorded(cr):
    """Yield the list of the queries on the register that are made meanwhile, as PostgreSQL got them."""
    queries, execute = [], type(cr).execute

    def remember(self, query, *args, **options):
        result = execute(self, query, *args, **options)
        sent = self._obj.query.decode()
        if READS.match(sent) and NAMED.search(sent):
            queries.append(sent)
        return result

    type(cr).execute = remember
    try:
        yield queries
    finally:
        type(cr).execute = execute


def scanned(cr, queries, most):
    """Return those of the queries for which PostgreSQL reads more than ``most`` rows of the register one by one."""
    return [query for query in queries if _read(_plan(cr, query)) > most]


def _plan(cr, query):
    cr._obj.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query}")
    found = cr._obj.fetchone()[0]
    return (found if isinstance(found, list) else json.loads(found))[0]["Plan"]


def _read(node):
    """Return how many rows of the register the sequential scans of a plan have read."""
    rows = 0
    if node["Node Type"] == "Seq Scan" and node.get("Relation Name") == TABLE:
        # Parallel workers share a scan: the figures are those of one of them.
        rows = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
    return rows + sum(_read(child) for child in node.get("Plans", ()))
