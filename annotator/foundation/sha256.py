"""SHA-256 from Python's own C code.

`hashlib` takes it from OpenSSL, and loading that takes longer than hashing what a start reads
(2.5 ms of 200). OpenSSL is six times as fast with what is large: whole files go to `hashlib`. Where
Python has no such module, OpenSSL serves; the hashes are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import sha256
else:
    try:  # Python 3.12 and newer
        from _sha2 import sha256
    except ImportError:
        try:
            from _sha256 import sha256
        except ImportError:
            from hashlib import sha256

__all__ = ["sha256"]
