{
    "name": "Serial Number Tracking: Manufacturing",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Manufacturing",
    "summary": "Numbers of what is produced and consumed, and the parts of each unit",
    "author": "Serial Number Tracking contributors",
    "license": "LGPL-3",
    "icon": "/serial_number_tracking/static/description/icon.png",
    "depends": ["serial_number_tracking", "mrp"],
    "data": ["security/mrp_groups.xml", "report/mrp_production_templates.xml", "views/mrp_production_views.xml"],
    "assets": {"web.assets_tests": ["serial_number_tracking_mrp/static/tests/tours/**/*"]},
    "auto_install": True,
    "post_init_hook": "post_init_hook",
}
