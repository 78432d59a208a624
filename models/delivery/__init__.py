from . import res_company
from . import res_config_settings
from . import account_journal
from . import account_move
from . import account_move_line
from . import serial_number
from . import stock_move
from . import stock_picking
