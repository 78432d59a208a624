from . import models
from . import wizards

# Features: each enters the models and wizards above by their hooks, and knows no other one
from .models import recall
from .models import warranty
from .models import portal
from .models import background
from .models import reporting
from .models import identity
from .models import intercompany
from .models import count
from .models import series
from .models import worklist
from .models import delivery
from .models import attribute
from .models import carton
from .models import photo
from . import controllers
