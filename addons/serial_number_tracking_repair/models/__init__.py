from . import serial_number
from . import stock_picking_type
from . import stock_move
from . import repair_order
