from . import serial_job
from . import product_template
from . import serial_report
from . import base_import_import
