from . import serial_numbering
from . import serial_number
