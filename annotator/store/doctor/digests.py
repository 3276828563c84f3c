"""What proves a row, and how a row is put right in which a single byte has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Protocol

from annotator.store.doctor.ailments import Slowly

MOST_HASHED = 300_000_000
"""Bytes that are hashed in trying, about half a second's worth."""

_AT_ONCE = 4_000_000
DIGEST_BYTES = 16


class _Hash(Protocol):
    def copy(self) -> _Hash: ...

    def update(self, data: bytes, /) -> None: ...

    def digest(self) -> bytes: ...


def digest_of_bytes(body: bytes, length: int = DIGEST_BYTES) -> bytes:
    """The first bytes of the SHA-256 of a body."""
    return hashlib.sha256(body).digest()[:length]


def is_nearly(digest: object, right: bytes) -> bool:
    """Whether a digest differs in one byte only: then that byte is what has changed."""
    if not isinstance(digest, bytes) or len(digest) != len(right):
        return False
    return sum(a != b for a, b in zip(digest, right, strict=True)) == 1


def healed(body: bytes, digest: object) -> Slowly[bytes | None]:
    """The body with the one byte put right that makes its digest true; None where none does.

    First each bit is turned, then each byte replaced; what would take too long is not tried.
    """
    if not isinstance(digest, bytes):
        return None
    hashed = 0
    for tries, others in ((8, _turned), (255, _replaced)):
        if len(body) * tries * (len(body) // 2 + 64) > MOST_HASHED:
            return None
        before: _Hash = hashlib.sha256()
        for index, byte in enumerate(body):
            rest = body[index + 1 :]
            for other in others(byte):
                trial = before.copy()
                trial.update(bytes((other,)) + rest)
                if trial.digest()[: len(digest)] == digest:
                    return body[:index] + bytes((other,)) + rest
            before.update(body[index : index + 1])
            hashed += tries * (len(rest) + 64)
            if hashed > _AT_ONCE:
                hashed = 0
                yield
    return None


def _turned(byte: int) -> Iterator[int]:
    return (byte ^ 1 << bit for bit in range(8))


def _replaced(byte: int) -> Iterator[int]:
    return (other for other in range(256) if other != byte)
