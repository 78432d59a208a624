from . import res_company
from . import res_config_settings
from . import serial_number
from . import stock_move
from . import stock_return_picking
from . import stock_rule
