from . import stock_picking
from . import serial_number
