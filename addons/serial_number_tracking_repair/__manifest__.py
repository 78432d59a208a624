{
    "name": "Serial Number Tracking: Repairs",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Inventory",
    "summary": "The unit that is repaired, its warranty by line, and its parts by number",
    "author": "Serial Number Tracking contributors",
    "license": "LGPL-3",
    "icon": "/serial_number_tracking/static/description/icon.png",
    "depends": ["serial_number_tracking", "repair"],
    "data": [
        "data/serial_hold_reason_data.xml",
        "report/repair_order_templates.xml",
        "views/repair_order_views.xml",
        "views/serial_number_views.xml",
    ],
    "assets": {"web.assets_tests": ["serial_number_tracking_repair/static/tests/tours/**/*"]},
    "auto_install": True,
    "post_init_hook": "post_init_hook",
}
