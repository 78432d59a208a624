from . import serial_number
from . import serial_reconciliation
