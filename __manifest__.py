{
    "name": "Serial Number Tracking",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Inventory",
    "summary": "Every serialized unit from the vendor to the end user, even before its number is known",
    "description": """
Follow every physical unit of a serialized product: from which vendor and order it came, whether it may be sold, who
bought it on which delivery and invoice, who uses it, until when it is under warranty.

Goods come in and go out even when nobody has their numbers at hand: each unit without a number stands on a worklist,
and the units always add up to the stock on hand.
""",
    "author": "Serial Number Tracking contributors",
    "license": "LGPL-3",
    "depends": ["purchase_stock", "sale_stock"],
    "data": [
        "security/serial_number_groups.xml",
        "security/ir.model.access.csv",
        "security/serial_number_rules.xml",
        "wizards/serial_status_change_views.xml",
        "views/serial_number_views.xml",
        "views/serial_event_views.xml",
        "views/product_views.xml",
        "views/stock_picking_views.xml",
        "views/stock_picking_type_views.xml",
        "views/stock_quant_views.xml",
        "views/account_move_views.xml",
        "views/sale_order_views.xml",
        "views/purchase_order_views.xml",
        "views/res_partner_views.xml",
        "views/res_config_settings_views.xml",
        "wizards/serial_entry_views.xml",
        "wizards/serial_correct_views.xml",
        "wizards/serial_reconcile_views.xml",
        "wizards/serial_setup_views.xml",
        "wizards/stock_inventory_adjustment_name_views.xml",
        "wizards/serial_return_views.xml",
        "views/serial_number_menus.xml",
        "views/serial_reconciliation_views.xml",
        "report/report_invoice.xml",
    ],
    "demo": ["demo/serial_number_demo.xml"],
    "assets": {
        "web.assets_backend": ["serial_number_tracking/static/src/**/*"],
        "web.assets_tests": ["serial_number_tracking/static/tests/tours/**/*"],
    },
    "application": True,
}
