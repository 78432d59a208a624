"""Numbers that look like those of a product's series and have a wrong check digit: mistyped, or misread."""

from ...tools import naming, series_shape


def find(register, product, names):
    """Return ``{key: message}`` of those of some unknown numbers that look mistyped.

    :param dict names: numbers by their keys
    """
    series = product.product_tmpl_id._get_serial_series()
    if not series.refuses_mistyped or series.check_digit == "none":
        return {}
    check, counter = series.check_digit, series.sequence_id
    shape = series_shape.compile_shape(counter.prefix, counter.suffix, counter.padding, check)
    wrong = {key: name for key, name in names.items() if series_shape.is_mistyped(naming.clean(name), shape, check)}
    made = _find_made(series, list(wrong)) if wrong else ()
    return {key: _message(register, series, name) for key, name in wrong.items() if key not in made}


def _find_made(series, keys):
    """Return those of some keys that the series made itself, when it had another check digit."""
    made = series.env["serial.series.number"].search([("series_id", "=", series.id), ("name_key", "in", keys)])
    return set(made.mapped("name_key"))


def _message(register, series, name):
    return register.env._(
        "%(serial)s looks like a number of the series %(series)s, but its check digit is wrong: it was mistyped or "
        "misread. Compare it with the unit. If it is somebody else's number, an inventory manager can let it in: "
        "Refuse Mistyped Numbers on the series.",
        serial=name,
        series=series.name,
    )
