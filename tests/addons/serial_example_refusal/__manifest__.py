{
    "name": "Example: units that one customer alone may have",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Serial Number Tracking",
    "depends": ["serial_number_tracking"],
}
