"""check: recognise the script of online blackmail in a conversation, on the device."""

from lightkeeper.check.engine import check

__all__ = ["check"]
