from . import test_invoice
from . import test_kits
from . import test_lots
from . import test_refund
from . import test_sale
from . import test_till
from . import test_tours
from . import test_walk
