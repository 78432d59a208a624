from . import serial_claim
from . import repair_order
