from . import serial_identity_kind
from . import serial_identity
from . import serial_number
from . import product_template
