from . import serial_return
