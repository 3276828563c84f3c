"""Hint letters: short codes of which none begins another, the nearest things get the shortest."""

from __future__ import annotations

ALPHABET = "ASDFJKLGHEWCMPXUIOTRVBNYQZ"


def hint_codes(count: int, alphabet: str = ALPHABET) -> list[str]:
    """`count` codes, shortest first, none a prefix of another.

    One letter each while the alphabet lasts; beyond that, as few leading letters as are needed
    are kept back to start two-letter codes. At most ``len(alphabet) ** 2`` codes.
    """
    size = len(alphabet)
    count = min(count, size * size)
    kept_back = 0
    while (size - kept_back) + kept_back * size < count:
        kept_back += 1
    singles = list(alphabet[: size - kept_back])
    pairs = [first + second for first in alphabet[size - kept_back :] for second in alphabet]
    return (singles + pairs)[:count]
