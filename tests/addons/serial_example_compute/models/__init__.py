from . import serial_number
from . import product_product
from . import res_partner
from . import serial_event
