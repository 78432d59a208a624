"""The serial number report as a spreadsheet of a hundred thousand rows, out of a register of a million units."""

from tempfile import TemporaryFile

from .measure import measure, peak, settle
from .results import at_most

SHARE = 10  # of the register's products, one of so many is chosen
SECONDS, MEGABYTES = 10, 300


def run(bench, options):
    """Write the spreadsheet twice, once for its time and once for its memory.

    :return: the rows
    """
    products = bench.env["product.product"].search([("name", "=like", "Stocked %")])
    report = bench.env["serial.report"].create({"product_ids": products[: len(products) // SHARE].ids})
    sample = measure(bench.env, lambda: _write(report))
    settle(bench.env)
    grown = peak(lambda: _write(report))
    what = f"XLSX of {report.count:,} rows"
    yield at_most(f"{what}: time", sample.seconds, SECONDS, "s", f"{sample.queries} queries")
    yield at_most(f"{what}: memory over idle", grown, MEGABYTES, "MB")


def _write(report):
    from odoo.addons.serial_number_tracking.wizards.serial_report_xlsx import write_workbook

    with TemporaryFile() as file:
        write_workbook(file, report)
