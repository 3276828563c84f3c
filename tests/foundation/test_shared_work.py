"""Work shared between here and there: in order, whole, whoever does it."""

from concurrent.futures import Future

import pytest
from msgspec import structs

from annotator.foundation import shared_work
from annotator.foundation.shared_work import AHEAD, ASKED, Shared, grouped


class There:
    """Answers when it is told to."""

    is_ready = True

    def __init__(self, answers):
        self.answers = answers
        self.asked = []
        self.waiting = []

    def ask(self, question):
        future = Future()
        self.asked.append(int(question))
        self.waiting.append((question, future))
        if self.answers == "at once":
            self.work()
        return future

    def work(self):
        for question, future in self.waiting:
            future.set_result(None if self.answers == "none" else question + b" there")
        self.waiting = []


def work(found):
    def here(number):
        found.append(number)
        return f"{number} here"

    return Shared(
        told=lambda number: str(number).encode(),
        found=here,
        understood=lambda number, answer: f"{number}: {answer.decode()}",
    )


def test_who_answers_at_once_is_asked_everything():
    found, there = [], There("at once")
    answers = list(work(found).answers(range(40), there))
    assert answers == [f"{number}: {number} there" for number in range(40)]
    assert found == []


def test_what_nobody_understands_is_no_answer():
    def understood(number, answer):
        if number % 2:
            raise ValueError(answer)
        return f"{number} there"

    found = []
    shared = structs.replace(work(found), understood=understood)
    answers = list(shared.answers(range(4), There("at once")))
    assert answers == ["0 there", "1 here", "2 there", "3 here"]
    assert found == [1, 3]


def test_the_other_has_enough_to_do_while_answers_are_used():
    there = There("at once")
    answers = work([]).answers(range(40), there)
    for taken in range(1, 5):
        next(answers)
        assert there.asked == list(range(AHEAD + taken))
    assert len(list(answers)) == 36


def test_who_is_not_ready_is_not_asked():
    found, there = [], There("at once")
    there.is_ready = False

    def questions():
        for number in range(20):
            there.is_ready = number > 12
            yield number

    assert len(list(work(found).answers(questions(), there))) == 20
    assert (found, there.asked) == (list(range(13)), list(range(13, 20)))


def test_what_the_other_has_no_time_for_is_found_here_in_the_meantime():
    found, there = [], There("late")

    def questions():
        for number in range(12):
            if number == 11:
                there.work()
            yield number
        there.work()

    answers = list(work(found).answers(questions(), there))
    assert there.asked == [*range(ASKED), 11]
    assert found == list(range(ASKED, 11))
    assert [answer.split()[0].rstrip(":") for answer in answers] == [str(n) for n in range(12)]


def test_what_is_not_answered_is_found_here():
    found, there = [], There("none")

    def questions():
        for number in range(20):
            there.work()
            yield number
        there.work()

    answers = list(work(found).answers(questions(), there))
    assert answers == [f"{number} here" for number in range(20)]
    assert found == list(range(20))


def test_who_never_answers_is_waited_for_once(monkeypatch):
    monkeypatch.setattr(shared_work, "PATIENCE_SECONDS", 0.01)
    found, there = [], There("late")
    count = AHEAD + 10
    answers = list(work(found).answers(range(count), there))
    assert answers == [f"{number} here" for number in range(count)]
    assert there.asked == list(range(ASKED))


def told_before(answers):
    """The answers before an error, and the error."""
    told = []
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - compared by whoever asks
        told.extend(answers)
    return told, caught.value.args[0]


def test_an_error_here_is_told_behind_what_was_asked_before():
    found, there = [], There("late")

    def fail(number):
        there.work()
        raise ValueError(number)

    shared = structs.replace(work(found), found=fail)
    told = told_before(shared.answers(range(20), there))
    assert told == ([f"{number}: {number} there" for number in range(ASKED)], ASKED)


def test_an_error_of_an_earlier_question_comes_first():
    there = There("none")

    def fail(number):
        there.work()
        raise ValueError(number)

    shared = structs.replace(work([]), found=fail)
    assert told_before(shared.answers(range(20), there)) == ([], 0)


def test_what_was_asked_before_the_questions_broke_is_answered():
    there = There("late")

    def questions():
        yield from range(3)
        there.work()
        raise ValueError("broken")

    told = told_before(work([]).answers(questions(), there))
    assert told == ([f"{number}: {number} there" for number in range(3)], "broken")


def test_items_are_grouped_by_their_weight():
    assert list(grouped([2, 2, 9, 1, 3, 1, 1], int, 4)) == [(2, 2), (9,), (1, 3), (1, 1)]
    assert list(grouped([4], int, 4)) == [(4,)]
    assert list(grouped([], int, 4)) == []


@pytest.mark.parametrize(("count", "groups"), [(3, [(0, 1), (2,)]), (2, [(0, 1)]), (0, [])])
def test_items_before_an_error_are_grouped_too(count, groups):
    def items():
        yield from range(count)
        raise ValueError("broken")

    assert told_before(grouped(items(), lambda item: 1, 2)) == (groups, "broken")
