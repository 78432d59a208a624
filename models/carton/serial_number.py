"""In which package each announced unit comes: the package's barcode then brings them all."""

from odoo import api, models

from ...engine import entry_place
from ...tools import label, naming

COLUMN = ":package"  # no code of a kind of number begins like this
HEADINGS = {"package", "carton", "pallet", "sscc"}


class SerialNumber(models.Model):
    _inherit = "serial.number"

    @api.model
    def _get_beside_columns(self, product, row):
        # EXTENDS 'serial.hook.mixin'
        titles = HEADINGS | {self.fields_get(["package_id"])["package_id"]["string"].lower()}
        found = {column: COLUMN for column, cell in enumerate(row) if str(cell).strip().lower() in titles}
        return super()._get_beside_columns(product, row) | found

    @api.model
    def _take_beside(self, line, checks, beside, entered=None):
        # EXTENDS 'serial.hook.mixin'
        kept = super()._take_beside(line, checks, beside, entered)
        if line._serial_purchase_line() != line:  # what has come lies in the package that its operation says
            return kept
        packages = {}
        for index, others in beside.items():
            texts = others.get(COLUMN) if isinstance(others, dict) else None
            if texts and checks[index].ok:
                packages[checks[index].key] = naming.clean(label.read(texts[0]).sscc or texts[0])
        return kept | {"packages": packages}

    @api.model
    def _describe_beside(self, kept, product=None):
        # EXTENDS 'serial.hook.mixin'
        title, name = self._fields["package_id"]._description_string(self.env), kept.get("packages")
        return ", ".join(filter(None, [super()._describe_beside(kept, product), name and f"{title}: {name}"]))

    def _give_beside(self, kept, source):
        # EXTENDS 'serial.hook.mixin'
        super()._give_beside(kept, source)
        if kept.get("packages"):
            self._expect_in_packages(kept["packages"], source)

    def _expect_in_packages(self, names, source):
        """Say of expected units in which packages they come; the packages are made where there are none.

        :param dict names: the names of packages by the keys of units
        :param source: the document line that announces them
        """
        known = entry_place.find_packages(self.env, list(names.values()), source.company_id)
        packages = {package.name: package for package in known}
        for name in set(names.values()) - packages.keys():
            packages[name] = known.create({"name": name})
        comes_in = {unit: packages[names[unit.name_key]] for unit in self.sudo() if unit.name_key in names}
        moved = {unit: package for unit, package in comes_in.items() if unit.package_id != package}
        rows = [{"package_id": package.id} for package in moved.values()]
        events = [self._prepare_event_vals("corrected", source=source, note=each.name) for each in moved.values()]
        if moved:
            self.browse(unit.id for unit in moved)._record_rows("corrected", rows, events)
