"""What is left of errors and messages when everything that may be text is taken out."""

from enum import Enum
from pathlib import Path

import pytest

from annotator.foundation.errors import Defect, Refused, UserError
from annotator.foundation.redaction import (
    MOST_CAUSES,
    MOST_FRAMES,
    place_of,
    places,
    shown_value,
    shown_values,
    stack_of,
    told,
    words_of_qt,
)

SECRET = "Xqzsecret"


class Colour(Enum):
    RED = "red"
    ODD = object()


class Loud(Exception):
    """An error whose every word is a secret."""

    def __str__(self):
        return SECRET

    __repr__ = __str__


def raised(error, *, cause=None):
    try:
        raise error from cause
    except BaseException as caught:
        return caught


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("any", 12, "12"),
        ("any", True, "True"),
        ("any", None, "None"),
        ("any", 1.5, "1.5"),
        ("any", Colour.RED, "red"),
        ("any", Colour.ODD, "ODD"),
        ("any", Path("/a/کار.nishan"), "/a/کار.nishan"),
        ("path", "a\nb", "a�b"),
        ("name", "کار.nishan", "کار.nishan"),
        ("name", "هەولێر", "‹str›"),
        ("value", SECRET, "‹str›"),
        ("record", "EV12", "EV12"),
        ("record", SECRET, "‹str›"),
        ("action", "edit.undo", "edit.undo"),
        ("action", "two words", "‹str›"),
        ("any", [SECRET], "‹list›"),
        ("any", b"x", "‹bytes›"),
    ],
)
def test_a_value_is_shown_where_it_cannot_be_text(name, value, expected):
    assert shown_value(name, value) == expected


def test_values_stand_in_a_row():
    assert shown_values({"offset": 3, "value": SECRET}) == "offset=3 value=‹str›"


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ValueError(SECRET), "ValueError"),
        (KeyError(SECRET), "KeyError"),
        (Loud(), "Loud"),
        (UserError("store.full", name="a.nishan"), "UserError store.full(name=a.nishan)"),
        (Refused("refused.x", value=SECRET), "Refused refused.x(value=‹str›)"),
        (Defect("store.sql", detail=SECRET), "Defect store.sql(detail=‹str›)"),
        (OSError(28, SECRET, "/a/b"), "OSError errno=28 path=/a/b"),
        (OSError(SECRET), "OSError errno=None"),
    ],
)
def test_an_error_is_told_without_its_message(error, expected):
    assert told(error) == expected


def test_causes_and_contexts_are_told_with_their_places():
    cause = raised(ValueError(SECRET))
    lines = stack_of(raised(KeyError(SECRET), cause=cause))
    assert [line for line in lines if not line.startswith("  ")] == [
        "KeyError",
        "caused by ValueError",
    ]
    assert lines[1].startswith("  tests/foundation/test_redaction.py:")
    assert lines[1].endswith(" raised")


def fail_twice():
    try:
        raise ValueError(SECRET)
    except ValueError:
        raise KeyError(SECRET)  # noqa: B904 - the context is what is looked at


def test_an_error_in_dealing_with_another_tells_both():
    with pytest.raises(KeyError) as found:
        fail_twice()
    assert "caused by ValueError" in stack_of(found.value)


def test_a_long_chain_ends():
    error = None
    for number in range(MOST_CAUSES + 3):
        error = raised(ValueError(number), cause=error)
    told_errors = [line for line in stack_of(error) if not line.startswith("  ")]
    assert len(told_errors) == MOST_CAUSES


def test_endless_recursion_loses_its_middle():
    def again(depth):
        if depth:
            again(depth - 1)
        raise ValueError(SECRET)

    try:
        again(200)
    except ValueError as error:
        lines = places(error.__traceback__)
    assert len(lines) == MOST_FRAMES + 1
    assert lines[MOST_FRAMES // 2] == f"  … {201 + 1 - MOST_FRAMES} more …"


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("/x/shilan/nishan/annotator/core/span.py", "annotator/core/span.py"),
        ("/x/s/.venv/lib/site-packages/apsw/x.py", "apsw/x.py"),
        ("/usr/lib/python3.11/json/decoder.py", "json/decoder.py"),
        ("<frozen importlib>", "<frozen importlib>"),
        ("annotator", "annotator"),
    ],
)
def test_a_place_names_no_folder_of_the_user(file, expected):
    assert place_of(file) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("QPainter::begin: Paint device returned engine == 0", None),
        (f'QLayout: Adding "{SECRET}" to QFrame', "QLayout: Adding … to QFrame"),
        (f"QString::arg: Argument missing: {SECRET}, x", "QString::arg: Argument missing"),
        ("QFont: هەولێر is no font", "QFont: … is no font"),
        ("first\nsecond", "first"),
        (f'never closed "{SECRET}', "never closed …"),
        ("x" * 100, "…"),
    ],
)
def test_of_a_message_of_qt_its_own_words_stay(message, expected):
    assert words_of_qt(message) == (message if expected is None else expected)
    assert SECRET not in words_of_qt(message)
