"""The recall notice says more: its template is the company's own again."""


def migrate(cr, version):
    """Keep the template from being loaded once more."""
    cr.execute(
        """UPDATE ir_model_data SET noupdate = TRUE
            WHERE module = 'serial_number_tracking' AND name = 'mail_template_serial_recall'"""
    )
