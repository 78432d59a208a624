from . import res_country
from . import serial_number
