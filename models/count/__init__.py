from . import serial_count
from . import serial_count_line
