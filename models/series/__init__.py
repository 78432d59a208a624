from . import serial_series
from . import serial_series_number
from . import product_category
from . import product_template
from . import serial_number
from . import serial_entry_line
