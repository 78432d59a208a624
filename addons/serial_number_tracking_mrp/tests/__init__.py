from . import test_correct_produce
from . import test_kit_invoices
from . import test_kit_papers
from . import test_kits
from . import test_produce
from . import test_produce_paper
from . import test_produce_walk
from . import test_tours_produce
