{
    "name": "Serial Number Tracking: Point of Sale",
    "summary": "The till asks for the serial numbers of followed products, and takes back the units that it sold",
    "version": "19.0.1.0.0",
    "category": "Sales/Point of Sale",
    "license": "LGPL-3",
    "icon": "/serial_number_tracking/static/description/icon.png",
    "author": "Serial Number Tracking contributors",
    "depends": ["serial_number_tracking", "point_of_sale"],
    "auto_install": True,
    "data": ["views/views.xml"],
    "assets": {
        "point_of_sale._assets_pos": [
            "serial_number_tracking/static/src/ask/**/*",
            "serial_number_tracking_pos/static/src/**/*",
        ],
        "web.assets_tests": ["serial_number_tracking_pos/static/tests/tours/**/*"],
    },
}
