from . import serial_number
from . import stock_move
