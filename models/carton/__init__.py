from . import serial_number
