"""Chat exports: what the apps give out, read into one conversation with nothing dropped.

`read_export` takes the bytes of a file or of pasted text. One file a format; `facts.json` holds what the
apps write in which language; `limits.py` says how much is read at most.
"""

from lightkeeper.check.exports.read import FORMATS, read_export, read_exports

__all__ = ["FORMATS", "read_export", "read_exports"]
