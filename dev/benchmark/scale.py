"""Does a unit cost more in a document of a hundred thousand units than in one of two thousand, and how much memory?"""

from . import documents, ways
from .measure import peak, say
from .results import Row, at_most
from .transfers import numbers, validate

FROM, TO = 2_000, 100_000
QUICK_FROM, QUICK_TO = 300, 1_500
MEGABYTES = 600


def run(bench, options):
    """Compare the cost of a unit in small and in big documents.

    :return: the rows
    """
    few, many = (QUICK_FROM, QUICK_TO) if options.quick else (FROM, TO)
    ways.assigned(bench, documents.WARM_UP)
    say(f"{few:,} units")
    small = documents.medians([ways.assigned(bench, few) for _n in range(options.repeat)])
    say(f"{many:,} units")
    big = ways.assigned(bench, many)
    return [row for step in documents.STEPS for row in _rows(small[step], big[step], few, many, step)]


def _rows(small, big, few, many, step):
    costs = {units: sample.seconds / units * 1e6 for units, sample in ((few, small), (many, big))}
    for units, cost in costs.items():
        yield Row(f"{step}: a unit in a document of {units:,}", cost, "µs")
    yield at_most(f"{step}: a unit in {many:,} / in {few:,}", costs[many] / costs[few], 1)
    yield at_most(f"{step}: more queries for {many:,} units", big.queries - small.queries, documents.SLACK, "queries")


def memory(bench, options):
    """Receive many units in one document, and see how much the process grows.

    :return: the rows
    """
    many = QUICK_TO if options.quick else TO
    ways.assigned(bench, documents.WARM_UP)
    receipt, names = bench.receipt(bench.product(is_serialized=True), many), numbers(many)

    def receive():
        receipt.move_ids.assign_serials(names)
        validate(receipt)

    return [at_most(f"receive {many:,} units: memory over idle", peak(receive), MEGABYTES, "MB")]
