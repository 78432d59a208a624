from . import serial_example_repair
from . import serial_number
