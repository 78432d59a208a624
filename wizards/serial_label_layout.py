from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import outside
from ..tools import code_drawing, label_code, label_sheet
from ..tools.label import find_gtin
from ..tools.label_sheet import SHEETS
from ..tools.label_zpl import make_zpl

MOST_PRINTED = 1_000  # labels of one PDF: two pictures each
MOST_ZPL = 100_000  # labels of one file for a label printer


class SerialLabelLayout(models.TransientModel):
    """Print labels for units: the number as Code 128 and as QR code, the product and the company."""

    _name = "serial.label.layout"
    _inherit = ["serial.selection.mixin"]
    _description = "Labels of Serial Numbers"

    print_format = fields.Selection(
        [("dymo", "Dymo"), ("2x7", "2 x 7"), ("4x7", "4 x 7"), ("4x12", "4 x 12"), ("zpl", "ZPL Labels")],
        string="Format",
        default="4x7",
        required=True,
        help="Sheets as for Odoo's own labels; ZPL is a file for a label printer.",
    )
    code = fields.Selection(
        [
            ("number", "The Number: Code 128 and QR"),
            ("gs1", "GS1: GTIN and Number, DataMatrix and GS1-128"),
            ("link", "GS1 Digital Link: QR that a phone opens"),
        ],
        string="Codes",
        default="number",
        required=True,
        help="GS1 codes take the product's barcode for its GTIN, and numbers of at most 20 characters.",
    )
    resolver = fields.Char(
        "Link",
        default=label_code.RESOLVER,
        help="Where the links of a GS1 Digital Link begin: a GS1 resolver, or your own website.",
    )
    copies = fields.Integer(default=1, required=True, help="Labels of each unit.")
    with_product = fields.Boolean("Product", default=True)
    with_company = fields.Boolean("Company", default=True)
    label_count = fields.Integer("Labels", compute="_compute_counts")
    blank_count = fields.Integer("Without Serial", compute="_compute_counts")
    notice = fields.Text(compute="_compute_notice", help="What cannot be printed as chosen, and what stands instead.")

    @api.depends("serial_ids", "copies")
    def _compute_counts(self):
        for layout in self:
            units = layout._get_chosen_units()
            named = units.filtered("name")
            layout.label_count = len(named) * max(0, layout.copies)
            layout.blank_count = len(units) - len(named)

    @api.depends("serial_ids", "print_format", "code", "copies")
    def _compute_notice(self):
        for layout in self:
            if layout.label_count > layout._get_most():
                layout.notice = layout._describe_most()
                continue
            named = layout._get_chosen_units().filtered("name")
            bare = sum(not layout._can_say(unit) for unit in named) if layout.code != "number" else 0
            narrow = sum(not layout._has_bars(unit) for unit in named) if layout.print_format in SHEETS else 0
            layout.notice = "\n".join(filter(None, (layout._describe_bare(bare), layout._describe_narrow(narrow))))

    def _describe_bare(self, count):
        return count and self.env._(
            "%(count)s of the units get codes of the number alone: their product has no GTIN for a barcode, or the "
            "number has more than 20 characters or some that GS1 does not know.",
            count=count,
        )

    def _describe_narrow(self, count):
        return count and self.env._(
            "%(count)s of the numbers are too long for a Code 128 of this width, or have letters that it does not "
            "know: these labels have a larger square code alone. Scan them with a 2D scanner or a camera.",
            count=count,
        )

    def _can_say(self, unit):
        return label_code.can_say(unit.name, find_gtin(unit.product_id.barcode or ""))

    def _has_bars(self, unit):
        code = self._make_code(unit)
        bars = code_drawing.make_bars(code.bars, code.is_gs1)
        return bool(label_sheet.measure_bars(bars, SHEETS[self.print_format].width))

    def _make_code(self, unit):
        """Return what the codes of a unit's label say."""
        resolver = (self.resolver or label_code.RESOLVER).strip().rstrip("/")
        return label_code.make_code(unit.name, find_gtin(unit.product_id.barcode or ""), self.code, resolver)

    def action_print(self):
        """Print the labels of the units that have a number.

        :return: the action of the report: a PDF, or a text for a label printer
        :raise UserError: when no unit has a number, and for more labels than one file takes
        """
        outside.check_one(self)
        self._check_selected()
        if self.copies < 1:
            raise UserError(self.env._("Enter how many labels each unit gets: at least one."))
        if not self.label_count:
            raise UserError(
                self.env._("None of these units has a serial number yet. Enter the numbers, then print the labels.")
            )
        self._check_label_count()
        kind = self.print_format if self.print_format in ("dymo", "zpl") else "sheet"
        report = self.env.ref(f"serial_number_tracking.serial_label_layout_report_{kind}")
        return report.report_action(self, config=False) | {"close_on_report_download": True}

    def _get_most(self):
        return MOST_ZPL if self.print_format == "zpl" else MOST_PRINTED

    def _describe_most(self):
        return self.env._(
            "%(count)s labels are more than one file takes (%(most)s). Choose ZPL, fewer copies or fewer units.",
            count=self.label_count,
            most=self._get_most(),
        )

    def _check_label_count(self):
        if self.label_count > self._get_most():
            raise UserError(self._describe_most())

    def _get_units(self):
        """Return the units to print, in the order in which they came, each as often as it is wanted.

        :raise UserError: for more labels than one file takes
        """
        self._check_label_count()
        units = self._get_chosen_units().filtered("name").sorted("id")
        return [unit for unit in units for _copy in range(self.copies)]

    def _get_sheet(self):
        """Return the sheet to print on.

        :raise UserError: for labels that are for a label printer
        """
        if self.print_format not in SHEETS:
            raise UserError(
                self.env._("These labels are for a label printer. Open the window again, and choose a sheet.")
            )
        return SHEETS[self.print_format]

    def _get_pages(self):
        """Return the units as they stand on sheets: pages of rows of units, None for a label that stays empty."""
        sheet, units = self._get_sheet(), self._get_units()
        units += [None] * (-len(units) % (sheet.rows * sheet.columns))
        rows = [units[start : start + sheet.columns] for start in range(0, len(units), sheet.columns)]
        return [rows[start : start + sheet.rows] for start in range(0, len(rows), sheet.rows)]

    def _get_beside(self):
        """Return ``{unit id: text}`` of what labels say beside the number, where the product says so."""
        return self.serial_ids._get_printed_beside()

    def _lay_out(self, unit):
        """Return where everything stands on a unit's label, see :func:`label_sheet.lay_out`."""
        return label_sheet.lay_out(self._get_sheet(), unit.name, self._make_code(unit))

    def _get_zpl(self):
        """Return the labels as text for a label printer."""
        beside = self._get_beside()
        return "\n".join(
            make_zpl(
                unit.name,
                self.with_company and unit.company_id.name,
                self.with_product and unit.product_id.display_name,
                beside.get(unit.id),
                code=self._make_code(unit),
            )
            for unit in self._get_units()
        )
