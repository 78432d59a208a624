"""What an empty list says: what would stand there, and what to do."""

from markupsafe import Markup


def describe(title, text):
    """Return the help of a window action, as Odoo shows it in place of an empty list."""
    return Markup('<p class="o_view_nocontent_smiling_face">{}</p><p>{}</p>').format(title, text)
