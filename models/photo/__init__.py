from . import product_template
from . import serial_entry_line
from . import serial_number
