{
    "name": "Serial Number Tracking: Batch Transfers",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Inventory",
    "summary": "The list of a batch says which numbers to pick, and has places for those that are missing",
    "author": "Serial Number Tracking contributors",
    "license": "LGPL-3",
    "icon": "/serial_number_tracking/static/description/icon.png",
    "depends": ["serial_number_tracking", "stock_picking_batch"],
    "data": ["report/report_picking_batch.xml"],
    "auto_install": True,
}
