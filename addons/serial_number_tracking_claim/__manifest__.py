{
    "name": "Serial Number Tracking: Claims against Vendors",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Inventory",
    "summary": "What vendors owe for units that broke while their warranty lasted",
    "author": "Serial Number Tracking contributors",
    "license": "LGPL-3",
    "icon": "/serial_number_tracking/static/description/icon.png",
    "depends": ["serial_number_tracking_repair"],
    "data": [
        "security/ir.model.access.csv",
        "security/serial_claim_rules.xml",
        "views/serial_claim_views.xml",
        "views/repair_order_views.xml",
        "views/serial_number_views.xml",
    ],
    "assets": {"web.assets_tests": ["serial_number_tracking_claim/static/tests/tours/**/*"]},
    "auto_install": True,
}
