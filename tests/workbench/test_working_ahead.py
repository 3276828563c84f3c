"""When a companion is started to share work, and that it is ended."""

import pytest

from annotator.foundation.shared_work import Shared
from annotator.workbench import working_ahead
from annotator.workbench.working_ahead import WorkingAhead, is_worth_sharing

SQUARE = Shared(told=bytes, understood=lambda asked, told: told, found=lambda asked: asked * asked)


class Busy:
    """A companion that is never ready to be asked."""

    is_ready = False

    def __init__(self, *told):
        self.told = told
        self.closed = 0

    def close(self):
        self.closed += 1


@pytest.fixture
def started(monkeypatch):
    made = []

    def start(*told):
        made.append(Busy(*told))
        return made[-1]

    monkeypatch.setattr(working_ahead, "Companion", start)
    return made


@pytest.mark.parametrize(
    ("size", "processors", "is_worth"), [(9, 2, False), (10, 2, True), (10, 1, False)]
)
def test_little_work_and_one_processor_are_not_worth_a_companion(
    monkeypatch, size, processors, is_worth
):
    monkeypatch.setattr(working_ahead, "processors", lambda: processors)
    assert is_worth_sharing(size, least=10) is is_worth


def test_one_companion_is_started_for_all_work_and_ended_with_it(started):
    with WorkingAhead("squares", b"common") as ahead:
        assert started == []
        assert list(ahead.share(SQUARE, [1, 2])) == [1, 4]
        assert list(ahead.share(SQUARE, [3])) == [9]
        [companion] = started
        assert (companion.told, companion.closed) == (("squares", b"common"), 0)
    assert companion.closed == 1


def test_without_work_nothing_is_started(started):
    with WorkingAhead("squares"):
        pass
    assert started == []
