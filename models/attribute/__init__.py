from . import product_template
from . import serial_number
