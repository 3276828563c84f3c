"""Counts and hashes what an export writes, into one file or into several."""

from __future__ import annotations

import hashlib
from typing import BinaryIO

from msgspec import Struct, field


class CountedOutput(Struct):
    """The size of all that was written, and the digest of it in the order of writing."""

    size: int = 0
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    @property
    def sha256(self) -> str:
        """The SHA-256 of everything so far."""
        return self.digest.hexdigest()

    def write(self, target: BinaryIO, data: bytes) -> None:
        """Write bytes to one of the files."""
        target.write(data)
        self.digest.update(data)
        self.size += len(data)


class CountedStream(Struct):
    """A stream for a library that writes by itself; it cannot be sought.

    It stays open when the library closes it: whoever opened the target closes it.
    """

    output: CountedOutput
    target: BinaryIO
    closed: bool = False

    def write(self, data: bytes) -> int:
        """Write bytes, counted."""
        self.output.write(self.target, data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        """Leave it open."""
