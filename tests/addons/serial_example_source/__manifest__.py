{
    "name": "Example: repairs that units are entered on",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Serial Number Tracking",
    "depends": ["serial_number_tracking"],
    "data": ["security/ir.model.access.csv"],
}
