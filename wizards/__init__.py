from . import serial_entry
from . import serial_entry_line
from . import serial_entry_unit
from . import serial_return
from . import serial_setup
from . import serial_status_change
