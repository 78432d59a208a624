"""What test modules share: base classes by what they are about, and helpers. No test module imports another one."""

from hypothesis import HealthCheck, settings

from .base import SerialCommon

# What is drawn at random is the same each time, however busy the machine is.
settings.register_profile(
    "same", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("same")
