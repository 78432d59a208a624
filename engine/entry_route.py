"""Find the line of the entry window that a number belongs to, if it was entered on another one."""

from odoo.fields import Domain
from odoo.tools import groupby

from ..tools import naming
from . import scan

# Refusals that the right line may not have: there it may be known, have the right format, or find room.
ELSEWHERE = ("unknown", "bad_format", "not_sold_here", "too_many", "other_product", "no_serial")


class NumberRouter:
    """Enters numbers on the lines that they belong to.

    :param line: the ``serial.entry.line`` that they were entered on
    :param products: whose lines may take them; None: any of the window
    """

    def __init__(self, line, products=None):
        self.line = line
        lines = line.entry_id.line_ids - line
        self.lines = lines if products is None else lines.filtered(lambda other: other.product_id in products)

    def add_announced(self, names):
        """Enter the numbers that the vendor announced for another product of the window.

        A receipt takes any new number, so that nothing would be refused on the wrong line.

        :param list names: what :func:`.scan.read_names` read
        :return: a list with the check of each of them, None for the others
        """
        checks = [None] * len(names)
        source = self.line._get_source()
        for line in self._get_others():
            if not line._get_source()._serial_purchase_line().has_announced_serials:
                continue
            left = {naming.make_key(names[index].name) for index, check in enumerate(checks) if not check}
            known = self._find_announced(line, left) - self._find_known(source, left)
            indexes = [index for index, name in enumerate(names) if naming.make_key(name.name) in known]
            self._keep(line, [name.typed for name in names], indexes, checks)
        return checks

    def _find_announced(self, line, keys):
        domain = line._get_announced_domain() & Domain("name_key", "in", list(keys))
        return set(line.env["serial.number"].search_fetch(domain, ["name_key"]).mapped("name_key"))

    def _find_known(self, source, keys):
        domain = Domain("product_id", "=", source.product_id.id) & Domain("name_key", "in", list(keys))
        domain &= Domain("company_id", "=", source._serial_company().id)
        return set(self.line.env["serial.number"].sudo().search_fetch(domain, ["name_key"]).mapped("name_key"))

    def add_refused(self, checks):
        """Enter refused numbers on the one line that can take them.

        :param list checks: what the first line says of each number
        :return: the checks; of a number that another line knows, what that line says
        """
        refused = [index for index, check in enumerate(checks) if check.code in ELSEWHERE]
        if not refused or not self.lines:
            return checks
        names = [check.typed or check.name for check in checks]
        found = {}
        for line in self._get_others(same_too=True):
            left = [index for index in refused if self._may_take(line, checks[index])]
            for index, check in zip(left, self._try(line, names, left), strict=True):
                if check.serial_id or check.code == "duplicate" or self._knows_format(line, check):
                    found.setdefault(index, []).append(line)
        routed = [(lines[0], index) for index, lines in sorted(found.items()) if len(lines) == 1]
        for line, pairs in groupby(routed, lambda pair: pair[0]):
            self._keep(line, names, [index for _line, index in pairs], checks)
        return checks

    def _get_others(self, same_too=False):
        """Return one line of each product: the first that still wants numbers, else the first."""
        lines = self.lines
        if not same_too:
            lines = lines.filtered(lambda line: line.product_id != self.line.product_id)
        return [
            next((line for line in group if line.missing), group[0])
            for _product, group in groupby(lines, lambda line: line.product_id)
        ]

    def _may_take(self, line, check):
        """Tell whether a line may take what this one refused: one of the same product only for want of room."""
        return (check.code == "too_many") == (line.product_id == self.line.product_id)

    def _knows_format(self, line, check):
        """Tell whether a number that nobody knows is of a line's product: by its format, or for want of room."""
        return check.ok and (line.product_id == self.line.product_id or bool(line.product_id.serial_format))

    def _try(self, line, names, indexes):
        return line._get_checker(self._read(line, names, indexes)).run() if indexes else []

    def _read(self, line, names, indexes):
        return scan.read_names(line._get_source(), [names[index] for index in indexes])

    def _keep(self, line, names, indexes, checks):
        if indexes:
            kept = line._keep(line._get_checker(self._read(line, names, indexes)))
            for index, check in zip(indexes, kept, strict=True):
                checks[index] = check
