from . import digest_digest
from . import serial_number
from . import serial_reconciliation
