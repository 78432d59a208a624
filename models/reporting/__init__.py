from . import serial_number_age
from . import serial_number_sheet
from . import serial_reconciliation
