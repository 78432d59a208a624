from . import serial_number
from . import serial_number_reminder
from . import stock_exchange
