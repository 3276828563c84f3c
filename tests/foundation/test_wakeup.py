"""What is written to the far end is read at the near one, and nobody ever waits."""

import os
from contextlib import suppress

import pytest

from annotator.foundation.wakeup import Wakeup


@pytest.fixture
def wakeup():
    made = Wakeup()
    yield made
    made.close()


def test_nothing_written_is_nothing_read(wakeup):
    assert wakeup.read() == b""


def test_what_is_written_is_read_once(wakeup):
    os.write(wakeup.far, bytes((2, 15)))
    assert wakeup.read() == bytes((2, 15))
    assert wakeup.read() == b""


def test_a_full_end_refuses_instead_of_waiting(wakeup):
    with suppress(BlockingIOError):
        while True:
            os.write(wakeup.far, bytes(4096))
    with pytest.raises(BlockingIOError):
        os.write(wakeup.far, bytes(4096))


def test_both_ends_are_closed():
    made = Wakeup()
    near, far = made.near, made.far
    made.close()
    for descriptor in (near, far):
        with pytest.raises(OSError, match="descriptor"):
            os.fstat(descriptor)
