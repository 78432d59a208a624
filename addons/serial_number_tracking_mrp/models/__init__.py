from . import serial_number
from . import stock_picking_type
from . import stock_move
from . import mrp_production
from . import mrp_unbuild
