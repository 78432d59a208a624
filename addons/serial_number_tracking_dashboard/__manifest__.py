{
    "name": "Serial Number Tracking: Dashboard",
    "version": "19.0.1.0.0",
    "category": "Productivity/Dashboard",
    "summary": "What is in stock, without number, on hold, sold and under warranty, in Odoo's Dashboards",
    "author": "Serial Number Tracking contributors",
    "license": "LGPL-3",
    "icon": "/serial_number_tracking/static/description/icon.png",
    "depends": ["serial_number_tracking", "spreadsheet_dashboard"],
    "data": ["data/spreadsheet_dashboard.xml"],
    "auto_install": True,
}
