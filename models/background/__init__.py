from . import serial_job
from . import serial_job_import
from . import serial_job_report
from . import base_import_import
