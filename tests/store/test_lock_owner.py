"""Who holds a lock is written and read back."""

from datetime import UTC, datetime

import pytest

from annotator.store.lock_owner import Owner

ELSEWHERE = Owner("شیلان", "other-computer", 7, "2026-11-21T09:00:00Z", "0f", "ab")


def test_an_owner_reads_back():
    assert Owner.parse(ELSEWHERE.encode()) == ELSEWHERE
    here = Owner.here()
    assert Owner.parse(here.encode()) == here


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"7", b'{"user": "x"}', b"\xff", b"[" * 9999, b"null"]
)
def test_what_names_nobody_is_nobody(content):
    assert Owner.parse(content) is None


def test_an_owner_without_a_computer_is_read_too():
    content = b'{"user": "x", "host": "y", "pid": 1, "since": "?", "token": "t"}'
    assert Owner.parse(content) == Owner("x", "y", 1, "?", "t")


def test_since_when_is_a_moment_where_it_can_be_read_as_one():
    assert ELSEWHERE.began == datetime(2026, 11, 21, 9, tzinfo=UTC)
    for odd in ("yesterday", "2026-11-21T09:00:00"):
        assert Owner("x", "y", 1, odd, "t").began == odd
