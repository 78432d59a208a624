"""Plain Python that imports nothing of Odoo's models."""
