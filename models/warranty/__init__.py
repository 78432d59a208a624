from . import serial_number
from . import stock_move
from . import stock_return_picking
from . import stock_rule
