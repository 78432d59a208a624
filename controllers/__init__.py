from . import portal
from . import recall
from . import serial_report
from . import webmanifest
