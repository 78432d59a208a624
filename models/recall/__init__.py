from . import serial_recall
from . import serial_recall_line
from . import serial_recall_partner
from . import serial_number
from . import res_partner
from . import base_partner_merge
from . import mail_mail
from . import mail_template
