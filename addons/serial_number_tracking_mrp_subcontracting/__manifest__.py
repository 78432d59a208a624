{
    "name": "Serial Number Tracking: Subcontracting",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Manufacturing",
    "summary": "Receipts from subcontractors take numbers as any receipt",
    "author": "Serial Number Tracking contributors",
    "license": "LGPL-3",
    "icon": "/serial_number_tracking/static/description/icon.png",
    "depends": ["serial_number_tracking_mrp", "mrp_subcontracting"],
    "assets": {"web.assets_tests": ["serial_number_tracking_mrp_subcontracting/static/tests/tours/**/*"]},
    "auto_install": True,
}
