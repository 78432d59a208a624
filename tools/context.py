"""Values in a context that only our own code can set: a caller may send any context, but not these."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """A value in a context that came from our own code: no request can make one.

    :ivar value: the value
    """

    value: object


ASK = "serial_number_tracking_ask"  # context key: a button was pressed, which may ask for serial numbers
OLD_ASK = "serial_ask"  # its name until 19.0.1.1.0


def is_asked(env):
    """Tell whether a button was pressed that may ask for serial numbers.

    :param env: the environment
    """
    return bool(env.context.get(ASK, env.context.get(OLD_ASK)))


def tell(key, value):
    """Return a context with a value that :func:`hear` finds.

    :param str key: the key
    :param value: the value
    """
    return {key: Told(value)}


def hear(env, key, default=None):
    """Return what our own code told by a key of the context; what a caller sends counts as nothing.

    :param env: the environment
    :param str key: the key
    :param default: what to return where nothing was told
    """
    told = env.context.get(key)
    return told.value if isinstance(told, Told) else default
