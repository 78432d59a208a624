"""What test modules share: base classes by what they are about, and helpers. No test module imports another one."""

from .base import SerialCommon
