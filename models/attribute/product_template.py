from odoo import api, fields, models

GRADES = ("A", "B", "C", "D")
GRADE = "grade"  # the property that is made by one tick


class ProductTemplate(models.Model):
    _inherit = "product.template"

    serial_ask_properties = fields.Selection(
        [("ask", "May be left out"), ("require", "Required")],
        "Ask for Properties",
        help="Whether the entry window asks for the properties of units with each number, and whether one may be left "
        "out when a unit is received or shipped. Pasted tables and files take them by their headings always.",
    )
    serial_has_grade = fields.Boolean(
        "Grade",
        compute="_compute_serial_has_grade",
        inverse="_inverse_serial_has_grade",
        help="Whether units have a grade, A to D. Edit Properties, in the gear menu of a unit, changes its choices.",
    )

    @api.depends("serial_properties_definition")
    def _compute_serial_has_grade(self):
        for template in self:
            definition = template.serial_properties_definition or []
            template.serial_has_grade = any(item["name"] == GRADE for item in definition)

    def _inverse_serial_has_grade(self):
        for template in self:
            definition = template.serial_properties_definition or []
            others = [item for item in definition if item["name"] != GRADE]
            if not template.serial_has_grade:
                template.serial_properties_definition = others
            elif len(others) == len(definition):
                template.serial_properties_definition = [*others, template._prepare_serial_grade()]

    def _prepare_serial_grade(self):
        """Return the definition of the property that a grade is."""
        choices = [[grade.lower(), grade] for grade in GRADES]
        return {"name": GRADE, "string": self.env._("Grade"), "type": "selection", "selection": choices}
