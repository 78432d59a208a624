"""Labels of numbers that were generated, printed at once."""

from odoo import Command

from odoo.addons.web.controllers.utils import clean_action

from . import series_sql

CLOSE = {"type": "ir.actions.act_window_close"}


def print_generated(entry, result):
    """Print the labels of what was generated in a window, once its units are there.

    :param entry: the ``serial.entry``
    :param result: what the document's button returned
    :return: that, or an action that prints and then does that
    """
    rows = series_sql.find_generated(entry)
    register = entry.env["serial.number"]
    units = register.browse(unit for unit, _series in rows)
    wanted = dict(rows)
    units = units.filtered(
        lambda unit: unit.product_id.product_tmpl_id._get_serial_series().id == wanted[unit.id] and unit.exists()
    )
    return _print_before(make_reports(units), result)


def make_reports(units):
    """Return the report actions of the labels of units whose series prints them at once: one for each format."""
    formats = {product: _find_format(product) for product in units.product_id}
    by_format = units.grouped(lambda unit: formats[unit.product_id])
    return [_make_report(some, label_format) for label_format, some in by_format.items() if label_format]


def _find_format(product):
    series = product.product_tmpl_id._get_serial_series()
    return series.prints_labels and series.label_format


def _make_report(units, label_format):
    """Return the action that prints labels; where they are too many for one file, the window that asks."""
    layout = units.env["serial.label.layout"].create(
        {"serial_ids": [Command.set(units.ids)], "print_format": label_format}
    )
    if layout.label_count > layout._get_most():
        action = units.env["ir.actions.act_window"]._for_xml_id("serial_number_tracking.serial_label_layout_action")
        return action | {"context": {"default_serial_ids": units.ids, "default_print_format": "zpl"}}
    action = layout.action_print()
    clean_action(action, units.env)
    return action


def _print_before(actions, result):
    """Return an action that does some actions first, and then what a button returned."""
    if not actions:
        return result
    reports = [action for action in actions if action["type"] == "ir.actions.report"]
    windows = [action for action in actions if action["type"] != "ir.actions.report"]
    if isinstance(result, dict) and result.get("tag") == "do_multi_print":  # Odoo's own labels, at Validate
        reports, result = [*result["params"]["reports"], *reports], result["params"].get("anotherAction")
    then = result if isinstance(result, dict) and result["type"] != CLOSE["type"] else False
    then = then or (windows[0] if windows else False)
    if not reports:
        return then or result
    params = {"reports": reports, "anotherAction": then}
    return {"type": "ir.actions.client", "tag": "serial_print_labels", "params": params}


def print_units(units):
    """Return the action that prints the labels of units whose series wants that; True where none does."""
    return _print_before(make_reports(units), True)
