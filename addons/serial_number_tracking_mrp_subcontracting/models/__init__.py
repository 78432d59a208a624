from . import stock_move
from . import mrp_production
