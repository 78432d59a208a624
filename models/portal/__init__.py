from . import serial_number
from . import serial_registration_attempt
