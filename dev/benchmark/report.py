"""The serial number report out of a register of a million units: a spreadsheet of 100,000 rows, a PDF of 10,000."""

import subprocess
import sys
import time
from tempfile import TemporaryFile

from environment.folders import HOME
from environment.registry import connected
from trial.client import TIMEOUT, Session
from trial.server import Server

from .measure import measure, peak, say, settle
from .results import at_most

SHARE = 10  # of the register's products, one of so many is chosen
SECONDS, MEGABYTES = 10, 300
PRINTED, QUICK_PRINTED, PDF_SECONDS = 10_000, 300, 60
PDF = "/report/pdf/serial_number_tracking.report_serial_report"


def run(bench, options):
    """Write the spreadsheet twice, once for its time and once for its memory, and print the PDF.

    :return: the rows
    """
    products = bench.env["product.product"].search([("name", "=like", "Stocked %")])
    report = bench.env["serial.report"].create({"product_ids": products[: len(products) // SHARE].ids})
    sample = measure(bench.env, lambda: _write(report))
    what = f"XLSX of {report.count:,} rows"
    yield at_most(f"{what}: time", sample.seconds, SECONDS, "s", f"{sample.queries} queries")
    yield at_most(f"{what}: memory over idle", _grown(bench, report), MEGABYTES, "MB", "a process of its own")
    units = QUICK_PRINTED if options.quick else PRINTED
    say(f"PDF of {units:,} units")
    yield at_most(f"PDF of {units:,} units: time", _print(bench, products, units), PDF_SECONDS, "s", "by a server")


def _write(report):
    from odoo.addons.serial_number_tracking.wizards.serial_report_xlsx import write_workbook

    with TemporaryFile() as file:
        write_workbook(file, report)


def _grown(bench, report):
    """Return by how many megabytes a fresh process grows: this one is big already."""
    settle(bench.env)
    command = [sys.executable, "-m", f"{__package__}.report", bench.env.cr.dbname, str(report.id)]
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def _print(bench, products, count):
    """Return the seconds that a user waits for the PDF of so many units."""
    units = bench.env["serial.number"].search([("product_id", "in", products.ids)], limit=count, order="id")
    report = bench.env["serial.report"].create({"serial_ids": units.ids})
    settle(bench.env)
    with Server(bench.env.cr.dbname, HOME / "bench.log") as server:
        session = Session(server.url, server.database, "admin", "admin")
        session.call("serial.report", "action_print", [report.id])  # loads the models
        begun = time.perf_counter()
        answer = session.http.get(f"{server.url}{PDF}/{report.id}", timeout=TIMEOUT)
        seconds = time.perf_counter() - begun
    if not answer.content.startswith(b"%PDF"):
        raise SystemExit(f"The report is no PDF; the server's log is in {server.log}")
    return seconds


def main():
    """Print by how many megabytes this process grows while it writes the spreadsheet."""
    name, report = sys.argv[1:]
    with connected(name) as env:
        print(peak(lambda: _write(env["serial.report"].browse(int(report)))))


if __name__ == "__main__":
    main()
