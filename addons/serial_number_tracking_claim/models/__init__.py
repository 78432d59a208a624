from . import serial_claim
from . import serial_number
from . import repair_order
