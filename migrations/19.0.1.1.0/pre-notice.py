"""The recall notice says more: who has not changed the e-mail's template gets its new text."""

OPEN = """
    UPDATE ir_model_data AS data SET noupdate = FALSE FROM mail_template AS template
     WHERE data.module = 'serial_number_tracking' AND data.name = 'mail_template_serial_recall'
       AND data.model = 'mail.template' AND template.id = data.res_id AND COALESCE(template.write_uid, 1) = 1
"""


def migrate(cr, version):
    """Let the template be loaded anew, unless somebody has changed it."""
    cr.execute(OPEN)
