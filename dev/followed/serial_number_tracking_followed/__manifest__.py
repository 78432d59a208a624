{
    "name": "Follow Every Product of Odoo's Tests",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "summary": "For dev/test --host --followed: what Odoo's own tests make is followed, where it can be",
    "author": "Serial Number Tracking contributors",
    "license": "LGPL-3",
    "depends": ["serial_number_tracking"],
}
